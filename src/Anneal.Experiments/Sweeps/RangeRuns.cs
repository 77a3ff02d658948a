using Anneal.Advice;

namespace Anneal.Experiments;

/// <summary>The trials of a sweep as what a range test is made of (<see cref="RateFinder"/>).</summary>
public static class RangeRuns
{
    /// <summary>The runs of a rule in a setting: a seed has the weights and the batches of the trial with that seed.</summary>
    public static Func<ulong, RangeRun> Of(Setting setting, Rule rule)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(rule);
        return setting switch
        {
            TokenSetting tokens => seed => (schedule, steps, cancel) => tokens.Start(rule, schedule, seed).Run(steps, cancel: cancel),
            SampleSetting samples => seed => On(samples, rule, seed),
            _ => throw new ArgumentException($"A {setting.GetType().Name} has no runs to test.", nameof(setting)),
        };
    }

    static RangeRun On(SampleSetting setting, Rule rule, ulong seed)
    {
        var problem = setting.Model.On(setting.Samples().Train);
        int[] batch = [];
        int count = 0;
        return RateFinder.On(rule, (w, g) => problem.Loss(w, batch.AsSpan(0, count), g), setting.StartOf(problem, seed), problem.Layout, batches: () =>
        {
            var stream = setting.BatchesOf(seed).Over(problem.Samples.Count);
            return _ =>
            {
                var next = stream.Next();
                if (batch.Length < next.Length)
                    batch = new int[next.Length];
                next.CopyTo(batch);
                count = next.Length;
            };
        });
    }
}
