namespace Anneal.Theory;

/// <summary>One smooth stretch of a schedule: between its ends the rate follows <paramref name="Curve"/>.</summary>
/// <remarks>
/// The ends themselves belong to <see cref="Schedule.At"/>, so a shape may change on a step or just after it.
/// Pieces of one schedule follow each other without gaps.
/// </remarks>
/// <param name="From">Where it begins, in steps of the schedule that was asked.</param>
/// <param name="To">Where it ends, above <paramref name="From"/>.</param>
/// <param name="Curve">The rate strictly between the two.</param>
/// <param name="Source">The simple schedule, inside a composition, that the piece is a part of.</param>
/// <param name="Start">Where the step 0 of <paramref name="Source"/>, or of the cycle of it that plays, lies; behind the piece if it is played backwards.</param>
public sealed record Piece(double From, double To, Curve Curve, Schedule Source, double Start = 0)
{
    /// <summary>A stretch of which nothing but its values is known.</summary>
    public static Piece Unknown(Schedule source, double from, double to) => new(from, to, new NumericCurve(u => source.At(Math.Max(0, u))), source);

    /// <summary>A rate held from <paramref name="start"/> on.</summary>
    public static Piece Held(double rate, double start, double from, double to) => new(from, to, LineCurve.Flat(rate), new Constant(rate), start);

    /// <summary>Which way the rate runs between the ends.</summary>
    public Trend Trend => Curve.Trend(From, To);

    /// <summary>
    /// The pieces over [from, to] of a schedule that plays <paramref name="inner"/> later, longer or higher:
    /// <c>η(t) = factor · inner((t − delay) / stretch)</c>.
    /// </summary>
    public static IEnumerable<Piece> Moved(
        Schedule inner, double from, double to, double delay = 0, double stretch = 1, double factor = 1)
    {
        double first = Math.Max(0, (from - delay) / stretch), last = Math.Max(0, (to - delay) / stretch);
        foreach (var piece in inner.Pieces(first, last))
            yield return piece with
            {
                From = stretch * piece.From + delay,
                To = piece.To == last ? to : stretch * piece.To + delay,
                Curve = piece.Curve.Moved(delay, stretch, factor),
                Start = stretch * piece.Start + delay,
            };
    }

    /// <summary>Cuts a range at the given steps, which must be in order, and makes a piece of each part.</summary>
    public static IEnumerable<Piece> Between(IEnumerable<double> cuts, double from, double to, Func<double, double, Piece> piece)
    {
        foreach (double cut in cuts)
        {
            if (cut >= to)
                break;
            if (cut <= from)
                continue;
            yield return piece(from, cut);
            from = cut;
        }
        yield return piece(from, to);
    }

    /// <summary>The multiples of <paramref name="length"/> from the last one at or before <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static IEnumerable<double> Multiples(double length, double from, double to)
    {
        for (double i = Counting.Quotient(from, length); i * length <= to; i++)
            yield return i * length;
    }
}
