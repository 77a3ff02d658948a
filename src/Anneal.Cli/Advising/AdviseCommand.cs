using System.CommandLine;
using Anneal.Advice;
using Anneal.Experiments;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary><c>anneal advise</c>: from what is known of a run to what to set, with reasons, sources and doubts; written for the program that trains.</summary>
internal static class AdviseCommand
{
    const string Help = """
        What to set for a training run: rule, rate, schedule, clipping, decay, log; each with its reason, its source, a range and how sure it is.

          anneal advise                                                (asks, on a terminal)
          anneal advise --task languageModeling --family transformer --pretrained no --parameters 350M --training-tokens 2B --tokens-per-sample 4096 --batch 128
          anneal advise --json case.json                               (or - for standard input)
          anneal advise --base names.json --out advised.json --as train     (a run of anneal train or a sweep: its facts are the case)
          anneal advise --json case.json --out setup.py --as pytorch
          anneal advise --table peaks                                  (the rules themselves)

        Ends with 1 while something that must be known is missing, or answers contradict each other; what there is, is printed all the same.
        """;

    static readonly Option<string?> json = new("--json") { HelpName = "FILE", Description = "The case as JSON; - for standard input. Options override it." };
    static readonly Option<string?> baseSpec = new("--base") { HelpName = "SPEC", Description = "A run of anneal train, or a sweep: what is known of it is the case, and --out writes it with the advice in it. Options and --json may choose batch, length and optimizer anew; facts of its data and model must be the same." };
    static readonly Option<string?> output = new("--out") { HelpName = "FILE", Description = "Write the proposal, in the form that --as names; - for standard output, alone." };
    static readonly Option<string?> form = new("--as") { HelpName = "FORM", Description = $"Of --out: {string.Join(", ", AdviceExport.Forms)}." };
    static readonly Option<string> format = new("--format") { HelpName = "text|json", Description = "How the proposal is printed.", DefaultValueFactory = _ => "text" };
    static readonly Option<string?> runs = new("--runs") { HelpName = "N", Description = "How many runs may be spent on the rate: prints which to make first, and with --as sweep is the number of trials, 33 or more." };
    static readonly Option<string?> table = new("--table") { HelpName = "NAME", Description = $"Print a table of rules instead: {string.Join(", ", AdviceTable.Names)}; among them setups, published ones beside the advice, and slides, the lecture's rows with a verdict." };

    /// <summary>One option for each member of a case.</summary>
    static readonly IReadOnlyList<(CaseField Field, Option<string?> Option)> members = [.. TrainingCase.Fields.Select(field => (field, new Option<string?>(field.Option)
    {
        HelpName = field.Words() is { Count: > 0 and <= 2 } words ? string.Join('|', words) : field.Words().Count > 0 ? "WORD" : "N",
        Description = field.Description + (field.Words() is { Count: > 2 } known ? $": {string.Join(", ", known)}." : "."),
    }))];

    public static Command Create()
    {
        var command = new Command("advise", Help) { json, baseSpec, output, form, format, runs, table };
        foreach (var (_, option) in members)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed);
            }
            catch (Exception misused) when (misused is UsageException or DocumentException)
            {
                Console.Error.WriteLine(misused.Message);
                return ExitCodes.Usage;
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException or IOException or UnauthorizedAccessException or DataException or InvalidOperationException)
            {
                Console.Error.WriteLine(refused is ArgumentException ? ScheduleSource.Reason(refused) : refused.Message);
                return 1;
            }
        });
        return command;
    }

    static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(table) is { } name)
        {
            Console.Out.Write(AdviceText.Table(name));
            return 0;
        }
        if (parsed.GetValue(format) is not ("text" or "json"))
            throw new UsageException($"--format is text or json, not {parsed.GetValue(format)}.");
        var written = parsed.GetValue(output) is { } file ? AdviceExport.Form(parsed.GetValue(form), file) : parsed.GetValue(form) is null ? null : throw new UsageException("--as says how --out is written; say --out FILE too.");
        int? budget = Budget(parsed.GetValue(runs), written);
        NamedFile.RequireWritable(parsed.GetValue(output));
        if (parsed.GetValue(json) == "-" && parsed.GetValue(baseSpec) == "-")
            throw new UsageException("--json and --base cannot both be -: there is one standard input. Name a file for one of them.");
        var known = parsed.GetValue(baseSpec) is { } spec ? AdviceBase.Read(spec) : null;
        var said = Said(parsed, known);
        var proposal = Adviser.Advise(Given(parsed, said, known));
        if (parsed.GetValue(output) != "-")
            Print(proposal, parsed.GetValue(format)!, budget, written == "sweep", said);
        if (written is not null)
        {
            if (!proposal.IsWhole)
                throw new UsageException($"{parsed.GetValue(output)} was not written: {AdviceText.Missing(proposal)}");
            string text = AdviceExport.Write(proposal, written, known, budget, Input.Folder(parsed.GetValue(output)!));
            if (parsed.GetValue(output) == "-")
                Console.Out.Write(text);
            else
            {
                SafeFile.Write(parsed.GetValue(output)!, text);
                (parsed.GetValue(format) == "json" ? Console.Error : Console.Out).WriteLine($"Wrote {parsed.GetValue(output)}{AdviceExport.Next(written, parsed.GetValue(output)!)}");
            }
        }
        if (proposal.IsWhole)
            return 0;
        Console.Error.WriteLine(AdviceText.Missing(proposal));
        return 1;
    }

    static int? Budget(string? said, string? form) => said is null ? null
        : CaseField.Amount(said) is not { } number ? throw new UsageException(ProposalSpec.NoNumber("--runs", $"'{said}'"))
        : ProposalSpec.Refusal(number, form, "--runs") is { } refusal ? throw new UsageException(refusal)
        : (int)number;

    /// <summary>What the options, the file or the answers on a terminal tell.</summary>
    internal static TrainingCase Said(ParseResult parsed, AdviceBase? known)
    {
        var file = parsed.GetValue(json);
        var said = file is null ? new TrainingCase() : Read(file);
        var options = Options(parsed);
        foreach (var (field, option) in options)
            try
            {
                said = said.With(field.Name, parsed.GetValue(option)!);
            }
            catch (ArgumentException refused)
            {
                throw new UsageException($"{option.Name}: {ScheduleSource.Reason(refused)}");
            }
        if (file is not null || options.Count > 0 || known is not null)
            return said;
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
            throw new UsageException("Say what is known of the run, by options or with --json FILE; on a terminal it asks. anneal advise --help shows examples.");
        return AdvicePrompts.Ask(Spectre.Console.AnsiConsole.Console);
    }

    /// <summary>The case: what was said, and what is known from a run or a sweep.</summary>
    static TrainingCase Given(ParseResult parsed, TrainingCase said, AdviceBase? known) => known is null ? said
        : known.With(said, field => Options(parsed).FirstOrDefault(m => m.Field == field).Option?.Name ?? $"{Input.Name(parsed.GetValue(json)!)}: $.{field.Name}");

    static List<(CaseField Field, Option<string?> Option)> Options(ParseResult parsed) => [.. members.Where(m => parsed.GetValue(m.Option) is not null)];

    static TrainingCase Read(string file)
    {
        const string example = """A case to begin with: {"task": "tabular", "family": "linear", "samples": 300, "updates": 400}""";
        string text = Input.Text(file, example);
        try
        {
            return TrainingCase.Read(text);
        }
        catch (ScheduleFormatException refused)
        {
            throw new UsageException($"{Input.Name(file)}: {refused.Message}{(refused.Message.StartsWith("$:", StringComparison.Ordinal) ? $" {example}" : "")}");
        }
    }

    static void Print(Proposal proposal, string format, int? runs, bool asSweep, TrainingCase said)
    {
        if (format == "json")
        {
            Console.Out.WriteLine(ProposalJson.Write(proposal, runs, asSweep));
            return;
        }
        if (Console.IsOutputRedirected)
            Spectre.Console.AnsiConsole.Profile.Width = 140;
        AdviceText.Write(Spectre.Console.AnsiConsole.Console, proposal, runs, asSweep, said);
    }
}
