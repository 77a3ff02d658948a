using Anneal.Charts;
using Anneal.Live;

namespace Anneal.Interactive;

/// <summary>A schedule: its curve with phases, and what <c>anneal schedule --explain</c> says.</summary>
static class ScheduleHtml
{
    /// <summary>The width of the labels in a report's lines.</summary>
    const int Label = 11;

    /// <summary>Curve and explanation, as far as the schedule goes.</summary>
    public static string Of(Schedule schedule) => Of(schedule, null);

    /// <summary>Curve and explanation up to a step.</summary>
    public static string Of(Schedule schedule, double? to) => Shown.Chart(Curve(schedule, to)) + Explained(schedule, to);

    /// <summary>The explanation alone, as a table.</summary>
    public static string Explained(Schedule schedule, double? to) =>
        HtmlTable.Of(ScheduleReport.Lines(schedule, Extent.Explained(schedule, to ?? Horizon.Of(schedule), to is not null)).Select(line => new Row(line[..Label].Trim(), line[Label..])));

    static ChartView Curve(Schedule schedule, double? to) => ScheduleChart.phases(Extent.Drawn(schedule, to ?? Horizon.Of(schedule), to is not null), schedule);
}
