using System.Numerics;

namespace Anneal;

/// <summary>Runs a rule along a schedule and writes down what it sees: the one training loop, in the precision of its weights.</summary>
/// <remarks>
/// Norms and the curvature are computed only at the steps that are recorded, and the path is the same whether it is recorded or not. A loss or gradient
/// with a NaN or an infinity ends the run before it can reach the weights, and <see cref="Trace.Stopped"/> says where; under <see cref="ApplyIfFinite"/>
/// that rule decides, and <see cref="StopsAtNonFinite"/> can be switched off. A step allocates nothing unless it is recorded.
/// </remarks>
/// <typeparam name="T">The format of weights and gradient: <see cref="double"/> or <see cref="float"/>.</typeparam>
public class Training<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly Rule rule;
    readonly Schedule schedule;
    readonly Oracle<T> oracle;

    /// <summary>A run of <paramref name="rule"/> with rates from <paramref name="schedule"/> on the function behind <paramref name="oracle"/>.</summary>
    public Training(Rule rule, Schedule schedule, Oracle<T> oracle)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(oracle);
        (this.rule, this.schedule, this.oracle) = (rule, schedule, oracle);
    }

    /// <summary>
    /// Called once before each step with the number of steps taken before it: where an oracle over batches draws its next batch, which every
    /// question of that step then sees. None unless set. With it no curvature is recorded, as two gradients then belong to different functions.
    /// </summary>
    public Action<long>? NextBatch { get; init; }

    /// <summary>The options of a step by the updates made before it; the schedule's rate unless set.</summary>
    public Func<long, StepOptions>? Options { get; init; }

    /// <summary>Which steps are recorded, by the updates made before; all of them unless set. It may be asked more than once about a step.</summary>
    public Func<long, bool> Records { get; init; } = _ => true;

    /// <summary>A metric of the weights to be evaluated, taken at recorded steps; none unless set.</summary>
    public Func<T[], double>? Metric { get; init; }

    /// <summary>Ends the run once so many recorded metrics (or losses, without a metric) in a row bring no new lowest; never unless set.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether a loss or gradient with a NaN or an infinity ends the run; otherwise it goes on, as frameworks do.</summary>
    public bool StopsAtNonFinite { get; init; } = true;

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
    public Trace Run(T[] weights, long steps, Layout? layout = null, RuleState? state = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var precision = typeof(T) == typeof(double) ? Precision.Double : Precision.Single;
        var run = new Walk(this, weights, state ?? rule.Start(layout ?? Layout.Of(weights.Length), precision));
        for (long i = 0; i < steps && run.Stopped is null; i++)
            run.Step();
        if (state is null)
            run.Evaluated().CopyTo(weights, 0);
        return new(run.Points, run.Stopped);
    }

    /// <summary>Whether the rule itself knows what to do about bad gradients.</summary>
    static bool IsGuarded(Rule rule) => rule switch
    {
        ApplyIfFinite => true,
        ParameterGroups groups => groups.Groups.Select(g => g.Rule).OfType<Rule>().Append(groups.Inner).All(IsGuarded),
        Wrapper wrapper => IsGuarded(wrapper.Inner),
        _ => false,
    };

    /// <summary>One run under way.</summary>
    sealed class Walk
    {
        readonly Training<T> training;
        readonly RuleState state;
        readonly T[] weights;
        readonly T[] before, lastUpdate;
        readonly Oracle? again;
        readonly bool looks;
        T[] gradient, gradientBefore;
        double loss, lowest = double.PositiveInfinity;
        int waited;

        public Walk(Training<T> training, T[] weights, RuleState state)
        {
            (this.training, this.weights, this.state) = (training, weights, state);
            int n = weights.Length;
            (gradient, gradientBefore, before, lastUpdate) = (new T[n], new T[n], new T[n], new T[n]);
            looks = training.StopsAtNonFinite && !IsGuarded(training.rule);
            // In 32 bits no rule may ask at points of its own.
            again = typeof(T) == typeof(double) ? ((Oracle<double>)(object)new Oracle<T>(Again)).Invoke : null;
        }

        public List<TracePoint> Points { get; } = [];

        public string? Stopped { get; private set; }

        public void Step()
        {
            long t = state.Updates;
            training.NextBatch?.Invoke(state.Steps);
            loss = training.oracle(weights, gradient);
            if (looks && Bad() is { } bad)
            {
                Stopped = $"{bad} at step {t}; the weights are as they were before it";
                return;
            }
            bool recorded = training.Records(t), kept = recorded || training.NextBatch is null && training.Records(t + 1);
            if (kept)
                weights.CopyTo(before, 0);
            var options = training.Options?.Invoke(t) ?? training.schedule.At(t);
            try
            {
                training.rule.Step(state, weights, gradient, again, options);
            }
            catch (NotFiniteNumberException refused)
            {
                Stopped = refused.Message;
                return;
            }
            // Gradients may be gathered or skipped; what is written down is a step of the weights.
            if (state.Updates == t)
                return;
            if (recorded)
                Record(t, options.Rate);
            if (kept)
            {
                (gradient, gradientBefore) = (gradientBefore, gradient);
                for (int j = 0; j < weights.Length; j++)
                    lastUpdate[j] = weights[j] - before[j];
            }
        }

        /// <summary>The weights to evaluate and keep.</summary>
        public T[] Evaluated()
        {
            var evaluated = new T[weights.Length];
            training.rule.Evaluate(state, weights, evaluated);
            return evaluated;
        }

        void Record(long t, double rate)
        {
            double? metric = training.Metric?.Invoke(Evaluated());
            double? curvature = training.NextBatch is null ? Curvature(gradient, gradientBefore, lastUpdate) : null;
            Points.Add(new(t, rate, loss, Norm(before), Norm(gradient), Distance(weights, before), curvature, metric));
            training.Progress?.Report(Points[^1]);
            double judged = metric ?? loss;
            waited = judged < lowest ? 0 : waited + 1;
            lowest = Math.Min(lowest, judged);
            if (waited >= training.Patience)
                Stopped = $"no new lowest in {waited} recorded steps";
        }

        /// <summary>A rule that asks where it stands gets the answer that is known.</summary>
        double Again(ReadOnlySpan<T> at, Span<T> into)
        {
            if (!at.SequenceEqual(weights))
                return training.oracle(at, into);
            gradient.CopyTo(into);
            return loss;
        }

        string? Bad() =>
            !double.IsFinite(loss) ? $"the loss is {loss}"
            : NotFinite.In(gradient) is >= 0 and int place ? $"the gradient is {NotFinite.Describe(double.CreateChecked(gradient[place]), state.Layout, place)}"
            : null;
    }

    static double Norm(T[] x)
    {
        double sum = 0;
        foreach (T v in x)
            sum += double.CreateChecked(v) * double.CreateChecked(v);
        return Math.Sqrt(sum);
    }

    static double Distance(T[] x, T[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = double.CreateChecked(x[i]) - double.CreateChecked(y[i]);
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }

    /// <summary>The mean curvature along the step between two gradients; null where there has been none.</summary>
    static double? Curvature(T[] g, T[] gBefore, T[] step)
    {
        double along = 0, square = 0;
        for (int i = 0; i < g.Length; i++)
        {
            double moved = double.CreateChecked(step[i]);
            along += (double.CreateChecked(g[i]) - double.CreateChecked(gBefore[i])) * moved;
            square += moved * moved;
        }
        return square > 0 ? along / square : null;
    }
}

/// <summary>The training loop on 64-bit weights.</summary>
/// <inheritdoc cref="Training{T}"/>
public sealed class Training(Rule rule, Schedule schedule, Oracle oracle)
    : Training<double>(rule, schedule, oracle is null ? null! : new Oracle<double>(oracle));
