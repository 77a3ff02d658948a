namespace Anneal;

/// <summary>Momentum of a matrix with all its singular values pushed to about 1, so that every direction moves alike.</summary>
/// <remarks>
/// <code>
/// M ← β·M + (1 − β)·G     U = (1 − β)·G + β·M  (M without Nesterov)     O = Newton–Schulz(U)
/// W ← (1 − rate·Decay)·W − rate · ScaleFactor · scale(rows, columns) · O
/// </code>
/// The forms in use differ in these options: <see cref="MuonMomentum"/>, <see cref="MatrixScale"/>, and the triples and the ε of <see cref="RuleOptions.NewtonSchulz"/>.
/// Tensors that are not matrices run AdamW with β₁ 0.9, β₂ 0.95 at VectorRate times the rate.
/// Jordan et al., <see href="https://kellerjordan.github.io/posts/muon/">Muon</see> (2024). Typical rate 0.02 with the original scale; with RootLonger and a factor of 0.2
/// (Liu et al., <see href="https://arxiv.org/abs/2502.16982">Muon is Scalable</see>, 2025) the rate and the decay of AdamW.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead.</param>
/// <param name="Iterations">Newton–Schulz steps, 0 to 1,000.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="NewtonSchulz">How a matrix is made orthogonal; Jordan's triple unless given.</param>
/// <param name="Scale">How the shape scales the step.</param>
/// <param name="ScaleFactor">Factor on that scale, above 0.</param>
/// <param name="Momentum">What the mean of the gradients is.</param>
/// <param name="CautiousDecay">Decays only where the step too moves the weight towards 0.</param>
/// <param name="DualNorm">Multiplies the step by ⟨U, O⟩, about the sum of U's singular values: steepest descent itself instead of its direction
/// (<see href="https://arxiv.org/abs/2505.21799">PolarGrad</see>, 2025; optax' <c>adaptive</c>).</param>
/// <param name="Cautious">Leaves out entries of U where M goes against the present gradient, before it is made orthogonal (<see href="https://arxiv.org/abs/2411.16085">C-Muon</see>, 2024).</param>
/// <param name="Radius">Keeps the matrix at this Frobenius norm, and makes every step rate times as long; null leaves lengths alone.</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</param>
/// <param name="VectorDecay">Weight decay of vectors; that of the matrices unless given.</param>
public sealed record Muon(
    double Beta = 0.95, bool Nesterov = true, int Iterations = 5, double Decay = 0, double VectorRate = 0.015, NewtonSchulz? NewtonSchulz = null,
    MatrixScale Scale = MatrixScale.Original, double ScaleFactor = 1, MuonMomentum Momentum = MuonMomentum.Average, bool CautiousDecay = false,
    bool DualNorm = false, bool Cautious = false, double? Radius = null, Adam? Vectors = null, double? VectorDecay = null)
    : SteepestDescent(Beta, Nesterov, Decay, VectorRate, Momentum, CautiousDecay, Vectors, VectorDecay)
{
    /// <summary>Newton–Schulz steps, 0 to 1,000.</summary>
    public int Iterations { get; } = Require.Count(0, 1_000, Iterations);

    /// <summary>How the shape scales the step.</summary>
    public MatrixScale Scale { get; } = Require.Known(Scale);

    /// <summary>Factor on that scale, above 0.</summary>
    public double ScaleFactor { get; } = Require.Positive(ScaleFactor);

    /// <summary>Keeps the matrix at this Frobenius norm, and makes every step rate times as long; null leaves lengths alone.</summary>
    public double? Radius { get; } = Radius is double radius ? Require.Positive(radius, nameof(Radius)) : null;

    internal static NewtonSchulz Jordan { get; } = new();

    internal override bool SeparatesRoom => true;

    private protected override IReadOnlyList<Slot> Rooms =>
        [.. RuleOptions.NewtonSchulz.Rooms, Slot.ScratchSpace("kept", t => t.IsMatrix && (Cautious || DualNorm) ? t.Count : 0)];

    private protected override View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        View<L> kept = one[Own + 4];
        if (Cautious)
        {
            one.Over(new Agree<L>(), kept, one.Gradient, one[0]);
            one.Over(new Times<L>(), u, kept);
            one.Over(new Scale<L>(1 / Math.Max(one.SumAbs(kept) / kept.Length, 1e-3)), u, u);
        }
        if (DualNorm)
            u.CopyTo(kept);
        View<L> flat = (NewtonSchulz ?? Jordan).Run(one, Own, u, rows, columns, Iterations);
        scale = ScaleFactor * Scale.Of(rows, columns) * (DualNorm ? one.Dot(kept, flat) : 1);
        return flat;
    }

    private protected override void Move<L>(in Pass<L> one, View<L> step, double scale)
    {
        if (Radius is not double radius)
        {
            base.Move(one, step, scale);
            return;
        }
        // On a sphere only the direction of the step counts.
        double length = one.Norm(step);
        base.Move(one, step, length > 0 ? radius / length : 0);
        double size = one.Norm(one.Weights);
        if (size > 0)
            one.Run(new Scale<L>(radius / size));
    }
}

/// <summary>target ← 1 where the mean goes along the gradient, else 0</summary>
readonly struct Agree<L> : IUpdate1<L> where L : struct, ILane<L>
{
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L g, ref L m) => L.IfPositive(m * g, L.Of(1), L.Of(0));
}
