namespace Anneal;

/// <summary>Nesterov's momentum with the gradient really taken ahead of the weights: as it should be, or as the lecture prints it.</summary>
/// <remarks>
/// <code>
/// v ← β·v + ∇f(w + ahead)     w ← w − rate·v
/// Correct: ahead = −rate·β·v     SignFixed: ahead = −β·v     AsPrinted: ahead = +β·v
/// </code>
/// The printed sign looks back and the rate is missing: with the sign alone fixed it diverges at rate 0.01 on curvature 10. It needs an <see cref="Oracle"/>;
/// <see cref="Momentum"/> with Nesterov walks the correct path, in shifted coordinates, without one. Nesterov (1983); lecture 004, eq. 9.
/// Typical β and rate as for Momentum.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Variant">Where the gradient is taken.</param>
public sealed record Nesterov(double Beta = 0.9, NesterovVariant Variant = NesterovVariant.Correct) : Rule
{
    /// <summary>Momentum, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>Where the gradient is taken.</summary>
    public NesterovVariant Variant { get; } = Require.Known(Variant);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        var oracle = pass.Oracle ?? throw new InvalidOperationException("The gradient is taken ahead of the weights: step this rule with an Oracle.");
        double beta = pass.Momentum(Beta), factor = beta * Variant switch { NesterovVariant.AsPrinted => 1, NesterovVariant.SignFixed => -1, _ => -pass.Rate };
        View<L> w = pass.Weights, v = pass[0];
        double[] ahead = w.ToArray(), g = new double[w.Length];
        for (int i = 0; i < ahead.Length; i++)
            ahead[i] += factor * v[i];
        oracle(ahead, g);
        for (int i = 0; i < g.Length; i++)
        {
            v[i] = beta * v[i] + g[i];
            w[i] -= pass.Rate * v[i];
        }
    }
}
