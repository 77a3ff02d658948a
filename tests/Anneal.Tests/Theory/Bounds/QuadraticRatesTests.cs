using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Tests;

public class QuadraticRatesTests
{
    static readonly Gen<(double Smallest, double Largest)> Curvatures =
        Gen.Select(Gen.Double[0.1, 5], Gen.Double[1, 100], (smallest, κ) => (smallest, smallest * κ));

    [Fact]
    public void Gradient_descent_at_its_best_rate_has_the_known_factor() => Curvatures.Sample((μ, L) =>
    {
        double κ = L / μ, rate = QuadraticRates.BestGradientDescentRate(μ, L);
        Assert.Equal((κ - 1) / (κ + 1), QuadraticRates.BestGradientDescent(μ, L), 1e-14);
        Assert.Equal(QuadraticRates.BestGradientDescent(μ, L), QuadraticRates.GradientDescent(rate, μ, L), 1e-14);
        Assert.True(QuadraticRates.GradientDescent(rate * 1.01, μ, L) > QuadraticRates.GradientDescent(rate, μ, L));
        Assert.True(QuadraticRates.GradientDescent(rate * 0.99, μ, L) > QuadraticRates.GradientDescent(rate, μ, L));
    });

    [Fact]
    public void Heavy_ball_has_the_spectral_radius_of_its_companion_matrix() =>
        Gen.Select(Curvatures, Gen.Double[0.001, 0.5], Gen.Double[0, 0.99]).Sample((curvatures, rate, momentum) =>
        {
            double expected = Enumerable.Range(0, 101).Max(i =>
            {
                double λ = curvatures.Smallest + (curvatures.Largest - curvatures.Smallest) * i / 100;
                var companion = Matrix<double>.Build.DenseOfArray(new[,] { { 1 + momentum - rate * λ, -momentum }, { 1, 0 } });
                return companion.Evd().EigenValues.Max(z => z.Magnitude);
            });
            // A double root is only known to half of the digits.
            Assert.Equal(expected, QuadraticRates.HeavyBall(rate, momentum, curvatures.Smallest, curvatures.Largest), 1e-7);
        });

    [Fact]
    public void Heavy_ball_at_its_best_setting_has_the_known_factor() => Curvatures.Sample((μ, L) =>
    {
        double root = Math.Sqrt(L / μ);
        var (rate, momentum) = QuadraticRates.BestHeavyBallSetting(μ, L);
        Assert.Equal((root - 1) / (root + 1), QuadraticRates.BestHeavyBall(μ, L), 1e-14);
        Assert.Equal(QuadraticRates.BestHeavyBall(μ, L), Math.Sqrt(momentum), 1e-14);
        Assert.Equal(QuadraticRates.BestHeavyBall(μ, L), QuadraticRates.HeavyBall(rate, momentum, μ, L), 1e-7);
    });

    [Fact]
    public void At_the_best_setting_the_double_root_is_seen_as_one()
    {
        var (rate, momentum) = QuadraticRates.BestHeavyBallSetting(1, 9);
        Assert.Equal(0.5, QuadraticRates.HeavyBall(rate, momentum, 1, 9), 1e-15);
    }

    [Fact]
    public void Any_other_setting_of_heavy_ball_is_worse() =>
        Gen.Select(Curvatures, Gen.Double[0.2, 3], Gen.Double[0, 0.999]).Sample((curvatures, stretch, momentum) =>
        {
            var (μ, L) = curvatures;
            double rate = stretch * QuadraticRates.BestHeavyBallSetting(μ, L).Rate;
            Assert.True(QuadraticRates.HeavyBall(rate, momentum, μ, L) >= QuadraticRates.BestHeavyBall(μ, L) - 1e-7);
        });

    [Fact]
    public void Without_momentum_heavy_ball_is_gradient_descent() => Curvatures.Sample((μ, L) =>
        Assert.Equal(QuadraticRates.GradientDescent(0.07, μ, L), QuadraticRates.HeavyBall(0.07, 0, μ, L), 1e-13));

    [Fact]
    public void Curvatures_in_the_wrong_order_are_refused() => Assert.StartsWith("smallest must be at most largest (1).",
        Assert.Throws<ArgumentOutOfRangeException>(() => QuadraticRates.BestGradientDescent(2, 1)).Message);

    [Fact]
    public void A_curvature_of_0_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuadraticRates.BestHeavyBall(0, 1));
}
