namespace Anneal.Experiments;

/// <summary>How far a sweep is.</summary>
/// <param name="Finished">Trials whose results are known, those of earlier runs included.</param>
/// <param name="Total">Trials in all: of this shard, where there are shards.</param>
/// <param name="Found">How many of the finished ones had been run before.</param>
public sealed record SweepProgress(int Finished, int Total, int Found);

/// <summary>One of n equal parts of a sweep: the trials whose number leaves <paramref name="Index"/> − 1 when divided by <paramref name="Count"/>.</summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many parts there are.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>From 1 to <see cref="Count"/>.</summary>
    public int Index { get; } = Count >= 1 && Index >= 1 && Index <= Count ? Index
        : throw new ArgumentOutOfRangeException(nameof(Index), $"{Index}/{Count}", "A shard is i/n with i from 1 to n, such as 2/3.");
}

/// <summary>Runs what a sweep still lacks. Each trial depends on its description alone, so order, number of workers and interruptions leave no trace.</summary>
public static class Sweep
{
    /// <summary>Runs the trials that the folder's journal does not have, and appends each as it finishes.</summary>
    /// <remarks>
    /// Without a shard, rates are widened while the report wants more (<see cref="SweepReport.Wanted"/>), at most as often as the sweep allows. The results that are returned
    /// belong to the sweep that is returned, which has the rates that were tried in the end.
    /// </remarks>
    /// <param name="sweep">What to compare.</param>
    /// <param name="folder">Holds the journal; made where it is missing.</param>
    /// <param name="jobs">Trials at a time.</param>
    /// <param name="shard">Only these trials; then nothing is widened, and the results have gaps.</param>
    /// <param name="progress">Told at the beginning and after each trial, from one thread at a time.</param>
    /// <param name="cancel">Lets the trials under way finish and keeps them.</param>
    /// <param name="only">A table of this sweep (<see cref="ResultTable"/>): only the trials that it has, at its rates; then too nothing is widened.</param>
    /// <exception cref="SweepException">The folder cannot be used, or a write failed.</exception>
    /// <exception cref="DataException">A model does not fit the data.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what has finished is kept.</exception>
    public static SweepResults Run(SweepSpec sweep, string folder, int jobs = 1, Shard? shard = null, Action<SweepProgress>? progress = null, CancellationToken cancel = default, SweepResults? only = null)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(jobs);
        // What does not fit is found before the first trial, not in the middle.
        sweep.Setting.Try();
        using var journal = Journal.Open(folder, sweep);
        sweep = only?.Sweep ?? sweep;
        var asked = only?.Trials.Where(t => t.Result is not null).Select(t => t.Trial.Trial.Key).ToHashSet();
        for (int widened = 0; ; widened++)
        {
            var results = Complete(sweep, journal, jobs, shard, asked, progress, cancel);
            if (shard is not null || asked is not null || widened == sweep.Widenings || Wider(results) is not { } wider)
            {
                journal.Close();
                return results;
            }
            sweep = wider;
        }
    }

    /// <summary>Puts the finished trials of several folders together, as if one had run them all.</summary>
    /// <exception cref="SweepException">A folder holds no sweep, another one than the first, or the same trial with another result.</exception>
    public static SweepResults Merge(IReadOnlyList<string> folders, string into)
    {
        var (sweep, all) = Journal.Look(folders[0]);
        var merged = all.ToDictionary();
        foreach (string folder in folders.Skip(1))
        {
            var (other, finished) = Journal.Look(folder);
            if (SweepJson.Write(other) != SweepJson.Write(sweep))
                throw new SweepException($"{folder} holds another sweep than {folders[0]}.");
            foreach (var (key, result) in finished)
                if (!merged.TryAdd(key, result) && merged[key] != result)
                    throw new SweepException($"The trial {key} has the loss {result.Loss:R} in {folder} and {merged[key].Loss:R} in a folder before it. Were they run by the same version on the same kind of machine?");
        }
        using var journal = Journal.Open(into, sweep);
        var results = Results(sweep, merged.GetValueOrDefault);
        for (int widened = 0; widened < sweep.Widenings && results.Missing == 0 && Wider(results) is { } wider; widened++)
        {
            var tried = Results(wider, merged.GetValueOrDefault);
            if (tried.Missing > 0)
                break;
            results = tried;
        }
        foreach (var (key, result) in merged.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            journal.Add(key, result);
        journal.Close();
        return results;
    }

    /// <summary>The sweep with the rates that a finished one wants besides; null where it wants none.</summary>
    static SweepSpec? Wider(SweepResults results)
    {
        var (down, up) = new SweepReport(results).Wanted;
        return down || up ? results.Sweep.Widened(down, up) : null;
    }

    static SweepResults Complete(SweepSpec sweep, Journal journal, int jobs, Shard? shard, HashSet<string>? asked, Action<SweepProgress>? progress, CancellationToken cancel)
    {
        var mine = sweep.Trials().Where((_, i) => shard is null || i % shard.Count == shard.Index - 1).Select(t => (t.Trial, Key: t.Trial.Key))
            .Where(t => asked?.Contains(t.Key) != false).DistinctBy(t => t.Key).ToList();
        var open = mine.Where(t => journal[t.Key] is null).ToList();
        int found = mine.Count - open.Count, finished = found;
        progress?.Invoke(new(finished, mine.Count, found));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, journal.Failed);
        try
        {
            Parallel.ForEach(Partitioner(open), new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop.Token }, trial =>
            {
                journal.Add(trial.Key, trial.Trial.Run());
                lock (mine)
                    progress?.Invoke(new(++finished, mine.Count, found));
            });
        }
        catch (AggregateException several) when (several.InnerExceptions is [DataException or ArgumentException or InvalidOperationException, ..])
        {
            journal.Close();
            throw several.InnerExceptions[0];
        }
        catch (OperationCanceledException)
        {
            journal.Close();
            throw;
        }
        return Results(sweep, key => journal[key]);
    }

    /// <summary>One trial at a time to each worker: trials are long, and a worker that gets a bundle of them would keep the others waiting at the end.</summary>
    static System.Collections.Concurrent.OrderablePartitioner<T> Partitioner<T>(IList<T> trials) =>
        System.Collections.Concurrent.Partitioner.Create(trials.AsEnumerable(), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);

    static SweepResults Results(SweepSpec sweep, Func<string, TrialResult?> find) =>
        new(sweep, [.. sweep.Trials().Select(t => (t, find(t.Trial.Key)))]);
}
