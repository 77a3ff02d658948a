namespace Anneal.Experiments;

/// <summary>The exact minimum of <see cref="AbsoluteModel"/>, with the proof that nothing lies below it.</summary>
/// <param name="Map">Where the minimum is: <c>wᵀx + b</c>.</param>
/// <param name="Loss">The mean absolute error there.</param>
/// <param name="LowerBound">What no w and b can fall below, by the dual: equal to <paramref name="Loss"/> but for rounding.</param>
public sealed record LeastAbsoluteErrors(AffineMap Map, double Loss, double LowerBound)
{
    /// <summary>How far labels are moved, relative to the largest, so that no two residuals become 0 at once and the search cannot go in circles.</summary>
    const double Nudge = 1e-8;

    /// <summary>Minimises <c>1/n Σ |wᵀx + b − y|</c>.</summary>
    /// <remarks>
    /// The minimum is taken at a point where as many residuals are 0 as there are weights (Bloomfield and Steiger, 1983, chapter 1). The search goes from one
    /// such point to the next: of the zero residuals, the one whose release lowers the loss fastest is let go, and the walk along that edge ends where a
    /// weighted median says. It stops where numbers v exist with
    /// <code>v_i = sign of residual i,  |v_i| ≤ 1 where that residual is 0,  Σ v_i·(x_i, 1) = 0</code>
    /// for then <c>1/n Σ |r_i| ≥ 1/n Σ v_i·r_i = −1/n Σ v_i·y_i</c> whatever w and b are: that is <see cref="LowerBound"/>.
    /// </remarks>
    /// <param name="samples">With numbers for labels.</param>
    /// <exception cref="DataException">There are fewer samples than weights, a feature is a combination of others, or rounding keeps the bound from meeting the loss.</exception>
    public static LeastAbsoluteErrors Of(Samples samples)
    {
        Model.Numbers(samples, "absolute loss");
        int n = samples.Count, p = samples.Inputs + 1;
        if (n < p)
            throw new DataException($"{samples.Name}: {n} samples cannot settle {p} weights.");
        double[][] rows = [.. Enumerable.Range(0, n).Select(i => (double[])[.. samples.Row(i), 1])];
        double[] labels = samples.Labels();
        int[] basis = Independent(samples.Name, rows, p);
        var draws = new Draws(0);
        double reach = Nudge * Math.Max(1, labels.Max(Math.Abs));
        double[] nudged = [.. labels.Select(y => y + reach * (2 * draws.Uniform() - 1))];
        for (int step = 0; step < 50 * (n + p); step++)
        {
            var inverse = Matrix(basis.Select(i => rows[i])).Inverse();
            double[] residuals = Residuals(nudged, out _);
            var pull = new double[p];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < p; j++)
                    pull[j] += Math.Sign(residuals[i]) * rows[i][j];
            double[] free = [.. -inverse.TransposeThisAndMultiply(Vector(pull))];
            int leaving = Enumerable.Range(0, p).MaxBy(k => Math.Abs(free[k]));
            if (Math.Abs(free[leaving]) <= 1)
            {
                double bound = -(residuals.Zip(labels, (r, y) => Math.Sign(r) * y).Sum() + basis.Select((i, k) => free[k] * labels[i]).Sum()) / n;
                double loss = Residuals(labels, out double[] weights).Sum(Math.Abs) / n;
                return loss - bound <= 2 * reach ? new(AffineMap.Of(weights), loss, bound)
                    : throw new DataException($"{samples.Name}: the bound {bound} does not meet the loss {loss}; features differ too much in size.");
            }
            double[] direction = [.. inverse.Column(leaving) * Math.Sign(free[leaving])];
            basis[leaving] = Entering(rows, residuals, direction, basis, Math.Abs(free[leaving]) - 1);

            double[] Residuals(double[] y, out double[] weights)
            {
                double[] w = weights = [.. inverse * Vector(basis.Select(i => y[i]))];
                return [.. rows.Select((row, i) => basis.Contains(i) ? 0 : Dot(row, w) - y[i])];
            }
        }
        throw new DataException($"{samples.Name}: the least absolute errors were not found.");
    }

    /// <summary>Where the loss along the direction stops falling: its slope begins at −<paramref name="slope"/> and rises by 2·|row·direction| at every residual that changes its sign.</summary>
    static int Entering(double[][] rows, double[] residuals, double[] direction, int[] basis, double slope)
    {
        var crossings = rows.Select((row, i) => (Index: i, Speed: Dot(row, direction)))
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

    /// <summary>The first samples whose rows are independent of one another.</summary>
    static int[] Independent(string name, double[][] rows, int count)
    {
        var chosen = new List<int>();
        var directions = new List<double[]>();
        for (int i = 0; i < rows.Length && chosen.Count < count; i++)
        {
            double[] rest = [.. rows[i]];
            foreach (double[] d in directions)
                for (double along = Dot(rest, d), j = 0; j < count; j++)
                    rest[(int)j] -= along * d[(int)j];
            double length = Math.Sqrt(Dot(rest, rest));
            if (length <= 1e-6 * Math.Sqrt(Dot(rows[i], rows[i])))
                continue;
            chosen.Add(i);
            directions.Add([.. rest.Select(v => v / length)]);
        }
        return chosen.Count == count ? [.. chosen] : throw new DataException($"{name}: a feature is a combination of the others.");
    }

    static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += x[j] * y[j];
        return sum;
    }

    static MathNet.Numerics.LinearAlgebra.Matrix<double> Matrix(IEnumerable<double[]> rows) =>
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowArrays(rows);

    static MathNet.Numerics.LinearAlgebra.Vector<double> Vector(IEnumerable<double> values) =>
        MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfEnumerable(values);
}
