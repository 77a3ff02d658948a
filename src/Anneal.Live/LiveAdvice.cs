using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Advice;

namespace Anneal.Live;

/// <summary>What a page asks the adviser: the form, a proposal, and the proposal as files.</summary>
public static class LiveAdvice
{
    /// <summary>The form: its fields, what they may hold, cases to begin with.</summary>
    public static AdviceFormAnswer Form { get; } = new(
        CaseForm.Numbers,
        [.. CaseForm.Parts.Select(part => new AdviceFormPart(part.Title, [.. part.Members.Select(CaseForm.Field).Select(f => new AdviceField(f.Name, f.Label, f.Option, f.Words(), f.Name == "symptoms", f.Default))]))],
        [.. ProposalSpec.Forms.Select(form => new AdviceFormat(form, File(form), ProposalSpec.NeedsBase(form)))],
        [.. AdviceTable.Of("setups").Rows.Select(row => new AdviceSetup(row["recipe"], row["link"], PublishedSetup.Told(row).ToDictionary(told => told.Member, told => told.Text)))]);

    /// <summary>What to set for a case, as <c>anneal advise</c> says it.</summary>
    /// <param name="form">The case as JSON; a member's value may be text as people write it, and empty where it is not known.</param>
    /// <param name="runs">Runs to spend on the rate, as people write a number; empty where none are named.</param>
    public static AdviceAnswer Advise(string form, string runs)
    {
        var (given, refusals) = Read(form);
        var (budget, refusal) = Budget(runs, null);
        if (refusal is not null)
            refusals.Add(new("runs", refusal));
        if (refusals.Count > 0)
            return new(refusals);
        var proposal = Adviser.Advise(given);
        return new([], ProposalJson.Write(proposal, (int?)budget), given.Write(), CaseForm.Command(given, budget),
            proposal.Plan is { } plan ? ProposalText.Run(plan) : null, proposal.Plan?.Updates,
            proposal.Schedule is { } schedule ? ScheduleReport.Notation(schedule) : null,
            [.. proposal.Items.Select(ProposalText.Range)],
            proposal.IsWhole ? null : ProposalText.Missing(proposal, member => CaseForm.Field(member).Meaning),
            budget is { } named ? [.. ProposalText.Stages(proposal, (int)named)] : []);
    }

    /// <summary>The proposal as <c>anneal advise --as</c> writes it.</summary>
    /// <param name="form">As in <see cref="Advise"/>.</param>
    /// <param name="runs">As in <see cref="Advise"/>; of a sweep the number of trials.</param>
    /// <param name="target">As what.</param>
    /// <param name="known">A run of <c>anneal train</c> or a sweep, as JSON, for forms that are written into one; otherwise empty.</param>
    public static AdviceFile Write(string form, string runs, string target, string known)
    {
        if (!ProposalSpec.Forms.Contains(target))
            return Refused($"A proposal is written as one of {string.Join(", ", ProposalSpec.Forms)}, not {target}.");
        var (given, refusals) = Read(form);
        if (refusals.Count > 0)
            return Refused(refusals[0].Message);
        var (budget, refusal) = Budget(runs, target);
        if (refusal is not null)
            return Refused(refusal);
        var proposal = Adviser.Advise(given);
        if (!proposal.IsWhole)
            return Refused(ProposalText.Missing(proposal, member => CaseForm.Field(member).Meaning));
        string into = ProposalSpec.NeedsBase(target) ? $" --base {(target == "train" ? "run" : "base")}.json --json case.json" : "";
        string asked = into.Length == 0 ? CaseForm.Command(given, budget) : $"anneal advise{into}{(budget is { } named ? $" --runs {Written.Number(named)}" : "")}";
        try
        {
            var specification = into.Length > 0 && !string.IsNullOrWhiteSpace(known) ? Base(known) : null;
            // A sweep where a run is wanted is refused for that, by what writes it.
            if (specification is not null && (target == "sweep" || !ProposalSpec.IsSweep(specification)) && BaseCase.Refusal(given, specification) is { } other)
                return Refused(other);
            return new(ProposalSpec.Write(proposal, target, specification, (int?)budget),
                $"{asked} --out {File(target)} --as {target}", target == "sweep" ? [.. ProposalText.Sweep(proposal, (int?)budget)] : []);
        }
        catch (FormatException refused)
        {
            return Refused(refused.Message);
        }
        catch (ArgumentException refused) when (into.Length > 0)
        {
            return Refused($"{refused.Message}: put {(target == "train" ? "a run of anneal train" : "a sweep, or a run of anneal train,")} into the field above, or begin with the one offered there.");
        }

        static AdviceFile Refused(string message) => new(null, null, [], message);
    }

    static (double? Runs, string? Refusal) Budget(string text, string? target)
    {
        const string name = "the number of runs";
        if (string.IsNullOrWhiteSpace(text))
            return (null, null);
        if (CaseField.Amount(text) is not { } runs)
            return (null, ProposalSpec.NoNumber(name, $"'{text.Trim()}'"));
        return (runs, ProposalSpec.Refusal(runs, target, name));
    }

    static string File(string form) => form switch { "pytorch" or "transformers" => "setup.py", "json" => "proposal.json", "train" => "advised.json", _ => "plan.json" };

    static JsonObject Base(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new ScheduleFormatException("$: this must be an object: a run of anneal train, or a sweep.");
        }
        catch (JsonException broken)
        {
            throw new ScheduleFormatException(JsonReason.NotJson(broken));
        }
    }

    /// <summary>Reads member by member, so that each refusal stands at its field.</summary>
    static (TrainingCase Given, List<AdviceRefusal> Refusals) Read(string form)
    {
        var (given, refusals) = (new TrainingCase(), new List<AdviceRefusal>());
        try
        {
            using var document = JsonDocument.Parse(form);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (given, [new("", "$: a case must be an object such as {\"task\": \"languageModeling\", \"family\": \"transformer\"}.")]);
            foreach (var member in document.RootElement.EnumerateObject())
                if (member.Value.ValueKind != JsonValueKind.Null)
                    try
                    {
                        if (TrainingCase.Text(member.Name, member.Value) is var text && !string.IsNullOrWhiteSpace(text))
                            given = given.With(member.Name, text);
                    }
                    catch (ArgumentException refused)
                    {
                        refusals.Add(new(member.Name, $"{JsonReason.Plain(refused)}."));
                    }
        }
        catch (JsonException broken)
        {
            refusals.Add(new("", JsonReason.NotJson(broken)));
        }
        return (given, refusals);
    }
}
