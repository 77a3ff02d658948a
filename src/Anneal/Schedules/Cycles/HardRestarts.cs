namespace Anneal;

/// <summary>A number of equal cosine cycles in a given time, each starting again from the peak.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · cos²(π · x / 2),   x = Cycles · t / Steps less its whole part</code>
/// With one cycle it is <see cref="CosineDecay"/>. The <c>cosine_with_restarts</c> of Transformers.
/// </remarks>
/// <param name="Peak">Rate at the start of every cycle, finite, 0 or above.</param>
/// <param name="Steps">Updates of all cycles together; from then on the rate is the floor.</param>
/// <param name="Cycles">How many cycles, finite, above 0; need not be whole.</param>
/// <param name="Floor">The lowest rate, finite, 0 or above.</param>
public sealed record HardRestarts(double Peak, double Steps, double Cycles, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at the start of every cycle, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>How many cycles, finite, above 0.</summary>
    public double Cycles { get; } = Require.Positive(Cycles);

    /// <summary>The lowest rate, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t)
    {
        double x = Cycles * (t / Steps);
        return Between.Cosine(Peak, Floor, x - Math.Floor(x), 1);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to)
    {
        double length = Steps / Cycles;
        return Piece.Between(Piece.Multiples(length, from, to), from, to, (a, b) =>
        {
            double start = length * Math.Floor((a + (b - a) / 2) / length);
            return new(a, b, WaveCurve.Between(Peak, Floor, length).Moved(start), new CosineDecay(Peak, length, Floor), start);
        });
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Floor, @"\cos^2\!\left(\frac{\pi}{2} (x - \lfloor x \rfloor)\right)")
        + @$", \quad x = {Tex.Number(Cycles)} \cdot {Tex.Fraction(t, Steps)}";
}
