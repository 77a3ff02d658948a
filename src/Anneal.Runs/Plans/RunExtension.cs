using System.Globalization;
using static System.FormattableString;

namespace Anneal.Runs;

/// <summary>A run made longer, or given another batch: what that does to its rate where it goes on, and the schedules that avoid the jump.</summary>
/// <param name="Before">The run as it was planned.</param>
/// <param name="After">The run with the new length, or batch, in its configuration.</param>
/// <param name="Key">The key that was changed, and to what.</param>
/// <param name="ResumeAt">After how many updates it goes on.</param>
/// <param name="Ways">Schedules for the rest of the run, whose step 0 is where it goes on.</param>
public sealed record RunExtension(RunConfiguration Before, RunConfiguration After, string Key, double ResumeAt, IReadOnlyList<(string Name, Schedule Schedule)> Ways)
{
    /// <summary>A rate below this part of the peak is too low to go on with: it must climb again.</summary>
    const double TooLow = 0.1;

    /// <summary>The rate of the last update before it goes on.</summary>
    public double RateBefore => Before.RateAt(Math.Max(0, ResumeAt - 1));

    /// <summary>The rate of the next update, if the configuration is simply made longer.</summary>
    public double RateAfter => After.RateAt(ResumeAt);

    /// <summary>By which factor the rate jumps.</summary>
    public double Jump => RateAfter / RateBefore;

    /// <summary>Makes a run longer by changing its own configuration.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="framework">Whose it is; null to tell from the text.</param>
    /// <param name="given">Numbers that are not in the file.</param>
    /// <param name="to">The new length in updates; null for twice the old one.</param>
    /// <param name="resumeAt">After how many updates it goes on; null for the planned end.</param>
    /// <exception cref="ConfigurationException">The length is not in the file, or the numbers do not fit it.</exception>
    public static RunExtension Of(string text, string? framework, Given? given, double? to, double? resumeAt)
    {
        var before = RunConfigurations.Read(text, framework, given);
        double planned = before.Plan.Updates;
        if (!(planned > 0))
            throw new ConfigurationException($"{before.Plan.Origin}: give it as updates");
        double end = to ?? (resumeAt is null ? throw new ConfigurationException("say how long the run is to be (--to), or where it goes on (--resume-at)") : 2 * planned), at = resumeAt ?? planned;
        if (!(end > at && at >= 0))
            throw new ConfigurationException(Invariant($"the new length ({end}) must be above the update it goes on from ({at})"));
        return Changed(text, given, before, at, Length(before), end / planned, [.. Offers(before, at, end)]);
    }

    /// <summary>Changes the batch of a run that is under way; the rest of its samples makes more or fewer updates.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="framework">Whose it is; null to tell from the text.</param>
    /// <param name="given">Numbers that are not in the file.</param>
    /// <param name="batch">Samples of an update from then on, over all processes and accumulated batches.</param>
    /// <param name="resumeAt">After how many updates it goes on.</param>
    /// <exception cref="ConfigurationException">The batch is not in the file, or the numbers do not fit it.</exception>
    public static RunExtension WithBatch(string text, string? framework, Given? given, double batch, double resumeAt)
    {
        var before = RunConfigurations.Read(text, framework, given);
        double planned = before.Plan.Updates;
        if (!(planned > resumeAt && resumeAt >= 0))
            throw new ConfigurationException(Invariant($"the update it goes on from ({resumeAt}) must lie within the run of {planned}"));
        if (before.Plan.SamplesPerUpdate is not { } old || before.Settings.FirstOrDefault(s => s.Role == Role.Batch && s.Place.IsKnown && s.Text.Any(char.IsDigit)) is not { } setting)
            throw new ConfigurationException($"{before.Framework}'s configuration does not hold the batch, so it cannot be changed here");
        if (!(batch >= 1 && double.IsFinite(batch)))
            throw new ConfigurationException(Invariant($"a batch has at least one sample, not {batch}"));
        double factor = batch / old, rest = Math.Max(1, Math.Ceiling((planned - resumeAt) / factor)), rate = Rounded(before.RateAt(Math.Max(0, resumeAt - 1)));
        (string, Schedule)[] ways = rate == 0 ? [] :
        [
            (Invariant($"the same rate over the rest of the samples, {rest:#,0} updates"), new CosineDecay(rate, rest)),
            (Invariant($"the rate times √{factor:0.###}, as is usual with Adam"), new CosineDecay(Rounded(rate * Math.Sqrt(factor)), rest)),
            (Invariant($"the rate times {factor:0.###}, as is usual with SGD"), new CosineDecay(Rounded(rate * factor), rest)),
        ];
        return Changed(text, given, before, resumeAt, setting, factor, ways);
    }

    static Setting Length(RunConfiguration before) => before.Settings.FirstOrDefault(s => s.Role == Role.Total && s.Place.IsKnown && s.Value is not <= 0 && s.Text.Any(char.IsDigit))
            ?? before.Settings.FirstOrDefault(s => s.Role == Role.Epochs && s.Place.IsKnown)
            ?? throw new ConfigurationException($"{before.Framework}'s configuration does not hold the run's length, so it cannot be made longer here");

    static RunExtension Changed(string text, Given? given, RunConfiguration before, double at, Setting setting, double factor, IReadOnlyList<(string, Schedule)> ways)
    {
        string longer = Longer(setting.Text, factor);
        var after = RunConfigurations.Read(Replaced(text, setting, longer), before.Framework, given);
        return new(before, after, $"{setting.Key}: {setting.Text} → {longer}", at, ways);
    }

    static IEnumerable<(string, Schedule)> Offers(RunConfiguration run, double at, double end)
    {
        double rest = end - at, rate = Rounded(run.RateAt(Math.Max(0, at - 1))), peak = Rounded(new RunCurve(run).Peak);
        if (rate >= TooLow * peak)
            yield return ("go down further from where it is, along a cosine", new CosineDecay(rate, rest));
        if (rate >= TooLow * peak)
            yield return ("stay where it is and cool down over the last fifth", new Constant(rate).For(Math.Ceiling(0.8 * rest)).Then(new Cooldown(rate, rest - Math.Ceiling(0.8 * rest))));
        else
        {
            double half = Rounded(peak / 2), climb = Math.Max(1, Math.Ceiling(0.02 * rest));
            yield return ("climb again, slowly and to half the peak, then a cosine", new Warmup(half, climb, rate).Then(new CosineDecay(half, rest - climb, Floor: Rounded(0.1 * half))));
        }
    }

    /// <summary>To five digits: what is written into a configuration.</summary>
    static double Rounded(double rate) => double.Parse(rate.ToString("g5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>What is to be done and what comes of it, as lines.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Invariant($"{Before.Framework}, {Before.Scheduler}: {Before.Plan.Updates:#,0} updates, goes on after {ResumeAt:#,0}");
        yield return Invariant($"{Key} makes {After.Plan.Updates:#,0} updates");
        yield return Invariant($"the rate goes from {RateBefore:g4} to {RateAfter:g4} at update {ResumeAt:#,0}{(RateBefore > 0 && Math.Abs(Jump - 1) > 0.05 ? $": a jump by ×{Jump:0.##}" : RateBefore == 0 && RateAfter > 0 ? ": a jump from 0" : ", without a jump")}");
        foreach (var (name, schedule) in Ways)
            yield return $"instead    {ScheduleNotation.Print(schedule)}   ({name}; step 0 is where the run goes on)";
    }

    /// <summary>The number within a text such as <c>3</c>, <c>2ep</c> or <c>"5e9T"</c>, made larger; whole numbers stay whole.</summary>
    static string Longer(string text, double factor)
    {
        int digits = text.Length;
        while (digits > 0 && PythonNumber.Float(text[..digits]) is null)
            digits--;
        double value = PythonNumber.Float(text[..digits]) ?? throw new ConfigurationException($"{text} is no number that could be made larger");
        double larger = value * factor;
        bool whole = value == Math.Floor(value) && !text[..digits].Contains('.');
        return (whole ? Math.Ceiling(larger - 1e-9) : larger).ToString(whole ? "0" : "0.######", CultureInfo.InvariantCulture) + text[digits..];
    }

    static string Replaced(string text, Setting setting, string longer)
    {
        int start = 0;
        for (int row = 1; row < setting.Place.Line; row++)
            start = text.IndexOf('\n', start) + 1;
        start += setting.Place.Column - 1;
        string key = setting.Key[(setting.Key.LastIndexOf('.') + 1)..];
        int after = Math.Min(text.Length, start + key.Length), end = text.IndexOf('\n', after) is >= 0 and var line ? line : text.Length;
        int value = text.IndexOf(setting.Text, after, end - after, StringComparison.Ordinal);
        return value < 0 ? throw new ConfigurationException($"{setting.Key} could not be changed in the text", setting.Place, setting.Key) : text[..value] + longer + text[(value + setting.Text.Length)..];
    }
}
