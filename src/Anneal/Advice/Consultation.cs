using System.Globalization;

namespace Anneal.Advice;

/// <summary>One case on its way to a proposal: item by item, each of which the later ones may ask about.</summary>
sealed class Consultation
{
    readonly TrainingCase given;
    readonly Facts facts;
    readonly List<Advised> items = [];

    public Consultation(TrainingCase given) => (this.given, facts) = (given, new Facts(given));

    public Proposal Proposal()
    {
        Batch();
        var plan = RunPlan();
        if (plan is not null)
            facts.Set("updates", plan.Updates);
        Optimizer();
        Number("momentum", "moments", Plain);
        Number("beta1", "moments", Plain);
        if (Number("beta2", "moments", Plain) is { } beta2)
            facts.Set("beta2Memory", 1 / (1 - beta2));
        Number("epsilon", "moments", Plain);
        Divergence();
        if (Number("peak", "peaks", Plain) is { } peak)
            facts.Set("peak", peak);
        Warmup();
        var shape = Choose("schedule", "schedules", row => (row["value"], null));
        if (shape is not null)
            facts.Set("schedule", shape.Text);
        Floor(shape);
        Number("decay", "decays", Plain);
        Number("clipping", "clipping", Plain);
        var groups = Groups();
        var questions = Questions();
        bool open = questions.Any(q => q.Must);
        var rule = open ? null : ProposedRule.Of(this, groups);
        var schedule = open || plan is null ? null : ProposedSchedule.Of(this, plan.Updates);
        return new(given, items, rule, schedule, plan, groups, Log(), Remedies(), [.. ProposalRemarks.Of(given, facts, this, plan)], questions);
    }

    /// <summary>An item's number; null where nothing is advised.</summary>
    public double? this[string item] => items.FirstOrDefault(i => i.Item == item)?.Value;

    public string? Word(string item) => items.FirstOrDefault(i => i.Item == item)?.Text;

    public AdviceRow? RowOf(string item) => items.FirstOrDefault(i => i.Item == item)?.Row is { Length: > 0 } row && row.Split('/') is [var table, var id]
        ? AdviceTable.Of(table).Rows.Single(r => r.Id == id) : null;

    static string Plain(double value) => ProposalText.Number(value);

    void Batch()
    {
        if (given.Batch is { } batch)
        {
            items.Add(Fixed("batch", $"{Plain(batch)} samples", batch));
            return;
        }
        var chosen = Choose("batch", "batches", row =>
        {
            if (row.Value.In(facts) is not { } amount)
                return null;
            if (row["unit"] == "tokens")
            {
                if (facts["tokensPerSample"] is not { } each)
                    return null;
                amount /= each;
            }
            return ($"{Plain(amount)} samples", amount);
        });
        if (chosen?.Value is { } proposed)
            facts.Set("batch", proposed);
    }

    void Optimizer()
    {
        if (given.Optimizer is { } name)
            items.Add(Fixed("optimizer", name, null));
        else if (given.Task is not null && given.Family is not null && Choose("optimizer", "optimizers", row => (row["value"], null)) is { } chosen)
            facts.Optimizer(chosen.Text);
    }

    static Advised Fixed(string item, string text, double? value) =>
        new(item, text, value, value, value, Confidence.Certain, "", AdviceSource.Of("fixed"), "Given with the case.", [], []);

    /// <summary>What all devices take at a time.</summary>
    double? Load => given.Devices * given.DeviceBatch;

    double? Number(string item, string table, Func<double, string> text) => Choose(item, table, row => row.Value.In(facts) is { } value ? (text(value), value) : null)?.Value;

    /// <summary>Where the run broke, beside the warm-up that would be advised for it.</summary>
    void Divergence()
    {
        var diverged = given.Symptoms.FirstOrDefault(s => s.Kind == SymptomKind.Diverges);
        facts.Set("divergence", diverged is null ? "none" : diverged.Step is not { } step ? "unknown"
            : Candidates("warm-up", "warmups", InUpdates).FirstOrDefault()?.Value is { } length ? step <= length ? "warmup" : "later" : "unknown");
    }

    void Warmup() => Choose("warm-up", "warmups", InUpdates);

    (string, double?)? InUpdates(AdviceRow row)
    {
        double? updates = row.Value.In(facts) * row["unit"] switch
        {
            "updates" => 1,
            "run" => facts["updates"],
            "tokens" => 1 / facts["tokensPerUpdate"],
            "epochs" => facts["samples"] / facts["batch"],
            _ => 1 / facts["batch"],
        };
        return updates is { } exact ? ($"{Plain(exact)} updates", exact) : null;
    }

    void Floor(Advised? shape)
    {
        if (shape is null || facts["peak"] is not { } peak || shape.Text is "constant" or "inverseSqrt" || RowOf("schedule") is not { } row)
            return;
        double share = CaseField.Amount(row["floor"]) ?? 0;
        items.Add(new("floor", Plain(share * peak), share * peak, 0, Math.Max(share, 0.1) * peak, row.Sure, row.ToString(), row.Source!, share == 0 ? "The last rate is 0." : $"{share:0.##} of the peak.", [], []));
    }

    /// <summary>A row as it applies to this case.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Text">Its value, for people.</param>
    /// <param name="Value">Its value; null for words.</param>
    /// <param name="Own">Its value before the changes.</param>
    /// <param name="Changes">What its value was multiplied by.</param>
    sealed record Candidate(AdviceRow Row, string Text, double? Value, double? Own, IReadOnlyList<Change> Changes);

    /// <summary>The rows that hold, the one that decides first.</summary>
    List<Candidate> Candidates(string item, string table, Func<AdviceRow, (string Text, double? Value)?> read)
    {
        var found = new List<Candidate>();
        foreach (var row in AdviceTable.Of(table).Rows)
        {
            if ((row["item"].Length > 0 && row["item"] != item) || row.When.Holds(facts) != true || read(row) is not var (text, value))
                continue;
            if (value is not { } own)
            {
                found.Add(new(row, text, null, null, []));
                continue;
            }
            List<Change> changes = [.. AdviceTable.Of("adjustments").Rows.Where(a => a["item"] == item && IsFor(a, row) && a.When.Holds(facts) == true)
                .Select(a => new Change(a.Value.In(facts)!.Value, a.Source!, a["reason"]))];
            var (number, fitted) = Fitted(item, row, changes.Aggregate(own, (x, change) => x * change.Factor));
            if (fitted is not null)
                changes.Add(fitted);
            found.Add(new(row, item is "batch" ? $"{Plain(number)} samples" : item is "warm-up" ? $"{Plain(number)} updates" : Plain(number), number, own, changes));
        }
        return [.. found.OrderByDescending(c => c.Row.Sure).ThenByDescending(c => c.Row.When.Terms)];
    }

    /// <summary>A number as it can be set in this run, and what had to be changed for it.</summary>
    (double Number, Change? Change) Fitted(string item, AdviceRow row, double value) => item switch
    {
        "warm-up" => Fitting.Warmup(value, facts["updates"]),
        "batch" => row["unit"] == "data" ? (Math.Floor(value), null) : Fitting.Batch(value, value * row.Low, facts, Load),
        _ => (ProposalText.Rounded(value), null),
    };

    static bool IsFor(AdviceRow adjustment, AdviceRow row) => adjustment["for"] == row.Source!.Key || (adjustment["for"] == "others" && row.Source.Key is not ("slides" or "earlier"));

    Advised? Choose(string item, string table, Func<AdviceRow, (string Text, double? Value)?> read)
    {
        var candidates = Candidates(item, table, read);
        if (candidates.Count == 0)
            return null;
        var best = candidates[0];
        // What has broken already is not exceeded, whoever advises it.
        var ceiling = Candidates(item, "ceilings", row => row.Value.In(facts) is { } most ? (Plain(most), most) : null).MinBy(c => c.Value);
        bool capped = ceiling?.Value < best.Value;
        var (decided, rest) = capped ? (ceiling!, candidates) : (best, candidates.Skip(1));
        (double? low, double? high) = decided.Value is { } set ? AdvisedRange.Of(item, decided.Row, set, decided.Own ?? set, facts) : ((double?, double?))(null, null);
        var others = rest.Select(c => new Alternative(c.Text, c.Value, c.Row.Sure, c.Row.ToString(), c.Row.Source!, c.Row["reason"],
            c.Value is { } value ? value < low || value > high : c.Text != decided.Text, capped && c.Value > decided.Value ? "it lies above what has broken already" : PassedOver(decided.Row, c.Row), c.Own, c.Changes));
        var advised = new Advised(item, decided.Text, decided.Value, low, high, decided.Row.Sure, decided.Row.ToString(), decided.Row.Source!, decided.Row["reason"], decided.Changes, [.. others]);
        items.Add(advised);
        return advised;
    }

    static string PassedOver(AdviceRow best, AdviceRow other) =>
        best.Sure != other.Sure ? $"it is less sure ({ProposalText.Word(other.Sure)} against {ProposalText.Word(best.Sure)})"
        : best.When.Terms != other.When.Terms ? $"it is less precise about the case ({other.When.Terms} condition{(other.When.Terms == 1 ? "" : "s")} against {best.When.Terms})"
        : "it stands after the other in the table; nothing else tells them apart";

    List<AdvisedGroup> Groups() => this["decay"] is not > 0 ? []
        : [.. Holding("groups").Select(r => new AdvisedGroup(new(r["tensors"], DecayFactor: double.Parse(r["decayFactor"], CultureInfo.InvariantCulture)), r["pytorch"], r.Source!, r["reason"], r.Sure))];

    List<LogItem> Log() => [.. Holding("logs").Select(r => LogIntervals.Of(r, facts["updates"]))];

    List<Remedy> Remedies() => [.. Holding("symptoms").Select(r => new Remedy(r["value"], r.Source!, r.Sure, r["reason"]))];

    IEnumerable<AdviceRow> Holding(string table) => AdviceTable.Of(table).Rows.Where(r => r.When.Holds(facts) == true);

    List<Question> Questions()
    {
        List<Question> asked = [.. Contradictions.Of(given, facts), .. Holding("questions").Where(r => !IsKnown(r["fact"])).Select(r => new Question(r["fact"], r["ask"], r["reason"], r["must"] == "yes"))
            .DistinctBy(q => q.Member).OrderByDescending(q => q.Must)];
        if (facts["batch"] is null && !asked.Any(q => q.Must))
            asked.Insert(0, new("batch", "How many samples has an update (batch)?", "No table has a batch for such a run.", Must: true));
        return asked;
    }

    /// <summary>A budget is known by any of its units.</summary>
    bool IsKnown(string fact) => facts[fact] is not null || facts.Words(fact) is not null || (fact == "updates" && (given.Epochs ?? given.TrainingTokens) is not null);

    /// <summary>How often a batch is accumulated: so that each part fits, and if possible so that all parts, and the devices' shares of them, are equal.</summary>
    int Parts(double batch, double load)
    {
        const int tried = 1000;
        double devices = given.Devices ?? 1;
        int least = (int)Math.Clamp(Math.Ceiling(batch / load), 1, int.MaxValue - tried);
        int[] parts = [.. Enumerable.Range(least, Math.Min(least + 1, tried))];
        return parts.Where(p => batch % (p * devices) == 0).Concat(parts.Where(p => batch % p == 0)).FirstOrDefault(least);
    }

    Plan? RunPlan()
    {
        if (facts["batch"] is not { } batch)
            return null;
        int parts = Load is { } load ? Parts(batch, load) : 1;
        double each = facts["tokensPerSample"] ?? 1;
        return given.Updates is { } updates ? Plan.ForTokens((updates - 0.5) * batch * each, each, batch / parts, parts)
            : given.Epochs is { } epochs && facts["samples"] is { } samples ? Plan.ForEpochs(samples, epochs, batch / parts, parts, each)
            : given.TrainingTokens is { } tokens && facts["tokensPerSample"] is not null ? Plan.ForTokens(tokens, each, batch / parts, parts)
            : null;
    }
}
