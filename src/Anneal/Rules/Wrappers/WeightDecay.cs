using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Weight decay around any rule: in the gradient or beside it.</summary>
/// <remarks>
/// <code>
/// L2: g ← g + Decay·w before the rule sees it     Decoupled: w ← (1 − rate·Decay)·w, then the rule     Independent: w ← (1 − Decay)·w, then the rule
/// </code>
/// The lecture writes the second and prints the third. <paramref name="Agreement"/> leaves the decay beside the rule out where the step goes the other way:
/// Chen et al., <see href="https://arxiv.org/abs/2510.12402">Cautious Weight Decay</see> (2025).
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Decay">0 or above.</param>
/// <param name="Form">Where it enters.</param>
/// <param name="From">The first step that decays, counted from 1.</param>
/// <param name="Agreement">Which weights decay, by where the step of the rule moves them; for the forms beside the rule that come before it.</param>
public sealed record WeightDecay(
    Rule Inner, double Decay, DecayForm Form = DecayForm.Decoupled, int From = 1, DecayAgreement Agreement = DecayAgreement.All) : Wrapper(Inner)
{
    /// <summary>0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Where it enters.</summary>
    public DecayForm Form { get; } = Require.Known(Form);

    /// <summary>The first step that decays, counted from 1.</summary>
    public int From { get; } = (int)Require.AtLeast(1, From);

    /// <summary>Which weights decay, by where the step of the rule moves them; for the forms beside the rule that come before it.</summary>
    public DecayAgreement Agreement { get; } = Agreement == DecayAgreement.All || Form is DecayForm.Decoupled or DecayForm.Independent ? Require.Known(Agreement)
        : throw new ArgumentOutOfRangeException(nameof(Agreement), Agreement, "Agreement needs a decay beside the rule and before it: Decoupled or Independent.");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => Form switch
    {
        _ when Agreement != DecayAgreement.All => [Slot.ScratchSpace("before")],
        DecayForm.L2 => [Slot.ScratchSpace("decayed")],
        DecayForm.IndependentAfter => [Slot.ScratchSpace("before")],
        _ => [],
    };

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double decay = pass.Step < From ? 0 : pass.Decay(Decay);
        switch (Form)
        {
            case DecayForm.Decoupled or DecayForm.Independent when Agreement != DecayAgreement.All:
                double shrink = decay * (Form == DecayForm.Independent ? 1 : pass.Rate);
                pass.Weights.CopyTo(pass[0]);
                Inside(pass, pass.Gradient);
                if (Agreement == DecayAgreement.NotAway)
                    pass.Over(new ShrinkUnlessAway<L>(shrink), pass.Weights, pass[0]);
                else
                    pass.Over(new ShrinkTowards<L>(shrink), pass.Weights, pass[0]);
                break;
            case DecayForm.L2:
                pass.Gradient.CopyTo(pass[0]);
                pass.Over(new AddScaled<L>(decay), pass[0], pass.Weights);
                Inside(pass, pass[0]);
                break;
            case DecayForm.Decoupled or DecayForm.Independent:
                pass.Run(new Scale<L>(1 - decay * (Form == DecayForm.Independent ? 1 : pass.Rate)));
                Inside(pass, pass.Gradient);
                break;
            case DecayForm.DecoupledRoundedOnce:
                pass.Run(new Shrink<L>(decay * pass.Rate));
                Inside(pass, pass.Gradient);
                break;
            case DecayForm.DecoupledAfter:
                Inside(pass, pass.Gradient);
                pass.Run(new Shrink<L>(decay * pass.Rate));
                break;
            default:
                pass.Weights.CopyTo(pass[0]);
                Inside(pass, pass.Gradient);
                pass.Over(new AddScaled<L>(-decay), pass.Weights, pass[0]);
                break;
        }
    }
}

/// <summary>w ← w − share · before, except where the step before → w leads away from 0</summary>
readonly struct ShrinkUnlessAway<L>(double share) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L before) => L.IfPositive((w - before) * before, w, w - share * before);
}

/// <summary>w ← w − share · before, where the step before → w leads towards 0</summary>
readonly struct ShrinkTowards<L>(double share) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L before) => L.IfPositive((before - w) * before, w - share * before, w);
}

/// <summary>target ← factor · target</summary>
readonly struct Scale<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L factor = L.Of(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => factor * target;
}

/// <summary>target ← target − share · target, rounded once</summary>
readonly struct Shrink<L>(double share) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(-share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => L.MultiplyAdd(share, target, target);
}

/// <summary>target ← target + factor · source</summary>
readonly struct AddScaled<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L factor = L.Of(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => target + factor * source;
}

/// <summary>target ← factor · source</summary>
readonly struct Assign<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L factor = L.Of(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => factor * source;
}

/// <summary>target ← (1 − share) · target + share · source</summary>
readonly struct Mix<L>(double share) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(share), rest = L.Of(1 - share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => rest * target + share * source;
}
