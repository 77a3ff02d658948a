using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Gradient descent with memory: a ball that rolls on, or an average of recent gradients.</summary>
/// <remarks>
/// <code>
/// v ← Beta · v + (1 − Dampening) · g      (v = g on the first step)
/// w ← w − rate · v                        Nesterov: w ← w − rate · (g + Beta · v)
/// </code>
/// Dampening 0 is the heavy ball: under a steady gradient v grows to g / (1 − Beta). Dampening = Beta is the moving average: v stays as large
/// as g, so the same path needs a rate 1 / (1 − Beta) times larger. As in PyTorch the first step is not dampened, nor is any without memory (Beta 0);
/// <see cref="MomentumForm.Average"/> starts from v = 0 and dampens every step, as the lecture writes it.
/// Polyak (1964); Sutskever et al., <see href="https://proceedings.mlr.press/v28/sutskever13.html">On the importance of initialization and momentum</see> (2013).
/// Typical Beta 0.9, rate 0.01 to 0.1.
/// </remarks>
/// <param name="Beta">Share of the memory that is kept, [0, 1).</param>
/// <param name="Dampening">What is taken off each new gradient, [0, 1].</param>
/// <param name="Nesterov">Steps along the gradient corrected by the new memory instead of the memory.</param>
/// <param name="Decay">Weight decay, added to the gradient, 0 or above.</param>
/// <param name="Form">What is remembered.</param>
public sealed record Momentum(double Beta = 0.9, double Dampening = 0, bool Nesterov = false, double Decay = 0, MomentumForm Form = MomentumForm.Gradients) : Rule
{
    /// <summary>Share of the memory that is kept, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>What is taken off each new gradient, [0, 1].</summary>
    public double Dampening { get; } = Require.Fraction(Dampening);

    /// <summary>Weight decay, added to the gradient, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta = pass.Momentum(Beta), decay = pass.Decay(Decay), rate = pass.Rate;
        var (keep, add) = Form switch
        {
            MomentumForm.Average => (beta, 1 - beta),
            MomentumForm.Steps => (beta, rate),
            _ when pass.Step == 1 || beta == 0 => (0, 1),
            _ => (beta, 1 - Dampening),
        };
        double unit = Form == MomentumForm.Steps ? 1 : rate;
        var (straight, onward) = Nesterov ? (rate, unit * beta) : (0, unit);
        pass.Run(new MomentumUpdate<L>(decay, keep, add, straight, onward), pass[0]);
    }
}

readonly struct MomentumUpdate<L>(double decay, double keep, double add, double straight, double onward) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L λ = L.Of(decay), keep = L.Of(keep), add = L.Of(add), straight = L.Of(straight), onward = L.Of(onward);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L v)
    {
        g += λ * w;
        v = keep * v + add * g;
        return w - straight * g - onward * v;
    }
}
