using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Gives the rule gradients of matrices that are corrected by how they changed since the last step, to take out variance; vectors are left alone.</summary>
/// <remarks>
/// <code>c = g + Gamma·β/(1 − β)·(g − g₋), shortened to norm 1 per tensor     g₋ = 0 before the first step</code>
/// Around <see cref="Muon"/> it is MARS-M: Liu et al., <see href="https://arxiv.org/abs/2510.21800">MARS-M</see> (2025). <see cref="Mars"/> has the same inside Adam and Lion.
/// Typical Gamma 0.025.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Gamma">Share of the correction, 0 or above.</param>
/// <param name="Beta">The momentum of the rule inside, [0, 1).</param>
public sealed record VarianceReduced(Rule Inner, double Gamma = 0.025, double Beta = 0.95) : Wrapper(Inner)
{
    /// <summary>Share of the correction, 0 or above.</summary>
    public double Gamma { get; } = Require.NotNegative(Gamma);

    /// <summary>The momentum of the rule inside, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [new("previous", t => t.IsMatrix ? t.Count : 0), Slot.ScratchSpace("c")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        View<L> corrected = pass[1];
        pass.Gradient.CopyTo(corrected);
        double beta = pass.Momentum(Beta);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            if (!one.Shape.IsMatrix)
                continue;
            View<L> c = one[1], previous = one[0];
            one.Over(new Correct<L>(Gamma * (beta / (1 - beta))), c, previous);
            double norm = one.Norm(c);
            if (norm > 1)
                one.Over(new Scale<L>(1 / norm), c, c);
            one.Gradient.CopyTo(previous);
        }
        Inside(pass, corrected);
    }

    readonly struct Correct<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L factor = L.Of(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L g, L previous) => (g - previous) * factor + g;
    }
}
