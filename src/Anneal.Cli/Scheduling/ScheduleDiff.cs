using System.Globalization;

namespace Anneal.Cli;

/// <summary>Where two schedules differ.</summary>
internal static class ScheduleDiff
{
    /// <summary>Rounding: differences below this fraction of the larger rate are none.</summary>
    const double Same = 1e-12;

    /// <summary>Writes both rates and their difference, and says where they part, where they differ most, and by how much in all.</summary>
    public static int Write(Schedule a, Schedule b, double[] steps, RateFormat format)
    {
        double last = Math.Ceiling(Math.Max(Horizon.Of(a), Horizon.Of(b)));
        double[] asked = steps.Length > 0 ? steps : [.. Enumerable.Range(0, 11).Select(i => Math.Floor(last * i / 10))];
        double[] first = [.. asked.Select(a.At)], second = [.. asked.Select(b.At)];
        new RateTable(asked, [("first", first), ("second", second), ("difference", [.. second.Zip(first, (y, x) => y - x)])]).Write(format);
        if (format == RateFormat.Table)
            Console.Out.WriteLine(Sentence(a, b, steps.Length > 0 ? steps : [.. Enumerable.Range(0, (int)Math.Min(last, 10_000_000) + 1).Select(t => (double)t)]));
        return 0;
    }

    static string Sentence(Schedule a, Schedule b, double[] steps)
    {
        var differences = steps.Select(t => (Step: t, By: b.At(t) - a.At(t), Size: Math.Max(Math.Abs(a.At(t)), Math.Abs(b.At(t)))))
            .Where(d => !(Math.Abs(d.By) <= Same * d.Size)).ToList();
        if (differences.Count == 0)
            return $"The same at all {steps.Length} steps, to rounding.";
        var (most, by, size) = differences.MaxBy(d => Math.Abs(d.By));
        return string.Create(CultureInfo.InvariantCulture,
            $"They differ at {differences.Count} of {steps.Length} steps, first at step {differences[0].Step}; most at step {most}, by {by:G4} ({Math.Abs(by) / size:P1} of the larger rate).");
    }
}
