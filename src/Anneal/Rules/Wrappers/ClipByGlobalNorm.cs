namespace Anneal;

/// <summary>Shortens the whole gradient to a largest norm.</summary>
/// <remarks>
/// <code>g ← g · min(1, MaxNorm / (‖g‖ + Epsilon))</code>
/// Pascanu, Mikolov and Bengio, <see href="https://arxiv.org/abs/1211.5063">On the difficulty of training recurrent neural networks</see> (2013). PyTorch has ε = 1e-6. Typical norm 1.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="MaxNorm">Above 0.</param>
/// <param name="Epsilon">0 or above.</param>
public sealed record ClipByGlobalNorm(Rule Inner, double MaxNorm, double Epsilon = 0) : Wrapper(Inner)
{
    /// <summary>Above 0.</summary>
    public double MaxNorm { get; } = Require.Positive(MaxNorm);

    /// <summary>0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("clipped")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double factor = MaxNorm / (pass.Norm(pass.Gradient) + Epsilon);
        if (factor < 1)
        {
            pass.Over(new Assign<L>(factor), pass[0], pass.Gradient);
            Inside(pass, pass[0]);
        }
        else
        {
            Inside(pass, pass.Gradient);
        }
    }
}
