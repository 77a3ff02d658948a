namespace Anneal;

/// <summary>Multiplies the rate by <paramref name="Factor"/> at each of the <paramref name="Milestones"/>.</summary>
/// <remarks>
/// <code>η(t) = Peak · Factor^(number of milestones ≤ t)</code>
/// A milestone named twice counts twice. For other values between the boundaries, or a change just after them, see <see cref="PiecewiseConstant"/>.
/// </remarks>
/// <param name="Peak">Rate at step 0 (before a milestone there), finite, 0 or above.</param>
/// <param name="Milestones">Updates already made when the rate changes: 0 or above, in order.</param>
/// <param name="Factor">Finite, above 0.</param>
public sealed record MultiStep(double Peak, IReadOnlyList<double> Milestones, double Factor = 0.1) : Schedule
{
    readonly Items<double> milestones = Require.InOrder(Milestones);

    /// <summary>Rate before the first milestone, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates already made when the rate changes: 0 or above, in order.</summary>
    public IReadOnlyList<double> Milestones => milestones;

    /// <summary>What the rate is multiplied by at every milestone; finite, above 0.</summary>
    public double Factor { get; } = Require.Positive(Factor);

    /// <inheritdoc/>
    protected override double Rate(double t) => Peak * Math.Pow(Factor, Counting.UpTo(milestones.Span, t));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"{Tex.Number(Peak)} \cdot {Tex.Base(Factor)}^{{\left|\{{b \in \{{{string.Join(", ", milestones.Select(Tex.Number))}\}} : b \le {t}\}}\right|}}";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Constant(Peak * Math.Pow(Factor, milestones.Count));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        Piece.Between(milestones, from, to, (a, b) => new(a, b, LineCurve.Flat(Rate(a + (b - a) / 2)), this));
}
