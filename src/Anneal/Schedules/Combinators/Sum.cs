namespace Anneal.Combinators;

/// <summary>Two rates added at every step.</summary>
/// <remarks><code>η(t) = First(t) + Second(t)</code></remarks>
/// <param name="First">One schedule.</param>
/// <param name="Second">Another, asked at the same step.</param>
public sealed record Sum(Schedule First, Schedule Second) : Schedule
{
    /// <summary>One schedule.</summary>
    public Schedule First { get; } = Require.Shallow(First);

    /// <summary>Another, asked at the same step.</summary>
    public Schedule Second { get; } = Require.Shallow(Second);

    internal override int Depth { get; } = Math.Max(First.Depth, Second.Depth) + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => First.RateAt(t) + Second.RateAt(t);

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Group(First.FormulaAt(t))} + {Tex.Group(Second.FormulaAt(t))}";

    /// <inheritdoc/>
    public override Tail LongRun() => First.LongRun().Plus(Second.LongRun());

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        PiecewiseMerge.Of(First, Second, from, to).Select(both => PiecewiseMerge.Sum(both.First, both.Second));
}
