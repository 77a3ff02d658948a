namespace Anneal.Tests;

/// <summary>When L-BFGS ends a step; its path is held by the golden records.</summary>
public class LbfgsTests
{
    /// <summary>½x² + 5y²: its gradient at (0.5, 0.01) is (0.5, 0.1).</summary>
    static double Bowl(ReadOnlySpan<double> w, Span<double> g)
    {
        (g[0], g[1]) = (w[0], 10 * w[1]);
        return (w[0] * w[0] + 10 * w[1] * w[1]) / 2;
    }

    /// <summary>A step that tells how often it asked; the first answer is the step's own, the second that of its first iteration.</summary>
    static (double[] Weights, int Asked) Step(Lbfgs rule, double[] start, Oracle? oracle = null, double rate = 0.05)
    {
        int asked = 0;
        double[] weights = [.. start];
        rule.Step(rule.Start(Layout.Of(start.Length)), weights, (w, g) =>
        {
            asked++;
            return (oracle ?? Bowl)(w, g);
        }, rate);
        return (weights, asked);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.49, true)]
    public void A_gradient_no_larger_than_its_tolerance_ends_it_at_once(double tolerance, bool moves)
    {
        var (weights, asked) = Step(new Lbfgs(GradientTolerance: tolerance), [0.5, 0.01]);
        Assert.Equal(moves, weights[0] != 0.5);
        Assert.Equal(moves, asked > 2);
    }

    [Fact]
    public void A_gradient_that_has_become_small_ends_it_later()
    {
        // At rate 1 the first move is w − g / max(1, ‖g‖₁): with ‖g‖₁ = 0.4 it goes from 0.4 to the minimum of ½x² exactly.
        var (weights, asked) = Step(new Lbfgs(), [0.4, 0], rate: 1);
        Assert.Equal([0, 0], weights);
        Assert.Equal(3, asked);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(5, 6)]
    public void It_iterates_so_often_and_does_not_ask_after_the_last(int iterations, int asked) =>
        Assert.Equal(asked, Step(new Lbfgs(MaxIterations: iterations, MaxEvaluations: 100), [1, 1], rate: 0.01).Asked);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 6)]
    public void It_asks_no_more_than_it_may(int evaluations, int asked) =>
        Assert.Equal(asked, Step(new Lbfgs(MaxIterations: 100, MaxEvaluations: evaluations), [1, 1], rate: 0.01).Asked);

    [Fact]
    public void A_slope_no_steeper_than_the_tolerance_ends_it_before_it_moves()
    {
        // The slope along −g is −‖g‖² = −0.26.
        Assert.Equal([0.5, 0.01], Step(new Lbfgs(ChangeTolerance: 0.2601), [0.5, 0.01]).Weights);
        Assert.NotEqual([0.5, 0.01], Step(new Lbfgs(ChangeTolerance: 0.2599), [0.5, 0.01]).Weights);
    }

    [Theory]
    [InlineData(1e-9, 3)]
    [InlineData(0, 11)]
    public void A_loss_that_does_not_change_ends_it(double tolerance, int asked) =>
        Assert.Equal(asked, Step(new Lbfgs(MaxIterations: 10, ChangeTolerance: tolerance), [1, 1], (w, g) =>
        {
            (g[0], g[1]) = (w[0], 10 * w[1]);
            return 7;
        }, rate: 0.01).Asked);

    [Theory]
    [InlineData(0.051, 3)]
    [InlineData(0.049, 11)]
    public void Weights_that_do_not_change_end_it(double tolerance, int asked)
    {
        // The gradient is always (1, 1), so the first move is ½·rate in both weights and the later ones are rate; the loss falls by 100 each time.
        int fell = 0;
        Assert.Equal(asked, Step(new Lbfgs(MaxIterations: 10, ChangeTolerance: tolerance), [1, 1], (w, g) =>
        {
            (g[0], g[1]) = (1, 1);
            return -100 * fell++;
        }, rate: 0.1).Asked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_remembers_so_many_pairs_and_forgets_the_oldest(int history)
    {
        var rule = new Lbfgs(MaxIterations: 1, HistorySize: history);
        var state = rule.Start(Layout.Of(2));
        double[] weights = [1, 1];
        var points = new List<double[]> { (double[])[1, 1] };
        for (int t = 0; t < 6; t++)
        {
            rule.Step(state, weights, Bowl, 0.1);
            points.Add([.. weights]);
        }
        // Six steps have seen five changes of place; the last of them stand in the slots, which are filled in turn.
        var changes = Enumerable.Range(0, 5).Select(i => points[i + 1].Zip(points[i], (a, b) => a - b).ToArray()).ToList();
        Assert.Equal([history], state["pairs"]);
        for (int i = 5 - history; i < 5; i++)
            Assert.Equal(changes[i], state[$"s{i % history}"], (a, b) => Math.Abs(a - b) < 1e-15);
    }
}
