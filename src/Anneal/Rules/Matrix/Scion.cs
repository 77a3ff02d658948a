namespace Anneal;

/// <summary>Frank–Wolfe on neural networks: every layer steps towards the point of a norm ball that lies furthest along its momentum.</summary>
/// <remarks>
/// <code>
/// M ← β·M + (1 − β)·G     W ← (1 − rate)·W − rate · Radius · D(M)     D: the direction under the Norm
/// Constrained false:  W ← W − rate · Radius · D(M)
/// </code>
/// Constrained, weights never leave the ball of that radius once they are in it. Sign descent, normalised descent and Muon are the same rule under other norms.
/// Vectors step along their direction under the root mean square. The paper's momentum is 1 − β.
/// Pethick et al., <see href="https://arxiv.org/abs/2502.07529">Training Deep Learning Models with Norm-Constrained LMOs</see> (2025), alg. 1 and 2.
/// Typical rate 2e-4 to 1e-3 with a radius of 50 inside, 3000 under the sign norm at the end.
/// </remarks>
/// <param name="Norm">The norm of matrices; the spectral one unless given.</param>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Radius">Of the ball, above 0.</param>
/// <param name="Constrained">Whether weights shrink as they step.</param>
public sealed record Scion(MatrixNorm? Norm = null, double Beta = 0.9, double Radius = 1, bool Constrained = true)
    : SteepestDescent(Beta, false, Constrained ? 1 : 0, 1, MuonMomentum.Average, false, null, null)
{
    /// <summary>Of the ball, above 0.</summary>
    public double Radius { get; } = Require.Positive(Radius);

    static readonly SpectralNorm spectral = new();

    static readonly FrobeniusNorm rms = new(Rms: true);

    MatrixNorm Ball => Norm ?? spectral;

    internal override bool SeparatesRoom => true;

    private protected override int VectorMoments(Tensor t) => 0;

    private protected override IReadOnlyList<Slot> Rooms => Ball.Rooms;

    private protected override View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale)
    {
        scale = Radius;
        return Ball.Direction(one, Own, u);
    }

    private protected override void Vector<L>(in Pass<L> one)
    {
        View<L> u = one[2];
        Gathered(one, u);
        Move(one, rms.Direction(one, Own, u), Radius);
    }
}
