using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Objectives;

/// <summary>The minimiser of a smooth, strictly convex function that has no formula for it.</summary>
static class Newton
{
    /// <summary>Newton's steps, halved until the value does not rise, until a step no longer moves the point.</summary>
    public static double[] Minimise(Objective f)
    {
        var x = Vector<double>.Build.Dense(f.Dimension);
        for (int step = 0; step < 100; step++)
        {
            var gradient = Vector<double>.Build.Dense(f.Gradient(x.ToArray()));
            var move = Matrix<double>.Build.DenseOfArray(f.Hessian(x.ToArray())).Cholesky().Solve(gradient);
            double value = f.Value(x.ToArray()), length = 1;
            while (length > 1e-9 && f.Value((x - length * move).ToArray()) > value)
                length /= 2;
            x -= length * move;
            if (move.InfinityNorm() <= 1e-15 * Math.Max(1, x.InfinityNorm()))
                break;
        }
        return x.ToArray();
    }
}
