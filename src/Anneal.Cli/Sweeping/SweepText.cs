using System.Globalization;
using Anneal.Experiments;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>A judged sweep in words.</summary>
internal static class SweepText
{
    public static readonly string[] Headings = ["method", "best rate", "loss ± 95 %", "test ± 95 %", "at rate", "loss there", "times"];

    public static Spectre.Console.Table Table(SweepReport report)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        foreach (string heading in Headings)
            table.AddColumn(heading);
        foreach (string[] row in Rows(report))
            table.AddRow([.. row.Select(cell => Markup.Escape(MarkdownText.OneLine(cell)))]);
        return table;
    }

    /// <summary>One row per method, the best first.</summary>
    public static IEnumerable<string[]> Rows(SweepReport report) => report.Methods.OrderBy(m => m.Loss.Mean).Select(m => m.Rate == 0
        ? [m.Name, "blew up at every rate", "", "", "", "", ""]
        : new string[]
        {
            m.Name, Short(m.Rate) + (m.OnEdge ? " (on the edge)" : ""), Interval(m.Loss), m.Test is { } test ? Interval(test) : "",
            Short(m.HighRate), Short(m.HighLoss.Mean), double.IsFinite(m.Sensitivity) ? Short(m.Sensitivity) : "blew up",
        });

    /// <summary>What the protocol lets one say.</summary>
    public static IEnumerable<string> Findings(SweepReport report, SweepSpec sweep)
    {
        yield return $"Every method was tried at the same {sweep.Rates.Count} rates; rates were chosen by {sweep.TuningSeeds} seeds, losses are of {sweep.EvaluationSeeds} others"
            + (sweep.Minimum != 0 ? $", less the minimum {Short(sweep.Minimum)}." : ".");
        foreach (var edge in report.Methods.Where(m => m.OnEdge))
            yield return $"The best rate of {edge.Name} is the outermost that was tried: its loss may be beaten outside. Widen \"rates\" or allow more \"widenings\".";
        foreach (var method in report.Methods.Where(m => m.Rate > 0 && !report.TriedHigh(m)))
            yield return $"Four times the best rate of {method.Name} was not tried: its sensitivity is told at {Short(method.HighRate)}, the nearest that was.";
        foreach (var pair in report.Comparisons)
            yield return pair.Better
                ? $"{pair.First} is better than {pair.Second}: by {Interval(pair.Difference)}, p = {Short(pair.Adjusted)} after Holm's correction."
                : $"{pair.First} against {pair.Second}: no significant difference (p = {Short(pair.Adjusted)} after Holm's correction).";
    }

    static string Interval(MeanInterval interval) => double.IsFinite(interval.Mean) ? $"{Short(interval.Mean)} ± {((interval.High - interval.Low) / 2).ToString("G2", CultureInfo.InvariantCulture)}" : "blew up";

    static string Short(double x) => x.ToString("G4", CultureInfo.InvariantCulture);
}
