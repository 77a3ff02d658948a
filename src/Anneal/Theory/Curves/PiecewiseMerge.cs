namespace Anneal.Theory;

/// <summary>Pieces of two schedules laid over each other.</summary>
static class PiecewiseMerge
{
    /// <summary>Curves that may cross more than once are compared at this many points, so two crossings closer than that may be missed.</summary>
    const int SamplesPerPiece = 64;

    /// <summary>Both schedules over the same stretches, on each of which both are smooth.</summary>
    public static IEnumerable<(Piece First, Piece Second)> Of(Schedule first, Schedule second, double from, double to)
    {
        using var a = first.Pieces(from, to).GetEnumerator();
        using var b = second.Pieces(from, to).GetEnumerator();
        bool more = a.MoveNext() && b.MoveNext();
        while (more)
        {
            double end = Math.Min(a.Current.To, b.Current.To);
            if (end > from)
                yield return (a.Current with { From = from, To = end }, b.Current with { From = from, To = end });
            from = Math.Max(from, end);
            bool firstEnds = a.Current.To <= end, secondEnds = b.Current.To <= end;
            more = (!firstEnds || a.MoveNext()) && (!secondEnds || b.MoveNext());
        }
    }

    /// <summary>Whichever is higher, cut where the two cross.</summary>
    public static IEnumerable<Piece> Higher(Piece a, Piece b) => Choose(a, b, (x, y) => x >= y);

    /// <summary>Whichever is lower, cut where the two cross.</summary>
    public static IEnumerable<Piece> Lower(Piece a, Piece b) => Choose(a, b, (x, y) => x <= y);

    public static Piece Sum(Piece a, Piece b) =>
        IsFlat(b) ? a with { Curve = a.Curve.Raised(b.Curve.Base) }
        : IsFlat(a) ? b with { Curve = b.Curve.Raised(a.Curve.Base) }
        : a with { Curve = new SumCurve(a.Curve, b.Curve) };

    public static Piece Product(Piece a, Piece b) =>
        IsFlat(b) ? a with { Curve = a.Curve.Moved(0, factor: b.Curve.Base) }
        : IsFlat(a) ? b with { Curve = b.Curve.Moved(0, factor: a.Curve.Base) }
        : a with { Curve = new NumericCurve(t => a.Curve.At(t) * b.Curve.At(t), a.Trend.Together(b.Trend)) };

    static IEnumerable<Piece> Choose(Piece a, Piece b, Func<double, double, bool> first)
    {
        bool once = IsFlat(a) || IsFlat(b) || Opposed(a.Trend, b.Trend);
        int samples = once && a.Trend < Trend.Mixed && b.Trend < Trend.Mixed ? 1 : SamplesPerPiece;
        double start = a.From, low = a.From;
        for (int i = 1; i <= samples; i++)
        {
            double high = i == samples ? a.To : a.From + (a.To - a.From) * i / samples;
            bool before = First(low), after = First(high);
            if (before != after && Crossing(low, high, before) is var cut && cut > start && cut < a.To)
            {
                yield return Chosen(start, cut);
                start = cut;
            }
            low = high;
        }
        yield return Chosen(start, a.To);

        bool First(double t) => first(a.Curve.At(t), b.Curve.At(t));

        Piece Chosen(double from, double to) => (First(from + (to - from) / 2) ? a : b) with { From = from, To = to };

        double Crossing(double from, double to, bool before)
        {
            while (from + (to - from) / 2 is var middle && middle > from && middle < to)
                (from, to) = First(middle) == before ? (middle, to) : (from, middle);
            return to;
        }
    }

    static bool IsFlat(Piece piece) => piece.Curve.Height == 0;

    static bool Opposed(Trend a, Trend b) => (a, b) is (Trend.Rising, Trend.Falling) or (Trend.Falling, Trend.Rising);
}
