namespace Anneal;

/// <summary>What a curve looks like: corners, phases, direction, extremes.</summary>
public static class ScheduleShape
{
    /// <summary>Rates that differ by less than this share are the same rate, written with different roundings.</summary>
    const double Rounding = 1e-12;

    /// <summary>Slopes come from differences where a shape gives no derivative; those hold about eight digits.</summary>
    const double SlopeRounding = 1e-6;

    /// <summary>A piece of which nothing is known is looked at this often.</summary>
    const int UpdatesLookedAt = 100_000;

    /// <summary>Every jump and kink strictly inside (from, to), in order.</summary>
    public static IReadOnlyList<Breakpoint> Breakpoints(this Schedule schedule, double from, double to)
    {
        var corners = new List<Breakpoint>();
        Piece? last = null;
        foreach (var piece in schedule.Pieces(from, to))
        {
            if (last is not null)
            {
                var corner = new Breakpoint(
                    piece.From, last.Curve.At(piece.From), schedule.At(piece.From), piece.Curve.At(piece.From),
                    last.Curve.Slope(piece.From, -1), piece.Curve.Slope(piece.From, +1));
                if (corner.IsJump || IsKink(corner))
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
        var direction = new Direction();
        foreach (var piece in schedule.Pieces(from, to))
        {
            var last = phases.LastOrDefault();
            bool same = last is not null && ReferenceEquals(last.Source, piece.Source) && last.Start == piece.Start;
            if (same)
                phases.RemoveAt(phases.Count - 1);
            else
                direction = new Direction();
            direction.Add(piece);
            phases.Add(new(same ? last!.From : piece.From, piece.To, direction.Trend,
                same ? last!.RateAtStart : piece.Curve.At(piece.From), piece.Curve.At(piece.To), piece.Source, piece.Start));
        }
        return phases;
    }

    /// <summary>Which way the rate runs over [from, to].</summary>
    public static Trend TrendOver(this Schedule schedule, double from, double to)
    {
        var direction = new Direction();
        foreach (var piece in schedule.Pieces(from, to))
            direction.Add(piece);
        return direction.Trend;
    }

    /// <summary>The lowest and highest rate over [from, to]; just before a jump counts.</summary>
    /// <remarks>Exact where pieces run one way; where nothing is known about a piece, over its ends and its updates, 100,000 of them at most, evenly spread.</remarks>
    public static RateRange Range(this Schedule schedule, double from, double to)
    {
        double low = Math.Min(schedule.At(from), schedule.At(to)), high = Math.Max(schedule.At(from), schedule.At(to));
        foreach (var piece in schedule.Pieces(from, to))
        {
            Include(schedule.At(piece.From));
            Include(piece.Curve.At(piece.From));
            Include(piece.Curve.At(piece.To));
            if (piece.Trend is Trend.Mixed or Trend.Unknown)
            {
                double first = Math.Floor(piece.From) + 1, stride = Math.Max(1, (piece.To - first) / UpdatesLookedAt);
                for (double t = first; t < piece.To; t += stride)
                    Include(piece.Curve.At(Math.Floor(t)));
            }
        }
        return new(low, high);

        void Include(double rate) => (low, high) = (Math.Min(low, rate), Math.Max(high, rate));
    }

    internal static bool Differ(double a, double b, double share = Rounding) => Math.Abs(a - b) > share * Math.Max(Math.Abs(a), Math.Abs(b));

    static bool IsKink(Breakpoint corner) => Differ(corner.SlopeBefore, corner.SlopeAfter, SlopeRounding)
        && Math.Abs(corner.SlopeAfter - corner.SlopeBefore) > Rounding * Math.Abs(corner.Rate);

    /// <summary>The direction of pieces one after another.</summary>
    struct Direction
    {
        bool rises, falls, unclear;
        double? end;

        public void Add(Piece piece)
        {
            double start = piece.Curve.At(piece.From);
            bool jumps = end is { } before && Differ(before, start);
            rises |= piece.Trend is Trend.Rising or Trend.Mixed || (jumps && start > end);
            falls |= piece.Trend is Trend.Falling or Trend.Mixed || (jumps && start < end);
            unclear |= piece.Trend == Trend.Unknown;
            end = piece.Curve.At(piece.To);
        }

        public readonly Trend Trend =>
            rises && falls ? Trend.Mixed
            : unclear ? Trend.Unknown
            : rises ? Trend.Rising
            : falls ? Trend.Falling
            : Trend.Flat;
    }
}
