namespace Anneal.Objectives;

/// <summary>Two classes told apart by a weighted sum: mean log-loss, and a pull of the weights towards 0.</summary>
/// <remarks>
/// <code>
/// f(w) = (1/n) Σ log(1 + exp(−sᵢ·aᵢᵀw)) + ½·Ridge·‖w‖²,   sᵢ = +1 for label 1 and −1 for label 0
/// ∇f(w) = (1/n) Σ (σ(aᵢᵀw) − labelᵢ)·aᵢ + Ridge·w,   σ(z) = 1 / (1 + exp(−z))
/// </code>
/// A column of ones among the features is the intercept. Without a ridge separable classes have no minimum, so one is listed only with a
/// ridge; it is found by Newton's method on first use.
/// </remarks>
public sealed class LogisticRegression : Objective
{
    readonly double[] a, labels;
    readonly int rows;
    readonly Lazy<double[]?> minimiser;

    /// <summary>Features, labels and ridge.</summary>
    /// <param name="features">One row per sample.</param>
    /// <param name="labels">0 or 1 for each row.</param>
    /// <param name="ridge">Strength of the pull, 0 or above.</param>
    public LogisticRegression(IReadOnlyList<double[]> features, IReadOnlyList<int> labels, double ridge = 0)
    {
        a = Numbers.Rows(features);
        this.labels = Numbers.Classes(labels, 2, features.Count).Select(l => (double)l).ToArray();
        Ridge = Require.NotNegative(ridge);
        (rows, Dimension) = (features.Count, features[0].Length);
        minimiser = new(() => Ridge > 0 ? Newton.Minimise(this) : null);
    }

    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public override int Dimension { get; }

    /// <inheritdoc/>
    public override string Name => "Logistic regression";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac1n \sum_i \log\left(1 + e^{-s_i a_i^{\top} w}\right) + \tfrac{\lambda}{2} \lVert w \rVert^2";

    /// <inheritdoc/>
    public override double[] Start => new double[Dimension];

    /// <inheritdoc/>
    public override double? Minimum => minimiser.Value is { } w ? Value(w) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => minimiser.Value is { } w ? [[.. w]] : [];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => Dimension == 2 && minimiser.Value is { } w
        ? new PlotRange(Math.Min(0, w[0]) - 2, Math.Max(0, w[0]) + 2, Math.Min(0, w[1]) - 2, Math.Max(0, w[1]) + 2) : null;

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            double z = (2 * labels[i] - 1) * Numbers.Dot(Row(i), w);
            sum += Math.Max(-z, 0) + NearOne.Log1p(Math.Exp(-Math.Abs(z)));
        }
        return sum / rows + Ridge / 2 * Numbers.Dot(w, w);
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> w, Span<double> g)
    {
        for (int j = 0; j < w.Length; j++)
            g[j] = Ridge * w[j];
        for (int i = 0; i < rows; i++)
        {
            double miss = (Sigma(Numbers.Dot(Row(i), w)) - labels[i]) / rows;
            var row = Row(i);
            for (int j = 0; j < w.Length; j++)
                g[j] += miss * row[j];
        }
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> w, double[,] h)
    {
        for (int i = 0; i < rows; i++)
        {
            var row = Row(i);
            double p = Sigma(Numbers.Dot(row, w)), weight = p * (1 - p) / rows;
            for (int j = 0; j < w.Length; j++)
                for (int k = 0; k < w.Length; k++)
                    h[j, k] += weight * (row[j] * row[k]);
        }
        for (int j = 0; j < w.Length; j++)
            h[j, j] += Ridge;
    }

    static double Sigma(double z) => 1 / (1 + Math.Exp(-z));

    ReadOnlySpan<double> Row(int i) => a.AsSpan(i * Dimension, Dimension);
}
