using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

/// <summary>Where a matrix rule is one that needs no matrix, it is held to that one.</summary>
public class MatrixFormulaTests
{
    /// <summary>Of a gradient on the diagonal every product of Shampoo is diagonal too: each step is divided by the root of its own sum of squares.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.9, 1)]
    [InlineData(1, 3)]
    public void Shampoo_on_the_diagonal_is_AdaGrad(double keep, int every)
    {
        var rule = new Shampoo(keep, 0.01, every);
        var shape = Layout.Of(2, 2);
        var state = rule.Start(shape);
        double[] w = [1, 0.5, -0.5, 2];
        double[] expected = [.. w], sums = new double[2], roots = new double[2];
        for (int t = 1; t <= 7; t++)
        {
            rule.Step(state, w, [Gradient(t, 0), 0, 0, Gradient(t, 1)], Rate);
            for (int i = 0; i < 2; i++)
            {
                double g = Gradient(t, i);
                sums[i] = keep * sums[i] + (keep == 1 ? 1 : 1 - keep) * g * g;
                if ((t - 1) % every == 0)
                    roots[i] = Math.Sqrt(sums[i] + 0.01);
                expected[3 * i] -= Rate * g / roots[i];
            }
        }
        Assert.Equal(expected, w, (a, b) => Math.Abs(a - b) < 1e-12);

        var vector = Layout.Of(2);
        var alone = rule.Start(vector);
        double[] v = [1, 2];
        rule.Step(alone, v, [0.5, -2], Rate);
        double share = keep == 1 ? 1 : 1 - keep;
        Assert.Equal([1 - Rate * 0.5 / Math.Sqrt(share * 0.25 + 0.01), 2 + Rate * 2 / Math.Sqrt(share * 4 + 0.01)], v, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Muon_runs_AdamW_at_a_rate_of_its_own_on_what_is_no_matrix()
    {
        var vector = Layout.Of(start.Length);
        Rule muon = new Muon(Decay: 0.3, VectorRate: 0.25), adam = new AdamW(0.9, 0.95, 1e-10, 0.3);
        RuleState first = muon.Start(vector), second = adam.Start(vector);
        double[] one = [.. start], other = [.. start];
        for (int t = 1; t <= 8; t++)
        {
            muon.Step(first, one, Gradients(t), Rate);
            adam.Step(second, other, Gradients(t), Rate * 0.25);
        }
        Assert.Equal(other, one);
        Assert.NotEqual(start, one);
    }

    [Fact]
    public void Soap_that_turns_nothing_is_Adam_one_step_late()
    {
        const double b1 = 0.8, b2 = 0.9, ε = 0.01, λ = 0.3;
        Agree(new Soap(b1, b2, Epsilon: ε, Decay: λ, MaxPreconditionedDimension: 1), 2, (t, w, g, memory) =>
        {
            if (t == 1)
                return w;
            double m = memory[0] = b1 * memory[0] + (1 - b1) * g, v = memory[1] = b2 * memory[1] + (1 - b2) * g * g;
            return (1 - Rate * λ) * (w - Rate * Math.Sqrt(1 - Math.Pow(b2, t - 1)) / (1 - Math.Pow(b1, t - 1)) * m / (Math.Sqrt(v) + ε));
        });
    }

    [Theory]
    [InlineData(2, false, false, 0, 4, 0)]
    [InlineData(3, false, false, 9, 4, 0)]
    [InlineData(1, false, false, 0, 0, 0)]
    [InlineData(4, false, true, 9, 4, 0)]
    [InlineData(5, false, true, 9, 4, 25)]
    [InlineData(5, true, false, 9, 4, 0)]
    [InlineData(6, true, false, 36, 0, 0)]
    public void Soap_turns_what_is_not_too_large(int largest, bool merge, bool vectors, int left, int right, int vector)
    {
        var state = new Soap(MaxPreconditionedDimension: largest, MergeDimensions: merge, PreconditionVectors: vectors).Start(Layout.Of(("matrix", [3, 2]), ("vector", [5])));
        Assert.Equal((left + vector, right), (state["gramLeft"].Length, state["gramRight"].Length));
        Assert.Equal((left + vector, right), (state["basisLeft"].Length, state["basisRight"].Length));
    }
}
