using System.Globalization;
using Anneal.Charts;

namespace Anneal.Interactive;

/// <summary>A training run: loss, rate, gradient and update in four panels, and what became of it.</summary>
static class TraceHtml
{
    /// <summary>Panels and summary.</summary>
    public static string Of(Trace trace) => (trace.Points.Count > 1 ? Shown.Chart(TraceChart.health(trace)) : "") + HtmlTable.Of(Rows(trace));

    /// <summary>From where to where, the lowest loss, and why it ended.</summary>
    public static IEnumerable<Row> Rows(Trace trace)
    {
        if (trace.Points is not [var first, ..])
        {
            yield return new("recorded", "nothing");
        }
        else
        {
            var last = trace.Points[^1];
            var lowest = trace.Points.MinBy(p => double.IsNaN(p.Loss) ? double.PositiveInfinity : p.Loss)!;
            yield return new("recorded", Text($"{trace.Points.Count} steps, from {first.Step} to {last.Step}"));
            yield return new("loss", Text($"{first.Loss:G6} at first, {last.Loss:G6} at last, lowest {lowest.Loss:G6} at step {lowest.Step}"));
            if (trace.Points.LastOrDefault(p => p.Metric is not null) is { } measured)
                yield return new("metric", Text($"{measured.Metric:G6} at step {measured.Step}"));
            yield return new("last update", Text($"{last.UpdateRatio:G3} of the weights' length; about a thousandth is usual"));
        }
        yield return new("ended", trace.Stopped ?? "at its last step");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
