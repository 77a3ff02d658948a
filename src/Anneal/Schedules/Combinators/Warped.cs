namespace Anneal.Combinators;

/// <summary>A segment whose clock runs along a power.</summary>
/// <remarks>
/// <code>η(t) = Whole(Steps · (t / Steps)^Power)</code>
/// Above 1 it starts slowly and hurries at the end. Zhang and Li,
/// <see href="https://arxiv.org/abs/2004.05909">k-decay</see> (2020); the <c>k_decay</c> of timm.
/// </remarks>
/// <param name="Whole">What is played.</param>
/// <param name="Power">Finite, above 0.</param>
public sealed record Warped(Segment Whole, double Power) : Segment(Whole.Steps)
{
    /// <summary>What is played.</summary>
    public Segment Whole { get; } = Require.Shallow(Whole);

    /// <summary>The power of time; finite, above 0.</summary>
    public double Power { get; } = Require.Positive(Power);

    /// <inheritdoc/>
    public override double End => Whole.End;

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Curve(double t) => Whole.CurveAt(Steps * Math.Pow(t / Steps, Power));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Whole.FormulaAt(@$"({Tex.Number(Steps)} \left({t} / {Tex.Number(Steps)}\right)^{{{Tex.Number(Power)}}})");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) => Whole.Pieces(Clock(from), Clock(to)).Select(piece => new Piece(
        Inverse(piece.From), Math.Min(to, Inverse(piece.To)),
        new NumericCurve(t => piece.Curve.At(Clock(t)), piece.Trend), this));

    double Clock(double t) => Steps * Math.Pow(Math.Clamp(t / Steps, 0, 1), Power);

    double Inverse(double step) => Steps * Math.Pow(step / Steps, 1 / Power);
}
