namespace Anneal.Advice;

/// <summary>Which facts that are not known could still change what was decided: only those are asked for.</summary>
sealed class Needs
{
    /// <summary>Facts that stand in rows which would decide, were they known.</summary>
    readonly HashSet<string> missing = [];

    /// <summary>Keeps what is missing for rows that would decide, or change what was decided.</summary>
    /// <param name="rows">All rows about what was decided, in order.</param>
    /// <param name="best">The row that decided; null where none did.</param>
    /// <param name="facts">What was known.</param>
    /// <param name="own">What a row's own number needs beside its condition.</param>
    /// <param name="changes">Factors on the row that decided, and what its value must not exceed.</param>
    public void Keep(IReadOnlyList<AdviceRow> rows, AdviceRow? best, Facts facts, Func<AdviceRow, IEnumerable<string>> own, IEnumerable<AdviceRow> changes)
    {
        for (int i = 0; i < rows.Count; i++)
            if (rows[i].When.Holds(facts) is not false && (best is null || Outranks(rows[i], best, before: i < rows.TakeWhile(r => r != best).Count())))
                missing.UnionWith(rows[i].When.Missing(facts).Concat(own(rows[i]).Where(name => facts[name] is null)));
        foreach (var row in changes.Where(r => r.When.Holds(facts) is not false))
            missing.UnionWith(row.When.Missing(facts).Concat(row.Value.Missing(facts)));
    }

    static bool Outranks(AdviceRow row, AdviceRow best, bool before) =>
        row.Sure != best.Sure ? row.Sure > best.Sure : row.When.Terms != best.When.Terms ? row.When.Terms > best.When.Terms : before;

    /// <summary>Those of the facts that are worth asking for.</summary>
    /// <param name="open">What could be asked for; facts that follow from others come first.</param>
    /// <param name="given">The case.</param>
    /// <param name="facts">All that is known in the end.</param>
    /// <param name="batch">The row that decided the batch; null where it was given.</param>
    public HashSet<string> Among(IReadOnlyList<string> open, TrainingCase given, Facts facts, AdviceRow? batch)
    {
        // A batch that is free is never larger than the data, and for L-BFGS one that is given must be all of them.
        if ((given.Batch is null && batch?["unit"] != "data") || given.Optimizer == "lbfgs" || given is { Updates: null, Epochs: not null })
            missing.Add("samples");
        if (given is { Updates: null, Epochs: null, TrainingTokens: not null })
            missing.Add("tokensPerSample");
        List<string> numbers = [.. open.Where(Facts.IsNumber)];
        var answered = Answered(numbers);
        string[] wanted = [.. missing.Where(name => Facts.IsNumber(name) && facts[name] is null && answered[name] is not null)];
        // What follows from the rest need not be said.
        foreach (string name in numbers.ToList())
            if (Answered([.. numbers.Where(n => n != name)]) is var without && wanted.All(w => without[w] is not null))
                numbers.Remove(name);
        return [.. open.Where(name => name switch
        {
            "updates" => true,
            "task" or "family" => given.Optimizer is null || missing.Contains(name),
            "devices" => Splits(given.DeviceBatch),
            "deviceBatch" => Splits(given.Devices),
            _ => Facts.IsNumber(name) ? numbers.Contains(name) : missing.Contains(name),
        })];

        Facts Answered(IEnumerable<string> names)
        {
            var known = new Facts(given);
            foreach (string name in names.Concat(["batch", "updates"]))
                known.Set(name, known[name] ?? facts[name] ?? 1);
            return known;
        }

        // One that is free becomes whole loads; one of a single sample cannot be split.
        bool Splits(double? part) => (given.Batch is null && batch?["unit"] != "data") || facts["batch"] is not { } size || size > part;
    }
}
