namespace Anneal;

/// <summary>A straight warm-up that counts from one, so that even the first update moves.</summary>
/// <remarks>
/// <code>η(t) = Peak · min((t + 1) / Steps, 1)</code>
/// The first update uses <c>Peak / Steps</c>, update <c>Steps − 1</c> (counted from 0) the peak: one update earlier than
/// <see cref="Warmup"/>. The count of llm.c's trainer, and of others that write the loop as <c>step + 1 ≤ warm-up</c>.
/// </remarks>
/// <param name="Peak">Rate at the end, finite, 0 or above.</param>
/// <param name="Steps">Updates made on the way up, the first one at the peak included.</param>
public sealed record OneBasedWarmup(double Peak, double Steps) : Segment(Steps)
{
    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <inheritdoc/>
    public override double End => Peak;

    /// <inheritdoc/>
    protected override double Curve(double t) => Peak * Math.Min((t + 1) / Steps, 1);

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Number(Peak)} \cdot \min\!\left(\frac{{{Tex.Bare(t)} + 1}}{{{Tex.Number(Steps)}}}, 1\right)";

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) => Piece.Between([Steps - 1], from, to, (a, b) =>
        new(a, b, a < Steps - 1 ? new LineCurve(0, Peak, -1, Steps) : LineCurve.Flat(Peak), this));
}
