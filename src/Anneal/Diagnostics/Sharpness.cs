using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Diagnostics;

/// <summary>The ends of the Hessian's spectrum at a point, as Lanczos' method finds them from gradients alone.</summary>
/// <remarks>
/// Gradient descent with a fixed rate is unstable where <see cref="Largest"/> is above 2/rate; training tends to hover there (Cohen et al.,
/// <see href="https://arxiv.org/abs/2103.00065">Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability</see>, 2021).
/// <code>
/// H·v ≈ (∇f(w + h·v) − ∇f(w − h·v)) / (2h),   ‖v‖ = 1,   h = ε^(1/3) · max(1, ‖w‖)        two gradients each; ε: the unit of rounding
/// </code>
/// </remarks>
/// <param name="Largest">The largest eigenvalue found: a lower bound of the largest there is, up to the error of H·v.</param>
/// <param name="Smallest">The smallest found.</param>
/// <param name="Residual">‖H·x − Largest·x‖ of the eigenvector found: an eigenvalue lies no farther from <paramref name="Largest"/> than this.</param>
/// <param name="Gradients">Gradients asked for.</param>
public sealed record Sharpness(double Largest, double Smallest, double Residual, int Gradients)
{
    /// <summary>H·v by a central difference of two gradients.</summary>
    public static double[] HessianTimes<T>(Oracle<T> oracle, ReadOnlySpan<T> weights, ReadOnlySpan<double> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(oracle);
        int n = weights.Length;
        double square = 0, length = 0;
        for (int i = 0; i < n; i++)
            (square, length) = (square + double.CreateTruncating(weights[i]) * double.CreateTruncating(weights[i]), length + v[i] * v[i]);
        double ε = typeof(T) == typeof(float) ? Math.Pow(2, -24) : Math.Pow(2, -53);
        double h = Math.Cbrt(ε) * Math.Max(1, Math.Sqrt(square)) / Math.Sqrt(length);
        T[] at = new T[n], ahead = new T[n], behind = new T[n];
        for (int i = 0; i < n; i++)
            at[i] = T.CreateTruncating(double.CreateTruncating(weights[i]) + h * v[i]);
        oracle(at, ahead);
        for (int i = 0; i < n; i++)
            at[i] = T.CreateTruncating(double.CreateTruncating(weights[i]) - h * v[i]);
        oracle(at, behind);
        var product = new double[n];
        for (int i = 0; i < n; i++)
            product[i] = (double.CreateTruncating(ahead[i]) - double.CreateTruncating(behind[i])) / (2 * h);
        return product;
    }

    /// <summary>Estimates the ends of the spectrum.</summary>
    /// <param name="oracle">Loss and gradient, the same function at every call: a fixed batch.</param>
    /// <param name="weights">The point.</param>
    /// <param name="iterations">Products with the Hessian, two gradients each; twenty are enough for two digits where the largest eigenvalues stand apart.</param>
    /// <param name="seed">Where the first direction is drawn from.</param>
    public static Sharpness At<T>(Oracle<T> oracle, ReadOnlySpan<T> weights, int iterations = 20, ulong seed = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(oracle);
        T[] at = [.. weights];
        return Lanczos(v => HessianTimes<T>(oracle, at, v), at.Length, iterations, seed);
    }

    /// <summary>The ends of a symmetric matrix's spectrum from its products with vectors, each of which costs two gradients.</summary>
    internal static Sharpness Lanczos(Func<double[], double[]> times, int n, int iterations, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        var random = new SeededRandom(seed);
        var basis = new List<double[]>();
        List<double> diagonal = [], beside = [];
        double[] next = new double[n];
        for (int i = 0; i < n; i++)
            next[i] = random.Normal();
        double norm = Math.Sqrt(Dot(next, next)), whole = 0;
        // What is left of a product once all earlier directions are taken off it is rounding where it is this small a part of the largest product.
        while (basis.Count < Math.Min(iterations, n) && norm > 1e-6 * whole)
        {
            if (basis.Count > 0)
                beside.Add(norm);
            for (int i = 0; i < n; i++)
                next[i] /= norm;
            basis.Add(next);
            double[] product = times(next);
            whole = Math.Max(whole, Math.Sqrt(Dot(product, product)));
            diagonal.Add(Dot(product, next));
            // Twice, as once leaves rounding errors that grow.
            for (int turn = 0; turn < 2; turn++)
                foreach (double[] direction in basis)
                {
                    double along = Dot(product, direction);
                    for (int i = 0; i < n; i++)
                        product[i] -= along * direction[i];
                }
            (next, norm) = (product, Math.Sqrt(Dot(product, product)));
        }
        int k = basis.Count;
        var small = Matrix<double>.Build.Dense(k, k, (i, j) => i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? beside[Math.Min(i, j)] : 0);
        if (diagonal.Any(d => !double.IsFinite(d)))
            return new(double.NaN, double.NaN, double.NaN, 2 * k);
        var spectrum = small.Evd(Symmetricity.Symmetric);
        int top = spectrum.EigenValues.Select((e, i) => (e.Real, i)).Max().i;
        return new(spectrum.EigenValues[top].Real, spectrum.EigenValues.Min(e => e.Real), norm * Math.Abs(spectrum.EigenVectors[k - 1, top]), 2 * k);
    }

    static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
