using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Tests.Diagnostics;

public class PreconditionedSharpnessTests
{
    const int N = 30;

    static readonly Matrix<double> hessian = Drawn();

    static Matrix<double> Drawn()
    {
        var random = new SeededRandom(4);
        var q = Matrix<double>.Build.Dense(N, N, (_, _) => random.Normal()).QR().Q;
        return q * Matrix<double>.Build.DenseOfDiagonalArray([-2, .. Enumerable.Range(1, N - 2).Select(i => (double)i), 60]) * q.Transpose();
    }

    static double Value(ReadOnlySpan<double> w, Span<double> g)
    {
        var at = Vector<double>.Build.DenseOfArray(w.ToArray());
        var slope = hessian * at;
        slope.ToArray().CopyTo(g);
        return at * slope / 2;
    }

    /// <summary>The eigenvalues of P⁻¹·H, by a dense method that does not take P^(−½).</summary>
    static double[] Dense(double[] p) => [.. (Matrix<double>.Build.DenseOfDiagonalArray([.. p.Select(x => 1 / x)]) * hessian).Evd().EigenValues.Select(e => e.Real).Order()];

    [Fact]
    public void It_is_the_largest_eigenvalue_of_the_preconditioned_Hessian()
    {
        var random = new SeededRandom(5);
        double[] w = [.. Enumerable.Range(0, N).Select(_ => random.Normal())], p = [.. Enumerable.Range(0, N).Select(_ => Math.Exp(random.Normal()))], dense = Dense(p);
        var found = PreconditionedSharpness.At<double>(Value, w, p, iterations: N);
        Assert.Equal(dense[^1], found.Largest, 1e-4 * dense[^1]);
        Assert.Equal(dense[0], found.Smallest, 1e-4 * dense[^1]);
        Assert.Equal(2 * N, found.Gradients);
        // Fewer products than dimensions: what is found lies below the largest, by no more than the residual says.
        var early = PreconditionedSharpness.At<double>(Value, w, p, iterations: 8);
        Assert.InRange(early.Largest, dense[^1] - early.Residual - 1e-4 * dense[^1], dense[^1] * (1 + 1e-4));
    }

    [Fact]
    public void One_number_for_all_weights_divides_the_sharpness()
    {
        double[] w = [.. Enumerable.Range(0, N).Select(i => Math.Sin(i))];
        double plain = Sharpness.At<double>(Value, w, N).Largest;
        Assert.Equal(plain / 4, PreconditionedSharpness.At<double>(Value, w, [.. Enumerable.Repeat(4.0, N)], N).Largest, 1e-6 * plain);
        Assert.Equal(plain, PreconditionedSharpness.At<double>(Value, w, [.. Enumerable.Repeat(1.0, N)], N).Largest, 0);
    }

    [Fact]
    public void Adam_divides_by_its_corrected_root_and_by_the_correction_of_its_mean()
    {
        var rule = new AdamW(0.8, 0.95, 1e-3, 0);
        var state = rule.Start(Layout.Of(2));
        double[] w = [0, 0], gradient = [3, -0.5];
        Assert.Contains("make an update first", Assert.Throws<ArgumentException>(() => PreconditionedSharpness.OfAdam(state)).Message);
        for (int t = 0; t < 4; t++)
            rule.Step(state, w, gradient, 0.1);
        // Under constant gradients v̂ is their square; m is (1 − β₁⁴)·g, so the step itself is rate·m/p.
        double correction = 1 - Math.Pow(0.8, 4);
        double[] p = PreconditionedSharpness.OfAdam(state, 0.8, 0.95, 1e-3);
        Assert.Equal([correction * 3.001, correction * 0.501], p, (a, b) => Math.Abs(a - b) < 1e-12);
        double[] before = [.. w];
        rule.Step(state, w, gradient, 0.1);
        double[] after = PreconditionedSharpness.OfAdam(state, 0.8, 0.95, 1e-3), m = state["m"];
        for (int i = 0; i < 2; i++)
            Assert.Equal(-0.1 * m[i] / after[i], w[i] - before[i], 1e-12);

        // A wrapper around it has the same v and the same count.
        Rule around = new ClipByGlobalNorm(rule, 1e9);
        var wrapped = around.Start(Layout.Of(2));
        double[] again = [0, 0];
        for (int t = 0; t < 5; t++)
            around.Step(wrapped, again, gradient, 0.1);
        Assert.Equal(after, PreconditionedSharpness.OfAdam(wrapped, 0.8, 0.95, 1e-3), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<KeyNotFoundException>(() => PreconditionedSharpness.OfAdam(Stepped(new Lion())));

        static RuleState Stepped(Rule rule)
        {
            var state = rule.Start(Layout.Of(1));
            rule.Step(state, [1.0], [1.0], 0.1);
            return state;
        }
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0)]
    public void Below_the_limit_Adam_with_its_v_at_rest_contracts_and_above_it_grows(double beta1)
    {
        const double rate = 0.01;
        Assert.Equal(38 / rate, PreconditionedSharpness.AdamLimit(rate), 1e-9);
        // With v at rest Adam is a mean of gradients, m, divided by p.
        Assert.True(Grown(0.98) < 1e-3);
        Assert.True(Grown(1.02) > 1e3);

        double Grown(double share)
        {
            double curvature = share * PreconditionedSharpness.AdamLimit(rate, beta1), w = 1, m = 0;
            for (int t = 0; t < 4_000 && Math.Abs(w) < 1e6; t++)
            {
                m = beta1 * m + (1 - beta1) * curvature * w;
                w -= rate * m;
            }
            return Math.Abs(w);
        }
    }

    [Fact]
    public void What_is_divided_by_must_be_above_0_and_one_for_each_weight()
    {
        double[] w = new double[N], p = [.. Enumerable.Repeat(1.0, N)];
        Assert.Contains("one for each weight", Assert.Throws<ArgumentException>(() => PreconditionedSharpness.At<double>(Value, w, [1])).Message);
        p[3] = 0;
        Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.At<double>(Value, w, p));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.AdamLimit(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.AdamLimit(1, 1));
    }
}
