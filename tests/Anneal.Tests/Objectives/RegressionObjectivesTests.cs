namespace Anneal.Tests;

public class RegressionObjectivesTests
{
    static readonly double[][] Features = [[1, -2], [1, -1], [1, 0], [1, 1], [1, 2]];

    [Fact]
    public void At_zero_weights_every_class_is_equally_likely()
    {
        Assert.Equal(Math.Log(2), new LogisticRegression(Features, [0, 0, 1, 0, 1]).Value([0, 0]), 1e-15);
        Assert.Equal(Math.Log(3), new SoftmaxRegression(Features, [0, 0, 1, 2, 1], classes: 3).Value(new double[6]), 1e-15);
    }

    [Fact]
    public void Two_softmax_classes_are_logistic_regression()
    {
        // log-loss sees only the difference of the two weight vectors.
        int[] labels = [0, 0, 1, 0, 1];
        var logistic = new LogisticRegression(Features, labels);
        var softmax = new SoftmaxRegression(Features, labels, classes: 2);
        Assert.Equal(logistic.Value([0.5, -1.5]), softmax.Value([0.25, 2, 0.75, 0.5]), 1e-15);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Far_away_nothing_overflows(double w)
    {
        // The rows −2 … 2 with labels 0 1 1: z = ±w·x; only wrong sides cost, |w·x| each.
        var logistic = new LogisticRegression([[-2], [0], [2]], [0, 1, 1]);
        double wrong = w > 0 ? 0 : 4e4;
        Assert.Equal((wrong + Math.Log(2)) / 3, logistic.Value([w]), 1e-11);
        Assert.All(logistic.Gradient([w]), g => Assert.True(double.IsFinite(g)));
        var softmax = new SoftmaxRegression([[-2], [0], [2]], [0, 1, 1], classes: 2);
        Assert.Equal((wrong + Math.Log(2)) / 3, softmax.Value([0, w]), 1e-11);
    }

    [Fact]
    public void Without_a_ridge_no_minimiser_is_claimed()
    {
        Assert.Empty(new LogisticRegression(Features, [0, 0, 0, 1, 1]).Minimizers);
        Assert.Null(new SoftmaxRegression(Features, [0, 0, 0, 1, 1], classes: 2).Minimum);
    }

    [Fact]
    public void Absolute_loss_counts_sides()
    {
        // Residuals at w = (1, 1): 0, −1, 1, −1. Mean distance 3/4; signs 0, −1, +1, −1 on the rows (1, 0) … (1, 3).
        var f = new AbsoluteLoss([[1, 0], [1, 1], [1, 2], [1, 3]], [1, 3, 2, 5]);
        Assert.Equal(0.75, f.Value([1, 1]));
        Assert.Equal([-0.25, -0.5], f.Gradient([1, 1]));
    }

    [Fact]
    public void Absolute_loss_is_least_on_a_line_through_two_points()
    {
        // The line through (0, 1) and (3, 5) is 1 + 4x/3: it misses 3 by 2/3 and 2 by 5/3, 7/3 in sum. The other five lines through two of the points
        // miss by 3, 4, 5, 7 and 9.
        var f = new AbsoluteLoss([[1, 0], [1, 1], [1, 2], [1, 3]], [1, 3, 2, 5]);
        Assert.Equal(7.0 / 12, f.Minimum!.Value, 1e-15);
        Assert.Equal([1, 4.0 / 3], f.Minimizers.Single(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(f.Minimum.Value, f.LowerBound!.Value, 1e-15);
        Assert.InRange(f.Minimizers[0][0], f.PlotRange!.Value.Left, f.PlotRange.Value.Right);
        Assert.InRange(f.Minimizers[0][1], f.PlotRange.Value.Bottom, f.PlotRange.Value.Top);
    }

    [Fact]
    public void Absolute_loss_claims_no_minimum_where_columns_depend_on_one_another()
    {
        var f = new AbsoluteLoss([[1, 2], [2, 4], [3, 6]], [1, 2, 5]);
        Assert.Equal((null, null, null), (f.Minimum, f.LowerBound, f.PlotRange));
        Assert.Empty(f.Minimizers);
        Assert.Null(new AbsoluteLoss([[1, 2]], [1]).Minimum);
    }

    [Fact]
    public void Labels_are_classes_one_for_each_row()
    {
        Assert.Contains("labels[2] must be from 0 to 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegression(Features, [0, 1, 2, 0, 0])).Message);
        Assert.Contains("rows, 5; there are 1.", Assert.Throws<ArgumentException>(() => new SoftmaxRegression(Features, [0], classes: 2)).Message);
        Assert.Contains("classes must be 2 or above.", Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxRegression(Features, [0, 0, 0, 0, 0], classes: 1)).Message);
    }
}
