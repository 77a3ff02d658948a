using Anneal.Live;

namespace Anneal.Interactive;

/// <summary>What a directive's value can be, for completion.</summary>
static class Suggestions
{
    /// <summary>One of every schedule, in quotes, since notation has spaces.</summary>
    public static IEnumerable<string> Schedules { get; } = [.. Gallery.Schedules.Select(ScheduleReport.Notation).Where(text => !text.Contains('"')).Select(text => $"\"{text}\"")];

    /// <summary>The rules by the names that they have in JSON.</summary>
    public static IEnumerable<string> Rules => RuleJson.Names;

    /// <summary>The test functions.</summary>
    public static IEnumerable<string> Objectives { get; } = [.. Gallery.Objectives.Where(o => o.PlotRange is not null).Select(o => o.GetType().Name).Distinct()];
}
