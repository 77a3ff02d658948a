namespace Anneal;

/// <summary>Finds the update at which two schedules differ most, by bounds from their pieces.</summary>
sealed class DifferenceSearch(Schedule a, Schedule b, double from, double to, double tolerance)
{
    /// <summary>The largest difference is found to this fraction of itself.</summary>
    const double Precision = 1e-6;

    /// <summary>Stretches beyond so many are not looked at.</summary>
    const int MostStretches = 20_000;

    /// <summary>Halvings beyond so many end the search with what was found.</summary>
    const int MostHalvings = 300_000;

    /// <summary>A stretch of which nothing but values is known is looked at this often.</summary>
    const int Samples = 257;

    readonly PriorityQueue<Stretch, double> open = new();
    double step, size = -1, searched;
    double? first;
    bool proven = true;

    /// <summary>Updates strictly inside a pair of pieces, from <paramref name="Low"/> to <paramref name="High"/>, both whole.</summary>
    readonly record struct Stretch(Curve A, Curve B, double Low, double High);

    public ScheduleDifference Run()
    {
        (step, searched) = (from, to);
        Look(from);
        int stretches = 0;
        if (to > from)
            foreach (var (one, other) in PiecewiseMerge.Of(a, b, from, to))
            {
                if (++stretches > MostStretches)
                {
                    searched = Math.Floor(one.From);
                    break;
                }
                Add(one, other);
            }
        if (searched == to)
            Look(to);
        Narrow();
        return new(step, a.At(step), b.At(step), first, searched, proven);
    }

    void Add(Piece one, Piece other)
    {
        double low = Math.Ceiling(one.From), high = Math.Floor(one.To);
        if (low > high)
            return;
        // The ends belong to the schedules themselves; the curves hold between them.
        Look(low);
        Look(high);
        (low, high) = (low + 1, high - 1);
        if (low > high)
            return;
        Look(low);
        Look(high);
        if (Same(one.Curve, other.Curve, low, high))
            return;
        if (Known(one.Trend) && Known(other.Trend))
        {
            if (first is null || first > low)
                FindFirst(low, high);
            open.Enqueue(new(one.Curve, other.Curve, low, high), -Bound(one.Curve, other.Curve, low, high));
            return;
        }
        proven &= high - low < Samples;
        double stride = Math.Max(1, (high - low) / (Samples - 1));
        for (double t = low; t < high; t += stride)
            Look(Math.Round(t));
    }

    void Narrow()
    {
        for (int i = 0; open.TryDequeue(out var stretch, out double negative); i++)
        {
            double bound = -negative;
            if (bound <= Math.Max(size * (1 + Precision), 0))
                return;
            if (i == MostHalvings)
            {
                proven = false;
                return;
            }
            double middle = Math.Floor(stretch.Low + (stretch.High - stretch.Low) / 2);
            if (middle <= stretch.Low)
                continue;
            Look(middle);
            Enqueue(stretch with { High = middle });
            Enqueue(stretch with { Low = middle });
        }

        void Enqueue(Stretch half)
        {
            double bound = Bound(half.A, half.B, half.Low, half.High);
            if (bound > Math.Max(size * (1 + Precision), tolerance * Least(half)) && half.High - half.Low > 1)
                open.Enqueue(half, -bound);
        }
    }

    /// <summary>No difference on the stretch is larger: both curves run one way.</summary>
    static double Bound(Curve a, Curve b, double low, double high)
    {
        double a0 = a.At(low), a1 = a.At(high), b0 = b.At(low), b1 = b.At(high);
        return Math.Max(Math.Max(b0, b1) - Math.Min(a0, a1), Math.Max(a0, a1) - Math.Min(b0, b1));
    }

    /// <summary>The larger rate is nowhere on the stretch below this.</summary>
    static double Least(Stretch s) =>
        Math.Max(Math.Min(Math.Abs(s.A.At(s.Low)), Math.Abs(s.A.At(s.High))), Math.Min(Math.Abs(s.B.At(s.Low)), Math.Abs(s.B.At(s.High))));

    /// <summary>The first update of a stretch at which they differ: from its start they part once, so it is found by doubling and halving.</summary>
    void FindFirst(double low, double high)
    {
        double same = low, ahead = 1;
        while (same + ahead < high && !Differs(same + ahead))
            ahead *= 2;
        double differs = Math.Min(same + ahead, high);
        if (!Differs(differs))
            return;
        while (differs - same > 1)
            (same, differs) = Math.Floor(same + (differs - same) / 2) is var middle && Differs(middle) ? (same, middle) : (middle, differs);
        first = Math.Min(first ?? differs, Differs(low) ? low : differs);
    }

    bool Differs(double t) => ScheduleDifference.Share(a.At(t), b.At(t)) > tolerance;

    void Look(double t)
    {
        double x = a.At(t), y = b.At(t);
        // One that is not a number differs from everything; where both are, there is nothing to compare.
        double by = double.IsNaN(x) && double.IsNaN(y) ? 0 : double.IsNaN(x) || double.IsNaN(y) ? double.PositiveInfinity : x == y ? 0 : Math.Abs(y - x);
        bool differs = by > 0 && !(ScheduleDifference.Share(x, y) <= tolerance);
        if (differs && (first is null || t < first))
            first = t;
        if (differs ? by > size : size < 0)
            (step, size) = (t, differs ? by : size);
    }

    static bool Known(Trend trend) => trend is Trend.Rising or Trend.Falling or Trend.Flat;

    /// <summary>The same curve, its parameters written with different roundings or from another origin.</summary>
    static bool Same(Curve a, Curve b, double low, double high) => (a, b) switch
    {
        ({ Height: 0 }, { Height: 0 }) => Close(a.Base, b.Base),
        _ when IsLine(a) && IsLine(b) => SameEnds(a, b, low, high),
        (ExponentialCurve, ExponentialCurve) => Close(a.Base, b.Base) && SameEnds(a, b, low, high),
        (PowerCurve x, PowerCurve y) when x.Exponent != y.Exponent => false,
        (SumCurve x, SumCurve y) => Same(x.First, y.First, low, high) && Same(x.Second, y.Second, low, high),
        (NumericCurve x, NumericCurve y) => x.Equals(y),
        _ => a.GetType() == b.GetType() && Close(a.Base, b.Base) && Close(a.Height, b.Height) && Close(a.Unit, b.Unit)
            && Math.Abs(a.Origin - b.Origin) <= ScheduleDifference.Rounding * Math.Abs(a.Unit),
    };

    static bool SameEnds(Curve a, Curve b, double low, double high) => Close(a.At(low), b.At(low)) && Close(a.At(high), b.At(high));

    static bool IsLine(Curve curve) => curve is LineCurve or PowerCurve { Exponent: 1 };

    static bool Close(double x, double y) => ScheduleDifference.Share(x, y) <= ScheduleDifference.Rounding;
}
