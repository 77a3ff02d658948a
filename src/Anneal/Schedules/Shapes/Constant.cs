namespace Anneal;

/// <summary>The same rate at every step.</summary>
/// <remarks><code>η(t) = Value</code></remarks>
/// <param name="Value">The rate: finite, 0 or above.</param>
public sealed record Constant(double Value) : Schedule
{
    /// <summary>The rate: finite, 0 or above.</summary>
    public double Value { get; } = Require.NotNegative(Value);

    /// <inheritdoc/>
    protected override double Rate(double t) => Value;

    private protected override void FillRates(Span<double> rates, double from, double every) => rates.Fill(Value);

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Number(Value);

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Constant(Value);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        [new(from, to, LineCurve.Flat(Value), this)];
}
