using System.Runtime.CompilerServices;

namespace Anneal.RuleOptions;

/// <summary>The largest entry: sign descent, as under Lion and Signum.</summary>
/// <remarks><code>D(G) = sign(G) / columns     ‖W‖ = columns · max |wᵢⱼ|          without Normalized:  sign(G)     max |wᵢⱼ|</code></remarks>
/// <param name="Normalized">Divides by the inputs, so that inputs of at most 1 give outputs of at most 1.</param>
public sealed record SignNorm(bool Normalized = true) : MatrixNorm
{
    internal override View<L> Direction<L>(in Pass<L> one, int room, View<L> x)
    {
        one.Over(new Sign<L>(Normalized ? 1.0 / one.Shape.Columns : 1), x, x);
        return x;
    }

    /// <inheritdoc/>
    public override double Of(double[] matrix, int rows, int columns) => matrix.Max(Math.Abs) * (Normalized ? columns : 1);
}

/// <summary>target ← size · sign(source)</summary>
readonly struct Sign<L>(double size) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L size = L.Of(size);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => L.Signed(size, source);
}
