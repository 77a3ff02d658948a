namespace Anneal.Objectives;

/// <summary>Several classes told apart by one weighted sum each: mean cross-entropy, and a pull of the weights towards 0.</summary>
/// <remarks>
/// <code>
/// f(W) = (1/n) Σ ( log Σ_c exp(aᵢᵀw_c) − aᵢᵀw_label(i) ) + ½·Ridge·‖W‖²
/// ∂f/∂w_c = (1/n) Σ (p_c(i) − [label(i) = c])·aᵢ + Ridge·w_c,   p_c(i) = exp(aᵢᵀw_c) / Σ_k exp(aᵢᵀw_k)
/// </code>
/// A point is W class by class. The largest sum is taken off before <c>exp</c>, so nothing overflows. Without a ridge the same vector may be
/// added to every class, so a minimiser is listed only with one; it is found by Newton's method on first use.
/// </remarks>
public sealed class SoftmaxRegression : Objective
{
    readonly double[] a;
    readonly int[] labels;
    readonly int rows, inputs, classes;
    readonly Lazy<double[]?> minimiser;

    /// <summary>Features, labels and ridge.</summary>
    /// <param name="features">One row per sample.</param>
    /// <param name="labels">A class from 0 to classes − 1 for each row.</param>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <param name="ridge">Strength of the pull, 0 or above.</param>
    public SoftmaxRegression(IReadOnlyList<double[]> features, IReadOnlyList<int> labels, int classes, double ridge = 0)
    {
        if (classes < 2)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, "classes must be 2 or above.");
        a = Numbers.Rows(features);
        this.labels = Numbers.Classes(labels, classes, features.Count);
        Ridge = Require.NotNegative(ridge);
        (rows, inputs, this.classes) = (features.Count, features[0].Length, classes);
        minimiser = new(() => Ridge > 0 ? Newton.Minimise(this) : null);
    }

    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public override int Dimension => classes * inputs;

    /// <inheritdoc/>
    public override string Name => "Softmax regression";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac1n \sum_i \left( \log \sum_c e^{a_i^{\top} w_c} - a_i^{\top} w_{y_i} \right) + \tfrac{\lambda}{2} \lVert W \rVert^2";

    /// <inheritdoc/>
    public override double[] Start => new double[Dimension];

    /// <inheritdoc/>
    public override double? Minimum => minimiser.Value is { } w ? Value(w) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => minimiser.Value is { } w ? [[.. w]] : [];

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> w)
    {
        var p = new double[classes];
        double sum = 0;
        for (int i = 0; i < rows; i++)
            sum += Probabilities(w, i, p) - Numbers.Dot(Row(i), w.Slice(labels[i] * inputs, inputs));
        return sum / rows + Ridge / 2 * Numbers.Dot(w, w);
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> w, Span<double> g)
    {
        var p = new double[classes];
        for (int j = 0; j < w.Length; j++)
            g[j] = Ridge * w[j];
        for (int i = 0; i < rows; i++)
        {
            Probabilities(w, i, p);
            var row = Row(i);
            for (int c = 0; c < classes; c++)
            {
                double miss = (p[c] - (labels[i] == c ? 1 : 0)) / rows;
                for (int j = 0; j < inputs; j++)
                    g[c * inputs + j] += miss * row[j];
            }
        }
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> w, double[,] h)
    {
        var p = new double[classes];
        for (int i = 0; i < rows; i++)
        {
            Probabilities(w, i, p);
            var row = Row(i);
            for (int c = 0; c < classes; c++)
                for (int k = 0; k < classes; k++)
                {
                    double weight = (c == k ? p[c] * (1 - p[c]) : -(p[c] * p[k])) / rows;
                    for (int j = 0; j < inputs; j++)
                        for (int l = 0; l < inputs; l++)
                            h[c * inputs + j, k * inputs + l] += weight * (row[j] * row[l]);
                }
        }
        for (int j = 0; j < w.Length; j++)
            h[j, j] += Ridge;
    }

    /// <summary>Fills in row i's probabilities; returns the logarithm of the sum they were divided by.</summary>
    double Probabilities(ReadOnlySpan<double> w, int i, Span<double> p)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int c = 0; c < classes; c++)
            largest = Math.Max(largest, p[c] = Numbers.Dot(Row(i), w.Slice(c * inputs, inputs)));
        for (int c = 0; c < classes; c++)
            sum += p[c] = Math.Exp(p[c] - largest);
        for (int c = 0; c < classes; c++)
            p[c] /= sum;
        return largest + Math.Log(sum);
    }

    ReadOnlySpan<double> Row(int i) => a.AsSpan(i * inputs, inputs);
}
