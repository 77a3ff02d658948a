namespace Anneal.Tests;

public class LeastSquaresTests
{
    // By hand: A·W = [[1, 2], [4, 6]], less B = [[1, 1], [1, 1]] is [[0, 1], [3, 5]]; half the sum of squares is 35/2.
    // Aᵀ·residual = [[1, 1], [0, 2]]ᵀ · [[0, 1], [3, 5]] = [[3, 6], [6, 11]].
    static readonly LeastSquares Worked = new([[1, 0], [1, 2]], (double[][])[[1, 1], [1, 1]]);

    [Fact]
    public void A_worked_example_with_two_outputs()
    {
        double[] w = [1, 2, 1.5, 2];
        Assert.Equal(17.5, Worked.Value(w));
        Assert.Equal([3, 6, 6, 10], Worked.Gradient(w));
    }

    [Fact]
    public void A_line_through_four_points()
    {
        // Normal equations by hand: slope 1.1, intercept 1.1; residuals 0.1, −0.8, 1.3, −0.6, whose squares sum to 2.7.
        var line = new LeastSquares([[1, 0], [1, 1], [1, 2], [1, 3]], [1, 3, 2, 5]);
        Assert.Equal([1.1, 1.1], line.Minimizers[0], (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(1.35, line.Minimum!.Value, 1e-14);
    }

    [Fact]
    public void Without_full_rank_no_minimiser_is_listed()
    {
        var f = new LeastSquares([[1, 1], [2, 2]], [1, 2]);
        Assert.Empty(f.Minimizers);
        Assert.Null(f.Minimum);
    }

    [Fact]
    public void Ragged_rows_and_lengths_that_differ_are_refused()
    {
        Assert.Contains("a[1] must have 2 numbers like the first row; it has 1.",
            Assert.Throws<ArgumentException>(() => new LeastSquares([[1, 2], [3]], [1, 2])).Message);
        Assert.Contains("b must have as many rows as a, 1; it has 2.",
            Assert.Throws<ArgumentException>(() => new LeastSquares([[1, 2]], [1, 2])).Message);
    }
}
