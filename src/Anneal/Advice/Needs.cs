namespace Anneal.Advice;

/// <summary>Which facts that are not known could still change what was decided: only those are asked for.</summary>
sealed class Needs
{
    /// <summary>Facts that stand in rows which would decide, were they known: those of a row together.</summary>
    readonly List<string[]> open = [];

    /// <summary>Keeps what is missing for rows that would decide, or change what was decided.</summary>
    /// <param name="rows">All rows about what was decided, in order.</param>
    /// <param name="facts">What was known.</param>
    /// <param name="own">What a row's own number needs beside its condition.</param>
    /// <param name="changes">Factors on the row that decided, and what its value must not exceed.</param>
    /// <param name="verdicts">What the verdicts on the row that decided, and on its factors, depend on.</param>
    public void Keep(IReadOnlyList<AdviceRow> rows, Facts facts, Func<AdviceRow, IEnumerable<string>> own, IEnumerable<AdviceRow> changes, IEnumerable<string> verdicts)
    {
        // The row that decides, or will once its number is known: how long a run is and its batch are always asked for.
        var best = rows.Where(row => row.When.Holds(facts) == true && own(row).All(name => facts[name] is not null || name is "updates" or "batch"))
            .OrderByDescending(row => row.Rank).ThenByDescending(row => row.When.Terms).FirstOrDefault();
        bool before = true;
        foreach (var row in rows)
        {
            before &= row != best;
            if (row.When.Holds(facts) is not false && (best is null || Outranks(row, best, before)))
                open.Add([.. row.When.Missing(facts), .. own(row).Where(name => facts[name] is null)]);
        }
        foreach (var row in changes.Where(r => r.When.Holds(facts) is not false))
            open.Add([.. row.When.Missing(facts), .. row.Value.Missing(facts)]);
        open.AddRange(verdicts.Select(name => (string[])[name]));
    }

    static bool Outranks(AdviceRow row, AdviceRow best, bool before) =>
        row.Rank != best.Rank ? row.Rank > best.Rank : row.When.Terms != best.When.Terms ? row.When.Terms > best.When.Terms : before;

    /// <summary>Those of the facts that are worth asking for.</summary>
    /// <param name="possible">What is asked for now, or may be once something else is known.</param>
    /// <param name="askable">What is asked for now, were it needed; facts that follow from others come first.</param>
    /// <param name="given">The case.</param>
    /// <param name="facts">All that is known in the end.</param>
    /// <param name="batch">The row that decided the batch; null where it was given.</param>
    public HashSet<string> Among(IReadOnlyList<string> possible, IReadOnlyList<string> askable, TrainingCase given, Facts facts, AdviceRow? batch)
    {
        // A batch that is advised is never larger than the data, and for L-BFGS one that is given must be all of them.
        if ((given.Batch is null && batch is not null && batch["unit"] != "data") || given.Optimizer == "lbfgs" || given is { Updates: null, Epochs: not null })
            open.Add(["samples"]);
        if (given is { Updates: null, Epochs: null, TrainingTokens: not null })
            open.Add(["tokensPerSample"]);
        List<string> numbers = [.. askable.Where(Facts.IsNumber)];
        var answered = Answered(numbers);
        // A row that also needs what nobody is ever asked for does not decide.
        var later = Answered(possible.Where(Facts.IsNumber));
        HashSet<string> missing = [.. open.Where(row => row.All(name => !Facts.IsNumber(name) || later[name] is not null)).SelectMany(row => row)];
        string[] wanted = [.. missing.Where(name => Facts.IsNumber(name) && facts[name] is null && answered[name] is not null)];
        // What follows from the rest need not be said.
        foreach (string name in numbers.ToList())
            if (Answered(numbers.Where(n => n != name)) is var others && wanted.All(w => others[w] is not null))
                numbers.Remove(name);
        return [.. askable.Where(name => name switch
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
