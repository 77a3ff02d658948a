namespace Anneal;

/// <summary>Goes from <paramref name="Peak"/> to <paramref name="Floor"/> along a power of what is left.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · (1 − t / Steps)^Power</code>
/// Chen et al., <see href="https://arxiv.org/abs/1606.00915">DeepLab</see> (2017), section 4.1.2 ("poly", power 0.9).
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is reached; from then on the rate stays there.</param>
/// <param name="Power">1 is a straight line, 2 a parabola that lands gently; finite, above 0.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
public sealed record PolynomialDecay(double Peak, double Steps, double Power, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>The power of what is left, finite, above 0.</summary>
    public double Power { get; } = Require.Positive(Power);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Weighted(Peak, Floor, Math.Pow((Steps - t) / Steps, Power));

    private protected override void FillCurve(Span<double> rates, double from, double every)
    {
        if (Power <= VectorWholePower.Largest && double.IsInteger(Power))
            Filling.Fill(rates, from, every, new VectorWholePower(Peak, Floor, Steps, (int)Power));
        else if (VectorPower.Suits(Steps, Power))
            Filling.Fill(rates, from, every, new VectorPower(Peak, Floor, Steps, Power));
        else
            base.FillCurve(rates, from, every);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Floor, @$"{Easing.Linear.Formula(Tex.Fraction(t, Steps))}^{{{Tex.Number(Power)}}}");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, new PowerCurve(Floor, Peak - Floor, Steps, -Steps, Power), this)];
}
