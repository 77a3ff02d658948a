using System.Globalization;

namespace Anneal.Live;

/// <summary>How far a schedule can be looked at: through so many pieces only, since each is looked at.</summary>
/// <param name="Last">The last step: the one asked for, or an earlier one.</param>
/// <param name="Reason">Why it is an earlier one, as the end of a sentence about the schedule; null where it is not.</param>
public sealed record Reach(double Last, string? Reason)
{
    /// <summary>More pieces than this are too many to explain.</summary>
    const int MostExplained = 100_000;

    /// <summary>More pieces than this are too many to draw: no screen shows them apart.</summary>
    const int MostDrawn = 400;

    /// <summary>A stretch without a closed form, whose terms are added one by one, may have so many.</summary>
    const double MostTerms = 20_000_000;

    /// <summary>So many pieces, and so many terms, a browser looks at while nobody notices.</summary>
    const int MostAtOnce = 30, TermsAtOnce = 500;

    /// <summary>A browser runs the library some fifty times more slowly, and someone waits for every letter typed.</summary>
    const int Slower = 50;

    /// <summary>How far it can be explained.</summary>
    public static Reach Explained(Schedule schedule, double last) => Of(schedule, last, MostExplained, MostTerms);

    /// <summary>How far it can be drawn.</summary>
    public static Reach Drawn(Schedule schedule, double last) => Of(schedule, last, MostDrawn, double.PositiveInfinity);

    /// <summary>How far it can be explained while somebody types.</summary>
    internal static Reach Typed(Schedule schedule, double last) => Of(schedule, last, MostExplained / Slower, MostTerms / Slower);

    /// <summary>How far it can be explained within a frame or two.</summary>
    internal static Reach AtOnce(Schedule schedule, double last) => Of(schedule, last, MostAtOnce, TermsAtOnce);

    static Reach Of(Schedule schedule, double last, int mostPieces, double mostTerms)
    {
        int count = 0;
        foreach (var piece in schedule.Pieces(0, last))
        {
            if (piece.Curve is NumericCurve or SumCurve && piece.To - piece.From > mostTerms)
                return new(piece.From + mostTerms, Text($"has a stretch of {piece.To - piece.From:#,0} updates without a closed form"));
            if (++count > mostPieces)
                return new(Math.Floor(piece.From), Text($"has more than {mostPieces:#,0} pieces up to step {last:#,0}"));
        }
        return new(last, null);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
