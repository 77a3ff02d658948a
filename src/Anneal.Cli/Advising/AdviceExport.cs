using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Advice;
using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>A proposal in the form that the program which trains reads.</summary>
internal static class AdviceExport
{
    static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Forms { get; } = ["train", "sweep", .. ProposalExport.Targets, "json"];

    /// <summary>The form that was asked for, or that a Python file must have.</summary>
    public static string Form(string? asked, string file) => asked is null
        ? Path.GetExtension(file) == ".py" ? "pytorch" : throw new UsageException($"Say how {file} is written: --as {string.Join(", ", Forms)}.")
        : Forms.Contains(asked) ? asked : throw new UsageException($"--as is one of {string.Join(", ", Forms)}, not {asked}.");

    /// <summary>What to do with the file.</summary>
    public static string Next(string form, string file) => form switch
    {
        "train" => $": anneal train {file} --out DIR",
        "sweep" => $": anneal sweep {file} --out DIR",
        _ => ".",
    };

    public static string Write(Proposal proposal, string form, AdviceBase? known, int? runs) => form switch
    {
        "json" => AdviceJson.Write(proposal) + "\n",
        "train" => Train(proposal, known),
        "sweep" => Sweep(proposal, known, runs),
        _ => ProposalExport.Write(proposal, form),
    };

    /// <summary>The base's run with the advice in the place of its rule, schedule, length and batch.</summary>
    static string Train(Proposal proposal, AdviceBase? known)
    {
        if (known is not { Setting: null })
            throw new UsageException("A run for anneal train needs data and a model, which no advice can invent: give --base RUN.json, such as anneal train template > run.json.");
        var run = (JsonObject)known.Text.DeepClone();
        var plan = proposal.Plan!;
        run["rule"] = JsonNode.Parse(RuleJson.Write(proposal.Rule!));
        run["schedule"] = JsonNode.Parse(ScheduleJson.Write(proposal.Schedule!));
        run["steps"] = (long)plan.Updates;
        run["batchSize"] = (long)(plan.Batch * plan.Accumulation);
        if (plan.Accumulation > 1)
            run["accumulationSteps"] = plan.Accumulation;
        string text = run.ToJsonString(indented) + "\n";
        TrainJson.Read(text, known.Folder);
        return text;
    }

    /// <summary>The base's setting with the advised method at rates about the advised one.</summary>
    static string Sweep(Proposal proposal, AdviceBase? known, int? runs)
    {
        if (known is null)
            throw new UsageException("A sweep needs data and a model, which no advice can invent: give --base SWEEP.json, such as anneal sweep template example > sweep.json, or --base RUN.json of anneal train.");
        var plan = TuningPlan.Of(proposal, runs ?? TuningPlan.UsualRuns);
        var sweep = new JsonObject();
        foreach (string member in (string[])["data", "preparation", "testShare", "model", "batches", "batchSize", "start", "heldOut"])
            if (known.Text[member] is { } value)
                sweep[member] = value.DeepClone();
        sweep["steps"] = (long)proposal.Plan!.Updates;
        sweep["rates"] = new JsonArray([.. plan.Rates.Select(r => (JsonNode)r)]);
        sweep["tuningSeeds"] = plan.TuningSeeds;
        sweep["evaluationSeeds"] = plan.EvaluationSeeds;
        sweep["widenings"] = plan.Widenings;
        sweep["methods"] = new JsonArray(new JsonObject
        {
            ["name"] = "advised",
            ["rule"] = JsonNode.Parse(RuleJson.Write(proposal.Rule!)),
            ["schedule"] = JsonNode.Parse(ScheduleJson.Write(proposal.Schedule!.Scale(1 / proposal["peak"]!.Value!.Value))),
        });
        if (known.Text["minimum"] is { } minimum)
            sweep["minimum"] = minimum.DeepClone();
        string text = sweep.ToJsonString(indented) + "\n";
        SweepJson.ReadSweep(text);
        return text;
    }
}
