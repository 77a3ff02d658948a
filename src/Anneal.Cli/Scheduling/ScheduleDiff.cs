using System.Globalization;
using Anneal.Live;

namespace Anneal.Cli;

/// <summary>Where two schedules differ.</summary>
internal static class ScheduleDiff
{
    /// <summary>Writes both rates and their difference, and says where they part and where they differ most.</summary>
    /// <param name="a">One schedule.</param>
    /// <param name="b">The other.</param>
    /// <param name="steps">The steps of the table; eleven over the run unless given.</param>
    /// <param name="to">The last step that is compared; as far as either schedule changes unless given.</param>
    /// <param name="tolerance">Differences below this fraction of the larger rate are none; rounding unless given.</param>
    /// <param name="format">How the table is written; only in a table a sentence follows.</param>
    /// <returns>1 where a tolerance was asked for and is exceeded, or cannot be shown to hold.</returns>
    public static int Write(Schedule a, Schedule b, double[] steps, double? to, double? tolerance, RateFormat format)
    {
        double last = Math.Ceiling(to ?? Math.Max(Horizon.Of(a), Horizon.Of(b)));
        double[] asked = steps.Length > 0 ? steps : [.. Enumerable.Range(0, 11).Select(i => Math.Floor(last * i / 10)).Distinct()];
        double[] first = [.. asked.Select(a.At)], second = [.. asked.Select(b.At)];
        new RateTable(asked, [("first", first), ("second", second), ("difference", [.. second.Zip(first, (y, x) => y - x)])]).Write(format);
        var found = ScheduleDifference.Between(a, b, 0, last, tolerance ?? ScheduleDifference.Rounding);
        if (format == RateFormat.Table)
            Console.Out.WriteLine(Sentence(found, last, tolerance));
        return tolerance is not null && !(found.FirstStep is null && found.IsProven && found.SearchedTo >= last) ? 1 : 0;
    }

    static string Sentence(ScheduleDifference found, double last, double? tolerance)
    {
        string limit = tolerance is double share ? Text($"within {share:P4} of the larger rate") : "to rounding";
        string reach = found.SearchedTo < last ? Text($" Searched up to step {found.SearchedTo:#,0} of {last:#,0}: the schedules have too many pieces to go on.") : "";
        string doubt = found.IsProven ? "" : " Some stretches are known by their values alone, or too alike to be told apart by bounds, and were only sampled.";
        if (found.FirstStep is not { } first)
            return found.IsProven && reach.Length == 0 ? Text($"The same at every step from 0 to {last:#,0}, {limit}.")
                : $"No difference found at the steps that were looked at, {limit}; that is no proof.{doubt}{reach}";
        return Text($"They differ first at step {first:#,0}; most at step {found.Step:#,0}, by {found.By:G4} ({found.Relative:P1} of the larger rate).{doubt}{reach}");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
