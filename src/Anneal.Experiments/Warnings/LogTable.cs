using System.Globalization;
using System.Text;

namespace Anneal.Experiments;

/// <summary>A run of a sweep with its log.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Rate">What its schedule was multiplied by.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="Log">What was logged.</param>
public sealed record WatchedTrial(string Method, double Rate, ulong Seed, TrialLog Log);

/// <summary>The logs of a sweep as one CSV table, numbers in four significant digits.</summary>
public static class LogTable
{
    const string Heading = "method,rate,seed,step,step_rate,loss,gradient_norm,update_ratio,largest_logit,entropy,stream_rms,noise_scale,sharpness";

    /// <summary>One line for each line of each log.</summary>
    public static string Write(IEnumerable<WatchedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var text = new StringBuilder(Heading).Append('\n');
        foreach (var (method, rate, seed, log) in trials)
            foreach (var line in log.Lines)
                text.Append(CultureInfo.InvariantCulture, $"{Csv.Field(method)},{rate:R},{seed},{line.Step},{line.Rate:G4},{line.Loss:G4},{line.GradientNorm:G4},{line.UpdateRatio:G4},{line.LargestLogit:G4},{line.Entropy:G4},{line.StreamRms:G4},{line.NoiseScale:G4},{line.Sharpness:G4}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, up to its four digits.</summary>
    /// <exception cref="SweepException">The table is damaged.</exception>
    public static IReadOnlyList<WatchedTrial> Read(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var trials = new Dictionary<(string, double, ulong), List<LogLine>>();
        bool first = true;
        foreach (var (line, at) in Csv.Records(csv))
        {
            if (first && string.Join(',', at) != Heading)
                throw new SweepException($"The table must begin with the line {Heading}.");
            if (!first)
                Add(trials, at, line);
            first = false;
        }
        return [.. trials.Select(t => new WatchedTrial(t.Key.Item1, t.Key.Item2, t.Key.Item3, new(t.Value)))];
    }

    static void Add(Dictionary<(string, double, ulong), List<LogLine>> trials, IReadOnlyList<string> at, int line)
    {
        if (at.Count != Heading.Count(c => c == ',') + 1 || !ulong.TryParse(at[2], CultureInfo.InvariantCulture, out ulong seed) || !long.TryParse(at[3], CultureInfo.InvariantCulture, out long step))
            throw Damaged();
        var key = (at[0], Number(1), seed);
        if (!trials.TryGetValue(key, out var lines))
            trials.Add(key, lines = []);
        lines.Add(new(step, Number(4), Number(5), Number(6), Number(7), Number(8), Number(9), Number(10), Number(11), at[12] == "" ? null : Number(12)));

        double Number(int i) => double.TryParse(at[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Damaged();
        SweepException Damaged() => new($"Line {line} of the table is damaged: {string.Join(',', at)}");
    }
}
