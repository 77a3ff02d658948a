using System.Globalization;

namespace Anneal.Cli;

/// <summary>How far a schedule is explained and drawn: as far as asked, but only through so many pieces, since each is looked at.</summary>
internal static class Extent
{
    /// <summary>More pieces than this are too many to explain.</summary>
    const int MostExplained = 100_000;

    /// <summary>More pieces than this are too many to draw: no screen shows them apart.</summary>
    const int MostDrawn = 400;

    /// <summary>A stretch without a closed form, whose terms are added one by one, may have so many.</summary>
    const double MostTerms = 20_000_000;

    /// <summary>The last step to explain: the one asked for, or the schedule's own, cut where there are too many pieces.</summary>
    /// <exception cref="UsageException">The last step was asked for, and lies beyond too many pieces.</exception>
    public static double Explained(Schedule schedule, double last, bool asked) => Of(schedule, last, asked, MostExplained, MostTerms);

    /// <summary>The last step to draw.</summary>
    /// <inheritdoc cref="Explained"/>
    public static double Drawn(Schedule schedule, double last, bool asked) => Of(schedule, last, asked, MostDrawn, double.PositiveInfinity);

    static double Of(Schedule schedule, double last, bool asked, int mostPieces, double mostTerms)
    {
        int count = 0;
        foreach (var piece in schedule.Pieces(0, last))
        {
            if (piece.Curve is NumericCurve or SumCurve && piece.To - piece.From > mostTerms)
                return Cut(piece.From + mostTerms, Text($"has a stretch of {piece.To - piece.From:#,0} updates without a closed form"));
            if (++count > mostPieces)
                return Cut(Math.Floor(piece.From), Text($"has more than {mostPieces:#,0} pieces up to step {last:#,0}"));
        }
        return last;

        double Cut(double reached, string reason)
        {
            if (asked)
                throw new UsageException(Text($"The schedule {reason}, too many to look at one by one: --to {reached:0} is the furthest it can be shown."));
            Console.Error.WriteLine(Text($"The schedule {reason}; this is its beginning, up to step {reached:#,0}. --to says how far to look."));
            return reached;
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
