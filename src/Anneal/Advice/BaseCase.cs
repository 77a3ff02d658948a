using System.Text.Json.Nodes;

namespace Anneal.Advice;

/// <summary>What the text of a run or a sweep tells of its case by itself, without its data.</summary>
static class BaseCase
{
    /// <summary>What data and model decide. All else is a choice, and may be another than a run's own.</summary>
    public static IReadOnlyList<string> Decided { get; } = ["task", "family", "pretrained", "lowRank", "parameters", "samples", "tokens", "tokensPerSample"];

    /// <summary>What is learnt, by what kind of model: tokens by a transformer, or rows of a table by a linear model or a perceptron.</summary>
    public static TrainingCase Of(JsonObject specification) => specification["data"] is null ? new()
        : !ProposalSpec.IsSweep(specification) || specification["data"] is JsonObject ? new() { Task = TrainingTask.LanguageModeling, Family = ModelFamily.Transformer, Pretrained = false }
        : new()
        {
            Task = TrainingTask.Tabular,
            Family = (specification["model"] as JsonObject)?["type"] is JsonValue type && type.TryGetValue(out string? name) ? name == "perceptron" ? ModelFamily.Perceptron : ModelFamily.Linear : null,
            Pretrained = false,
        };

    /// <summary>Why advice for a case is none for a run or a sweep; null where its text tells nothing else.</summary>
    public static string? Refusal(TrainingCase said, JsonObject specification)
    {
        var told = new Facts(Of(specification));
        string name = ProposalSpec.IsSweep(specification) ? "sweep" : "run";
        foreach (var field in Decided.Select(CaseForm.Field))
            if (told.Word(field.Name) is { } here && field.Text(said) is { } there && here != there)
                return $"The case says {there}, and the {name} has {here} ({field.Meaning}): change one of them.";
        return (specification["model"] as JsonObject)?["context"] is JsonValue context && context.TryGetValue(out double most) && said.TokensPerSample > most
            ? $"The case says {CaseField.Short(said.TokensPerSample.Value)}, and the model of the {name} sees {CaseField.Short(most)} at most ({CaseForm.Field("tokensPerSample").Meaning}): change one of them." : null;
    }
}
