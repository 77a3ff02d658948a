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
/// <param name="Folder">Where relative paths in it begin.</param>
internal sealed record AdviceBase(JsonObject Text, TrainingCase Case, Setting? Setting, string Folder)
{
    /// <exception cref="UsageException">The file is neither, or what it says cannot be trained.</exception>
    public static AdviceBase Read(string file)
    {
        string example = $"A run to begin with: anneal train template{(file == "-" || File.Exists(file) ? "" : $" > {file}")}";
        string text = Input.Text(file, example), folder = Input.Folder(file);
        try
        {
            var json = JsonNode.Parse(text) as JsonObject ?? throw new SweepFormatException("$: this must be an object: a run of anneal train, or a sweep.");
            if (ProposalSpec.IsSweep(json))
            {
                var setting = SweepJson.ReadSweep(text, folder).Setting;
                return new(json, Of(setting), setting, folder);
            }
            var spec = TrainJson.Read(text, folder);
            return new(json, Tokens(spec.Recipe.Model, spec.Recipe.SequenceLength, spec.Recipe.BatchSize, spec.Steps), null, folder);
        }
        catch (Exception refused) when (refused is JsonException or FormatException or ArgumentException or InvalidOperationException or DataException)
        {
            string reason = ScheduleSource.BatchReason(refused);
            throw new UsageException($"{Input.Name(file)}: {reason}{(reason.StartsWith("$:", StringComparison.Ordinal) || reason.StartsWith("$ ", StringComparison.Ordinal) ? $" {example}" : "")}");
        }
    }

    /// <summary>What is known of a sweep's trials.</summary>
    public static TrainingCase Of(Setting setting)
    {
        if (setting is TokenSetting tokens)
            return Tokens(tokens.Transformer, Math.Min(tokens.Transformer.Context, tokens.Tokens.Training.LongestSequence), tokens.BatchSize, tokens.Steps);
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

    static TrainingCase Tokens(Transformer model, int length, int batch, long steps) => new()
    {
        Task = TrainingTask.LanguageModeling,
        Family = ModelFamily.Transformer,
        Pretrained = false,
        Parameters = model.Layout.Count,
        TokensPerSample = length,
        Batch = batch,
        Updates = steps,
    };
}
