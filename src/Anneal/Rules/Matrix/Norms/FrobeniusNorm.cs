namespace Anneal.RuleOptions;

/// <summary>The length of all entries together, or their root mean square: normalised gradient descent.</summary>
/// <remarks><code>D(G) = G / (rms(G) + 1e-8)     ‖W‖ = rms(W)          without Rms:  G / (‖G‖ + 1e-8)     ‖W‖</code></remarks>
/// <param name="Rms">The root mean square instead of the length (Scion's <c>BiasRMS</c>, which it gives vectors).</param>
public sealed record FrobeniusNorm(bool Rms = false) : MatrixNorm
{
    internal override View<L> Direction<L>(in Pass<L> one, int room, View<L> x)
    {
        one.Over(new Scale<L>(1 / (one.Norm(x) / (Rms ? Math.Sqrt(x.Length) : 1) + Lines.Epsilon)), x, x);
        return x;
    }

    /// <inheritdoc/>
    public override double Of(double[] matrix, int rows, int columns) => Math.Sqrt(matrix.Sum(x => x * x) / (Rms ? matrix.Length : 1));
}
