using System.Globalization;
using Anneal.Advice;
using Anneal.Experiments;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary>Suggestions of range tests beside the best rates of finished sweeps.</summary>
internal static class RateComparison
{
    public static IEnumerable<string> Lines(IReadOnlyList<string> subjects, int seeds, RangeTest test, CancellationToken cancel)
    {
        // All are read before anything is printed.
        List<(RateSubject Subject, SweepSpec Sweep, SweepResults Results)> read = [.. subjects.Select(Read)];
        yield return "| problem | swept best, loss | suggestion | rate (seeds between) | times the best | within a factor of 2 | loss there | |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var (subject, sweep, results) in read)
            foreach (string line in Of(subject, sweep, results, seeds, test, cancel))
                yield return line;
    }

    static (string File, string? Method) Parts(string text) => text.LastIndexOf(".json:", StringComparison.Ordinal) is >= 0 and var colon ? (text[..(colon + 5)], text[(colon + 6)..]) : (text, null);

    static (RateSubject, SweepSpec, SweepResults) Read(string text)
    {
        var (file, method) = Parts(text);
        var subject = RateSubject.Read(file, method);
        if (subject.Sweep is not { } sweep)
            throw new UsageException($"{file} is a run; only a sweep has rates to compare with.");
        string csv = Path.ChangeExtension(file, ".csv");
        if (!File.Exists(csv))
            throw new UsageException($"The results of {file} must lie beside it as {csv}: anneal sweep {file} --out DIR writes them as DIR/results.csv.");
        return (subject, sweep, ResultTable.Read(sweep, File.ReadAllText(csv)));
    }

    static IEnumerable<string> Of(RateSubject subject, SweepSpec sweep, SweepResults results, int seeds, RangeTest test, CancellationToken cancel)
    {
        // A sweep's rates multiply a schedule, which may have a peak of its own.
        double unit = subject.Method!.Schedule.Range(0, sweep.Setting.Steps).Highest;
        var losses = results.Sweep.Rates.Select(rate => (Rate: rate * unit, Loss: results.Of(subject.Method.Name, rate, false).Average(r => r.Loss))).ToList();
        var best = losses.MinBy(l => l.Loss);
        FoundRates found;
        using (var progress = new RateProgressLine())
            found = RateFinder.Find(subject.Start, seeds, test, progress.Report, cancel);
        // The tables' rate for the same rule, which has seen neither test nor sweep.
        if (subject.Advised is { } rule && Adviser.Advise(AdviceBase.Of(sweep.Setting) with { Optimizer = rule.Optimizer })["peak"] is { Value: { } proposed } peak)
        {
            double advised = proposed / rule.Factor;
            yield return $"| {subject.Name} | {FindRateCommand.Text(best.Rate)}, {Number(best.Loss)} | advised ({peak.Row}) | {FindRateCommand.Text(advised)} | {Short(advised / best.Rate)} | | {LossAt(losses, advised)} | {Verdict(advised / best.Rate)} |";
        }
        else
            yield return $"| {subject.Name} | {FindRateCommand.Text(best.Rate)}, {Number(best.Loss)} | | | | | | |";
        foreach (var suggestion in found.Suggestions)
        {
            var seeded = found.Each(suggestion.Kind).Where(s => s.Rate is not null).ToList();
            double[] each = [.. seeded.Select(s => s.Rate!.Value)];
            string there = suggestion.Rate is { } rate ? LossAt(losses, rate) : "";
            yield return $"| | | {FindRateCommand.Name(suggestion.Kind)} | "
                + (suggestion.Rate is { } r ? $"{FindRateCommand.Text(r)} ({FindRateCommand.Text(seeded.Min(s => s.Untried!.Value.Low))} to {FindRateCommand.Text(seeded.Max(s => s.Untried!.Value.High))}{(each.Length < seeds ? Invariant($"; {each.Length} of {seeds} seeds") : "")})" : "none")
                + $" | {(suggestion.Rate is { } q ? Short(q / best.Rate) : "")} | {each.Count(x => x / best.Rate is >= 0.5 and <= 2)} of {seeds} | {there} | {Verdict(suggestion.Rate / best.Rate)} |";
        }
    }

    static string Verdict(double? ratio) => ratio switch
    {
        null => "failed: no suggestion",
        < 0.1 => Invariant($"failed: {1 / ratio:0} times too low"),
        < 0.5 => Invariant($"low by {1 / ratio:0.#}"),
        <= 2 => "good",
        <= 10 => Invariant($"high by {ratio:0.#}"),
        _ => Invariant($"failed: {ratio:0} times too high"),
    };

    /// <summary>Between two rates of the sweep along a line in the rate's logarithm.</summary>
    static string LossAt(List<(double Rate, double Loss)> losses, double rate)
    {
        int above = losses.FindIndex(l => l.Rate >= rate);
        if (above < 0 || (above == 0 && rate < losses[0].Rate * 0.999))
            return above < 0 ? Invariant($"not swept above {FindRateCommand.Text(losses[^1].Rate)}, {Number(losses[^1].Loss)}") : Invariant($"not swept below {FindRateCommand.Text(losses[0].Rate)}, {Number(losses[0].Loss)}");
        if (above == 0)
            return Number(losses[0].Loss);
        var (low, high) = (losses[above - 1], losses[above]);
        double share = Math.Log(rate / low.Rate) / Math.Log(high.Rate / low.Rate), loss = low.Loss + share * (high.Loss - low.Loss);
        return double.IsFinite(loss) ? Number(loss) : "blew up";
    }

    static string Number(double loss) => loss.ToString("G4", CultureInfo.InvariantCulture);

    static string Short(double ratio) => ratio.ToString(ratio is >= 0.1 and < 100 ? "0.##" : "0.#e-0", CultureInfo.InvariantCulture);
}
