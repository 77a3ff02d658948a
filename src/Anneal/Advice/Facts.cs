namespace Anneal.Advice;

/// <summary>What is known of a case, and what follows from it: words and numbers by the names that conditions and formulas use.</summary>
sealed class Facts
{
    static readonly string[] words =
    [
        "task", "family", "pretrained", "lowRank", "openEnded", "optimizer", "kin", "earlierOptimizer", "earlierFits", "earlierShort", "symptom", "divergence", "schedule", "free", "full", "clips",
    ];

    static readonly string[] numbers =
    [
        "parameters", "samples", "tokens", "tokensPerSample", "batch", "deviceBatch", "devices", "updates", "epochs", "trainingTokens", "earlierRate", "earlierBatch", "sharpness",
        "tokensPerUpdate", "tokensPerParameter", "flops", "batchShare", "peak", "beta2Memory",
    ];

    readonly Dictionary<string, IReadOnlyList<string>> known = [];
    readonly Dictionary<string, double> amounts = [];

    /// <summary>All names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. words, .. numbers];

    public static bool IsNumber(string name) => numbers.Contains(name);

    public Facts(TrainingCase given)
    {
        if (given.EarlierOptimizer is { } earlier)
            known["earlierOptimizer"] = [earlier];
        else
            known["earlierFits"] = ["yes"];
        foreach (var field in TrainingCase.Fields)
            switch (field.Get(given))
            {
                case double number: amounts[field.Name] = number; break;
                case bool yes: known[field.Name] = [yes ? "yes" : "no"]; break;
                case Enum word: known[field.Name] = [Written.Camel(word.ToString())]; break;
                case string text when field.Name == "optimizer": Optimizer(text); break;
                default: break;
            }
        foreach (var field in TrainingCase.Fields)
            if (field.Default is { } usual)
                known.TryAdd(field.Name, [usual]);
        // LoRA stands beside weights that were trained before, and a linear model is trained from nothing: neither is a question.
        if (given.LowRank)
            known.TryAdd("pretrained", ["yes"]);
        else if (given.Family == ModelFamily.Linear)
            known.TryAdd("pretrained", ["no"]);
        known["free"] = given switch { { Optimizer: null, Batch: null } => ["optimizer", "batch"], { Optimizer: null } => ["optimizer"], { Batch: null } => ["batch"], _ => ["nothing"] };
        known["symptom"] = given.Symptoms.Count == 0 ? ["none"] : [.. given.Symptoms.Select(s => Written.Camel(s.Kind.ToString()))];
        Derive();
    }

    /// <summary>A number; null where it is not known.</summary>
    public double? this[string name] => amounts.TryGetValue(name, out double value) ? value : null;

    /// <summary>What a word is, or all of them; null where it is not known.</summary>
    public IReadOnlyList<string>? Words(string name) => known.GetValueOrDefault(name);

    public string? Word(string name) => Words(name)?[0];

    public void Set(string name, double value)
    {
        amounts[name] = value;
        Derive();
    }

    public void Set(string name, string word) => known[name] = [word];

    /// <summary>The optimizer, whose rates it takes, and whether a rate of the earlier run's optimizer says something for it; unless said, that run had the same. L-BFGS needs no rate.</summary>
    public void Optimizer(string name)
    {
        known["optimizer"] = [name];
        known["kin"] = [Rule(name)["kin"]];
        known.TryAdd("earlierOptimizer", [name]);
        known["earlierFits"] = [name != "lbfgs" && Rule(name)["unit"] == Rule(known["earlierOptimizer"][0])["unit"] ? "yes" : "no"];
    }

    static AdviceRow Rule(string optimizer) => AdviceTable.Row($"rules/{optimizer}");

    /// <summary>What follows from what is known; a number that was given is left as it is.</summary>
    void Derive()
    {
        for (int before = -1; before != amounts.Count;)
        {
            before = amounts.Count;
            Follow("samples", this["tokens"] / this["tokensPerSample"] is { } counted && counted >= 1 ? Math.Floor(counted) : this["tokens"] / this["tokensPerSample"]);
            Follow("tokens", this["samples"] * this["tokensPerSample"]);
            Follow("tokensPerUpdate", this["batch"] * this["tokensPerSample"]);
            Follow("batch", this["tokensPerUpdate"] / this["tokensPerSample"]);
            Follow("batchShare", this["batch"] / this["samples"]);
            Follow("trainingTokens", this["epochs"] * this["tokens"]);
            Follow("updates", this["epochs"] * this["samples"] / this["batch"]);
            Follow("updates", this["trainingTokens"] / this["tokensPerUpdate"]);
            Follow("trainingTokens", this["updates"] * this["tokensPerUpdate"]);
            Follow("epochs", this["updates"] * this["batch"] / this["samples"]);
            Follow("flops", 6 * this["parameters"] * this["trainingTokens"]);
            Follow("tokensPerParameter", this["trainingTokens"] / this["parameters"]);
        }
    }

    void Follow(string name, double? value)
    {
        if (value is { } number)
            amounts.TryAdd(name, number);
    }
}
