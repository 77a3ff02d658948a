namespace Anneal.Combinators;

/// <summary>A schedule kept between two rates.</summary>
/// <remarks><code>η(t) = min(max(Whole(t), Low), High)</code></remarks>
/// <param name="Whole">What is kept in.</param>
/// <param name="Low">The lowest rate, finite, 0 or above.</param>
/// <param name="High">The highest rate, finite, not below <paramref name="Low"/>.</param>
public sealed record Clamped(Schedule Whole, double Low, double High) : Schedule
{
    /// <summary>What is kept in.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>The lowest rate, finite, 0 or above.</summary>
    public double Low { get; } = Require.AtMost(High, "High", Require.NotNegative(Low), nameof(Low));

    /// <summary>The highest rate, finite, not below the lowest.</summary>
    public double High { get; } = Require.NotNegative(High);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Math.Clamp(Whole.RateAt(t), Low, High);

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"\min\!\left(\max\!\left({Whole.FormulaAt(t)}, {Tex.Number(Low)}\right), {Tex.Number(High)}\right)";

    /// <remarks>Between two rates above 0 every schedule comes back to them, whatever else it does.</remarks>
    public override Tail LongRun() => Whole.LongRun() switch
    {
        UnknownTail when Low > 0 => Tail.Recurring(High),
        var tail => tail.Max(Tail.Constant(Low)).Min(Tail.Constant(High)),
    };

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Whole.Pieces(from, to)
        .SelectMany(piece => PiecewiseMerge.Higher(piece, Piece.Held(Low, 0, piece.From, piece.To)))
        .SelectMany(piece => PiecewiseMerge.Lower(piece, Piece.Held(High, 0, piece.From, piece.To)));
}
