using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Weight decay around any rule: in the gradient or beside it.</summary>
/// <remarks>
/// <code>
/// InGradient: g ← g + Decay·w before the rule sees it     TimesRate: w ← (1 − rate·Decay)·w, then the rule     Bare: w ← (1 − Decay)·w, then the rule
/// </code>
/// The lecture writes the second and prints the third.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Decay">0 or above.</param>
/// <param name="Form">Where it enters.</param>
/// <param name="From">The first step that decays, counted from 1.</param>
public sealed record WeightDecay(Rule Inner, double Decay, DecayForm Form = DecayForm.Decoupled, int From = 1) : Wrapper(Inner)
{
    public double Decay { get; } = Require.NotNegative(Decay);
    public DecayForm Form { get; } = Require.Known(Form);
    public int From { get; } = (int)Require.AtLeast(1, From);

    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => Form switch
    {
        DecayForm.L2 => [Slot.ScratchSpace("decayed")],
        DecayForm.IndependentAfter => [Slot.ScratchSpace("before")],
        _ => [],
    };

    protected internal override void Update<L>(in Pass<L> pass)
    {
        double decay = pass.Step < From ? 0 : pass.Decay(Decay);
        switch (Form)
        {
            case DecayForm.L2:
                pass.Gradient.CopyTo(pass[0]);
                pass.Over(new AddScaled<L>(decay), pass[0], pass.Weights);
                Inside(pass, pass[0]);
                break;
            case DecayForm.Decoupled or DecayForm.Independent:
                pass.Run(new Shrink<L>(decay * (Form == DecayForm.Independent ? 1 : pass.Rate)));
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
