using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Experiments;

/// <summary>A model on samples: loss and exact gradient as functions of the weights, for all samples or for a batch.</summary>
/// <remarks>
/// Weights are one flat array of 64-bit numbers, divided as <see cref="Layout"/> says: for each layer a matrix with one row per unit, then the
/// biases. Working room is kept from call to call, so a call allocates nothing; an instance serves one thread at a time, and any number of instances
/// share their samples. Sums run in a fixed order: the same call gives the same bits.
/// </remarks>
public sealed unsafe class Problem
{
    /// <summary>Samples that go through the layers together; larger batches go in parts.</summary>
    const int Chunk = 64;

    readonly LossKind loss;
    readonly Activation activation;
    readonly double ridge;
    readonly int[] sizes;
    readonly int[] weightAt, biasAt;
    readonly int[] everything;
    readonly double[] room;
    readonly int[] activations, deltas, packed, turned, gradients;

    internal Problem(Samples samples, LossKind loss, int[] hidden, Activation activation, double ridge, bool intercept)
    {
        (Samples, this.loss, this.activation, this.ridge, Intercept) = (samples, loss, activation, ridge, intercept);
        sizes = [samples.Inputs, .. hidden, loss == LossKind.Softmax ? samples.Classes : 1];
        int layers = sizes.Length - 1;
        var tensors = new List<(string, int[])>();
        (weightAt, biasAt) = (new int[layers], new int[layers]);
        int at = 0;
        for (int l = 0; l < layers; l++)
        {
            string number = layers == 1 ? "" : $"{l + 1}";
            tensors.Add(($"w{number}", sizes[l + 1] == 1 ? [sizes[l]] : [sizes[l + 1], sizes[l]]));
            (weightAt[l], at) = (at, at + sizes[l] * sizes[l + 1]);
            if (!intercept)
                continue;
            tensors.Add(($"b{number}", [sizes[l + 1]]));
            (biasAt[l], at) = (at, at + sizes[l + 1]);
        }
        Layout = Layout.Of(tensors);
        everything = [.. Enumerable.Range(0, samples.Count)];

        int end = 0;
        int Take(int count)
        {
            int begin = end;
            end += count;
            return begin;
        }
        int[] wide = [.. sizes.Select(Product.Padded)];
        activations = [.. wide.Select(w => Take(Chunk * w))];
        deltas = [.. wide.Select(w => Take(Chunk * w))];
        packed = [.. Enumerable.Range(0, layers).Select(l => Take(sizes[l + 1] * wide[l]))];
        turned = [.. Enumerable.Range(0, layers).Select(l => Take(sizes[l] * wide[l + 1]))];
        gradients = [.. Enumerable.Range(0, layers).Select(l => Take(sizes[l + 1] * wide[l]))];
        // A lone output is computed by scalar products: its working room is the errors of a part, nothing else.
        room = GC.AllocateArray<double>(Lone ? Chunk : end, pinned: true);
    }

    /// <summary>What is learnt from.</summary>
    public Samples Samples { get; }

    /// <summary>How the weights are divided; for <see cref="Rule.Start"/>.</summary>
    public Layout Layout { get; }

    /// <summary>How many weights there are.</summary>
    public int Dimension => Layout.Count;

    /// <summary>Whether each layer has biases.</summary>
    public bool Intercept { get; }

    int Layers => sizes.Length - 1;

    int Outputs => sizes[^1];

    bool Lone => Layers == 1 && Outputs == 1;

    /// <summary>Weights to begin with: 0 for linear models, drawn for a perceptron.</summary>
    /// <param name="seed">Where the draws start (<see cref="Draws"/>).</param>
    public double[] Start(ulong seed = 0)
    {
        var weights = new double[Dimension];
        if (Layers == 1)
            return weights;
        var draws = new Draws(seed);
        for (int l = 0; l < Layers; l++)
        {
            double reach = Math.Sqrt(6.0 / (activation == Activation.Relu ? sizes[l] : sizes[l] + sizes[l + 1]));
            foreach (ref double w in weights.AsSpan(weightAt[l], sizes[l] * sizes[l + 1]))
                w = reach * (2 * draws.Uniform() - 1);
        }
        return weights;
    }

    /// <summary>The loss on all samples.</summary>
    public double Loss(ReadOnlySpan<double> weights) => Run(Checked(weights), everything, default, default);

    /// <inheritdoc cref="Loss(ReadOnlySpan{double})"/>
    public double Loss(double[] weights) => Loss(weights.AsSpan());

    /// <summary>The loss on all samples; its gradient is written into <paramref name="gradient"/>.</summary>
    public double Loss(ReadOnlySpan<double> weights, Span<double> gradient) => Run(Checked(weights), everything, Into(gradient), default);

    /// <summary>The loss on a batch; its gradient is written into <paramref name="gradient"/>.</summary>
    /// <param name="weights">Where.</param>
    /// <param name="batch">Numbers of samples; a sample may come twice and then counts twice.</param>
    /// <param name="gradient">As long as the weights.</param>
    public double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<int> batch, Span<double> gradient) =>
        batch.Length > 0 ? Run(Checked(weights), batch, Into(gradient), default)
        : throw new ArgumentException("The batch must not be empty.", nameof(batch));

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
        var flat = new double[Samples.Count * Outputs];
        Run(Checked(weights), everything, default, flat);
        return [.. Enumerable.Range(0, Samples.Count).Select(i => flat.AsSpan(i * Outputs, Outputs).ToArray())];
    }

    /// <summary>What is foretold for every sample: the number, or the class with the largest sum.</summary>
    public double[] Predict(double[] weights) => [.. Scores(weights).Select(z => loss switch
    {
        LossKind.Softmax => Array.IndexOf(z, z.Max()),
        LossKind.Logistic => z[0] > 0 ? 1 : 0,
        _ => z[0],
    })];

    /// <summary>Share of the samples whose class is foretold.</summary>
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
        if (Layers > 1 && activation != Activation.Identity)
            throw new InvalidOperationException($"With {activation} between its layers a network is no affine map.");
        double[][] matrix = [.. Enumerable.Range(0, sizes[0]).Select(i => Enumerable.Range(0, sizes[0]).Select(j => i == j ? 1.0 : 0).ToArray())];
        double[] offset = new double[sizes[0]];
        for (int l = 0; l < Layers; l++)
        {
            double[] W(int o) => weights[(weightAt[l] + o * sizes[l])..(weightAt[l] + (o + 1) * sizes[l])];
            double[][] before = matrix;
            double[] shift = offset;
            offset = [.. Enumerable.Range(0, sizes[l + 1]).Select(o => W(o).Zip(shift, (w, c) => w * c).Sum() + (Intercept ? weights[biasAt[l] + o] : 0))];
            matrix = [.. Enumerable.Range(0, sizes[l + 1]).Select(o =>
                Enumerable.Range(0, sizes[0]).Select(j => W(o).Select((w, i) => w * before[i][j]).Sum()).ToArray())];
        }
        return (matrix, offset);
    }

    /// <summary>Runs a rule along a schedule over batches of these samples.</summary>
    /// <param name="rule">How the weights follow the gradient.</param>
    /// <param name="schedule">Asked at the number of updates already made.</param>
    /// <param name="batches">Which samples each step sees; a rule that asks at several points in a step sees the same batch each time.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="every">Records steps 0, every, 2·every, … and the last; 0 records none.</param>
    /// <param name="start">Weights to begin with, left as they are; <see cref="Start"/> with seed 0 unless given.</param>
    /// <returns>The weights, the record, and the loss on all samples. The run ends early where a loss is no longer finite; the record says so.</returns>
    public Fit Train(Rule rule, Schedule schedule, Batches batches, long steps, long every = 0, double[]? start = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(every);
        double[] weights = start is null ? Start() : [.. start];
        Checked(weights);
        var run = new Course(this, batches.Over(Samples.Count));
        var state = rule.Start(Layout);
        var points = new List<TracePoint>();
        double[] before = new double[every > 0 ? Dimension : 0], settled = new double[Dimension];
        string? stopped = null;
        for (long i = 0; i < steps && stopped is null; i++)
        {
            bool recorded = every > 0 && (i % every == 0 || i == steps - 1);
            long updates = state.Updates;
            double rate = schedule.At(updates);
            if (recorded)
                weights.CopyTo(before, 0);
            run.Turn(recorded);
            double batchLoss = rule.Step(state, weights, run.Oracle, rate);
            if (recorded)
            {
                rule.Settle(state, weights, settled);
                points.Add(new(updates, rate, batchLoss, Norm(before), Norm(run.First), Distance(weights, before), Metric: Loss(settled)));
            }
            if (!double.IsFinite(batchLoss))
                stopped = $"the loss at step {i} is {batchLoss}";
        }
        rule.Settle(state, weights, settled);
        return new(settled, new(points, stopped), Loss(settled));
    }

    /// <summary>The batch of the step under way, as an oracle that asks for it as often as the rule likes.</summary>
    sealed class Course
    {
        readonly Problem problem;
        readonly BatchStream stream;
        int[] batch = [];
        int count;
        bool first, recorded;

        public Course(Problem problem, BatchStream stream)
        {
            (this.problem, this.stream, First) = (problem, stream, new double[problem.Dimension]);
            Oracle = Ask;
        }

        public Oracle Oracle { get; }

        /// <summary>The gradient the step began with, where the step is recorded.</summary>
        public double[] First { get; }

        public void Turn(bool record)
        {
            var next = stream.Next();
            if (batch.Length < next.Length)
                batch = new int[next.Length];
            next.CopyTo(batch);
            (count, first, recorded) = (next.Length, true, record);
        }

        double Ask(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            double loss = problem.Run(weights, batch.AsSpan(0, count), gradient, default);
            if (first && recorded)
                gradient.CopyTo(First);
            first = false;
            return loss;
        }
    }

    /// <summary>Mean loss of the batch plus the ridge's; gradient and scores where there is room for them.</summary>
    double Run(ReadOnlySpan<double> weights, ReadOnlySpan<int> batch, Span<double> gradient, Span<double> scores)
    {
        fixed (double* w = weights, g = gradient, s = scores, x = Samples.X, y = Samples.Y, r = room)
        fixed (int* b = batch)
        {
            double sum = Lone ? Alone(w, b, batch.Length, g, s, x, y, r) : Through(w, b, batch.Length, g, s, x, y, r);
            double result = sum / batch.Length;
            if (ridge > 0)
                for (int l = 0; l < Layers; l++)
                {
                    int n = sizes[l] * sizes[l + 1];
                    result += ridge / 2 * Product.Dot(w + weightAt[l], w + weightAt[l], n);
                    if (g is not null)
                        Product.AddTimes(ridge, w + weightAt[l], g + weightAt[l], n);
                }
            return result;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Alone(double* w, int* batch, int count, double* g, double* s, double* x, double* y, double* errors)
    {
        int n = sizes[0];
        double bias = Intercept ? w[biasAt[0]] : 0, sum = 0, biasGradient = 0, share = 1.0 / count;
        if (g is not null)
            new Span<double>(g, Dimension).Clear();
        for (int i = 0; i < count; i++)
        {
            double* row = x + (nint)batch[i] * n;
            double z = Product.Dot(row, w, n) + bias;
            if (s is not null)
                s[i] = z;
            sum += One(z, y[batch[i]], out double slope);
            if (g is null)
                continue;
            Product.AddTimes(slope * share, row, g, n);
            biasGradient += slope * share;
        }
        if (g is not null && Intercept)
            g[biasAt[0]] = biasGradient;
        return sum;
    }

    double Through(double* w, int* batch, int count, double* g, double* s, double* x, double* y, double* r)
    {
        Pack(w, r, g is not null);
        if (g is not null)
            new Span<double>(g, Dimension).Clear();
        double sum = 0;
        for (int from = 0; from < count; from += Chunk)
        {
            int m = Math.Min(Chunk, count - from);
            Forward(w, batch + from, m, x, r);
            sum += Judge(batch + from, m, y, r, g is not null ? 1.0 / count : 0);
            if (s is not null)
                for (int i = 0; i < m; i++)
                    new Span<double>(r + activations[Layers] + i * Product.Padded(Outputs), Outputs).CopyTo(new(s + (nint)(from + i) * Outputs, Outputs));
            if (g is not null)
                Backward(m, g, r);
        }
        if (g is not null)
            for (int l = 0; l < Layers; l++)
                for (int o = 0; o < sizes[l + 1]; o++)
                    new Span<double>(r + gradients[l] + o * Product.Padded(sizes[l]), sizes[l]).CopyTo(new(g + weightAt[l] + o * sizes[l], sizes[l]));
        return sum;
    }

    /// <summary>The weights with padded rows, and turned; the gradients' room emptied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pack(double* w, double* r, bool back)
    {
        for (int l = 0; l < Layers; l++)
        {
            int inputs = sizes[l], outputs = sizes[l + 1], wideIn = Product.Padded(inputs), wideOut = Product.Padded(outputs);
            double* t = r + turned[l];
            for (int o = 0; o < outputs; o++)
            {
                double* row = w + weightAt[l] + o * inputs;
                for (int i = 0; i < inputs; i++)
                    t[i * wideOut + o] = row[i];
                if (back && l > 0)
                    new Span<double>(row, inputs).CopyTo(new(r + packed[l] + o * wideIn, inputs));
            }
            if (back)
                new Span<double>(r + gradients[l], outputs * wideIn).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Forward(double* w, int* batch, int m, double* x, double* r)
    {
        int wide = Product.Padded(sizes[0]);
        for (int i = 0; i < m; i++)
            new Span<double>(x + (nint)batch[i] * sizes[0], sizes[0]).CopyTo(new(r + activations[0] + i * wide, sizes[0]));
        for (int l = 0; l < Layers; l++)
        {
            int wideIn = Product.Padded(sizes[l]), wideOut = Product.Padded(sizes[l + 1]);
            double* z = r + activations[l + 1];
            for (int i = 0; i < m; i++)
            {
                var row = new Span<double>(z + i * wideOut, wideOut);
                row.Clear();
                if (Intercept)
                    new Span<double>(w + biasAt[l], sizes[l + 1]).CopyTo(row);
            }
            Product.Add(r + activations[l], wideIn, 1, r + turned[l], z, m, sizes[l], wideOut);
            if (l < Layers - 1)
                Activations.Apply(activation, z, m * wideOut);
        }
    }

    /// <summary>The samples' losses, added; their slopes by the last sums, times <paramref name="share"/>, become the last deltas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Judge(int* batch, int m, double* y, double* r, double share)
    {
        double sum = 0;
        int wide = Product.Padded(Outputs);
        for (int i = 0; i < m; i++)
        {
            double* z = r + activations[Layers] + i * wide, d = r + deltas[Layers] + i * wide;
            if (loss != LossKind.Softmax)
            {
                sum += One(z[0], y[batch[i]], out double slope);
                d[0] = slope * share;
                continue;
            }
            double largest = z[0], total = 0;
            for (int c = 1; c < Outputs; c++)
                largest = Math.Max(largest, z[c]);
            for (int c = 0; c < wide; c += 4)
                Vector256.Exp(Vector256.Load(z + c) - Vector256.Create(largest)).Store(d + c);
            for (int c = 0; c < Outputs; c++)
                total += d[c];
            int label = (int)y[batch[i]];
            sum += largest + Math.Log(total) - z[label];
            for (int c = 0; c < Outputs; c++)
                d[c] *= share / total;
            d[label] -= share;
            for (int c = Outputs; c < wide; c++)
                d[c] = 0;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Backward(int m, double* g, double* r)
    {
        for (int l = Layers - 1; l >= 0; l--)
        {
            int wideIn = Product.Padded(sizes[l]), wideOut = Product.Padded(sizes[l + 1]);
            double* d = r + deltas[l + 1];
            Product.Add(d, 1, wideOut, r + activations[l], r + gradients[l], sizes[l + 1], m, wideIn);
            if (Intercept)
                for (int o = 0; o < sizes[l + 1]; o++)
                    for (int i = 0; i < m; i++)
                        g[biasAt[l] + o] += d[i * wideOut + o];
            if (l == 0)
                continue;
            new Span<double>(r + deltas[l], m * wideIn).Clear();
            Product.Add(d, wideOut, 1, r + packed[l], r + deltas[l], m, sizes[l + 1], wideIn);
            Activations.Back(activation, r + activations[l], r + deltas[l], m * wideIn);
        }
    }

    double One(double z, double y, out double slope)
    {
        switch (loss)
        {
            case LossKind.Squared:
                slope = z - y;
                return slope * slope / 2;
            case LossKind.Absolute:
                slope = z > y ? 1 : z < y ? -1 : z - y;
                return Math.Abs(z - y);
            default:
                double side = y > 0 ? 1 : -1, e = Math.Exp(-Math.Abs(z));
                slope = (z > 0 ? 1 / (1 + e) : e / (1 + e)) - (y > 0 ? 1 : 0);
                return Math.Max(-side * z, 0) + Math.Log(1 + e);
        }
    }

    ReadOnlySpan<double> Checked(ReadOnlySpan<double> weights) => weights.Length == Dimension ? weights
        : throw new ArgumentException($"There must be {Dimension} weights; there are {weights.Length}.", nameof(weights));

    Span<double> Into(Span<double> gradient)
    {
        if (gradient.Length != Dimension)
            throw new ArgumentException($"The gradient must have {Dimension} numbers; it has {gradient.Length}.", nameof(gradient));
        return gradient;
    }

    static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
}
