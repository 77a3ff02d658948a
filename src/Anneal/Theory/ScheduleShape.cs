namespace Anneal;

/// <summary>What a curve looks like: corners, phases, direction, extremes.</summary>
public static class ScheduleShape
{
    /// <summary>Rates that differ by less than this share are the same rate, written with different roundings.</summary>
    const double Rounding = 1e-12;

    /// <summary>Slopes come from differences where a shape gives no derivative; those hold about eight digits.</summary>
    const double SlopeRounding = 1e-6;

    /// <summary>Every jump and kink strictly inside (from, to), in order.</summary>
    public static IReadOnlyList<Corner> Corners(this Schedule schedule, double from, double to)
    {
        var corners = new List<Corner>();
        Piece? last = null;
        foreach (var piece in schedule.Pieces(from, to))
        {
            if (last is not null)
            {
                var corner = new Corner(
                    piece.From, last.Curve.At(piece.From), schedule.At(piece.From), piece.Curve.At(piece.From),
                    last.Curve.Slope(piece.From, -1), piece.Curve.Slope(piece.From, +1));
                if (corner.IsJump || Differ(corner.SlopeBefore, corner.SlopeAfter, SlopeRounding))
                    corners.Add(corner);
            }
            last = piece;
        }
        return corners;
    }

    /// <summary>The parts a schedule is composed of over [from, to], as they follow each other: warm-up, hold, decay, …</summary>
    public static IReadOnlyList<Phase> Phases(this Schedule schedule, double from, double to)
    {
        var phases = new List<Phase>();
        foreach (var piece in schedule.Pieces(from, to))
        {
            if (phases.LastOrDefault() is { } last && ReferenceEquals(last.Source, piece.Source) && last.Start == piece.Start)
                phases[^1] = last with { To = piece.To, Trend = Join(last.Trend, piece.Trend, last.RateAtEnd, piece.Curve.At(piece.From)), RateAtEnd = piece.Curve.At(piece.To) };
            else
                phases.Add(new(piece.From, piece.To, piece.Trend, piece.Curve.At(piece.From), piece.Curve.At(piece.To), piece.Source, piece.Start));
        }
        return phases;
    }

    /// <summary>Which way the rate runs over [from, to].</summary>
    public static Trend TrendOver(this Schedule schedule, double from, double to)
    {
        Trend? trend = null;
        double end = 0;
        foreach (var piece in schedule.Pieces(from, to))
        {
            trend = trend is { } sofar ? Join(sofar, piece.Trend, end, piece.Curve.At(piece.From)) : piece.Trend;
            end = piece.Curve.At(piece.To);
        }
        return trend ?? Trend.Flat;
    }

    /// <summary>The lowest and highest rate over [from, to]; just before a jump counts.</summary>
    /// <remarks>Exact where pieces run one way; where nothing is known about a piece, over its updates and ends.</remarks>
    public static RateRange Range(this Schedule schedule, double from, double to)
    {
        double low = Math.Min(schedule.At(from), schedule.At(to)), high = Math.Max(schedule.At(from), schedule.At(to));
        foreach (var piece in schedule.Pieces(from, to))
        {
            Include(schedule.At(piece.From));
            Include(piece.Curve.At(piece.From));
            Include(piece.Curve.At(piece.To));
            if (piece.Trend is Trend.Mixed or Trend.Unknown)
                for (double t = Math.Floor(piece.From) + 1; t < piece.To; t++)
                    Include(piece.Curve.At(t));
        }
        return new(low, high);

        void Include(double rate) => (low, high) = (Math.Min(low, rate), Math.Max(high, rate));
    }

    internal static bool Differ(double a, double b, double share = Rounding) => Math.Abs(a - b) > share * Math.Max(Math.Abs(a), Math.Abs(b));

    static Trend Join(Trend a, Trend b, double before, double after)
    {
        var step = !Differ(before, after) ? Trend.Flat : after > before ? Trend.Rising : Trend.Falling;
        return Both(Both(a, step), b);
    }

    static Trend Both(Trend a, Trend b) =>
        a == b || b == Trend.Flat ? a
        : a == Trend.Flat ? b
        : a == Trend.Mixed || b == Trend.Mixed ? Trend.Mixed
        : a == Trend.Unknown || b == Trend.Unknown ? Trend.Unknown
        : Trend.Mixed;
}
