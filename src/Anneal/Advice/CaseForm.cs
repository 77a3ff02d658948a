namespace Anneal.Advice;

/// <summary>What is asked of people, on a terminal and in the lab, and how an answer is written back.</summary>
static class CaseForm
{
    /// <summary>How numbers may be written.</summary>
    public const string Numbers = "Numbers may be 64, 350M, 2e9.";

    /// <summary>The members of a case as a form shows them, in parts.</summary>
    public static IReadOnlyList<FormPart> Parts { get; } =
    [
        new("The model", ["task", "family", "parameters", "pretrained", "lowRank"]),
        new("The data", ["samples", "tokens", "tokensPerSample"]),
        new("How long it may train", ["updates", "epochs", "trainingTokens", "openEnded"]),
        new("Batch and hardware", ["batch", "devices", "deviceBatch"]),
        new("What is fixed or measured", ["optimizer", "sharpness"]),
        new("An earlier run", ["earlierRate", "earlierBatch", "earlierOptimizer", "earlierShort", "symptoms"]),
    ];

    /// <summary>What may be asked once everything that must be known is: it changes the proposal, but none is unfinished without it.</summary>
    public static IReadOnlyList<Question> More { get; } =
        [.. new[] { "lowRank", "batch", "devices", "deviceBatch", "optimizer", "symptoms", "earlierOptimizer" }.Select(member => new Question(member, $"{Field(member).Description}?", "", false))];

    /// <summary>Whether one of <see cref="More"/> means something in a case.</summary>
    public static bool Applies(Question more, TrainingCase known) => more.Member switch
    {
        "lowRank" => known is { Pretrained: true, Family: ModelFamily.Transformer or ModelFamily.VisionTransformer },
        "batch" => known.Optimizer != "lbfgs" && known.Samples is not 1,
        "devices" => known.Family != ModelFamily.Linear && known.Batch is not 1 && known.Samples is not 1,
        "deviceBatch" => known.Devices is { } devices && !(known.Batch <= devices),
        "earlierOptimizer" => known is { EarlierRate: not null, EarlierOptimizer: null },
        _ => true,
    };

    /// <summary>The field of a member.</summary>
    public static CaseField Field(string member) => TrainingCase.Fields.First(f => f.Name == member);

    /// <summary>A number of updates, epochs or tokens; updates where no unit is said.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static TrainingCase WithBudget(TrainingCase known, string text)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (parts.Length == 1 ? "updates" : parts.Length == 2 ? parts[1].TrimEnd('s').ToLowerInvariant() : "") switch
        {
            "updates" or "update" or "step" => known.With("updates", parts[0]),
            "epoch" => known.With("epochs", parts[0]),
            "token" => known.With("trainingTokens", parts[0]),
            _ => throw new ArgumentException($"A budget is a number and updates, epochs or tokens, such as 3 epochs; not '{text}'.", nameof(text)),
        };
    }

    /// <summary>The command that gives the same proposal.</summary>
    /// <param name="given">The case.</param>
    /// <param name="runs">Runs to spend on the rate; null where none were named.</param>
    public static string Command(TrainingCase given, double? runs) => string.Join(' ',
    [
        "anneal advise",
        .. TrainingCase.Fields.Select(f => f.Text(given) is { } text ? $"{f.Option} {text}" : null).OfType<string>(),
        .. runs is { } budget ? [$"--runs {Written.Number(budget)}"] : Array.Empty<string>(),
    ]);
}

/// <summary>Some members of a case that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Members">Their names.</param>
sealed record FormPart(string Title, IReadOnlyList<string> Members);
