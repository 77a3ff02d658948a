namespace Anneal;

/// <summary>Falls like a power of one over the time, for ever.</summary>
/// <remarks>
/// <code>η(t) = Peak / (1 + Decay · t)^Power</code>
/// With <c>Decay = 1</c> and <c>Power = 1</c> this is c/(t + 1), for which SGD was first shown to converge: Robbins and Monro,
/// <see href="https://doi.org/10.1214/aoms/1177729586">A Stochastic Approximation Method</see> (1951).
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Decay">How fast it falls, per update; finite, above 0.</param>
/// <param name="Power">1 for inverse time, ½ for its root; finite, above 0.</param>
public sealed record InverseTimeDecay(double Peak, double Decay = 1, double Power = 1) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>How fast it falls, per update; finite, above 0.</summary>
    public double Decay { get; } = Require.Positive(Decay);

    /// <summary>The power of time; finite, above 0.</summary>
    public double Power { get; } = Require.Positive(Power);

    /// <inheritdoc/>
    protected override double Rate(double t) => Power == 1 ? Peak / (1 + Decay * t) : WithPower(t);

    /// <remarks>Apart from <see cref="Rate"/>, which would keep its numbers for a call that it rarely makes.</remarks>
    double WithPower(double t) => Peak / Math.Pow(1 + Decay * t, Power);

    /// <inheritdoc/>
    protected override string Formula(string t)
    {
        string time = @$"1 + {(Decay == 1 ? "" : @$"{Tex.Number(Decay)} \cdot ")}{t}";
        return @$"\frac{{{Tex.Number(Peak)}}}{{{(Power == 1 ? time : @$"\left({time}\right)^{{{Tex.Number(Power)}}}")}}}";
    }

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Powers(Peak * Math.Pow(Decay, -Power), Power);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        [new(from, to, new PowerCurve(0, Peak, -1 / Decay, 1 / Decay, -Power), this)];
}
