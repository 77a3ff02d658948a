using MathNet.Numerics.LinearAlgebra;

namespace Anneal.RuleOptions;

/// <summary>The largest singular value, or what it is between layers of unit root mean square: every singular direction moves alike.</summary>
/// <remarks>
/// <code>D(G) = scale · U·Vᵀ of G = UΣVᵀ, by Newton–Schulz     ‖W‖ = σ₁(W) / scale</code>
/// Scion's <c>Spectral</c>; the scale is √(rows/columns) there, so that inputs of root mean square 1 give outputs of 1.
/// </remarks>
/// <param name="Iterations">Newton–Schulz steps, 0 to 1,000.</param>
/// <param name="Scale">How the shape scales the direction.</param>
/// <param name="MinScale">The scale is not below this, 0 or above.</param>
/// <param name="NewtonSchulz">How the matrix is made orthogonal; Jordan's triple unless given.</param>
public sealed record SpectralNorm(int Iterations = 5, SpectralScale Scale = SpectralScale.RmsToRms, double MinScale = 0, NewtonSchulz? NewtonSchulz = null) : MatrixNorm
{
    /// <summary>Newton–Schulz steps, 0 to 1,000.</summary>
    public int Iterations { get; } = Require.Count(0, 1_000, Iterations);

    /// <summary>How the shape scales the direction.</summary>
    public SpectralScale Scale { get; } = Require.Known(Scale);

    /// <summary>The scale is not below this, 0 or above.</summary>
    public double MinScale { get; } = Require.NotNegative(MinScale);

    static readonly NewtonSchulz standard = new();

    internal override IReadOnlyList<Slot> Rooms => NewtonSchulz.Rooms;

    double Factor(double rows, double columns) => Math.Max(MinScale, Scale switch
    {
        SpectralScale.RmsToRms => Math.Sqrt(rows / columns),
        SpectralScale.RootRows => Math.Sqrt(rows),
        _ => 1,
    });

    internal override View<L> Direction<L>(in Pass<L> one, int room, View<L> x)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        View<L> flat = (NewtonSchulz ?? standard).Run(one, room, x, rows, columns, Iterations);
        double factor = Factor(rows, columns);
        if (factor != 1)
            one.Over(new Scale<L>(factor), flat, flat);
        return flat;
    }

    /// <inheritdoc/>
    public override double Of(double[] matrix, int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (i, j) => matrix[i * columns + j]).L2Norm() / Factor(rows, columns);
}
