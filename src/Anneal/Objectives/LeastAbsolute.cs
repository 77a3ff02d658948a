using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Objectives;

/// <summary>Where the mean distance between rows times weights and targets is least, with the proof that nothing lies below it.</summary>
/// <remarks>
/// The minimum is taken at a point where as many residuals are 0 as there are weights (Bloomfield and Steiger, 1983, chapter 1). The search goes from one
/// such point to the next: of the zero residuals, the one whose release lowers the loss fastest is let go, and the walk along that edge ends where a
/// weighted median says. It stops where numbers v exist with
/// <code>v_i = sign of residual i,  |v_i| ≤ 1 where that residual is 0,  Σ v_i·a_i = 0</code>
/// for then <c>1/n Σ |r_i| ≥ 1/n Σ v_i·r_i = −1/n Σ v_i·b_i</c> whatever the weights are: that is the bound, equal to the loss but for rounding.
/// </remarks>
static class LeastAbsolute
{
    /// <summary>How far targets are moved, relative to the largest, so that no two residuals become 0 at once and the search cannot go in circles.</summary>
    const double Nudge = 1e-8;

    /// <summary>The weights and the bound; null where a column is a combination of others, or rounding keeps the bound from meeting the loss.</summary>
    public static (double[] Weights, double Bound)? Of(double[][] rows, double[] targets)
    {
        int n = rows.Length, p = rows[0].Length;
        if (Independent(rows, p) is not { } basis)
            return null;
        var draws = new SeededRandom(0);
        double reach = Nudge * Math.Max(1, targets.Max(Math.Abs));
        double[] nudged = [.. targets.Select(y => y + reach * (2 * draws.Uniform() - 1))];
        for (int step = 0; step < 50 * (n + p); step++)
        {
            var inverse = Matrix<double>.Build.DenseOfRowArrays(basis.Select(i => rows[i])).Inverse();
            double[] residuals = Residuals(nudged, out _);
            var pull = new double[p];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < p; j++)
                    pull[j] += Math.Sign(residuals[i]) * rows[i][j];
            double[] free = [.. -inverse.TransposeThisAndMultiply(Vector<double>.Build.Dense(pull))];
            int leaving = Enumerable.Range(0, p).MaxBy(k => Math.Abs(free[k]));
            if (Math.Abs(free[leaving]) <= 1)
            {
                double bound = -(residuals.Zip(targets, (r, y) => Math.Sign(r) * y).Sum() + basis.Select((i, k) => free[k] * targets[i]).Sum()) / n;
                double loss = Residuals(targets, out double[] weights).Sum(Math.Abs) / n;
                return loss - bound <= 2 * reach ? (weights, bound) : null;
            }
            double[] direction = [.. inverse.Column(leaving) * Math.Sign(free[leaving])];
            int entering = Entering(rows, residuals, direction, basis, Math.Abs(free[leaving]) - 1);
            if (entering < 0)
                return null;
            basis[leaving] = entering;

            double[] Residuals(double[] y, out double[] weights)
            {
                double[] w = weights = [.. inverse * Vector<double>.Build.DenseOfEnumerable(basis.Select(i => y[i]))];
                return [.. rows.Select((row, i) => basis.Contains(i) ? 0 : Numbers.Dot(row, w) - y[i])];
            }
        }
        return null;
    }

    /// <summary>Where the loss along the direction stops falling: its slope begins at −<paramref name="slope"/> and rises by 2·|row·direction| at every residual that changes its sign.</summary>
    static int Entering(double[][] rows, double[] residuals, double[] direction, int[] basis, double slope)
    {
        var crossings = rows.Select((row, i) => (Index: i, Speed: Numbers.Dot(row, direction)))
            .Where(c => !basis.Contains(c.Index) && residuals[c.Index] * c.Speed < 0)
            .Select(c => (c.Index, Weight: 2 * Math.Abs(c.Speed), At: -residuals[c.Index] / c.Speed))
            .OrderBy(c => c.At);
        int last = -1;
        foreach (var (index, weight, _) in crossings)
        {
            last = index;
            slope -= weight;
            if (slope <= 0)
                break;
        }
        return last;
    }

    /// <summary>The first rows that are independent of one another; null where there are not enough of them.</summary>
    static int[]? Independent(double[][] rows, int count)
    {
        var chosen = new List<int>();
        var directions = new List<double[]>();
        for (int i = 0; i < rows.Length && chosen.Count < count; i++)
        {
            double[] rest = [.. rows[i]];
            foreach (double[] d in directions)
                for (double along = Numbers.Dot(rest, d), j = 0; j < count; j++)
                    rest[(int)j] -= along * d[(int)j];
            double length = Math.Sqrt(Numbers.Dot(rest, rest));
            if (length <= 1e-6 * Math.Sqrt(Numbers.Dot(rows[i], rows[i])))
                continue;
            chosen.Add(i);
            directions.Add([.. rest.Select(v => v / length)]);
        }
        return chosen.Count == count ? [.. chosen] : null;
    }
}
