namespace Anneal;

/// <summary>The inverse of a schedule: when does the rate reach a value?</summary>
/// <remarks>Bisection where a piece runs one way, step by step where nothing is known about it.</remarks>
public static class ScheduleSearch
{
    /// <summary>The first update in from ≤ t ≤ to whose rate is <paramref name="rate"/> or less; null if there is none.</summary>
    public static long? FirstAtOrBelow(this Schedule schedule, double rate, long from, long to) =>
        First(schedule, from, to, Trend.Falling, t => schedule.At(t) <= rate);

    /// <summary>The first update in from ≤ t ≤ to whose rate is <paramref name="rate"/> or more; null if there is none.</summary>
    public static long? FirstAtOrAbove(this Schedule schedule, double rate, long from, long to) =>
        First(schedule, from, to, Trend.Rising, t => schedule.At(t) >= rate);

    /// <summary>The first step in [from, to], whole or not, at which the rate is <paramref name="rate"/>, passes it, or comes to it just before a jump; null if there is none.</summary>
    /// <remarks>To the last bit of the step where a piece runs one way; elsewhere a crossing and its return between two updates are not seen.</remarks>
    public static double? Crossing(this Schedule schedule, double rate, double from, double to)
    {
        double start = schedule.At(from);
        if (start == rate)
            return from;
        Func<double, bool> passed = start > rate ? t => schedule.At(t) <= rate : t => schedule.At(t) >= rate;
        foreach (var piece in schedule.Pieces(from, to))
        {
            double low = piece.From;
            if (passed(low))
                return low;
            double stride = piece.Trend is Trend.Mixed or Trend.Unknown ? 1 : piece.To - piece.From;
            while (low < piece.To)
            {
                double high = Math.Min(low + stride, piece.To);
                if (Passes(piece, high) || passed(high))
                    return Bisect(low, high, passed);
                low = high;
            }
        }
        return null;

        // Just before a jump the schedule itself already answers for what comes after it, so the curve is asked.
        bool Passes(Piece piece, double t) => start > rate ? piece.Curve.At(t) <= rate : piece.Curve.At(t) >= rate;
    }

    static long? First(Schedule schedule, long from, long to, Trend toward, Func<long, bool> found)
    {
        if (from > to)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"to must not be below from ({from}).");
        foreach (var piece in schedule.Pieces(from, to))
        {
            if (Math.Floor(piece.From) == piece.From && found((long)piece.From))
                return (long)piece.From;
            long first = (long)Math.Floor(piece.From) + 1, last = (long)Math.Ceiling(piece.To) - 1;
            if (first > last)
                continue;
            if (Inside(piece.Trend, first, last, toward, found) is { } t)
                return t;
        }
        return found(to) ? to : null;
    }

    static long? Inside(Trend trend, long first, long last, Trend toward, Func<long, bool> found)
    {
        // By a rounding of its ends a piece may hold a step that belongs to its neighbour, so both ends are asked by themselves.
        if (found(first))
            return first;
        if (Between(trend, first + 1, last - 1, toward, found) is { } t)
            return t;
        return found(last) ? last : null;
    }

    static long? Between(Trend trend, long first, long last, Trend toward, Func<long, bool> found)
    {
        if (trend is Trend.Mixed or Trend.Unknown)
        {
            for (long t = first; t <= last; t++)
                if (found(t))
                    return t;
            return null;
        }
        if (first > last)
            return null;
        if (found(first))
            return first;
        if (trend != toward || !found(last))
            return null;
        while (last - first > 1)
        {
            long middle = first + (last - first) / 2;
            (first, last) = found(middle) ? (first, middle) : (middle, last);
        }
        return last;
    }

    /// <summary>The smallest number in (low, high] that has passed, given that low has not.</summary>
    static double Bisect(double low, double high, Func<double, bool> passed)
    {
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                return high;
            (low, high) = passed(middle) ? (low, middle) : (middle, high);
        }
    }
}
