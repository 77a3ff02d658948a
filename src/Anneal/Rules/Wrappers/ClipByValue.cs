using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Cuts each number of the gradient off at ±ClipValue: unlike <see cref="ClipByGlobalNorm"/> it turns the gradient.</summary>
/// <remarks><code>g ← clamp(g, −ClipValue, ClipValue)</code></remarks>
/// <param name="Inner">The rule.</param>
/// <param name="ClipValue">Above 0.</param>
public sealed record ClipByValue(Rule Inner, double ClipValue) : Wrapper(Inner)
{
    /// <summary>Above 0.</summary>
    public double ClipValue { get; } = Require.Positive(ClipValue);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("clipped")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Over(new Clip<L>(ClipValue), pass[0], pass.Gradient);
        Inside(pass, pass[0]);
    }

    readonly struct Clip<L>(double limit) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L low = L.Of(-limit), high = L.Of(limit);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L source) => Lane.Clamp(source, low, high);
    }
}
