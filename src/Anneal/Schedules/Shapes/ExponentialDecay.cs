namespace Anneal;

/// <summary>Multiplies the rate by <paramref name="Factor"/> over every <paramref name="Every"/> updates, continuously.</summary>
/// <remarks>
/// <code>η(t) = Peak · Factor^(t / Every)</code>
/// The staircase of it is <see cref="StepDecay"/>.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Factor">Finite, above 0; above 1 the rate grows without bound.</param>
/// <param name="Every">Updates over which the rate changes by the factor; finite, above 0.</param>
public sealed record ExponentialDecay(double Peak, double Factor, double Every = 1) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>What the rate is multiplied by over <see cref="Every"/> updates; finite, above 0.</summary>
    public double Factor { get; } = Require.Positive(Factor);

    /// <summary>Updates over which the rate changes by the factor; finite, above 0.</summary>
    public double Every { get; } = Require.Positive(Every);

    /// <inheritdoc/>
    protected override double Rate(double t) => Peak * Math.Pow(Factor, t / Every);

    /// <remarks>A power of the first step of a block times a power of the distance from there: two powers each, however many steps.</remarks>
    private protected override void FillRates(Span<double> rates, double from, double every)
    {
        Span<double> later = stackalloc double[Math.Min(rates.Length, 256)];
        for (int i = 0; i < later.Length; i++)
            later[i] = Math.Pow(Factor, i * every / Every);
        for (int start = 0; start < rates.Length; start += later.Length)
        {
            var block = rates[start..Math.Min(rates.Length, start + later.Length)];
            Filling.Scale(later[..block.Length], Rate(from + start * every), block);
        }
    }

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"{Tex.Number(Peak)} \cdot {Tex.Base(Factor)}^{{{(Every == 1 ? Tex.Bare(t) : @$"{t} / {Tex.Number(Every)}")}}}";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Geometric(Peak, Math.Pow(Factor, 1 / Every));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        [new(from, to, ExponentialCurve.Between(Peak, Peak * Factor, Every), this)];
}
