using System.Globalization;
using Anneal.Live;

namespace Anneal.Cli;

/// <summary>How far a schedule is explained and drawn: as far as asked, or it is said why not.</summary>
internal static class Extent
{
    /// <summary>The last step to explain: the one asked for, or the schedule's own, cut where there are too many pieces.</summary>
    /// <exception cref="UsageException">The last step was asked for, and lies beyond too many pieces.</exception>
    public static double Explained(Schedule schedule, double last, bool asked) => Of(Reach.Explained(schedule, last), last, asked);

    /// <summary>The last step to draw.</summary>
    /// <inheritdoc cref="Explained"/>
    public static double Drawn(Schedule schedule, double last, bool asked) => Of(Reach.Drawn(schedule, last), last, asked);

    static double Of(Reach reach, double last, bool asked)
    {
        if (reach.Reason is null)
            return last;
        if (asked)
            throw new UsageException(Text($"The schedule {reach.Reason}, too many to look at one by one: --to {reach.Last:0} is the furthest it can be shown."));
        Console.Error.WriteLine(Text($"The schedule {reach.Reason}; this is its beginning, up to step {reach.Last:#,0}. --to says how far to look."));
        return reach.Last;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
