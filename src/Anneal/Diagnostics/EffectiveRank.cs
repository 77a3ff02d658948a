using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Diagnostics;

/// <summary>How many directions a matrix really uses.</summary>
public static class EffectiveRank
{
    /// <summary>e^H with H = −Σ pᵢ·ln pᵢ and pᵢ = σᵢ/Σσ, from the singular values: n where all n are equal, 1 where one is left, 0 for a matrix of zeros.</summary>
    /// <remarks>Roy and Vetterli, <see href="https://ieeexplore.ieee.org/document/7098875">The Effective Rank</see> (2007).</remarks>
    /// <param name="matrix">Row by row.</param>
    /// <param name="rows">Rows.</param>
    public static double Of<T>(ReadOnlySpan<T> matrix, int rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows <= 0 || matrix.Length == 0 || matrix.Length % rows != 0)
            throw new ArgumentException($"{matrix.Length} numbers are no matrix of {rows} rows.", nameof(rows));
        int columns = matrix.Length / rows;
        var values = Matrix<double>.Build.Dense(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                values[i, j] = double.CreateTruncating(matrix[i * columns + j]);
        double[] singular = [.. values.Svd(computeVectors: false).S];
        double sum = singular.Sum();
        return sum == 0 ? 0 : Math.Exp(-singular.Where(s => s > 0).Sum(s => s / sum * Math.Log(s / sum)));
    }
}
