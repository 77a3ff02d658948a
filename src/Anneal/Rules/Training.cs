namespace Anneal;

/// <summary>Runs a rule along a schedule and writes down what it sees.</summary>
/// <remarks>Norms and the curvature are computed only at the steps that are recorded, and the path is the same whether it is recorded or not.</remarks>
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

    /// <summary>Which steps are recorded, by the updates made before; all of them unless set.</summary>
    public Func<long, bool> Records { get; init; } = _ => true;

    /// <summary>A metric of the weights to be evaluated, taken at recorded steps; none unless set.</summary>
    public Func<double[], double>? Metric { get; init; }

    /// <summary>Ends the run once so many recorded metrics (or losses, without a metric) in a row bring no new lowest; never unless set.</summary>
    public int? Patience { get; init; }

    /// <summary>Told of every recorded step.</summary>
    public IProgress<TracePoint>? Progress { get; init; }

    /// <summary>Runs <paramref name="steps"/> steps from <paramref name="weights"/>, which are left as they are to be evaluated.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="layout">How the weights are divided; one vector unless given.</param>
    /// <param name="state">A state to go on from; a fresh one unless given.</param>
    public Trace Run(double[] weights, long steps, Layout? layout = null, RuleState? state = null)
    {
        state ??= rule.Start(layout ?? Layout.Of(weights.Length));
        var points = new List<TracePoint>();
        int n = weights.Length, waited = 0;
        double[] gradient = new double[n], before = new double[n], gradientBefore = new double[n], lastUpdate = new double[n];
        double lowest = double.PositiveInfinity;
        bool known = false;
        string? stopped = null;
        for (long i = 0; i < steps && stopped is null; i++)
        {
            long t = state.Updates;
            double rate = schedule.At(t), loss = 0;
            bool recorded = Records(t);
            weights.CopyTo(before, 0);
            rule.Step(state, weights, (w, g) =>
            {
                double f = oracle(w, g);
                if (!w.SequenceEqual(before))
                    return f;
                loss = f;
                g.CopyTo(gradient);
                return f;
            }, new Knobs(rate));
            if (recorded)
            {
                double? metric = Metric?.Invoke(Settled(state, weights));
                double? curvature = known ? Along(gradient, gradientBefore, lastUpdate) : null;
                points.Add(new(t, rate, loss, Norm(before), Norm(gradient), Distance(weights, before), curvature, metric));
                Progress?.Report(points[^1]);
                double judged = metric ?? loss;
                waited = judged < lowest ? 0 : waited + 1;
                lowest = Math.Min(lowest, judged);
                if (waited >= Patience)
                    stopped = $"no new lowest in {waited} recorded steps";
            }
            if (!double.IsFinite(loss))
                stopped = $"the loss at step {t} is {loss}";
            known = true;
            gradient.CopyTo(gradientBefore, 0);
            for (int j = 0; j < n; j++)
                lastUpdate[j] = weights[j] - before[j];
        }
        Settled(state, weights).CopyTo(weights, 0);
        return new(points, stopped);
    }

    double[] Settled(RuleState state, double[] weights)
    {
        var settled = new double[weights.Length];
        rule.Settle(state, weights, settled);
        return settled;
    }

    static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());

    static double Along(double[] g, double[] gBefore, double[] step)
    {
        double along = 0, square = 0;
        for (int i = 0; i < g.Length; i++)
        {
            along += (g[i] - gBefore[i]) * step[i];
            square += step[i] * step[i];
        }
        return along / square;
    }
}
