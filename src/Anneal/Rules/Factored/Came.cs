namespace Anneal;

/// <summary>Adafactor with momentum, whose steps are divided by how far they stray from that momentum.</summary>
/// <remarks>
/// <code>
/// matrices: g² + ε₁ and (u − m)² + ε₂ are kept as row and column means, with β₂ and β₃; R·C/mean(R) stands for the whole
/// u = g / √(g² kept), divided by max(1, rms(u)/ClippingThreshold)     m ← β₁·m + (1 − β₁)·u     w ← (1 − rate·Decay)·w − rate · m / √((u − m)² kept)
/// vectors: g² + ε₁ is kept in full, and w ← (1 − rate·Decay)·w − rate·m
/// </code>
/// Luo et al., <see href="https://arxiv.org/abs/2307.02047">CAME</see> (2023), alg. 2.
/// Typical rate 2e-4, decay 0.01.
/// </remarks>
/// <param name="Beta1">Decay of the momentum, [0, 1).</param>
/// <param name="Beta2">Decay of the mean squares, [0, 1).</param>
/// <param name="Beta3">Decay of the instability, [0, 1).</param>
/// <param name="Epsilon1">Added to g², 0 or above.</param>
/// <param name="Epsilon2">Added to the instability, 0 or above.</param>
/// <param name="ClippingThreshold">Largest root mean square of a step before the rate, above 0.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
public sealed record Came(
    double Beta1 = 0.9, double Beta2 = 0.999, double Beta3 = 0.9999, double Epsilon1 = 1e-30, double Epsilon2 = 1e-16, double ClippingThreshold = 1, double Decay = 0) : Rule
{
    /// <summary>Decay of the momentum, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean squares, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Decay of the instability, [0, 1).</summary>
    public double Beta3 { get; } = Require.BelowOne(Beta3);

    /// <summary>Added to g², 0 or above.</summary>
    public double Epsilon1 { get; } = Require.NotNegative(Epsilon1);

    /// <summary>Added to the instability, 0 or above.</summary>
    public double Epsilon2 { get; } = Require.NotNegative(Epsilon2);

    /// <summary>Largest root mean square of a step before the rate, above 0.</summary>
    public double ClippingThreshold { get; } = Require.Positive(ClippingThreshold);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        "m", new("v", t => t.IsMatrix ? 0 : t.Count),
        new("row", t => t.IsMatrix ? t.Rows : 0), new("column", t => t.IsMatrix ? t.Columns : 0),
        new("strayRow", t => t.IsMatrix ? t.Rows : 0), new("strayColumn", t => t.IsMatrix ? t.Columns : 0), Slot.ScratchSpace("u"),
        Slot.ScratchSpace("sums", t => t.IsMatrix ? t.Columns : 0),
    ];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> w = one.Weights, g = one.Gradient, m = one[0], v = one[1], row = one[2], column = one[3], u = one[6];
            if (one.Shape.IsMatrix)
            {
                Factored.Follow(one, g, row, column, one[7], 1 - Beta2, Epsilon1);
                Factored.Divide(one, u, g, row, column, Factored.Mean(row));
            }
            else
            {
                one.Over(new OverRoot<L>(1 - Beta2, Epsilon1), u, g, v);
            }
            one.Over(new Scale<L>(1 / Math.Max(1, one.Norm(u) / Math.Sqrt(u.Length) / ClippingThreshold)), u, g);
            one.Over(new Mix<L>(1 - pass.Momentum(Beta1)), m, u);
            one.Run(new Shrink<L>(pass.Rate * pass.Decay(Decay)));
            if (one.Shape.IsMatrix)
            {
                View<L> strayRow = one[4], strayColumn = one[5];
                one.Over(new AddScaled<L>(-1), u, m);
                Factored.Follow(one, u, strayRow, strayColumn, one[7], 1 - Beta3, Epsilon2);
                Factored.Divide(one, u, m, strayRow, strayColumn, Factored.Mean(strayRow));
                one.Over(new AddScaled<L>(-pass.Rate), w, u);
            }
            else
            {
                one.Over(new AddScaled<L>(-pass.Rate), w, m);
            }
        }
    }
}
