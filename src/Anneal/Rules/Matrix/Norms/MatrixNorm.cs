using System.Text.Json.Serialization;

namespace Anneal.RuleOptions;

/// <summary>A norm of a matrix, by its linear minimisation oracle: which matrix of norm 1 goes furthest along a gradient?</summary>
/// <remarks>
/// <code>
/// D(G) = argmax over ‖D‖ = 1 of ⟨G, D⟩     ⟨G, D(G)⟩ = the dual norm of G
/// spectral: UVᵀ of G = UΣVᵀ     largest entry: sign(G)     rows: each row at length 1     columns: each column     Frobenius: G/‖G‖
/// </code>
/// Steepest descent under the norm steps along −D(G); the oracle of Frank and Wolfe is −D(G) too.
/// Pethick et al., <see href="https://arxiv.org/abs/2502.07529">Training Deep Learning Models with Norm-Constrained LMOs</see> (2025), table 2.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(SpectralNorm), "spectral")]
[JsonDerivedType(typeof(SignNorm), "sign")]
[JsonDerivedType(typeof(RowNorm), "rows")]
[JsonDerivedType(typeof(ColumnNorm), "columns")]
[JsonDerivedType(typeof(FrobeniusNorm), "frobenius")]
public abstract record MatrixNorm
{
    /// <summary>Room the oracle works in.</summary>
    internal virtual IReadOnlyList<Slot> Rooms => [];

    /// <summary>The direction of x, which may be written over.</summary>
    /// <param name="one">The pass, confined to the tensor.</param>
    /// <param name="room">The first of <see cref="Rooms"/> among its slots.</param>
    /// <param name="x">The gradient, or a mean of gradients.</param>
    internal abstract View<L> Direction<L>(in Pass<L> one, int room, View<L> x) where L : struct, ILane<L>;

    /// <summary>The norm of a matrix, given row by row.</summary>
    public abstract double Of(double[] matrix, int rows, int columns);

    /// <summary>The matrix of norm 1 that goes furthest along a gradient, row by row.</summary>
    /// <param name="gradient">The gradient, row by row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public double[] Direction(double[] gradient, int rows, int columns)
    {
        // One step of length 1 from 0.
        var rule = new Scion(this, Beta: 0, Constrained: false);
        double[] weights = new double[rows * columns];
        rule.Step(rule.Start(Layout.Of(rows, columns)), weights, gradient, 1);
        return [.. weights.Select(w => -w)];
    }
}
