namespace Anneal.Runs;

/// <summary>Which of a log's names is the rate, and which the step.</summary>
static class ColumnNames
{
    static readonly string[] steps = ["step", "global_step", "_step", "trainer/global_step", "train/global_step", "iteration", "iterations", "iter", "iters", "update", "updates", "num_updates", "num_steps", "n_iter", "batch", "time/step", "x"];

    /// <summary>The rate's name: the one that was asked for, or the likeliest.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static string Rate(IReadOnlyList<string> names, string? asked) => asked is not null
        ? names.FirstOrDefault(n => n == asked) ?? names.FirstOrDefault(n => string.Equals(n, asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new MissingColumnException($"the log has no {asked}{Nearest.DidYouMean(asked, names)}; it has {Listing(names)}")
        : names.Select(n => (n, Score(n))).Where(n => n.Item2 > 0).OrderByDescending(n => n.Item2).Select(n => n.n).FirstOrDefault()
            ?? TensorBoardsOwn(names)
            ?? OwnTables(names)
            ?? throw new MissingColumnException($"which column is the rate cannot be told; name it with --rate: the log has {Listing(names)}");

    /// <summary>What TensorBoard downloads of one scalar: its wall time, step and value.</summary>
    static string? TensorBoardsOwn(IReadOnlyList<string> names) => names.Select(Plain).SequenceEqual(["wall_time", "step", "value"]) ? names[2] : null;

    /// <summary>Refuses the tables of <c>anneal train</c> that have no rate.</summary>
    static string? OwnTables(IReadOnlyList<string> names) => names is ["step", "tensor", ..] or ["step", "layer", "head", ..]
        ? throw new ConfigurationException($"this is what anneal train measured of each {(names[1] == "tensor" ? "tensor" : "head")}, and it has no rate; give trace.csv, which stands beside it, or their folder (TraceTable.Read and the lab read this table)")
        : null;

    /// <summary>The step's name; null where the entries are to be counted.</summary>
    public static string? Step(IReadOnlyList<string> names, string? asked) => asked is not null
        ? names.FirstOrDefault(n => string.Equals(n, asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new ConfigurationException($"the log has no {asked}{Nearest.DidYouMean(asked, names)}; it has {Listing(names)}")
        : steps.Select(s => names.FirstOrDefault(n => Plain(n) == s)).FirstOrDefault(n => n is not null)
            ?? names.FirstOrDefault(n => Plain(n).EndsWith("step", StringComparison.Ordinal) || Plain(n).EndsWith("iteration", StringComparison.Ordinal));

    /// <summary>How likely a name is a rate: the last part counts most, and the first group of several wins.</summary>
    static int Score(string name)
    {
        string plain = Plain(name), last = plain[(plain.LastIndexOf('/') + 1)..];
        if (last is "learning_rate" or "learningrate")
            return 100 - plain.Length / 10;
        if (last is "lr")
            return 95 - plain.Length / 10;
        if (plain.StartsWith("lr_", StringComparison.Ordinal) || plain.StartsWith("lr/", StringComparison.Ordinal) || last.StartsWith("lr_", StringComparison.Ordinal) || last.EndsWith("_lr", StringComparison.Ordinal))
            return 70 - (plain.Any(char.IsDigit) && !plain.Contains('0') ? 5 : 0) - (plain.Contains("bias", StringComparison.Ordinal) ? 20 : 0);
        // As this library's own traces and tables name it; in a sweep's, rate is the factor and step_rate what the run had.
        if (plain is "step_rate" or "rate")
            return plain is "rate" ? 50 : 55;
        return last.Contains("learning_rate", StringComparison.Ordinal) || last.Contains("learningrate", StringComparison.Ordinal) ? 60 : 0;
    }

    static string Plain(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    static string Listing(IReadOnlyList<string> names) => names.Count == 0 ? "no names" : string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
}

/// <summary>No column is the rate.</summary>
sealed class MissingColumnException(string message) : ConfigurationException(message);
