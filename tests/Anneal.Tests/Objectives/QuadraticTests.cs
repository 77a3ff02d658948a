namespace Anneal.Tests;

public class QuadraticTests
{
    [Fact]
    public void A_quarter_turn_swaps_the_axes()
    {
        // Turned by 90° the curvature 1 stands along y and 20 along x; the rotation itself is exact to a rounding.
        var f = new Quadratic([1, 20], angle: Math.PI / 2);
        Assert.Equal(10, f.Value([1, 0]), 1e-14);
        Assert.Equal(0.5, f.Value([0, 1]), 1e-14);
    }

    [Fact]
    public void The_spectrum_is_that_of_the_Hessian()
    {
        double[] spectrum = [1, 3, 10, 100];
        var f = new Quadratic(spectrum, angle: 0.7, center: [1, 2, 3, 4]);
        var q = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(f.Hessian(f.Start));
        // A symmetric matrix moves its eigenvalues by no more than its own rounding errors, a few units of 100·2⁻⁵².
        Assert.Equal(spectrum, q.Evd().EigenValues.Select(v => v.Real).Order(), (a, b) => Math.Abs(a - b) < 64 * 100 * Math.Pow(2, -52));
        Assert.Equal(100, f.ConditionNumber);
    }

    [Fact]
    public void The_start_has_the_same_share_in_every_eigenvector()
    {
        // At distance 1 along each eigenvector the value is half the sum of the eigenvalues.
        var f = new Quadratic([1, 3, 10], angle: 0.7, center: [5, 5, 5]);
        Assert.Equal(7, f.Value(f.Start), 1e-13);
    }

    [Fact]
    public void Nonsense_is_refused_by_name()
    {
        Assert.Contains("spectrum[1] must be a finite number above 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new Quadratic([1, 0])).Message);
        Assert.Contains("as many numbers as spectrum, 2; it has 1.", Assert.Throws<ArgumentException>(() => new Quadratic([1, 2], center: [0])).Message);
    }
}
