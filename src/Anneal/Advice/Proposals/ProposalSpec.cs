using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Advice;

/// <summary>Writes a proposal in every form there is: code for another framework, JSON, or into a run of <c>anneal train</c> or a sweep, which has data and model.</summary>
static class ProposalSpec
{
    /// <summary>All forms.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["train", "sweep", .. ProposalExport.Targets, "json"];

    /// <summary>Those that are written into a run or a sweep that there is.</summary>
    public static bool NeedsBase(string form) => form is "train" or "sweep";

    /// <summary>Whether a specification is a sweep rather than a run.</summary>
    public static bool IsSweep(JsonObject specification) => specification.ContainsKey("methods");

    /// <param name="proposal">A whole proposal.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="known">The run or the sweep; null where there is none.</param>
    /// <param name="runs">Trials of a sweep.</param>
    /// <exception cref="ScheduleFormatException">The framework lacks the rule or the schedule, a sweep has no rate to tune, the batch does not split into equal parts, or the form cannot do what the case has.</exception>
    /// <exception cref="ArgumentException">The form needs another run or sweep than the one that is known.</exception>
    public static string Write(Proposal proposal, string form, JsonObject? known, int? runs) => form switch
    {
        "json" => ProposalJson.Write(proposal, runs) + "\n",
        "train" or "sweep" when proposal.Case.Devices > 1 => throw new ScheduleFormatException(
            $"A {(form == "train" ? "run of anneal train" : "sweep")} uses one device, and not {ProposalText.Number(proposal.Case.Devices.Value)}: leave the devices out, or write the advice as {string.Join(" or ", ProposalExport.Targets)}."),
        "sweep" when proposal.Plan!.Accumulation > 1 => throw new ScheduleFormatException(
            $"A sweep makes each update in one batch, and not in {proposal.Plan.Accumulation} parts: leave out how many samples fit on a device, or take a batch of {ProposalText.Number(proposal.Case.DeviceBatch!.Value)} or less."),
        "train" => Train(proposal, known is not null && !IsSweep(known) ? known : throw new ArgumentException("A run for anneal train needs data and a model, which no advice can invent")),
        "sweep" => Sweep(proposal, known ?? throw new ArgumentException("A sweep needs data and a model, which no advice can invent"), runs),
        _ => ProposalExport.Write(proposal, form),
    };

    /// <summary>Why so many runs cannot be planned; null where they can.</summary>
    /// <param name="runs">How many; null where none were named.</param>
    /// <param name="form">What they are written as; null where nothing is.</param>
    /// <param name="name">What the number is called where it is asked for.</param>
    public static string? Refusal(double? runs, string? form, string name) => runs is not { } number ? null
        : !(number >= 1 && number <= 100_000 && number == Math.Floor(number)) ? NoNumber(name, Written.Number(number))
        : form == "sweep" && number < TuningPlan.LeastSweep ? $"A sweep judges three rates by ten seeds each, beside one that chooses: {name} must be {TuningPlan.LeastSweep} or more. With fewer, make them by hand: without a file to write, the advice for {ProposalText.Count(number, "run")} says which first."
        : null;

    /// <summary>Why what was said for the number of runs is none.</summary>
    public static string NoNumber(string name, string said) => $"{name} must be a whole number from 1 to 100000; it was {said}.";

    /// <summary>The run with the advice in the place of its rule, schedule, length and batch.</summary>
    static string Train(Proposal proposal, JsonObject known)
    {
        var run = (JsonObject)known.DeepClone();
        var plan = proposal.Plan!;
        if (plan.Batch != Math.Floor(plan.Batch))
            throw new ScheduleFormatException(ProposalText.Uneven(proposal, 1));
        run["rule"] = JsonNode.Parse(RuleJson.Write(proposal.Rule!));
        run["schedule"] = JsonNode.Parse(ScheduleJson.Write(proposal.Schedule!));
        run["steps"] = (long)plan.Updates;
        run["batchSize"] = (long)Math.Round(plan.Batch * plan.Accumulation);
        run.Remove("accumulationSteps");
        if (plan.Accumulation > 1)
            run["accumulationSteps"] = plan.Accumulation;
        return Text(run);
    }

    /// <summary>The setting of a run or a sweep with the advised method at rates about the advised one.</summary>
    static string Sweep(Proposal proposal, JsonObject known, int? runs)
    {
        if (TuningPlan.NothingToTune(proposal) is { } nothing)
            throw new ScheduleFormatException(nothing);
        var plan = TuningPlan.Of(proposal, runs ?? TuningPlan.UsualRuns);
        if (plan.Rates.Count < 3)
            throw new ScheduleFormatException($"The range of the peak, {ProposalText.Range(proposal["peak"]!)}, is too narrow for the three rates of a sweep: make the runs by hand, at {string.Join(" and ", plan.Rates.Select(ProposalText.Number))}.");
        var sweep = new JsonObject();
        foreach (string member in (string[])["data", "preparation", "testShare", "model", "batches", "batchSize", "start", "heldOut"])
            if (known[member] is { } value)
                sweep[member] = value.DeepClone();
        Batches(sweep, proposal);
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
        if (known["minimum"] is { } minimum)
            sweep["minimum"] = minimum.DeepClone();
        return Text(sweep);
    }

    /// <summary>The advised batch in the place of the sweep's own; how parts of the data are drawn stays as it was.</summary>
    static void Batches(JsonObject sweep, Proposal proposal)
    {
        double batch = proposal["batch"]!.Value!.Value;
        if (sweep.ContainsKey("batchSize"))
            sweep["batchSize"] = (long)batch;
        else if (sweep["batches"]?["size"] is not JsonValue drawn)
            sweep["batches"] = batch >= proposal.Case.Samples ? new JsonObject { ["type"] = "full" } : new JsonObject { ["type"] = "shuffled", ["size"] = (long)batch };
        else if (!drawn.TryGetValue(out double size) || size != batch)
            sweep["batches"] = batch >= proposal.Case.Samples ? new JsonObject { ["type"] = "full" } : new JsonObject { ["type"] = sweep["batches"]!["type"]?.DeepClone(), ["size"] = (long)batch };
    }

    static string Text(JsonObject specification)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            specification.WriteTo(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
