using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>A step length per weight that grows while the gradient keeps its sign and shrinks when it turns; the gradient's size plays no part.</summary>
/// <remarks>
/// <code>
/// g·g₋ &gt; 0: δ ← min(δ·Grow, Largest)     g·g₋ &lt; 0: δ ← max(δ·Shrink, Smallest), and this step is left out
/// w ← w − sign(g)·δ     g₋ ← g
/// </code>
/// The rate is the first step length and counts no more afterwards. For exact gradients, not for mini-batches.
/// Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning (1993), in the form of Igel and Hüsken's iRprop⁻, as in PyTorch.
/// Typical first step length 0.01.
/// </remarks>
/// <param name="Shrink">Factor after a turn, (0, 1).</param>
/// <param name="Grow">Factor while the sign stays, above 1.</param>
/// <param name="Smallest">Least step length, 0 or above.</param>
/// <param name="Largest">Greatest step length, above the least.</param>
public sealed record Rprop(double Shrink = 0.5, double Grow = 1.2, double Smallest = 1e-6, double Largest = 50) : Rule
{
    /// <summary>Factor after a turn, (0, 1).</summary>
    public double Shrink { get; } = Require.BelowOne(Require.Positive(Shrink));

    /// <summary>Factor while the sign stays, above 1.</summary>
    public double Grow { get; } = Require.AtLeast(1, Grow);

    /// <summary>Least step length, 0 or above.</summary>
    public double Smallest { get; } = Require.NotNegative(Smallest);

    /// <summary>Greatest step length, above the least.</summary>
    public double Largest { get; } = Require.AtLeast(Smallest, Largest);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["step", "previous"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass[0].Fill(pass.Rate);
        pass.Run(new RpropUpdate<L>(this), pass[0], pass[1]);
    }
}

readonly struct RpropUpdate<L>(Rprop rule) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L shrink = L.Of(rule.Shrink), grow = L.Of(rule.Grow), low = L.Of(rule.Smallest), high = L.Of(rule.Largest), one = L.Of(1), zero = L.Of(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L δ, ref L previous)
    {
        L turn = g * previous;
        δ = Lane.Clamp(δ * L.IfPositive(turn, grow, L.IfPositive(-turn, shrink, one)), low, high);
        g = L.IfPositive(-turn, zero, g);
        previous = g;
        return w - L.Signed(δ, g);
    }
}
