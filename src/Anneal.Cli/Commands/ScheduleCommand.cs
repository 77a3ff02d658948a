using System.CommandLine;
using System.Globalization;
using Anneal.Live;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary><c>anneal schedule</c>: asks a schedule for its rates, explains, draws, compares and exports it.</summary>
internal static class ScheduleCommand
{
    const string Help = """
        Ask a schedule for its rates, explain it, draw it, compare it, export it.

        SPEC is a JSON file, - for standard input, or the schedule itself:
          anneal schedule "warmup(3e-4, 500) > constant(3e-4) for 8000 > cosine(3e-4, 1500)" --at 0,250,500,9000
          anneal schedule plan.json --from-step 0 --to 10000 --every 500 --format csv
          anneal schedule "cosine(0.1, 100, 0.001)" --explain
          anneal schedule --import onecycle.json --at 0,30,99          (a configuration of another framework)
          anneal schedule --import train.yaml --given samples=52000    (a run's own configuration)
          anneal schedule "warmup(0.1, 20) > cosine(0.1, 80)" --export pytorch
          anneal schedule --diff "cosine(0.1, 100)" "linear(0.1, 100)"
          anneal schedule --diff planned.json scheduler-of-the-run.json --to 1e12 --tolerance 1e-6
          anneal schedule --batch < questions.jsonl                     (one JSON answer for each line)
        """;

    static readonly Argument<string?> spec = new("SPEC") { Arity = ArgumentArity.ZeroOrOne, Description = "A JSON file, - for standard input, or the schedule in notation." };
    static readonly Option<string?> import = new("--import") { HelpName = "FILE", Description = "Read another framework's configuration instead, and print what it became here." };
    static readonly Option<string?> framework = new("--framework") { HelpName = "NAME", Description = "Whose the imported run's configuration is, where its keys do not tell." };
    static readonly Option<string?> given = new("--given") { HelpName = "NAME=NUMBER,…", Description = "Numbers that decide an imported run's rates and are not in its configuration, such as samples=52000,worldSize=8." };
    static readonly Option<string?> plan = new("--plan") { HelpName = "CONFIG", Description = "A run's own configuration, for notation with units: \"warmup(3e-4, 5 %) > cosine(3e-4, 95 %)\", 2000 samples, 100M tokens, 1 epoch." };
    static readonly Option<string?> at = new("--at") { HelpName = "0,10,20", Description = "The rates at these steps. With a run's configuration (--plan or --import) steps have units too: \"50 %, 1 epoch, 100M tokens\"." };
    static readonly Option<string?> from = new("--from-step") { HelpName = "A", Description = "The rates from this step on …" };
    static readonly Option<string?> to = new("--to") { HelpName = "B", Description = "… to this one, itself included … For --explain, --chart, --plot and --diff: the length of the run." };
    static readonly Option<string?> every = new("--every") { HelpName = "K", Description = "… at every so many steps.", DefaultValueFactory = _ => "1" };
    static readonly Option<string> format = new("--format") { HelpName = "json|csv|table", Description = "How rates are written.", DefaultValueFactory = _ => "table" };
    static readonly Option<string?> metrics = new("--metrics") { HelpName = "0.9,0.8", Description = "What was reported, for an imported scheduler that listens to a metric." };
    static readonly Option<bool> explain = new("--explain") { Description = "Formula, phases, sums, and what to look at twice in a run of as many steps as --to says; without it, of the schedule's own length." };
    static readonly Option<bool> plot = new("--plot") { Description = "The curve, drawn in the terminal." };
    static readonly Option<string?> chart = new("--chart") { HelpName = "FILE.html", Description = "The curve as a page that works offline." };
    static readonly Option<string?> export = new("--export") { HelpName = string.Join('|', ScheduleExport.Targets), Description = "Code that gives the same rates there." };
    static readonly Option<string[]> diff = new("--diff") { HelpName = "A B", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true, Description = "Where two schedules differ, over all their steps or those up to --to. Each is a SPEC or a file with another framework's configuration." };
    static readonly Option<double?> tolerance = new("--tolerance") { HelpName = "SHARE", Description = "With --diff: differences below this fraction of the larger rate are none; exit code 1 if there are others." };
    static readonly Option<bool> batch = new("--batch") { Description = "Answer questions from standard input, one JSON object a line." };
    static readonly Option<bool> cheatSheet = new("--cheat-sheet") { Description = "How every scheduler of PyTorch, Transformers, timm, optax and Keras is written here, as Markdown." };

    public static Command Create()
    {
        var command = new Command("schedule", Help) { spec, import, framework, given, plan, at, from, to, every, format, metrics, explain, plot, chart, export, diff, tolerance, batch, cheatSheet };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed);
            }
            catch (UsageException misused)
            {
                Console.Error.WriteLine(misused.Message);
                return ExitCodes.Usage;
            }
            catch (Exception refused) when (refused is ScheduleFormatException or ArgumentException or IOException or Runs.ConfigurationException)
            {
                Console.Error.WriteLine(refused is ArgumentException ? ScheduleSource.Reason(refused) : refused.Message);
                return 1;
            }
        });
        return command;
    }

    static RateFormat Format(ParseResult parsed)
    {
        string text = parsed.GetValue(format)!;
        foreach (var known in Enum.GetValues<RateFormat>())
            if (string.Equals(text, known.ToString(), StringComparison.OrdinalIgnoreCase))
                return known;
        throw new UsageException($"--format is json, csv or table, not {text}.");
    }

    static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(batch))
        {
            ScheduleBatch.Run(Input.Standard(), Console.OpenStandardOutput());
            return 0;
        }
        if (parsed.GetValue(cheatSheet))
        {
            Console.Out.Write(CheatSheet.Markdown() + Runs.RunConventions.Markdown() + Runs.RunForms.Markdown());
            return 0;
        }
        NamedFile.RequireWritable(parsed.GetValue(chart));
        if (parsed.GetValue(import) is { } named && !named.TrimStart().StartsWith('{'))
            NamedFile.RequireReadable(named);
        var run = parsed.GetValue(import) is { } configuration ? RunImport.Read(configuration, parsed.GetValue(framework), parsed.GetValue(given)) : null;
        double[] steps = Steps(parsed, run?.Plan);
        var written = Format(parsed);
        if (parsed.GetValue(diff) is [var a, var b])
            return ScheduleDiff.Write(ScheduleSource.ReadAny(a), ScheduleSource.ReadAny(b), steps, parsed.GetValue(to) is null ? null : Last(parsed, new Constant(0)), Tolerance(parsed), written);

        bool asks = parsed.GetValue(export) is not null || parsed.GetValue(chart) is not null || parsed.GetValue(explain) || parsed.GetValue(plot);
        if (run is not null)
        {
            if (parsed.GetValue(spec) is not null)
                throw new UsageException("Give SPEC or --import FILE, not both.");
            if (steps.Length > 0)
                RunImport.WriteRates(run, steps, written);
            else if (!asks)
                RunImport.WriteWhatItBecame(parsed.GetValue(import)!, run);
            if (!asks)
                return 0;
        }
        var (schedule, imported) = run is null ? Subject(parsed) : (Runs.RunTranslation.Of(run) ?? run.Schedule(), null);
        if (imported?.Feedback is { } feedback)
            return Listen(parsed, imported, feedback, steps);
        if (steps.Length > 0 && run is null)
            Table(schedule!, imported, steps).Write(written, imported is null ? null : schedule);
        else if (imported is not null)
            Console.Out.WriteLine(ScheduleJson.Write(schedule!, indented: true));
        bool nothing = steps.Length == 0 && imported is null && !asks;
        double last = asks || nothing ? Last(parsed, schedule!, run?.Plan) : 0;
        if (parsed.GetValue(export) is { } target)
            Console.Out.Write(ScheduleExport.Write(schedule!, target, last));
        if (parsed.GetValue(chart) is { } file)
            SchedulePage.Write(schedule!, Extent.Drawn(schedule!, last, parsed.GetValue(to) is not null), file);
        if (parsed.GetValue(plot) || nothing)
            foreach (string line in TerminalPlot.Lines(schedule!, Step(parsed, from, run?.Plan) ?? 0, last, Console.IsOutputRedirected ? 80 : Console.WindowWidth))
                Console.Out.WriteLine(line);
        if (parsed.GetValue(explain) || nothing)
            foreach (string line in ScheduleReport.Lines(schedule!, Extent.Explained(schedule!, last, parsed.GetValue(to) is not null)))
                Console.Out.WriteLine(line);
        return 0;
    }

    static (Schedule? Schedule, Imported? Imported) Subject(ParseResult parsed) => (parsed.GetValue(spec), parsed.GetValue(import)) switch
    {
        (['-', '-', ..] option, _) => throw new UsageException($"There is no option {option}; anneal schedule --help lists them."),
        ({ } ours, null) => (ScheduleSource.Read(InUpdates(parsed, ours)), null),
        (null, { } theirs) when ScheduleSource.Import(theirs) is var imported => (imported.Schedule, imported),
        (null, null) => throw new UsageException("Which schedule? Give SPEC or --import FILE; anneal schedule --help shows examples."),
        _ => throw new UsageException("Give SPEC or --import FILE, not both."),
    };

    /// <summary>Notation with its units turned into updates by the plan, where there is one.</summary>
    static string InUpdates(ParseResult parsed, string notation) => parsed.GetValue(plan) is { } configuration
        ? Runs.UnitNotation.InUpdates(notation, Planned(parsed, configuration)) : notation;

    static Runs.RunPlan Planned(ParseResult parsed, string configuration) => RunSource.Read(configuration, parsed.GetValue(framework), parsed.GetValue(given)).Plan;

    static RateTable Table(Schedule schedule, Imported? imported, double[] steps)
    {
        List<(string, IReadOnlyList<double>)> columns = [("rate", [.. steps.Select(schedule.At)])];
        if (imported?.Momentum is { } momentum)
            columns.Add(("momentum", [.. steps.Select(momentum.At)]));
        return new(steps, columns);
    }

    static int Listen(ParseResult parsed, Imported imported, Feedback feedback, double[] steps)
    {
        if (parsed.GetValue(metrics) is not { } reported)
        {
            Console.Out.WriteLine($"{imported.Scheduler} of {imported.Framework} listens to a metric; base rate {feedback.Base.ToString("R", CultureInfo.InvariantCulture)}");
            Console.Out.WriteLine(feedback.Machine?.ToString() ?? "No state machine of this library counts as it does; it is replayed by its framework's own rules.");
            if (feedback.Remark is { } remark)
                Console.Out.WriteLine(remark);
            return 0;
        }
        double[] reports = Numbers(reported, "--metrics"), rates = imported.Rates(steps, reports);
        new RateTable(steps.Length > 0 ? steps : [.. Enumerable.Range(0, rates.Length).Select(i => (double)i)], [("rate", rates)]).Write(Format(parsed));
        return 0;
    }

    static double? Tolerance(ParseResult parsed) => parsed.GetValue(tolerance) is not { } share ? null
        : share >= 0 && share < 1 ? share
        : throw new UsageException("--tolerance is a fraction of the rate, from 0 to below 1, such as 1e-6.");

    /// <summary>The step that charts and reports go to; beyond 2⁵³ single updates can no longer be told apart.</summary>
    static double Last(ParseResult parsed, Schedule schedule, Runs.RunPlan? run = null)
    {
        double last = Step(parsed, to, run) ?? (run?.Updates > 0 ? run.Updates : Horizon.Of(schedule)), first = Step(parsed, from, run) ?? 0;
        return first >= 0 && last >= first && last <= 1L << 53 ? last
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--to must be a step from {(first >= 0 ? first : 0)} to 2^53, and --from-step 0 or above; they are {last} and {first}."));
    }

    static double[] Steps(ParseResult parsed, Runs.RunPlan? imported)
    {
        if (parsed.GetValue(at) is { } list)
        {
            string[] texts = list.Split(',');
            imported ??= texts.Any(Runs.UnitNotation.HasUnit) && parsed.GetValue(plan) is { } configuration ? Planned(parsed, configuration) : null;
            return [.. texts.Select(text => Step(parsed, text, imported) ?? throw new UsageException($"--at takes numbers with commas between them, such as --at 0,10,20; {text.Trim()} is none."))];
        }
        if (Step(parsed, from, imported) is not { } first)
            return [];
        double last = Step(parsed, to, imported) ?? throw new UsageException("--from-step needs --to.");
        double stride = Step(parsed, every, imported)!.Value;
        if (!(stride > 0))
            throw new UsageException("--every must be above 0.");
        double count = Math.Floor((last - first) / stride) + 1;
        return count is >= 1 and <= 10_000_000 ? [.. Enumerable.Range(0, (int)count).Select(i => first + i * stride)]
            : throw new UsageException("--from-step, --to and --every must give between one and ten million steps.");
    }

    /// <summary>An option's step, in updates; null where it is not given.</summary>
    static double? Step(ParseResult parsed, Option<string?> option, Runs.RunPlan? imported = null) => parsed.GetValue(option) is not { } text ? null
        : Step(parsed, text, imported) ?? throw new UsageException($"{option.Name} takes a step, such as {option.Name} 1000, not {text}.");

    /// <summary>A number, or with a run's plan a number with a unit; null when it is neither.</summary>
    static double? Step(ParseResult parsed, string text, Runs.RunPlan? imported)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        var run = imported ?? (parsed.GetValue(plan) is { } configuration ? Planned(parsed, configuration) : null);
        return run is not null ? Runs.UnitNotation.Place(text, run)
            : Runs.UnitNotation.HasUnit(text) ? throw new UsageException($"{text.Trim()} has a unit; name the run's own configuration with --plan, which tells what that is in updates.") : null;
    }

    static double[] Numbers(string list, string option) => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new UsageException($"{option} takes numbers with commas between them, such as {option} 0,10,20; {text} is none."))];
}
