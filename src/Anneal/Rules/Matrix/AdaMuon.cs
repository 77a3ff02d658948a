using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam's second moment on the orthogonalised sign of the momentum, at the length of an AdamW step.</summary>
/// <remarks>
/// <code>
/// M ← β·M + (1 − β)·G     U = (1 − β)·G + β·M  (M without Nesterov)     O = Newton–Schulz(sign(U))     V ← β₂·V + (1 − β₂)·O²     Ô = O / (√V + ε)
/// W ← (1 − rate·Decay)·W − rate · ScaleFactor · √(rows·columns) · Ô / (‖Ô‖ + ε)
/// </code>
/// timm's rule of the same name takes U instead of its sign. Without <paramref name="MatchLength"/> the scale is that of the shape.
/// Si et al., <see href="https://arxiv.org/abs/2507.11005">AdaMuon</see> (2025), in the authors' form. Typical rate and decay as for AdamW, β 0.95.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1); that of the momentum unless given.</param>
/// <param name="Nesterov">Looks one step ahead.</param>
/// <param name="Iterations">Newton–Schulz steps, 0 to 1,000.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="Epsilon">Keeps the divisions finite, 0 or above; a pure number.</param>
/// <param name="Signed">Makes the sign of U orthogonal instead of U.</param>
/// <param name="Moment">What the mean square is taken of.</param>
/// <param name="BiasCorrection">Frees V from its start at 0.</param>
/// <param name="MatchLength">Gives every step ScaleFactor as its root mean square.</param>
/// <param name="NewtonSchulz">How a matrix is made orthogonal; Jordan's triple unless given.</param>
/// <param name="Scale">How the shape scales the step where its length is not matched.</param>
/// <param name="ScaleFactor">Root mean square of a step, or factor on its scale, above 0.</param>
/// <param name="Momentum">What the mean of the gradients is.</param>
/// <param name="CautiousDecay">Decays only where the step too moves the weight towards 0.</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</param>
/// <param name="VectorDecay">Weight decay of vectors; that of the matrices unless given.</param>
public sealed record AdaMuon(
    double Beta = 0.95, double? Beta2 = null, bool Nesterov = true, int Iterations = 5, double Decay = 0.01, double VectorRate = 1, double Epsilon = 1e-8,
    bool Signed = true, AdaMuonMoment Moment = AdaMuonMoment.PerWeight, bool BiasCorrection = false, bool MatchLength = true, NewtonSchulz? NewtonSchulz = null,
    MatrixScale Scale = MatrixScale.None, double ScaleFactor = 0.2, MuonMomentum Momentum = MuonMomentum.Average, bool CautiousDecay = false,
    Adam? Vectors = null, double? VectorDecay = null)
    : SteepestDescent(Beta, Nesterov, Decay, VectorRate, Momentum, CautiousDecay, Vectors, VectorDecay)
{
    /// <summary>Decay of the mean square, [0, 1); that of the momentum unless given.</summary>
    public double? Beta2 { get; } = Beta2 is double own ? Require.BelowOne(own, nameof(Beta2)) : null;

    /// <summary>Newton–Schulz steps, 0 to 1,000.</summary>
    public int Iterations { get; } = Require.Count(0, 1_000, Iterations);

    /// <summary>Keeps the divisions finite, 0 or above; a pure number.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>What the mean square is taken of.</summary>
    public AdaMuonMoment Moment { get; } = Require.Known(Moment);

    /// <summary>How the shape scales the step where its length is not matched.</summary>
    public MatrixScale Scale { get; } = Require.Known(Scale);

    /// <summary>Root mean square of a step, or factor on its scale, above 0.</summary>
    public double ScaleFactor { get; } = Require.Positive(ScaleFactor);

    internal override bool SeparatesRoom => true;

    private protected override int SecondMoments(Tensor t) => Moment == AdaMuonMoment.PerWeight ? t.Count : 1;

    private protected override IReadOnlyList<Slot> Rooms => RuleOptions.NewtonSchulz.Rooms;

    private protected override View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        double beta2 = Beta2 ?? Beta, whole = Moment == AdaMuonMoment.PerMatrix ? one.Norm(u) : 0;
        if (Signed)
            one.Over(new Sign<L>(1), u, u);
        View<L> flat = (NewtonSchulz ?? Muon.Jordan).Run(one, Own, u, rows, columns, Iterations), v = one[1];
        scale = ScaleFactor * Scale.Of(rows, columns);
        double correct2 = BiasCorrection ? 1 - Math.Pow(beta2, one.Step) : 1;
        if (Moment == AdaMuonMoment.PerWeight)
            one.Over(new Adapt<L>(beta2, Epsilon, correct2), flat, flat, v);
        else
        {
            // The last of the rooms is free by now.
            View<L> square = one[Own + 3].Slice(0, 1);
            square[0] = one.Dot(one.Gradient, one.Gradient);
            one.Over(new MeanSquare<L>(beta2, 1 - beta2), square, square, v);
            double root = Math.Sqrt(square[0] / correct2) + Epsilon;
            scale *= root > 0 ? whole / root : 0;
        }
        if (MatchLength)
        {
            double length = one.Norm(flat) + Epsilon;
            scale *= length > 0 ? Math.Sqrt((double)rows * columns) / length : 0;
        }
        return flat;
    }

    readonly struct Adapt<L>(double beta2, double epsilon, double correct2) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L β2 = L.Of(beta2), rest2 = L.Of(1 - beta2), root = L.Of(1 / correct2), ε = L.Of(epsilon), none = L.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L o, ref L v)
        {
            v = β2 * v + rest2 * o * o;
            L under = L.Sqrt(v * root) + ε;
            return L.IfPositive(under, o / under, none);
        }
    }
}
