namespace Anneal.Combinators;

/// <summary>A segment played again and again, for ever: what lies past its end is its beginning.</summary>
/// <remarks>
/// <code>η(t) = HeightFactorⁱ · Whole((t − startᵢ) / LengthFactorⁱ),   startᵢ = Whole.Steps · (1 + LengthFactor + … + LengthFactorⁱ⁻¹)</code>
/// in cycle i = 0, 1, …: the open-ended twin of <see cref="Repeated"/>.
/// </remarks>
/// <param name="Whole">One cycle.</param>
/// <param name="HeightFactor">Each cycle's rates are so many times those of the one before; finite, above 0.</param>
/// <param name="LengthFactor">Each cycle is so many times as long as the one before; finite, 1 or above.</param>
public sealed record Looped(Segment Whole, double HeightFactor = 1, double LengthFactor = 1) : Schedule
{
    /// <summary>One cycle.</summary>
    public Segment Whole { get; } = Require.Shallow(Whole);

    /// <summary>Each cycle's rates are so many times those of the one before; finite, above 0.</summary>
    public double HeightFactor { get; } = Require.Positive(HeightFactor);

    /// <summary>Each cycle is so many times as long as the one before; finite, 1 or above.</summary>
    public double LengthFactor { get; } = Require.AtLeast(1, LengthFactor);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Rate(Whole, HeightFactor, LengthFactor, t);

    /// <inheritdoc/>
    protected override string Formula(string t) => Formula(Whole, HeightFactor, LengthFactor, t);

    internal static double Rate(Segment whole, double scale, double stretch, double t) => scale == 1 && stretch == 1
        ? whole.RateAt(t - Counting.Quotient(t, whole.Steps) * whole.Steps)
        : Changing(whole, scale, stretch, t);

    static double Changing(Segment whole, double scale, double stretch, double t)
    {
        var cycle = Cycle.Of(t, whole.Steps, stretch);
        double since = t - cycle.Start;
        double rate = whole.At(stretch == 1 ? since : since * (whole.Steps / cycle.Length));
        return scale == 1 ? rate : rate * Math.Pow(scale, cycle.Index);
    }

    internal static string Formula(Segment whole, double scale, double stretch, string t)
    {
        string height = scale == 1 ? "" : @$"{Tex.Base(scale)}^i \cdot ";
        return @$"{height}{Tex.Group(whole.FormulaAt($"({Tex.Number(whole.Steps)} x)"))}, \quad x = {Cycle.Formula(t, whole.Steps, stretch)}";
    }

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.TrendOver(0, Whole.Steps) == Trend.Flat && HeightFactor == 1
        ? Tail.Constant(Whole.At(0))
        : CyclicTail.Cycles(Whole.Range(0, Whole.Steps).Highest, Whole.Steps, HeightFactor, LengthFactor);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Cycles(Whole, HeightFactor, LengthFactor, from, to);

    internal static IEnumerable<Piece> Cycles(Segment whole, double heightFactor, double lengthFactor, double from, double to)
    {
        for (double i = Cycle.Of(from, whole.Steps, lengthFactor).Index; ; i++)
        {
            double start = Cycle.StartOf(i, whole.Steps, lengthFactor), end = Cycle.StartOf(i + 1, whole.Steps, lengthFactor);
            double first = Math.Max(from, start), last = Math.Min(to, end);
            if (first < last)
                foreach (var piece in Piece.Moved(
                    whole, first, last, start, Math.Pow(lengthFactor, i), Math.Pow(heightFactor, i)))
                    yield return piece;
            if (end >= to)
                break;
        }
    }
}
