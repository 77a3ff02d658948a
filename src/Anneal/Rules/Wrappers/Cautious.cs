using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Leaves out the weights that the rule would move against their present gradient, and moves the others further to make up for it.</summary>
/// <remarks>
/// <code>
/// Δ = the step of the rule     k = 1 where −Δ·g &gt; 0, else Factor     w ← w + Δ · k / max(mean(k), Floor)     (the mean is over a tensor)
/// </code>
/// With <paramref name="CountsOneMore"/> the mean counts one weight more that agrees: (Σk + 1)/n, the form of the authors' Lion.
/// Liang et al., <see href="https://arxiv.org/abs/2411.16085">Cautious Optimizers</see> (2024). Put decay beside the rule outside of this wrapper.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Factor">What is left of a step against the gradient, [0, 1].</param>
/// <param name="Floor">The mean counts for at least this, [0, 1].</param>
/// <param name="CountsOneMore">Adds one to the number of weights that agree.</param>
public sealed record Cautious(Rule Inner, double Factor = 0, double Floor = 1e-3, bool CountsOneMore = false) : Wrapper(Inner)
{
    /// <summary>What is left of a step against the gradient, [0, 1].</summary>
    public double Factor { get; } = Require.Fraction(Factor);

    /// <summary>The mean counts for at least this, [0, 1].</summary>
    public double Floor { get; } = Require.Fraction(Floor);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("before"), Slot.ScratchSpace("kept")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Weights.CopyTo(pass[0]);
        Inside(pass, pass.Gradient);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> before = one[0], kept = one[1];
            one.Over(new Keep<L>(Factor), one.Weights, one.Gradient, before, kept);
            double mean = (one.SumAbs(kept) + (CountsOneMore ? 1 : 0)) / kept.Length;
            one.Over(new Move<L>(mean > 0 ? 1 / Math.Max(mean, Floor) : 0), one.Weights, one.Gradient, before, kept);
        }
    }

    /// <summary>Marks the weights whose step agrees with the gradient.</summary>
    readonly struct Keep<L>(double rest) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L one = L.Of(1), rest = L.Of(rest);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L before, ref L kept)
        {
            kept = L.IfPositive((before - w) * g, one, rest);
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
