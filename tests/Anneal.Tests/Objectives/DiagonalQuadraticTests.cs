namespace Anneal.Tests;

public class DiagonalQuadraticTests
{
    [Fact]
    public void A_worked_example()
    {
        // ½(2·9 + 4·1) − (1·3 − 1·1) = 11 − 2
        var f = new DiagonalQuadratic([2, 4], [1, -1]);
        Assert.Equal(9, f.Value([3, 1]));
        Assert.Equal([5, 5], f.Gradient([3, 1]));
        Assert.Equal([0.5, -0.25], f.Minimizers[0]);
        Assert.Equal(-0.375, f.Minimum);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public void What_falls_for_ever_has_no_minimum(double curvature, double pull)
    {
        var f = new DiagonalQuadratic([1, curvature], [0, pull]);
        Assert.Null(f.Minimum);
        Assert.Empty(f.Minimizers);
    }

    [Fact]
    public void Nonsense_is_refused_by_name()
    {
        Assert.Contains("diagonal[1] must be a finite number.", Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalQuadratic([1, double.NaN])).Message);
        Assert.Contains("diagonal must have at least one number.", Assert.Throws<ArgumentException>(() => new DiagonalQuadratic([])).Message);
        Assert.Contains("as many numbers as diagonal, 2; it has 1.", Assert.Throws<ArgumentException>(() => new DiagonalQuadratic([1, 2], [1])).Message);
    }
}
