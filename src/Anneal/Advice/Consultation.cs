using System.Globalization;

namespace Anneal.Advice;

/// <summary>One case on its way to a proposal: item by item, each of which the later ones may ask about.</summary>
sealed class Consultation
{
    readonly TrainingCase given;
    readonly Facts facts;
    readonly List<Advised> items = [];
    readonly Needs needs = new();

    public Consultation(TrainingCase given) => (this.given, facts) = (given, new Facts(given));

    public Proposal Proposal()
    {
        Batch();
        facts.Set("full", facts["batchShare"] >= 1 ? "yes" : "no");
        var plan = RunPlan();
        if (plan is not null)
            facts.Set("updates", plan.Updates);
        Optimizer();
        Number("momentum", "moments");
        Number("beta1", "moments");
        if (Number("beta2", "moments") is { } beta2)
            facts.Set("beta2Memory", 1 / (1 - beta2));
        Number("rho", "moments");
        Number("epsilon", "moments");
        Divergence();
        if (Number("peak", "peaks") is { } peak)
            facts.Set("peak", peak);
        Number("warm-up", "warmups");
        string? shape = Word("schedule", "schedules");
        if (shape is not null)
            facts.Set("schedule", shape);
        Floor(shape);
        Number("decay", "decays");
        facts.Set("clips", Number("clipping", "clipping") is > 0 ? "yes" : "no");
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

    /// <summary>What the peak must not exceed; null where nothing has broken.</summary>
    public Ceiling? Ceiling => items.FirstOrDefault(i => i.Item == "peak")?.Ceiling;

    AdviceRow? RowOf(string item) => items.FirstOrDefault(i => i.Item == item)?.Row is { Length: > 0 } row ? AdviceTable.Row(row) : null;

    void Batch()
    {
        if (given.Batch is { } batch)
        {
            items.Add(Fixed("batch", Words("batch", batch), batch));
            return;
        }
        if (Number("batch", "batches") is { } proposed)
            facts.Set("batch", proposed);
    }

    void Optimizer()
    {
        if (given.Optimizer is { } name)
            items.Add(Fixed("optimizer", name, null));
        else if (given.Task is not null && given.Family is not null && Word("optimizer", "optimizers") is { } chosen)
            facts.Optimizer(chosen);
    }

    static Advised Fixed(string item, string text, double? value) =>
        new(item, text, value, value, value, Confidence.Certain, "", AdviceSource.Of("fixed"), "Given with the case.", [], []);

    /// <summary>What all devices take at a time.</summary>
    double? Load => given.Devices * given.DeviceBatch;

    /// <summary>Decides a number; null where nothing is advised.</summary>
    double? Number(string item, string table) => Decide(item, table, Candidates(item, table))?.Value;

    /// <summary>Decides a word; null where nothing is advised.</summary>
    string? Word(string item, string table) => Decide(item, table, [.. Rows(item, table).Where(row => row.When.Holds(facts) == true).Select(row => new Candidate(item, row) { Refutation = row.Refutation(facts) })])?.Text;

    /// <summary>Where the run broke, beside the warm-up that would be advised for it.</summary>
    void Divergence()
    {
        var diverged = given.Symptoms.FirstOrDefault(s => s.Kind == SymptomKind.Diverges);
        facts.Set("divergence", diverged is null ? "none" : diverged.Step is not { } step || Best(Candidates("warm-up", "warmups"))?.Value is not { } length ? "unknown"
            : step <= length && length > 0 ? "warmup" : length == 0 && step <= Fitting.Start * facts["updates"] ? "start" : "later");
    }

    /// <summary>A row's own number in the unit that is decided: samples of a batch, updates of a warm-up; null where something is not known.</summary>
    double? Own(string item, AdviceRow row) => row.Value.In(facts) * (item, row["unit"]) switch
    {
        ("batch", "tokens") => 1 / facts["tokensPerSample"],
        ("batch", _) or (_, "" or "updates") => 1,
        (_, "run") => facts["updates"],
        (_, "tokens") => 1 / facts["tokensPerUpdate"],
        (_, "epochs") => facts["samples"] / facts["batch"],
        _ => 1 / facts["batch"],
    };

    /// <summary>What that number needs.</summary>
    static IEnumerable<string> NeedsOf(string item, AdviceRow row) => item is "optimizer" or "schedule" ? [] : [.. row.Value.Names, .. (item, row["unit"]) switch
    {
        ("batch", "tokens") => ["tokensPerSample"],
        ("batch", _) or (_, "" or "updates") => [],
        (_, "run") => ["updates"],
        (_, "tokens") => ["tokensPerUpdate"],
        (_, "epochs") => ["samples", "batch"],
        _ => (string[])["batch"],
    }];

    /// <summary>A number of an item, for people.</summary>
    static string Words(string item, double value) => item switch { "batch" => ProposalText.Count(value, "sample"), "warm-up" => ProposalText.Count(value, "update"), _ => ProposalText.Number(value) };

    void Floor(string? shape)
    {
        if (shape is null or "constant" or "inverseSqrt" || facts["peak"] is not { } peak || RowOf("schedule") is not { } row)
            return;
        double share = CaseField.Amount(row["floor"]) ?? 0;
        items.Add(new("floor", Words("floor", share * peak), share * peak, 0, Math.Max(share, 0.1) * peak, row.Sure, row.ToString(), row.Source!, share == 0 ? "The last rate is 0." : $"{share:0.##} of the peak.", [], []));
    }

    /// <summary>A row as it applies to this case.</summary>
    /// <param name="Item">What it is about.</param>
    /// <param name="Row">The row.</param>
    /// <param name="Value">Its value; null for words.</param>
    /// <param name="Own">Its value before the changes.</param>
    /// <param name="Changes">What its value was multiplied by.</param>
    sealed record Candidate(string Item, AdviceRow Row, double? Value = null, double? Own = null, params IReadOnlyList<Change> Changes)
    {
        /// <summary>How sure it is: no surer than the least sure of the factors on it. One's own rate is certain as it was, and no longer where it was multiplied.</summary>
        public Confidence Sure => Changes.Count == 0 ? Row.Sure : (Confidence)Math.Min((int)Factors, (int)(Row.Sure == Confidence.Certain ? Confidence.Medium : Row.Sure));

        /// <summary>How sure the factors are.</summary>
        public Confidence Factors { get; init; } = Confidence.Certain;

        /// <summary>What contradicts it, or a factor on it; then it decides nothing. Otherwise null.</summary>
        public string? Refutation { get; init; }

        /// <summary>Its value, for people.</summary>
        public string Text => Value is { } number ? Words(Item, number) : Row["value"];
    }

    static IEnumerable<AdviceRow> Rows(string item, string table) => AdviceTable.Of(table).Rows.Where(row => row["item"].Length == 0 || row["item"] == item);

    /// <summary>The rows that hold and whose number is known.</summary>
    IEnumerable<Candidate> Candidates(string item, string table)
    {
        foreach (var row in Rows(item, table))
        {
            if (row.When.Holds(facts) != true || Own(item, row) is not { } own)
                continue;
            // A factor on nothing changes nothing.
            List<AdviceRow> factors = own == 0 ? [] : [.. Adjustments(item, row).Where(a => a.When.Holds(facts) == true && (a.Value.IsNumber || a.Value.In(facts) is not (null or 1)))];
            List<Change> changes = [.. factors.Select(Factor)];
            var (number, fitted) = Fitted(item, row, changes.Aggregate(own, (x, change) => x * change.Factor));
            if (fitted is not null)
                changes.Add(fitted);
            yield return new(item, row, number, own, changes) { Refutation = Refutation(item, row), Factors = Least(factors) };
        }
    }

    /// <summary>What contradicts a row, or a factor that holds for it; null where nothing does.</summary>
    string? Refutation(string item, AdviceRow row) =>
        row.Refutation(facts) ?? Adjustments(item, row).Where(a => a.When.Holds(facts) == true).Select(a => a.Refutation(facts)).FirstOrDefault(refuted => refuted is not null);

    /// <summary>What must be known to tell whether a row, or a factor that holds for it, is contradicted.</summary>
    IEnumerable<string> MissingForVerdict(string item, AdviceRow row) =>
        row.MissingForVerdict(facts).Concat(Adjustments(item, row).Where(a => a.When.Holds(facts) == true).SelectMany(a => a.MissingForVerdict(facts)));

    Change Factor(AdviceRow adjustment) => new(adjustment.Value.In(facts)!.Value, adjustment.Source!, adjustment.Reasons);

    static Confidence Least(IReadOnlyList<AdviceRow> factors) => factors.Count == 0 ? Confidence.Certain : factors.Min(f => f.Sure);

    /// <summary>What was tried on this model first, then the surest.</summary>
    static List<Candidate> Ranked(IEnumerable<Candidate> candidates) => [.. candidates.OrderByDescending(c => c.Row.Rank).ThenByDescending(c => c.Row.When.Terms)];

    /// <summary>The one that decides: the surest that nothing contradicts.</summary>
    static Candidate? Best(IEnumerable<Candidate> candidates) => Ranked(candidates).FirstOrDefault(c => c.Refutation is null);

    /// <summary>A number as it can be set in this run, and what had to be changed for it.</summary>
    (double Number, Change? Change) Fitted(string item, AdviceRow row, double value) => item switch
    {
        "warm-up" => Fitting.Warmup(value, facts["updates"]),
        "batch" => row["unit"] == "data" ? (Math.Floor(value), null) : Fitting.Batch(value, value * row.Low, facts, Load),
        _ => (ProposalText.Rounded(value), null),
    };

    static IEnumerable<AdviceRow> Adjustments(string item, AdviceRow row) => Rows(item, "adjustments")
        .Where(a => a["for"] == row.Source!.Key || (a["for"] == "kin" && row.When.Names.Contains("kin")) || (a["for"], row.Source.Key is "earlier", row.Source.Key is "slides") is ("rule", true, _) or ("others", false, false));

    /// <summary>What the rate of an earlier run with another optimizer is multiplied by.</summary>
    List<AdviceRow> OtherRule(string item) => [.. Rows(item, "adjustments").Where(a => a["for"] == "rule" && a.When.Holds(facts) == true)];

    /// <summary>What is not exceeded, whoever advises it: the least of what has broken already, less a distance. No batch raises it above the rate that broke, for this run's optimizer.</summary>
    Ceiling? Least(string item) => Rows(item, "ceilings").Where(row => row.When.Holds(facts) == true)
        .Select(row => row.Value.In(facts) is { } there && OtherRule(item).Aggregate(Math.Min(there, given.EarlierRate ?? there), (x, factor) => x * factor.Value.In(facts)!.Value) is var broke ? new Ceiling(ProposalText.Rounded(CaseField.Amount(row["share"])!.Value * broke), broke, row.Sure, row.ToString(), row.Source!, row["reason"]) : null)
        .OfType<Ceiling>().MinBy(c => c.Value);

    Advised? Decide(string item, string table, IEnumerable<Candidate> holding)
    {
        var candidates = Ranked(holding);
        var best = Best(candidates);
        needs.Keep([.. Rows(item, table).Where(row => Refutation(item, row) is null)], facts, row => NeedsOf(item, row), [.. best is null ? [] : Adjustments(item, best.Row), .. Rows(item, "ceilings")], best is null ? [] : MissingForVerdict(item, best.Row));
        var ceiling = Least(item);
        // Where no row says anything, what broke says how far to go down.
        bool capped = ceiling is not null && !(best?.Value <= ceiling.Value);
        var decided = capped ? new(item, AdviceTable.Row(ceiling!.Row), ceiling.Value, ceiling.Value, [.. OtherRule(item).Select(Factor)]) { Factors = Least(OtherRule(item)) } : best;
        if (decided is null)
            return null;
        (double? low, double? high) = decided.Value is { } set ? AdvisedRange.Of(item, decided.Row, set, decided.Own ?? set, facts) : ((double?, double?))(null, null);
        high = ceiling is null ? high : Math.Min(high!.Value, ceiling.Value);
        var others = candidates.Where(c => c != decided).Select(c => new Alternative(c.Text, c.Value, c.Row.Sure, c.Row.ToString(), c.Row.Source!, c.Row.Reasons,
            c.Value is { } value ? value < low || value > high : c.Text != decided.Text,
            c.Value > ceiling?.Value ? $"it lies above {ProposalText.Number(ceiling.Value)}, the most to try after the run that broke" : c.Refutation ?? PassedOver(decided.Row, c.Row), c.Own, c.Changes)
        { Refutation = c.Refutation });
        var advised = new Advised(item, decided.Text, decided.Value, low, high, decided.Sure, decided.Row.ToString(), decided.Row.Source!, decided.Row.Reasons, decided.Changes, [.. others]) { Ceiling = ceiling };
        items.Add(advised);
        return advised;
    }

    static string PassedOver(AdviceRow best, AdviceRow other) =>
        best.Rank > (int)Confidence.Certain ? "a rate that was tried on this model comes first"
        : best.Sure != other.Sure ? $"it is less sure ({ProposalText.Word(other.Sure)} against {ProposalText.Word(best.Sure)})"
        : best.When.Terms != other.When.Terms ? $"it is less precise about the case ({other.When.Terms} condition{(other.When.Terms == 1 ? "" : "s")} against {best.When.Terms})"
        : "it stands after the other in the table; nothing else tells them apart";

    List<AdvisedGroup> Groups() => this["decay"] is not > 0 ? []
        : [.. Holding("groups").Select(r => new AdvisedGroup(new(r["tensors"], DecayFactor: double.Parse(r["decayFactor"], CultureInfo.InvariantCulture)), r["pytorch"], r.Source!, r["reason"], r.Sure))];

    List<LogItem> Log() => [.. Holding("logs").Select(r => LogIntervals.Of(r, facts["updates"]))];

    List<Remedy> Remedies() => [.. Holding("symptoms").Select(r => new Remedy(r["value"], r.Source!, r.Sure, r["reason"]))];

    IEnumerable<AdviceRow> Holding(string table) => AdviceTable.Of(table).Rows.Where(r => r.When.Holds(facts) == true);

    List<Question> Questions()
    {
        List<AdviceRow> open = [.. Holding("questions").Where(r => !IsKnown(r["fact"]))];
        var possible = AdviceTable.Of("questions").Rows.Where(r => r.When.Holds(facts) is not false).Select(r => r["fact"]);
        var needed = needs.Among([.. possible.Distinct()], [.. open.Select(r => r["fact"]).Distinct()], given, facts, RowOf("batch"));
        List<Question> asked = [.. Contradictions.Of(given, facts), .. open.Where(r => needed.Contains(r["fact"])).Select(r => new Question(r["fact"], r["ask"], r["reason"], r["must"] == "yes"))
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
