namespace Anneal.Models;

/// <summary>A rule along a schedule over the batches of a problem.</summary>
static class TrainingLoop
{
    /// <inheritdoc cref="Problem.Train"/>
    public static Fit Run(Problem problem, Rule rule, Schedule schedule, Batches batches, long steps, long every, double[]? start)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(every);
        double[] weights = start is null ? problem.Start() : [.. start];
        var run = new Turns(problem, batches.Over(problem.Samples.Count));
        var state = rule.Start(problem.Layout);
        var points = new List<TracePoint>();
        double[] before = new double[every > 0 ? problem.Dimension : 0], settled = new double[problem.Dimension];
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
                rule.GetEvaluationWeights(state, weights, settled);
                points.Add(new(updates, rate, batchLoss, Norm(before), Norm(run.First), Distance(weights, before), Metric: problem.Loss(settled)));
            }
            if (!double.IsFinite(batchLoss))
                stopped = $"the loss at step {i} is {batchLoss}";
        }
        rule.GetEvaluationWeights(state, weights, settled);
        return new(settled, new(points, stopped), problem.Loss(settled));
    }

    /// <summary>The batch of the step under way, as an oracle that asks for it as often as the rule likes.</summary>
    sealed class Turns
    {
        readonly Problem problem;
        readonly BatchStream stream;
        int[] batch = [];
        int count;
        bool first, recorded;

        public Turns(Problem problem, BatchStream stream)
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
            double loss = problem.Loss(weights, batch.AsSpan(0, count), gradient);
            if (first && recorded)
                gradient.CopyTo(First);
            first = false;
            return loss;
        }
    }

    static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
}
