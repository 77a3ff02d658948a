namespace Anneal;

/// <summary>Multiplies the rate by <paramref name="Factor"/> after every <paramref name="Every"/> updates, in steps.</summary>
/// <remarks>
/// <code>η(t) = Peak · Factor^⌊t / Every⌋</code>
/// Update <c>Every</c> (counted from 0) is the first with the new rate. He et al.,
/// <see href="https://arxiv.org/abs/1512.03385">Deep Residual Learning</see> (2015), section 3.4, divides by 10.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Factor">Finite, above 0; usually 0.1 to 0.5.</param>
/// <param name="Every">Updates at the same rate; finite, above 0.</param>
public sealed record StepDecay(double Peak, double Factor, double Every) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>What the rate is multiplied by at every step down; finite, above 0.</summary>
    public double Factor { get; } = Require.Positive(Factor);

    /// <summary>Updates at the same rate; finite, above 0.</summary>
    public double Every { get; } = Require.Positive(Every);

    /// <inheritdoc/>
    protected override double Rate(double t) => Peak * Math.Pow(Factor, Counting.Quotient(t, Every));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"{Tex.Number(Peak)} \cdot {Tex.Base(Factor)}^{{\lfloor {t} / {Tex.Number(Every)} \rfloor}}";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Geometric(Peak, Math.Pow(Factor, 1 / Every));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        Piece.Between(Piece.Multiples(Every, from, to), from, to, (a, b) => new(a, b, LineCurve.Flat(Rate(a + (b - a) / 2)), this));
}
