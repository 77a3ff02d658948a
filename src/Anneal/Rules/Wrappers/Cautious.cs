using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Leaves out the weights that the rule would move against their present gradient, and moves the others further to make up for it.</summary>
/// <remarks>
/// <code>
/// Δ = the step of the rule     k = 1 where −Δ·g &gt; 0, else 0     w ← w + Δ · k / max(mean(k), 1e-3)     (the mean is over a tensor)
/// </code>
/// Liang et al., <see href="https://arxiv.org/abs/2411.16085">Cautious Optimizers</see> (2024). Put decay beside the rule outside of this wrapper.
/// </remarks>
/// <param name="Inner">The rule.</param>
public sealed record Cautious(Rule Inner) : Wrapper(Inner)
{
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("before"), Slot.ScratchSpace("kept")];

    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Weights.CopyTo(pass[0]);
        Inside(pass, pass.Gradient);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> before = one[0], kept = one[1];
            one.Over(new Keep<L>(), one.Weights, one.Gradient, before, kept);
            double mean = one.SumAbs(kept) / kept.Length;
            one.Over(new Move<L>(1 / Math.Max(mean, 1e-3)), one.Weights, one.Gradient, before, kept);
        }
    }

    /// <summary>Marks the weights whose step agrees with the gradient.</summary>
    readonly struct Keep<L> : IUpdate2<L> where L : struct, ILane<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L before, ref L kept)
        {
            kept = L.IfPositive((before - w) * g, L.Of(1), L.Of(0));
            return w;
        }
    }

    readonly struct Move<L>(double factor) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L factor = L.Of(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L before, ref L kept) => before + (w - before) * kept * factor;
    }
}
