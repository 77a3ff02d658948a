namespace Anneal;

/// <summary>A polynomial decay whose length grows by its first length whenever its end is reached: the rate jumps back part of the way.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · (1 − t / (n · Steps))^Power,   n = max(1, ⌈t / Steps⌉)</code>
/// On a multiple of <c>Steps</c> the rate is the floor. The <c>cycle=True</c> of Keras' PolynomialDecay.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is first reached; finite, above 0.</param>
/// <param name="Power">Finite, above 0.</param>
/// <param name="Floor">The lowest rate, finite, 0 or above.</param>
public sealed record PolynomialCycles(double Peak, double Steps, double Power = 1, double Floor = 0) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates until the floor is first reached; finite, above 0.</summary>
    public double Steps { get; } = Require.Positive(Steps);

    /// <summary>The power of what is left, finite, above 0.</summary>
    public double Power { get; } = Require.Positive(Power);

    /// <summary>The lowest rate, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        double steps = t > Steps ? Math.Min(Steps * Math.Ceiling(t / Steps), double.MaxValue) : Steps;
        double left = t < steps ? (steps - t) / steps : 0;
        return Between.Weighted(Peak, Floor, Power == 1 ? left : Math.Pow(left, Power));
    }

    /// <remarks>Just after a multiple of Steps what is left is Steps/t.</remarks>
    public override Tail LongRun() => Floor > 0 ? Tail.Constant(Floor) : Tail.Recurring(Tail.Powers(Peak * Math.Pow(Steps, Power), Power));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Piece.Between(Piece.Multiples(Steps, from, to), from, to, (a, b) =>
    {
        double start = Steps * Math.Floor((a + (b - a) / 2) / Steps), end = start + Steps;
        return new(a, b, new PowerCurve(Floor, Peak - Floor, end, -end, Power), this, start);
    });

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Floor, @$"\left(1 - \frac{{{Tex.Bare(t)}}}{{{Tex.Number(Steps)} n}}\right)^{{{Tex.Number(Power)}}}")
        + @$", \quad n = \max\!\left(1, \left\lceil {Tex.Fraction(t, Steps)} \right\rceil\right)";
}
