namespace Anneal.Models;

/// <summary>A rule along a schedule over the batches of a problem.</summary>
static class TrainingLoop
{
    /// <inheritdoc cref="Problem.Train"/>
    public static Fit Run(Problem problem, Rule rule, Schedule schedule, Batches batches, long steps, long every, double[]? start)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(every);
        double[] weights = start is null ? problem.Start() : [.. start];
        var stream = batches.Over(problem.Samples.Count);
        int[] batch = [];
        int count = 0;
        var trace = new Training(rule, schedule, (w, g) => problem.Loss(w, batch.AsSpan(0, count), g))
        {
            // Kept apart from the stream's own memory, since a rule may ask more than once about a batch.
            NextBatch = _ =>
            {
                var next = stream.Next();
                if (batch.Length < next.Length)
                    batch = new int[next.Length];
                next.CopyTo(batch);
                count = next.Length;
            },
            Records = t => every > 0 && (t % every == 0 || t == steps - 1),
            Metric = problem.Loss,
        }.Run(weights, steps, problem.Layout);
        return new(weights, trace, problem.Loss(weights));
    }
}
