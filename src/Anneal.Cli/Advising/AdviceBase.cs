using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Advice;
using Anneal.Experiments;
using Anneal.Models;

namespace Anneal.Cli;

/// <summary>A run of <c>anneal train</c> or a sweep that advice is for: its text, and what is known from it.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Case">What is known from it.</param>
/// <param name="Setting">What a sweep of it would train; null for a run of <c>anneal train</c>.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Folder">Where relative paths in it begin.</param>
internal sealed record AdviceBase(JsonObject Text, TrainingCase Case, Setting? Setting, string Name, string Folder)
{
    static readonly string[] budgets = ["updates", "epochs", "trainingTokens"];

    /// <exception cref="UsageException">The file is neither, or what it says cannot be trained.</exception>
    public static AdviceBase Read(string file)
    {
        string where = file == "-" || File.Exists(file) ? "" : $" > {file}", example = $"A run to begin with: anneal train template{where}";
        string text = Input.Text(file, example), folder = Input.Folder(file);
        try
        {
            var json = JsonNode.Parse(text) as JsonObject ?? throw new SweepFormatException("$: this must be an object: a run of anneal train, or a sweep.");
            if (ProposalSpec.IsSweep(json))
            {
                example = $"A sweep to begin with: anneal sweep template example{where}";
                var setting = SweepJson.ReadSweep(text, folder).Setting;
                return new(json, Of(setting), setting, Input.Name(file), folder);
            }
            var spec = TrainJson.Read(text, folder);
            return new(json, Tokens(spec.Recipe.Model, spec.Data, spec.Recipe.SequenceLength, spec.Recipe.BatchSize, spec.Steps), null, Input.Name(file), folder);
        }
        catch (Exception refused) when (refused is JsonException or FormatException or ArgumentException or InvalidOperationException or DataException)
        {
            string reason = ScheduleSource.BatchReason(refused);
            throw new UsageException($"{Input.Name(file)}: {reason}{(reason.StartsWith("$:", StringComparison.Ordinal) || reason.StartsWith("$ ", StringComparison.Ordinal) ? $" {example}" : "")}");
        }
    }

    /// <summary>What is known of it together with what was said: choices replace its own, facts must be the same.</summary>
    /// <param name="said">What was said.</param>
    /// <param name="place">Where a member was said.</param>
    /// <exception cref="UsageException">A fact was said that is another here.</exception>
    public TrainingCase With(TrainingCase said, Func<CaseField, string> place)
    {
        var own = new Facts(Case);
        var joined = budgets.Any(b => CaseForm.Field(b).Get(said) is not null) ? Case with { Updates = null, Epochs = null, TrainingTokens = null } : Case;
        foreach (var field in TrainingCase.Fields)
            if (field.Text(said) is { } text)
            {
                string? here = own[field.Name] is { } number ? CaseField.Short(number) : own.Word(field.Name);
                if (BaseCase.Decided.Contains(field.Name) && here is not null && here != text)
                    throw new UsageException($"{place(field)} says {text}, and {Name} has {here} ({field.Meaning}): leave it out, or change {Name}.");
                joined = BaseCase.Decided.Contains(field.Name) && here is not null ? joined : joined.With(field.Name, text);
            }
        return joined;
    }

    /// <summary>What is known of a sweep's trials.</summary>
    public static TrainingCase Of(Setting setting)
    {
        if (setting is TokenSetting tokens)
            return Tokens(tokens.Transformer, tokens.Tokens, Math.Min(tokens.Transformer.Context, tokens.Tokens.Training.LongestSequence), tokens.BatchSize, tokens.Steps);
        var table = (SampleSetting)setting;
        var samples = table.Samples().Train;
        return new()
        {
            Task = TrainingTask.Tabular,
            Family = table.Model is Perceptron ? ModelFamily.Perceptron : ModelFamily.Linear,
            Pretrained = false,
            Parameters = table.Model.On(samples).Dimension,
            Samples = samples.Count,
            Batch = table.Batches switch { WithReplacement drawn => drawn.Size, Shuffled drawn => drawn.Size, _ => samples.Count },
            Updates = table.Steps,
        };
    }

    static TrainingCase Tokens(Transformer model, TokenData data, int length, int batch, long steps) => new()
    {
        Task = TrainingTask.LanguageModeling,
        Family = ModelFamily.Transformer,
        Pretrained = false,
        Parameters = model.Layout.Count,
        Tokens = data.Training is TokenStream text ? text.Tokens.Count : null,
        TokensPerSample = length,
        Batch = batch,
        Updates = steps,
    };
}
