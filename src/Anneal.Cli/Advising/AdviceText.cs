using Anneal.Advice;
using Spectre.Console;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary>A proposal for people.</summary>
internal static class AdviceText
{
    /// <param name="console">Where to.</param>
    /// <param name="proposal">What is advised.</param>
    /// <param name="runs">Runs to spend on the rate; null where none were named.</param>
    /// <param name="asSweep">Whether they are the trials of a sweep that is written.</param>
    /// <param name="told">What the person said of the case; all of it unless given.</param>
    public static void Write(IAnsiConsole console, Proposal proposal, int? runs = null, bool asSweep = false, TrainingCase? told = null)
    {
        if (proposal.Plan is { } plan)
            console.WriteLine(ProposalText.Run(plan));
        // From whom, and who says otherwise, stands below too.
        var table = new TerminalTable(["set", "to", "range", "sure", "from", "others say"], mayGo: 2);
        foreach (var item in proposal.Items)
            table.Add(item.Item, item.Text, ProposalText.Range(item), ProposalText.Word(item.Sure), item.Source.Name, string.Join("; ", item.MayBeTried.Select(o => o.Text).Distinct()));
        foreach (var group in proposal.Groups)
            table.Add("group", $"{group.Group.Tensors}: decay × {group.Group.DecayFactor:0.##}", "", ProposalText.Word(group.Sure), group.Source.Name, "");
        table.Write(console);
        if (proposal.Schedule is { } schedule)
            Line(console, $"Schedule: {ScheduleNotation.Print(schedule)}");
        if (proposal.Rule is { } rule)
            Line(console, $"Rule: {RuleJson.Write(rule)}");
        Head(console, "Why, and who says otherwise");
        foreach (var item in proposal.Items.Where(i => i.Row.Length > 0))
        {
            Line(console, $"{item.Item} {item.Text}: {item.Reason} [{item.Source}; {item.Row}]");
            if (item.Ceiling is { } ceiling && ceiling.Row != item.Row)
                Line(console, $"  not above {ProposalText.Number(ceiling.Value)}: {ceiling.Reason} [{ceiling.Source}; {ceiling.Row}]");
            foreach (var change in item.Changes)
                Line(console, $"  × {ProposalText.Number(change.Factor)}: {change.Reason} [{change.Source}]");
            foreach (var other in item.Others.Where(o => o.Contradicts || o.Refutation is not null))
                Line(console, $"  {(other.Contradicts ? "against it" : "beside it")}: {other.Text}{Scaled(other)}, {other.Source}. {other.Reason} Passed over: {other.PassedOver}.");
            var agreeing = item.Others.Where(o => !o.Contradicts && o.Refutation is null).ToList();
            if (agreeing.Count > 0 && item.Value is not null)
                Line(console, $"  within its range: {string.Join("; ", agreeing.Select(o => $"{o.Text}{Scaled(o)}, {o.Source.Name}"))}");
        }
        Lines(console, "What follows from the numbers together", proposal.Remarks);
        Lines(console, "About the symptoms, in this order", proposal.Remedies.Select(r => $"{r.What} {r.Reason} [{r.Source}; {ProposalText.Word(r.Sure)}]"));
        Lines(console, "Log", proposal.Log.Select(l => $"{l.When}: {l.What}. Alarm: {l.Alarm}. {l.Reason} [{l.Source}; {ProposalText.Word(l.Sure)}]"));
        if (asSweep)
            Lines(console, "The sweep that finds the rate", ProposalText.Sweep(proposal, runs));
        else if (runs is { } budget)
            Lines(console, Invariant($"With {budget} run{(budget == 1 ? "" : "s")} to find the rate"), ProposalText.Stages(proposal, budget));
        Lines(console, "Does not go together", proposal.Questions.Where(q => q.IsContradiction).Select(q => $"{q.Ask} {q.Reason} [{Option(q.Member)}]"));
        Lines(console, "Said, but nothing here depends on it", Unused.Of(proposal).Select(CaseForm.Field).Where(f => told is null || f.Get(told) is not null).Select(f => $"{f.Option} {f.Text(proposal.Case)} ({f.Meaning})"));
        Lines(console, "Not known", proposal.Questions.Where(q => !q.IsContradiction).Select(q => $"{(q.Must ? "MUST" : "may")}  {q.Ask} {q.Reason} [{Option(q.Member)}]"));
    }

    static string Scaled(Alternative other) => ProposalText.Scaled(other) is { Length: > 0 } scaled ? $" = {scaled}" : "";

    /// <summary>Which questions must be answered first.</summary>
    public static string Missing(Proposal proposal) => ProposalText.Missing(proposal, Option);

    /// <summary>A table of rules, as Markdown.</summary>
    public static string Table(string name)
    {
        if (!AdviceTable.Names.Contains(name))
            throw new UsageException($"There is no table '{name}'; there are {string.Join(", ", AdviceTable.Names)}.");
        if (name == "setups")
            return AdviceSetups.Markdown();
        var table = AdviceTable.Of(name);
        return string.Join('\n', [Row(table.Columns), Row(table.Columns.Select(_ => "---")), .. table.Rows.Select(r => Row(table.Columns.Select(c => r[c])))]) + "\n";

        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
    }

    static string Option(string member) => CaseForm.Field(member).Option;

    static void Head(IAnsiConsole console, string text) => console.MarkupLine($"\n[bold]{Markup.Escape(text)}[/]");

    /// <summary>Past the width of the terminal, which breaks it itself; in a file a line stays a line.</summary>
    static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(MarkdownText.OneLine(text));

    static void Lines(IAnsiConsole console, string head, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
            return;
        Head(console, head);
        foreach (string line in all)
            Line(console, "- " + line);
    }
}
