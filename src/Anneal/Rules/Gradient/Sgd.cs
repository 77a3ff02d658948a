using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Gradient descent: straight down the gradient. On a batch of samples it is stochastic gradient descent.</summary>
/// <remarks>
/// <code>w ← w − rate · (g + Decay · w)</code>
/// The lecture prints the decay without the rate, w ← w − rate·g − Decay·w: that is <see cref="DecayForm.Independent"/>.
/// Robbins and Monro (1951). Typical rate 0.1 to 1 without momentum.
/// </remarks>
/// <param name="Decay">Weight decay, 0 or above.</param>
/// <param name="Form">Whether the decay is multiplied by the rate; in or beside the gradient is the same thing here.</param>
public sealed record Sgd(double Decay = 0, DecayForm Form = DecayForm.L2) : Rule
{
    /// <summary>Weight decay, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Whether the decay is multiplied by the rate; in or beside the gradient is the same thing here.</summary>
    public DecayForm Form { get; } = Require.Known(Form);

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new SgdUpdate<L>(pass.Rate, pass.Decay(Decay) * (Form is DecayForm.Independent or DecayForm.IndependentAfter ? 1 : pass.Rate)));
}

readonly struct SgdUpdate<L>(double rate, double shrink) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L η = L.Of(rate), keep = L.Of(1 - shrink);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g) => keep * w - η * g;
}
