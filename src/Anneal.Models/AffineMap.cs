namespace Anneal.Models;

/// <summary>What a linear model is: <c>wᵀx + b</c>.</summary>
/// <param name="Coefficients">w, one for each feature.</param>
/// <param name="Intercept">b</param>
public sealed record AffineMap(IReadOnlyList<double> Coefficients, double Intercept)
{
    /// <summary>The weights of <see cref="LinearModel"/> and its like that mean the same: w, then b.</summary>
    public double[] Weights => [.. Coefficients, Intercept];

    /// <summary>The map that weights of a linear model with an intercept stand for.</summary>
    public static AffineMap Of(IReadOnlyList<double> weights) => new([.. weights.Take(weights.Count - 1)], weights[^1]);

    /// <summary>The value at x.</summary>
    public double At(ReadOnlySpan<double> x)
    {
        double sum = Intercept;
        for (int j = 0; j < x.Length; j++)
            sum += Coefficients[j] * x[j];
        return sum;
    }

    /// <summary>The minimum of <see cref="LinearModel"/>: <c>1/(2n) Σ (wᵀx + b − y)² + ½·ridge·‖w‖²</c>, by orthogonal factors of the centred columns.</summary>
    /// <remarks>
    /// Householder's reflections in 64-bit arithmetic. The error in w grows with the condition number of the centred columns, each scaled to length 1,
    /// and not with its square, as it would by the normal equations. With a ridge, √(n·ridge)·I stands below the columns.
    /// </remarks>
    /// <param name="samples">With numbers for labels.</param>
    /// <param name="ridge">Strength of the pull towards 0; the intercept is not pulled.</param>
    /// <exception cref="DataException">Without a ridge: there are fewer samples than weights, or a feature is a combination of those before it.</exception>
    public static AffineMap LeastSquares(Samples samples, double ridge = 0)
    {
        Model.Numbers(samples, "least squares");
        Model.Ridged(ridge);
        int n = samples.Count, d = samples.Inputs, rows = ridge > 0 ? n + d : n;
        if (ridge == 0 && n < d + 1)
            throw new DataException($"{samples.Name}: {n} samples cannot settle {d + 1} weights; a ridge could.");
        var columns = new double[d][];
        var means = new double[d];
        for (int j = 0; j < d; j++)
        {
            means[j] = Mean(i => samples.Features(i)[j]);
            columns[j] = new double[rows];
            for (int i = 0; i < n; i++)
                columns[j][i] = samples.Features(i)[j] - means[j];
            if (ridge > 0)
                columns[j][n + j] = Math.Sqrt(n * ridge);
        }
        double middle = Mean(samples.Label);
        var target = new double[rows];
        for (int i = 0; i < n; i++)
            target[i] = samples.Label(i) - middle;

        var diagonal = new double[d];
        for (int j = 0; j < d; j++)
        {
            double[] v = columns[j];
            double whole = Length(v, 0), rest = Length(v, j);
            if (rest <= 1e-12 * whole || whole == 0)
                throw new DataException($"{samples.Name}: the feature '{samples.FeatureNames[j]}' {(whole == 0 ? "never changes" : "is a combination of those before it")}; without a ridge there is no one solution.");
            // The sign that does not cancel.
            diagonal[j] = v[j] > 0 ? -rest : rest;
            v[j] -= diagonal[j];
            double square = 0;
            for (int i = j; i < rows; i++)
                square += v[i] * v[i];
            for (int k = j + 1; k < d; k++)
                Reflect(columns[k]);
            Reflect(target);

            void Reflect(double[] x)
            {
                double along = 0;
                for (int i = j; i < rows; i++)
                    along += v[i] * x[i];
                along *= 2 / square;
                for (int i = j; i < rows; i++)
                    x[i] -= along * v[i];
            }
        }
        var w = new double[d];
        for (int j = d - 1; j >= 0; j--)
        {
            double sum = target[j];
            for (int k = j + 1; k < d; k++)
                sum -= columns[k][j] * w[k];
            w[j] = sum / diagonal[j];
        }
        return new(w, middle - w.Zip(means, (a, b) => a * b).Sum());

        double Mean(Func<int, double> value)
        {
            double sum = 0, rest = 0;
            for (int i = 0; i < n; i++)
                sum += value(i);
            // Once more around the first result, which rounding has moved a little.
            for (int i = 0; i < n; i++)
                rest += value(i) - sum / n;
            return sum / n + rest / n;
        }
    }

    static double Length(double[] v, int from)
    {
        double sum = 0;
        for (int i = from; i < v.Length; i++)
            sum += v[i] * v[i];
        return Math.Sqrt(sum);
    }
}
