using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Tests.Diagnostics;

public class RunDiagnosticsTests
{
    [Fact]
    public void Norms_are_those_of_each_tensor()
    {
        var layout = Layout.Of(("a", [2]), ("b", [1, 2]));
        var norms = TensorNorms.Of<double>(layout, [3, 4, 0, 0], [0, 1, 6, 8], [3, 4.5, 0.3, -0.4]);
        Assert.Equal(["a", "b"], norms.Select(n => n.Name));
        Assert.Equal((5, 1, 0.5), (norms[0].WeightNorm, norms[0].GradientNorm, norms[0].UpdateNorm));
        Assert.Equal(0.1, norms[0].UpdateRatio, 1e-15);
        Assert.Equal((0, 10), (norms[1].WeightNorm, norms[1].GradientNorm));
        Assert.Equal(0.5, norms[1].UpdateNorm, 1e-15);
        Assert.Contains("must be 4 numbers", Assert.Throws<ArgumentException>(() => TensorNorms.Of<double>(layout, [1], [1], [1])).Message);
    }

    [Fact]
    public void Differences_are_the_largest_of_each_tensor() => Assert.Equal([("a", 2), ("b", 0.5)],
        TensorNorms.LargestDifferences<double>(Layout.Of(("a", [2]), ("b", [1, 2])), [1, 2, 3, 4], [1.5, 0, 3.5, 4]));

    [Fact]
    public void A_difference_that_is_no_number_is_the_largest_of_its_tensor()
    {
        var layout = Layout.Of(("a", [2]), ("b", [2]), ("c", [2]));
        var found = TensorNorms.LargestDifferences<double>(layout, [double.NaN, 9, 1, 2, double.PositiveInfinity, 0], [1, 0, 1, double.NaN, double.PositiveInfinity, 5]);
        Assert.Equal([("a", double.NaN), ("b", double.NaN), ("c", double.NaN)], found);
    }

    [Fact]
    public void The_sharpness_of_a_quadratic_is_its_largest_eigenvalue()
    {
        // Eigenvalues −3, 1, 2, …, 37, 90, turned by a drawn rotation.
        double[] eigenvalues = [-3, .. Enumerable.Range(1, 37), 90];
        int n = eigenvalues.Length;
        var random = new SeededRandom(2);
        var q = Matrix<double>.Build.Dense(n, n, (_, _) => random.Normal()).QR().Q;
        var hessian = q * Matrix<double>.Build.DenseOfDiagonalArray(eigenvalues) * q.Transpose();
        double Value(ReadOnlySpan<double> w, Span<double> g)
        {
            var at = Vector<double>.Build.DenseOfArray(w.ToArray());
            var slope = hessian * at;
            slope.ToArray().CopyTo(g);
            return at * slope / 2;
        }
        double[] w = [.. Enumerable.Range(0, n).Select(_ => random.Normal())];
        var found = Sharpness.At<double>(Value, w, iterations: 20);
        Assert.Equal(90, found.Largest, 1e-3);
        Assert.InRange(Math.Abs(90 - found.Largest), 0, found.Residual + 1e-6);
        Assert.Equal(40, found.Gradients);
        // As many products as there are dimensions settle the whole spectrum.
        var whole = Sharpness.At<double>(Value, w, iterations: n);
        Assert.Equal((90, -3), (Math.Round(whole.Largest, 4), Math.Round(whole.Smallest, 4)));
    }

    [Fact]
    public void The_noise_scale_is_that_of_drawn_gradients()
    {
        // One example's gradient is G + noise with G = (3, 4) and variances 9 and 16: tr Σ/‖G‖² = 1.
        var random = new SeededRandom(1);
        var noise = GradientNoise.Of(2, Mean(2), 16, Mean(16));
        Assert.Equal(25, noise.SquaredGradient, 1.0);
        Assert.Equal(25, noise.Variance, 1.5);
        Assert.Equal(1, noise.Scale, 0.1);

        double Mean(int batch) => Enumerable.Range(0, 20_000).Average(_ =>
        {
            double x = 3 + 3 * random.Normal() / Math.Sqrt(batch), y = 4 + 4 * random.Normal() / Math.Sqrt(batch);
            return x * x + y * y;
        });
    }

    [Fact]
    public void The_noise_scale_wants_two_sizes() =>
        Assert.Contains("large must be above small (4)", Assert.Throws<ArgumentOutOfRangeException>(() => GradientNoise.Of(4, 1, 4, 1)).Message);

    [Fact]
    public void The_effective_rank_counts_directions()
    {
        Assert.Equal(3, EffectiveRank.Of<double>([2, 0, 0, 0, 2, 0, 0, 0, 2], rows: 3), 1e-12);
        Assert.Equal(1, EffectiveRank.Of<float>([1, 2, 2, 4, 3, 6], rows: 3), 1e-6);
        // Singular values 3 and 1: p = ¾, ¼.
        Assert.Equal(Math.Exp(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25))), EffectiveRank.Of<double>([3, 0, 0, 1], rows: 2), 1e-12);
        Assert.Equal(0, EffectiveRank.Of<double>([0, 0], rows: 1));
        Assert.Throws<ArgumentException>(() => EffectiveRank.Of<double>([1, 2, 3], rows: 2));
    }
}
