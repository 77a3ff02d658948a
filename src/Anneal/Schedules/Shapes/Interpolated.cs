namespace Anneal;

/// <summary>Passes through given rates at given steps.</summary>
/// <remarks>
/// <code>η(t) = Values[i+1] + (Values[i] − Values[i+1]) · left(x),   x = (t − Knots[i]) / (Knots[i+1] − Knots[i])</code>
/// between knots i and i+1, where <c>left</c> is the <see cref="Easing"/>: <c>1 − x</c> for straight lines.
/// Before the first knot the rate is that of the first knot.
/// </remarks>
/// <param name="Knots">Steps at which the rates are given: 0 or above, each larger than the one before; the last one above 0.</param>
/// <param name="Values">One rate per knot: finite, 0 or above.</param>
/// <param name="Shape">The way from each knot to the next.</param>
public sealed record Interpolated(IReadOnlyList<double> Knots, IReadOnlyList<double> Values, Easing Shape = Easing.Linear)
    : Segment(Require.Some(Knots)[^1])
{
    readonly Items<double> knots = Require.Rising(Knots);
    readonly Items<double> values = Require.Count(Require.AllNotNegative(Values), Knots.Count, "one per knot", nameof(Values));

    /// <summary>Steps at which the rates are given: 0 or above, each larger than the one before.</summary>
    public IReadOnlyList<double> Knots => knots;

    /// <summary>One rate per knot: finite, 0 or above.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The way from each knot to the next.</summary>
    public Easing Shape { get; } = Require.Known(Shape);

    /// <inheritdoc/>
    public override double End => values[^1];

    /// <inheritdoc/>
    protected override double Curve(double t)
    {
        ReadOnlySpan<double> at = knots.Span, rates = values.Span;
        int next = Math.Min(Counting.UpTo(at, t), at.Length - 1);
        return next == 0 ? rates[0] : Shape.Between(rates[next - 1], rates[next], t - at[next - 1], at[next] - at[next - 1]);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Cases(Enumerable.Range(0, knots.Count).Where(i => knots[i] > 0).Select(i =>
        (i == 0 ? Tex.Number(values[0]) : Tex.Weighted(values[i - 1], values[i], Shape.Formula(Tex.Fraction(Tex.Since(t, knots[i - 1]), knots[i] - knots[i - 1]))),
            @$"{t} < {Tex.Number(knots[i])}")));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) => Piece.Between(knots, from, to, (a, b) =>
    {
        int next = Counting.UpTo(knots.Span, a);
        return next == 0
            ? new(a, b, LineCurve.Flat(values[0]), this)
            : new(a, b, Shape.Curve(values[next - 1], values[next], knots[next] - knots[next - 1]).Moved(knots[next - 1]), this);
    });
}
