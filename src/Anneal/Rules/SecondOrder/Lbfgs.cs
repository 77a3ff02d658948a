namespace Anneal;

/// <summary>A quasi-Newton step from the last few changes of weights and gradient; one step runs several iterations and asks for loss and gradient itself.</summary>
/// <remarks>
/// <code>
/// d = −H·g, H from the pairs s = w₊ − w, y = g₊ − g with y·s &gt; 1e-10 (two-loop recursion, H₀ = y·s / y·y)     w ← w + t·d
/// t = rate, and min(1, 1/‖g‖₁)·rate at the very first iteration; with a line search t satisfies the strong Wolfe conditions (1e-4, 0.9)
/// </code>
/// Always computed in 64 bits. Liu and Nocedal (1989); Nocedal and Wright, Numerical Optimization, alg. 7.4, 7.5, 3.5; stopping rules as in PyTorch.
/// Typical rate 1.
/// </remarks>
/// <param name="MaxIterations">Most iterations per step, 1 to 1,000,000.</param>
/// <param name="MaxEvaluations">Most evaluations per step, 1 to 2,000,000.</param>
/// <param name="GradientTolerance">Stops when no number of the gradient exceeds this.</param>
/// <param name="ChangeTolerance">Stops when weights and loss change by no more than this.</param>
/// <param name="HistorySize">Pairs that are kept, 1 to 10,000.</param>
/// <param name="LineSearch">Searches along d; false takes the rate as it is.</param>
public sealed record Lbfgs(
    int MaxIterations = 20, int MaxEvaluations = 25, double GradientTolerance = 1e-7, double ChangeTolerance = 1e-9, int HistorySize = 100, bool LineSearch = false) : Rule
{
    /// <summary>Most iterations per step, 1 to 1,000,000.</summary>
    public int MaxIterations { get; } = Require.Count(1, 1_000_000, MaxIterations);

    /// <summary>Most evaluations per step, 1 to 2,000,000.</summary>
    public int MaxEvaluations { get; } = Require.Count(1, 2_000_000, MaxEvaluations);

    /// <summary>Stops when no number of the gradient exceeds this.</summary>
    public double GradientTolerance { get; } = Require.NotNegative(GradientTolerance);

    /// <summary>Stops when weights and loss change by no more than this.</summary>
    public double ChangeTolerance { get; } = Require.NotNegative(ChangeTolerance);

    /// <summary>Pairs that are kept, 1 to 10,000.</summary>
    public int HistorySize { get; } = Require.Count(1, 10_000, HistorySize);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
        ["d", "previous", .. Enumerable.Range(0, HistorySize).SelectMany(i => new Slot[] { new($"s{i}"), new($"y{i}") })];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["iterations", "pairs", "oldest", "scale", "length", "previousLoss"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        var oracle = pass.Oracle;
        if (oracle is null && (LineSearch || MaxIterations > 1))
            throw new InvalidOperationException("L-BFGS asks for loss and gradient at points of its own: step it with an Oracle, or set Iterations to 1 without a line search.");
        int n = pass.Weights.Length;
        double[] w = pass.Weights.ToArray(), g = pass.Gradient.ToArray(), d = pass[0].ToArray(), before = pass[1].ToArray();
        ref double count = ref pass.Number(0), scale = ref pass.Number(3), t = ref pass.Number(4), lossBefore = ref pass.Number(5);
        // The loss at the start is needed only where there is an oracle, which has just been asked there.
        double loss = oracle is null ? 0 : oracle(w, g);
        int evaluations = 1;
        bool optimal = Largest(g) <= GradientTolerance;
        for (int i = 0; !optimal && i < MaxIterations;)
        {
            i++;
            count++;
            if (count == 1)
            {
                for (int j = 0; j < n; j++)
                    d[j] = -g[j];
                scale = 1;
            }
            else
            {
                double taken = t;
                double[] y = [.. g.Zip(before, (now, then) => now - then)], s = [.. d.Select(x => taken * x)];
                double ys = Dot(y, s);
                if (ys > 1e-10)
                {
                    Remember(pass, s, y);
                    scale = ys / Dot(y, y);
                }
                d = Direction(pass, g, scale);
            }
            g.CopyTo(before, 0);
            lossBefore = loss;
            t = count == 1 ? Math.Min(1, 1 / g.Sum(Math.Abs)) * pass.Rate : pass.Rate;
            double slope = Dot(g, d);
            if (slope > -ChangeTolerance)
                break;
            int asked = 0;
            if (LineSearch)
            {
                (loss, t, asked) = StrongWolfe.Search(oracle!, w, d, loss, g, slope, t, ChangeTolerance);
                for (int j = 0; j < n; j++)
                    w[j] += t * d[j];
                optimal = Largest(g) <= GradientTolerance;
            }
            else
            {
                for (int j = 0; j < n; j++)
                    w[j] += t * d[j];
                if (i != MaxIterations)
                {
                    loss = oracle!(w, g);
                    optimal = Largest(g) <= GradientTolerance;
                    asked = 1;
                }
            }
            evaluations += asked;
            double moved = t;
            if (evaluations >= MaxEvaluations || d.All(x => Math.Abs(moved * x) <= ChangeTolerance) || Math.Abs(loss - lossBefore) < ChangeTolerance)
                break;
        }
        pass.Weights.CopyFrom(w);
        pass[0].CopyFrom(d);
        pass[1].CopyFrom(before);
    }

    void Remember<L>(in Pass<L> pass, double[] s, double[] y) where L : struct, ILane<L>
    {
        ref double pairs = ref pass.Number(1), oldest = ref pass.Number(2);
        int place;
        if (pairs < HistorySize)
            place = (int)pairs++;
        else
        {
            place = (int)oldest;
            oldest = (oldest + 1) % HistorySize;
        }
        pass[2 + 2 * place].CopyFrom(s);
        pass[3 + 2 * place].CopyFrom(y);
    }

    double[] Direction<L>(in Pass<L> pass, double[] g, double scale) where L : struct, ILane<L>
    {
        int pairs = (int)pass.Number(1), oldest = (int)pass.Number(2);
        var s = new double[pairs][];
        var y = new double[pairs][];
        for (int i = 0; i < pairs; i++)
        {
            int place = (oldest + i) % HistorySize;
            (s[i], y[i]) = (pass[2 + 2 * place].ToArray(), pass[3 + 2 * place].ToArray());
        }
        double[] q = [.. g.Select(x => -x)], α = new double[pairs];
        for (int i = pairs - 1; i >= 0; i--)
        {
            α[i] = Dot(s[i], q) / Dot(y[i], s[i]);
            Add(q, -α[i], y[i]);
        }
        for (int j = 0; j < q.Length; j++)
            q[j] *= scale;
        for (int i = 0; i < pairs; i++)
            Add(q, α[i] - Dot(y[i], q) / Dot(y[i], s[i]), s[i]);
        return q;
    }

    static void Add(double[] x, double factor, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] += factor * y[i];
    }

    internal static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    internal static double Largest(double[] x) => x.Max(Math.Abs);
}
