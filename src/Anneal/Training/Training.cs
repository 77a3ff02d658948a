namespace Anneal;

/// <summary>Runs a rule along a schedule and writes down what it sees.</summary>
/// <remarks>
/// Norms and the curvature are computed only at the steps that are recorded, and the path is the same whether it is recorded or not. A loss or gradient
/// with a NaN or an infinity ends the run before it can reach the weights, and <see cref="Trace.Stopped"/> says where; under <see cref="ApplyIfFinite"/> that rule decides.
/// </remarks>
public sealed class Training
{
    readonly Rule rule;
    readonly Schedule schedule;
    readonly Oracle oracle;

    /// <summary>A run of <paramref name="rule"/> with rates from <paramref name="schedule"/> on the function behind <paramref name="oracle"/>.</summary>
    public Training(Rule rule, Schedule schedule, Oracle oracle)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(oracle);
        (this.rule, this.schedule, this.oracle) = (rule, schedule, oracle);
    }

    /// <summary>Which steps are recorded, by the updates made before; all of them unless set. It may be asked more than once about a step.</summary>
    public Func<long, bool> Records { get; init; } = _ => true;

    /// <summary>A metric of the weights to be evaluated, taken at recorded steps; none unless set.</summary>
    public Func<double[], double>? Metric { get; init; }

    /// <summary>Ends the run once so many recorded metrics (or losses, without a metric) in a row bring no new lowest; never unless set.</summary>
    public int? Patience { get; init; }

    /// <summary>Told of every recorded step.</summary>
    public IProgress<TracePoint>? Progress { get; init; }

    /// <summary>Runs <paramref name="steps"/> steps from <paramref name="weights"/>.</summary>
    /// <param name="weights">Changed in place: without a <paramref name="state"/> they end as they are to be evaluated.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="layout">How the weights are divided; one vector unless given.</param>
    /// <param name="state">
    /// A state to go on from, filled further; a fresh one unless given. With one the weights end where the rule goes on from them, so that a run in
    /// parts walks the same path as in one; <see cref="Rule.GetEvaluationWeights(RuleState, ReadOnlySpan{double}, Span{double})"/> gives those to evaluate.
    /// </param>
    public Trace Run(double[] weights, long steps, Layout? layout = null, RuleState? state = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        bool settles = state is null, guarded = IsGuarded;
        state ??= rule.Start(layout ?? Layout.Of(weights.Length));
        var points = new List<TracePoint>();
        int n = weights.Length, waited = 0;
        double[] gradient = new double[n], before = new double[n], gradientBefore = new double[n], lastUpdate = new double[n];
        double lowest = double.PositiveInfinity;
        string? stopped = null;
        for (long i = 0; i < steps && stopped is null; i++)
        {
            long t = state.Updates;
            double loss = oracle(weights, gradient);
            if (!guarded && Bad(loss, gradient, state.Layout) is { } bad)
            {
                stopped = $"{bad} at step {t}; the weights are as they were before it";
                break;
            }
            bool recorded = Records(t), kept = recorded || Records(t + 1);
            if (kept)
                weights.CopyTo(before, 0);
            try
            {
                rule.Step(state, weights, gradient, (w, g) =>
                {
                    // A rule that asks where it stands gets the answer that is known.
                    if (!w.SequenceEqual(weights))
                        return oracle(w, g);
                    gradient.CopyTo(g);
                    return loss;
                }, schedule.At(t));
            }
            catch (NotFiniteNumberException refused)
            {
                stopped = refused.Message;
                break;
            }
            // Gradients may be gathered or skipped; what is written down is a step of the weights.
            if (state.Updates == t)
                continue;
            if (recorded)
            {
                double? metric = Metric?.Invoke(Settled(state, weights));
                points.Add(new(t, schedule.At(t), loss, Norm(before), Norm(gradient), Distance(weights, before), Along(gradient, gradientBefore, lastUpdate), metric));
                Progress?.Report(points[^1]);
                double judged = metric ?? loss;
                waited = judged < lowest ? 0 : waited + 1;
                lowest = Math.Min(lowest, judged);
                if (waited >= Patience)
                    stopped = $"no new lowest in {waited} recorded steps";
            }
            if (kept)
            {
                (gradient, gradientBefore) = (gradientBefore, gradient);
                for (int j = 0; j < n; j++)
                    lastUpdate[j] = weights[j] - before[j];
            }
        }
        if (settles)
            Settled(state, weights).CopyTo(weights, 0);
        return new(points, stopped);
    }

    /// <summary>Whether the rule itself knows what to do about bad gradients.</summary>
    bool IsGuarded
    {
        get
        {
            Rule inner = rule;
            while (inner is Wrapper wrapper and not ApplyIfFinite)
                inner = wrapper.Inner;
            return inner is ApplyIfFinite;
        }
    }

    static string? Bad(double loss, double[] gradient, Layout layout) =>
        !double.IsFinite(loss) ? $"the loss is {loss}"
        : NotFinite.First(gradient) is >= 0 and int place ? $"the gradient is {NotFinite.Told(gradient[place], layout, place)}"
        : null;

    double[] Settled(RuleState state, double[] weights)
    {
        var settled = new double[weights.Length];
        rule.GetEvaluationWeights(state, weights, settled);
        return settled;
    }

    static double Norm(double[] x)
    {
        double sum = 0;
        foreach (double v in x)
            sum += v * v;
        return Math.Sqrt(sum);
    }

    static double Distance(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        return Math.Sqrt(sum);
    }

    /// <summary>The mean curvature along a step; null where there has been none.</summary>
    static double? Along(double[] g, double[] gBefore, double[] step)
    {
        double along = 0, square = 0;
        for (int i = 0; i < g.Length; i++)
        {
            along += (g[i] - gBefore[i]) * step[i];
            square += step[i] * step[i];
        }
        return square > 0 ? along / square : null;
    }
}
