using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Lessons.Tests;

public class PreconditioningExercisesTests() : ExercisesOf(typeof(PreconditioningExercises))
{
    [Fact]
    public void The_steps_are_those_that_a_bowl_takes()
    {
        Assert.Equal(PreconditioningExercises.StepsGuess.Answers[0], Steps(1, 100, 1e-6));
        Assert.Equal(PreconditioningExercises.BestRate.Answers[2], Steps(2, 18, 1e-3));
    }

    /// <summary>Gradient descent at the best rate from a point with a share in both directions.</summary>
    static double Steps(double smallest, double largest, double share)
    {
        double rate = 2 / (smallest + largest), x = 1, y = 1, start = Math.Sqrt(2);
        int steps = 0;
        for (; Math.Sqrt(x * x + y * y) > share * start; steps++)
            (x, y) = (x - rate * smallest * x, y - rate * largest * y);
        return steps;
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(45, 1)]
    public void What_a_diagonal_leaves_is_what_the_eigenvalues_say(double degrees, int part)
    {
        double angle = degrees * Math.PI / 180;
        var q = Matrix<double>.Build.DenseOfArray(new Quadratic([1, 25], angle).Hessian(new double[2]));
        var root = Matrix<double>.Build.DenseOfDiagonalVector((1 / q.Diagonal()).PointwiseSqrt());
        var left = (root * q * root).Evd(Symmetricity.Symmetric).EigenValues.Real();
        Assert.Equal(PreconditioningExercises.Turned.Answers[part], left.Maximum() / left.Minimum(), 1e-9);
    }

    [Fact]
    public void Newtons_map_is_minus_the_cube()
    {
        static double Newton(double x) => x - x / Math.Sqrt(1 + x * x) * Math.Pow(1 + x * x, 1.5);
        Assert.Equal(PreconditioningExercises.NewtonMap.Answers[..2], [Newton(0.5), Newton(Newton(0.5))], (a, b) => Math.Abs(a - b) < 1e-15);
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("StepsGuess", 0, 6, "Six decades")]
    [InlineData("StepsGuess", 0, 14, "multiplied")]
    [InlineData("StepsGuess", 0, 100, "e²")]
    [InlineData("StepsGuess", 0, 138, "momentum")]
    [InlineData("StepsGuess", 0, 1_382, "1/L")]
    [InlineData("BestRate", 0, 0.0556, "1/L")]
    [InlineData("BestRate", 0, 0.1111, "wall to wall")]
    [InlineData("BestRate", 1, -0.8, "its size")]
    [InlineData("BestRate", 1, 0.889, "best rate")]
    [InlineData("BestRate", 2, 13.4, "mixed")]
    [InlineData("BestRate", 2, 62.17, "1/L")]
    [InlineData("OneStep", 0, 2, "2Qx + c")]
    [InlineData("OneStep", 1, -1, "8x₂")]
    [InlineData("OneStep", 2, 1, "2Q")]
    [InlineData("OneStep", 3, 0.7, "1 − 2η")]
    [InlineData("NewtonMap", 0, 0.125, "past 0")]
    [InlineData("NewtonMap", 0, 0.0528, "gradient step")]
    [InlineData("NewtonMap", 1, 0.015625, "multiply")]
    [InlineData("Turned", 0, 2.714, "1 ± r")]
    [InlineData("Turned", 0, 9.64, "root")]
    [InlineData("Turned", 1, 1, "another rate")]
    [InlineData("Turned", 1, 13, "alike")]
    [InlineData("WhichCure", 0, 3, "two numbers")]
    [InlineData("WhichCure", 1, 2, "19")]
    [InlineData("WhichCure", 2, 2, "already")]
    [InlineData("Direction", 0, 2, "equally likely")]
    [InlineData("Direction", 1, 0.5, "three times")]
    [InlineData("Direction", 1, 0.4, "E[P]·E[g]")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
