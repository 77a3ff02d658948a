namespace Anneal.Combinators;

/// <summary>The lower of two rates at every step.</summary>
/// <remarks><code>η(t) = min(First(t), Second(t))</code></remarks>
/// <param name="First">One schedule.</param>
/// <param name="Second">Another, asked at the same step.</param>
public sealed record Min(Schedule First, Schedule Second) : Schedule
{
    /// <summary>One schedule.</summary>
    public Schedule First { get; } = Require.Shallow(First);

    /// <summary>Another, asked at the same step.</summary>
    public Schedule Second { get; } = Require.Shallow(Second);

    internal override int Depth { get; } = Math.Max(First.Depth, Second.Depth) + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Math.Min(First.RateAt(t), Second.RateAt(t));

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"\min\!\left({First.FormulaAt(t)}, {Second.FormulaAt(t)}\right)";

    /// <inheritdoc/>
    public override Tail LongRun() => First.LongRun().Min(Second.LongRun());

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        PiecewiseMerge.Of(First, Second, from, to).SelectMany(both => PiecewiseMerge.Lower(both.First, both.Second));
}
