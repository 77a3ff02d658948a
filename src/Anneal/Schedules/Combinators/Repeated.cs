namespace Anneal.Combinators;

/// <summary>A segment played again and again, a given number of times.</summary>
/// <remarks>
/// <code>η(t) = HeightFactorⁱ · Whole((t − startᵢ) / LengthFactorⁱ),   startᵢ = Whole.Steps · (1 + LengthFactor + … + LengthFactorⁱ⁻¹)</code>
/// in cycle i = 0 … Cycles − 1; on a joint, the later cycle decides.
/// </remarks>
/// <param name="Whole">One cycle.</param>
/// <param name="Cycles">How often it is played, 1 or more.</param>
/// <param name="HeightFactor">Each cycle's rates are so many times those of the one before; finite, above 0.</param>
/// <param name="LengthFactor">Each cycle is so many times as long as the one before; finite, 1 or above.</param>
public sealed record Repeated(Segment Whole, int Cycles, double HeightFactor = 1, double LengthFactor = 1)
    : Segment(Cycle.StartOf(Require.AtLeast(1, Cycles, nameof(Cycles)), Require.Shallow(Whole).Steps, Require.AtLeast(1, LengthFactor)))
{
    /// <summary>One cycle.</summary>
    public Segment Whole { get; } = Whole;

    /// <summary>How often it is played, 1 or more.</summary>
    public int Cycles { get; } = Cycles;

    /// <summary>Each cycle's rates are so many times those of the one before; finite, above 0.</summary>
    public double HeightFactor { get; } = Require.Positive(HeightFactor);

    /// <summary>Each cycle is so many times as long as the one before; finite, 1 or above.</summary>
    public double LengthFactor { get; } = LengthFactor;

    /// <inheritdoc/>
    public override double End => Math.Pow(HeightFactor, Cycles - 1) * Whole.End;

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Curve(double t) => Looped.Rate(Whole, HeightFactor, LengthFactor, t);

    /// <inheritdoc/>
    protected override string Formula(string t) => Looped.Formula(Whole, HeightFactor, LengthFactor, t);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) => Looped.Cycles(Whole, HeightFactor, LengthFactor, from, to);
}
