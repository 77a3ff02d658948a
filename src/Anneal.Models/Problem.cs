namespace Anneal.Models;

/// <summary>A model on samples: loss and exact gradient as functions of the weights, for all samples or for a batch.</summary>
/// <remarks>
/// Weights are one flat array of 64-bit numbers, divided as <see cref="Layout"/> says: for each layer a matrix with one row per unit, then the
/// biases. Working room is kept from call to call, so a call allocates nothing; an instance serves one thread at a time, and any number of instances
/// share their samples. Sums run in a fixed order: the same call gives the same bits.
/// </remarks>
public sealed unsafe class Problem
{
    readonly LossKind loss;
    readonly Activation activation;
    readonly double ridge;
    readonly Layers layers;
    readonly Evaluator evaluator;
    readonly int[] everything;

    internal Problem(Samples samples, LossKind loss, int[] hidden, Activation activation, double ridge, bool intercept)
    {
        (Samples, this.loss, this.activation, this.ridge) = (samples, loss, activation, ridge);
        layers = new([samples.Inputs, .. hidden, loss == LossKind.Softmax ? samples.Classes : 1], intercept);
        evaluator = layers.Count == 1 && layers.Last == 1 ? new LinearEvaluator(layers, loss) : new NetworkEvaluator(layers, loss, activation);
        everything = [.. Enumerable.Range(0, samples.Count)];
    }

    /// <summary>What is learnt from.</summary>
    public Samples Samples { get; }

    /// <summary>How the weights are divided; for <see cref="Rule.Start"/>.</summary>
    public Layout Layout => layers.Layout;

    /// <summary>How many weights there are.</summary>
    public int Dimension => Layout.Count;

    /// <summary>Whether each layer has biases.</summary>
    public bool Intercept => layers.Intercept;

    /// <summary>Weights to begin with: 0 for linear models, drawn for a perceptron.</summary>
    /// <param name="seed">Where the draws start (<see cref="SeededRandom"/>).</param>
    public double[] Start(ulong seed = 0) => layers.Start(activation, seed);

    /// <summary>The loss on all samples.</summary>
    public double Loss(ReadOnlySpan<double> weights) => Run(Checked(weights), everything, default, default);

    /// <inheritdoc cref="Loss(ReadOnlySpan{double})"/>
    public double Loss(double[] weights) => Loss(weights.AsSpan());

    /// <summary>The loss on all samples; its gradient is written into <paramref name="gradient"/>.</summary>
    public double Loss(ReadOnlySpan<double> weights, Span<double> gradient) => Run(Checked(weights), everything, Into(gradient), default);

    /// <summary>The loss on a batch; its gradient is written into <paramref name="gradient"/>.</summary>
    /// <param name="weights">Where.</param>
    /// <param name="batch">Numbers of samples, from 0 to their count − 1; a sample may come twice and then counts twice.</param>
    /// <param name="gradient">As long as the weights.</param>
    public double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<int> batch, Span<double> gradient) => Run(Checked(weights), Checked(batch), Into(gradient), default);

    /// <summary>The gradient on all samples, as a new array.</summary>
    public double[] Gradient(double[] weights)
    {
        var gradient = new double[Dimension];
        Loss(weights, gradient);
        return gradient;
    }

    /// <summary>The last layer's sums z for every sample: one number, or one for each class.</summary>
    public double[][] Scores(double[] weights)
    {
        var flat = new double[Samples.Count * layers.Last];
        Run(Checked(weights), everything, default, flat);
        return [.. Enumerable.Range(0, Samples.Count).Select(i => flat.AsSpan(i * layers.Last, layers.Last).ToArray())];
    }

    /// <summary>What is predicted for every sample: the number, or the class with the largest sum.</summary>
    public double[] Predict(double[] weights) => [.. Scores(weights).Select(z => loss switch
    {
        LossKind.Softmax => Array.IndexOf(z, z.Max()),
        LossKind.Logistic => z[0] > 0 ? 1 : 0,
        _ => z[0],
    })];

    /// <summary>Share of the samples whose class is predicted.</summary>
    /// <exception cref="InvalidOperationException">The labels are numbers.</exception>
    public double Accuracy(double[] weights) => Samples.Classes > 0
        ? Predict(weights).Zip(Samples.Y).Count(pair => pair.First == pair.Second) / (double)Samples.Count
        : throw new InvalidOperationException($"{Samples.Name}: '{Samples.Target}' is a number; there is no accuracy, but RootMeanSquare.");

    /// <summary>Square root of the mean squared error, in the unit of the label.</summary>
    /// <exception cref="InvalidOperationException">The labels are classes.</exception>
    public double RootMeanSquare(double[] weights) => Samples.Classes == 0
        ? Math.Sqrt(Predict(weights).Zip(Samples.Y, (z, y) => (z - y) * (z - y)).Average())
        : throw new InvalidOperationException($"{Samples.Name}: '{Samples.Target}' is a class; there is no mean square, but Accuracy.");

    /// <summary>A network without non-linearity as the one affine map it is: <c>z = A·x + c</c>, A = W_L⋯W₁, row by row.</summary>
    /// <exception cref="InvalidOperationException">The network has hidden layers with another activation than the identity.</exception>
    public (double[][] Matrix, double[] Offset) AsAffineMap(double[] weights)
    {
        Checked(weights);
        return layers.Count == 1 || activation == Activation.Identity ? layers.Collapsed(weights)
            : throw new InvalidOperationException($"With {activation} between its layers a network is no affine map.");
    }

    /// <summary>Runs a rule along a schedule over batches of these samples.</summary>
    /// <param name="rule">How the weights follow the gradient.</param>
    /// <param name="schedule">Asked at the number of updates already made.</param>
    /// <param name="batches">Which samples each step sees; a rule that asks at several points in a step sees the same batch each time.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="every">Records steps 0, every, 2·every, … and the last; 0 records none.</param>
    /// <param name="start">Weights to begin with, left as they are; <see cref="Start"/> with seed 0 unless given.</param>
    /// <returns>The weights, the record, and the loss on all samples. The run ends before a step whose loss or gradient is not finite; the record says so.</returns>
    public Fit Train(Rule rule, Schedule schedule, Batches batches, long steps, long every = 0, double[]? start = null)
    {
        if (start is not null)
            Checked(start);
        return TrainingLoop.Run(this, rule, schedule, batches, steps, every, start);
    }

    /// <summary>Mean loss of the batch plus the ridge's; gradient and scores where there is room for them.</summary>
    double Run(ReadOnlySpan<double> weights, ReadOnlySpan<int> batch, Span<double> gradient, Span<double> scores)
    {
        fixed (double* w = weights, g = gradient, s = scores, x = Samples.X, y = Samples.Y)
        fixed (int* b = batch)
        {
            double result = evaluator.Sum(w, b, batch.Length, g, s, x, y) / batch.Length;
            if (ridge > 0)
                for (int l = 0; l < layers.Count; l++)
                {
                    double* wl = w + layers.WeightAt(l);
                    result += ridge / 2 * Product.Dot(wl, wl, layers.Weights(l));
                    if (g is not null)
                        Product.AddTimes(ridge, wl, g + layers.WeightAt(l), layers.Weights(l));
                }
            return result;
        }
    }

    /// <remarks>What follows reads by these numbers without looking at them again.</remarks>
    ReadOnlySpan<int> Checked(ReadOnlySpan<int> batch)
    {
        if (batch.Length == 0)
            throw new ArgumentException("The batch must not be empty.", nameof(batch));
        for (int i = 0; i < batch.Length; i++)
            if ((uint)batch[i] >= (uint)Samples.Count)
                throw new ArgumentOutOfRangeException(nameof(batch), batch[i], $"Samples are numbered from 0 to {Samples.Count - 1}; number {i} of the batch is none of them.");
        return batch;
    }

    ReadOnlySpan<double> Checked(ReadOnlySpan<double> weights) => weights.Length == Dimension ? weights
        : throw new ArgumentException($"There must be {Dimension} weights; there are {weights.Length}.", nameof(weights));

    Span<double> Into(Span<double> gradient)
    {
        if (gradient.Length != Dimension)
            throw new ArgumentException($"The gradient must have {Dimension} numbers; it has {gradient.Length}.", nameof(gradient));
        return gradient;
    }
}
