namespace Anneal;

/// <summary>When a step function takes its new value.</summary>
public enum BoundaryChange
{
    /// <summary>The update that follows b updates is the first with the new value (PyTorch, optax).</summary>
    At,

    /// <summary>The update that follows b updates still has the old value (Keras).</summary>
    After,
}

/// <summary>One rate between each two boundaries.</summary>
/// <remarks>
/// <code>η(t) = Values[number of boundaries ≤ t]</code>
/// with <c>&lt;</c> instead of <c>≤</c> when it changes after the boundaries.
/// </remarks>
/// <param name="Boundaries">Updates already made when the rate changes: 0 or above, in order.</param>
/// <param name="Values">One rate more than there are boundaries: finite, 0 or above.</param>
/// <param name="Changes">Whether the step on a boundary has the new value or the old one.</param>
public sealed record PiecewiseConstant(IReadOnlyList<double> Boundaries, IReadOnlyList<double> Values, BoundaryChange Changes = BoundaryChange.At) : Schedule
{
    readonly Items<double> boundaries = Require.InOrder(Boundaries);
    readonly Items<double> values = Require.Count(Require.AllNotNegative(Values), Boundaries.Count + 1, "one more than there are boundaries", nameof(Values));

    /// <summary>Updates already made when the rate changes: 0 or above, in order.</summary>
    public IReadOnlyList<double> Boundaries => boundaries;

    /// <summary>One rate more than there are boundaries: finite, 0 or above.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>Whether the step on a boundary has the new value or the old one.</summary>
    public BoundaryChange Changes { get; } = Require.Known(Changes);

    /// <inheritdoc/>
    protected override double Rate(double t) =>
        values[Changes == BoundaryChange.At ? Counting.UpTo(boundaries.Span, t) : Counting.Below(boundaries.Span, t)];

    /// <inheritdoc/>
    protected override string Formula(string t) => values.Count == 1 ? Tex.Number(values[0]) : Tex.Cases(values.Select((value, i) =>
        (Tex.Number(value), i < boundaries.Count ? @$"{t} {(Changes == BoundaryChange.At ? "<" : @"\le")} {Tex.Number(boundaries[i])}" : @"\text{else}")));

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Constant(values[^1]);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        Piece.Between(boundaries, from, to, (a, b) => new(a, b, LineCurve.Flat(Rate(a + (b - a) / 2)), this));
}
