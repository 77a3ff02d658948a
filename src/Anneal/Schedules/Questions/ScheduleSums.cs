namespace Anneal;

/// <summary>How much rate a schedule spends: sums over updates and integrals over steps.</summary>
/// <remarks>Closed forms where the shape has one, so a sum over 10¹² updates costs no more than one over ten.</remarks>
public static class ScheduleSums
{
    /// <summary>Up to this many neighbouring updates are asked one by one: as fast as the closed form, and exact by definition.</summary>
    const long TermsAddedSingly = 8;

    /// <summary>The rates of updates <paramref name="from"/> … <paramref name="to"/> − 1, added: Σ η(t), from ≤ t &lt; to.</summary>
    public static double Sum(this Schedule schedule, long from, long to) =>
        Total(schedule, from, to, rate => rate, (curve, first, count) => curve.Sum(first, count));

    /// <summary>The squared rates, added: Σ η(t)², from ≤ t &lt; to.</summary>
    public static double SumOfSquares(this Schedule schedule, long from, long to) =>
        Total(schedule, from, to, rate => rate * rate, (curve, first, count) => curve.SumOfSquares(first, count));

    /// <summary>The mean rate of updates <paramref name="from"/> … <paramref name="to"/> − 1, at least one.</summary>
    public static double Average(this Schedule schedule, long from, long to) =>
        schedule.Sum(from, to) / Require.Positive(to - from, "to - from");

    /// <summary>∫ η(t) dt over [from, to]: what the sum becomes when steps are fine.</summary>
    public static double Integral(this Schedule schedule, double from, double to)
    {
        var total = new CompensatedSum();
        foreach (var piece in schedule.Pieces(from, to))
            total.Add(piece.Curve.Integral(piece.From, piece.To));
        return total.Value;
    }

    /// <remarks>
    /// The steps at the ends of pieces are asked of the schedule itself: whether a jump counts before or after its step is its
    /// affair, and the ends of parts that are played later are rounded.
    /// </remarks>
    static double Total(
        Schedule schedule, long from, long to, Func<double, double> term, Func<Curve, double, long, double> between)
    {
        var total = new CompensatedSum();
        foreach (var piece in schedule.Pieces(from, to))
        {
            if (Math.Floor(piece.From) == piece.From)
                total.Add(term(schedule.At(piece.From)));
            long first = (long)Math.Floor(piece.From) + 1, last = (long)Math.Ceiling(piece.To) - 1;
            if (last - first > TermsAddedSingly)
            {
                total.Add(term(schedule.At(first)));
                total.Add(between(piece.Curve, first + 1, last - first - 1));
                total.Add(term(schedule.At(last)));
            }
            else
                for (long t = first; t <= last; t++)
                    total.Add(term(schedule.At(t)));
        }
        return total.Value;
    }
}
