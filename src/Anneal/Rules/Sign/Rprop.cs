using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>A step length per weight that grows while the gradient keeps its sign and shrinks when it turns; the gradient's size plays no part.</summary>
/// <remarks>
/// <code>
/// g·g₋ &gt; 0: δ ← min(δ·EtaPlus, MaxStep)     g·g₋ &lt; 0: δ ← max(δ·EtaMinus, MinStep), and this step is left out
/// w ← w − sign(g)·δ     g₋ ← g
/// </code>
/// The rate is the first step length and counts no more afterwards. For exact gradients, not for mini-batches.
/// Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning (1993), in the form of Igel and Hüsken's iRprop⁻, as in PyTorch.
/// Typical first step length 0.01.
/// </remarks>
/// <param name="EtaMinus">Factor after a turn, (0, 1).</param>
/// <param name="EtaPlus">Factor while the sign stays, above 1.</param>
/// <param name="MinStep">Least step length, 0 or above.</param>
/// <param name="MaxStep">Greatest step length, above the least.</param>
public sealed record Rprop(double EtaMinus = 0.5, double EtaPlus = 1.2, double MinStep = 1e-6, double MaxStep = 50) : Rule
{
    /// <summary>Factor after a turn, (0, 1).</summary>
    public double EtaMinus { get; } = Require.BelowOne(Require.Positive(EtaMinus));

    /// <summary>Factor while the sign stays, above 1.</summary>
    public double EtaPlus { get; } = Require.AtLeast(1, EtaPlus);

    /// <summary>Least step length, 0 or above.</summary>
    public double MinStep { get; } = Require.NotNegative(MinStep);

    /// <summary>Greatest step length, above the least.</summary>
    public double MaxStep { get; } = Require.AtLeast(MinStep, MaxStep);

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
    readonly L shrink = L.Of(rule.EtaMinus), grow = L.Of(rule.EtaPlus), low = L.Of(rule.MinStep), high = L.Of(rule.MaxStep), one = L.Of(1), zero = L.Of(0);

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
