using System.CommandLine;
using Anneal.Runs;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary><c>anneal run</c>: checks a run's own configuration, and compares it with what the run logged.</summary>
internal static class RunCommand
{
    static readonly Option<string?> framework = new("--framework") { HelpName = "NAME", Description = $"Whose configuration it is: {string.Join(", ", RunConfigurations.Frameworks)}. Recognised from the file when left out." };
    static readonly Option<string?> given = new("--given") { HelpName = "NAME=NUMBER,…", Description = $"Numbers that decide the rates and are not in the file: {string.Join(", ", Given.Names.Keys)}." };
    static readonly Option<string> format = new("--format") { HelpName = "text|json|github", Description = "How findings are written; github makes annotations of a pull request.", DefaultValueFactory = _ => "text" };
    static readonly Option<string?> rate = new("--rate") { HelpName = "NAME", Description = "The log's column, key or tag of the rate, where it is not found by its name." };
    static readonly Option<string?> step = new("--step") { HelpName = "NAME", Description = "The log's column or key of the step." };

    static readonly Option<double?> every = new("--every") { HelpName = "K", Description = "Steps between two entries, where the log has no step: the first entry is at step K." };

    const string LogForms = "CSV, JSON Lines, trainer_state.json, lines with a learning rate, a TensorBoard event file or a folder of them, a folder of anneal train.";

    public static Command Create()
    {
        var log = new Argument<string?>("LOG") { Description = $"A log alone, as fit has it. {LogForms}", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("run", "Check a run's own configuration before it costs money, and compare it with its log afterwards.") { log, Check(), Compare(), Fit(), Extend(), Tensors() };
        command.SetAction(parsed => Guarded(() => parsed.GetValue(log) is { } file ? FitLog(file, null, null, null) : throw new UsageException("Say what to do: anneal run check CONFIG, compare CONFIG LOG, fit LOG, extend CONFIG, tensors SHAPES.")));
        return command;
    }

    static Command Check()
    {
        Argument<string> config = new("CONFIG") { Description = "The configuration as its framework has it: YAML, JSON, TOML, Python, a file with arguments, or - for standard input." };
        Option<bool> strict = new("--strict") { Description = "Warnings count as errors." };
        var command = new Command("check", "Plan, curve, and what deserves a second look, in the file's own words. Exit code 1 on errors.") { config, framework, given, strict, format };
        command.SetAction(parsed => Guarded(() =>
        {
            string file = parsed.GetValue(config)!;
            var written = Format(parsed.GetValue(format)!);
            IReadOnlyList<RunFinding> findings;
            RunConfiguration? run = null;
            try
            {
                run = RunSource.Read(file, parsed.GetValue(framework), parsed.GetValue(given));
                findings = RunLint.Check(run);
            }
            catch (MissingGivenException)
            {
                throw;
            }
            catch (ConfigurationException refused)
            {
                findings = [new(Severity.Error, refused is RefusedByFrameworkException ? "refused" : "unreadable", refused.Key ?? "", refused.Place, Written.Sentence(refused.Reason))];
            }
            if (written == FindingFormat.Text && run is not null)
            {
                foreach (string line in PlanTable.Lines(file, run))
                    Console.Out.WriteLine(line);
                if (run.Plan.Updates >= 2)
                    foreach (string line in TerminalPlot.Lines(run.Schedule(), 0, run.Plan.Updates - 1, Console.IsOutputRedirected ? 80 : Console.WindowWidth))
                        Console.Out.WriteLine(line);
            }
            FindingWriter.Write(file, findings, written, json =>
            {
                if (run is null)
                    return;
                json.WriteString("framework", run.Framework);
                json.WriteString("scheduler", run.Scheduler);
                json.WriteNumber("updates", run.Plan.Updates);
                json.WriteNumber("warmup", run.Plan.Warmup);
            });
            var worst = parsed.GetValue(strict) ? Severity.Warning : Severity.Error;
            return findings.Any(f => f.Severity >= worst) ? 1 : 0;
        }));
        return command;
    }

    static Command Compare()
    {
        Argument<string> config = new("CONFIG") { Description = "The configuration." }, log = new("LOG") { Description = LogForms };
        Option<double> tolerance = new("--tolerance") { HelpName = "PART", Description = "A relative difference that does not matter, besides how finely the log was written." };
        Option<string?> page = new("--page") { HelpName = "FILE.html", Description = "Both curves and their difference as a page." };
        var command = new Command("compare", "What the run did with its rate, held against its configuration. Exit code 1 if it did not follow it.") { config, log, framework, given, rate, step, every, tolerance, page, format };
        command.SetAction(parsed => Guarded(() =>
        {
            NamedFile.RequireWritable(parsed.GetValue(page));
            string file = parsed.GetValue(log)!;
            NamedFile.RequireReadableOrFolder(file);
            var run = RunSource.Read(parsed.GetValue(config)!, parsed.GetValue(framework), parsed.GetValue(given));
            var entries = RunLogs.Read(file, parsed.GetValue(rate), parsed.GetValue(step), parsed.GetValue(every));
            var comparison = RunComparer.Compare(run, entries, parsed.GetValue(tolerance));
            var written = Format(parsed.GetValue(format)!);
            if (written == FindingFormat.Text)
                Console.Out.WriteLine(comparison.AsPlanned
                    ? Invariant($"{file}: {comparison.Compared:#,0} entries of {entries.RateName} against {entries.StepName}: as planned (largest difference {comparison.LargestDifference:0.##e+0} of the peak).")
                    : Invariant($"{file}: {comparison.Different:#,0} of {comparison.Compared:#,0} entries of {entries.RateName} differ, first at step {comparison.FirstDifferent:#,0}: {comparison.Verdict}."));
            FindingWriter.Write(file, comparison.Findings, written, json =>
            {
                json.WriteString("rate", entries.RateName);
                json.WriteString("step", entries.StepName);
                json.WriteString("verdict", comparison.Verdict);
                json.WriteNumber("compared", comparison.Compared);
                json.WriteNumber("different", comparison.Different);
                if (comparison.FirstDifferent is { } first)
                    json.WriteNumber("firstDifferent", first);
                if (comparison.Amount is { } amount && double.IsFinite(amount))
                    json.WriteNumber("amount", amount);
                if (comparison.Since is { } since)
                    json.WriteNumber("since", since);
            });
            if (parsed.GetValue(page) is { } target)
                ComparisonPage.Write(target, run, entries, comparison);
            return comparison.AsPlanned ? 0 : 1;
        }));
        return command;
    }

    static Command Fit()
    {
        Argument<string> log = new("LOG") { Description = LogForms };
        var command = new Command("fit", "Which schedule was this? The simplest one that explains the log, in notation.") { log, rate, step, every };
        command.SetAction(parsed => Guarded(() => FitLog(parsed.GetValue(log)!, parsed.GetValue(rate), parsed.GetValue(step), parsed.GetValue(every))));
        return command;
    }

    static int FitLog(string file, string? rateName, string? stepName, double? stride)
    {
        NamedFile.RequireReadableOrFolder(file);
        var entries = RunLogs.Read(file, rateName, stepName, stride);
        foreach (string remark in entries.Remarks)
            Console.Out.WriteLine(remark);
        Console.Out.WriteLine(Invariant($"{entries.Count:#,0} entries; the rate is {entries.RateName}, the step {entries.StepName}."));
        var found = RunFit.Fit(entries);
        foreach (var fit in found)
            Console.Out.WriteLine(Invariant($"{(fit.Explains ? "explains" : "near"),-9}{fit.Notation}   ({fit.Name}; largest difference {fit.LargestError:0.###%} of the peak)"));
        return found.Any(f => f.Explains) ? 0 : 1;
    }

    static Command Extend()
    {
        Argument<string> config = new("CONFIG") { Description = "The configuration." };
        Option<double?> to = new("--to") { HelpName = "UPDATES", Description = "The new length of the run, in updates." };
        Option<double?> at = new("--resume-at") { HelpName = "UPDATE", Description = "After how many updates it goes on; the planned end when left out." };
        Option<double?> batch = new("--batch") { HelpName = "SAMPLES", Description = "With --resume-at: samples of an update from then on, instead of a new length." };
        var command = new Command("extend", "What making a run longer, or changing its batch, does to its rate, and the schedules that avoid the jump.") { config, to, at, batch, framework, given };
        command.SetAction(parsed => Guarded(() =>
        {
            string text = RunSource.Text(parsed.GetValue(config)!);
            var numbers = parsed.GetValue(given) is { } list ? Given.Parse(list) : null;
            var extension = parsed.GetValue(batch) is not { } samples ? RunExtension.Of(text, parsed.GetValue(framework), numbers, parsed.GetValue(to), parsed.GetValue(at))
                : parsed.GetValue(to) is null && parsed.GetValue(at) is { } resumed ? RunExtension.WithBatch(text, parsed.GetValue(framework), numbers, samples, resumed)
                : throw new UsageException("--batch goes with --resume-at, and without --to.");
            foreach (string line in extension.Lines())
                Console.Out.WriteLine(line);
            return 0;
        }));
        return command;
    }

    static Command Tensors()
    {
        Argument<string> shapes = new("SHAPES") { Description = "A .safetensors file (only its header is read), or lines of a name and a shape: blocks.0.attn.qkv.weight 2304 768." };
        Option<string> rule = new("--rule") { HelpName = "RULE", Description = "adamw, muon, sgd, or a JSON file of groups.", DefaultValueFactory = _ => "adamw" };
        Option<double> learningRate = new("--rate") { HelpName = "RATE", Description = "The rate that factors multiply.", DefaultValueFactory = _ => 1 };
        Option<double> decay = new("--decay") { HelpName = "DECAY", Description = "The weight decay.", DefaultValueFactory = _ => 0.1 };
        Option<double?> layers = new("--layer-decay") { HelpName = "FACTOR", Description = "Rates fall by this factor from layer to layer towards the input (ViT, BERT, ConvNeXt and Swin names)." };
        var command = new Command("tensors", "Which rule, rate, decay and momentum every tensor gets, and which are not what was meant. Exit code 1 on errors.") { shapes, rule, learningRate, decay, layers };
        command.SetAction(parsed => Guarded(() =>
        {
            NamedFile.RequireReadable(parsed.GetValue(shapes)!);
            if (parsed.GetValue(rule)! is var named && (Path.Exists(named) || NamedFile.IsNamedLikeOne(named)))
                NamedFile.RequireReadable(named);
            var tensors = TensorList.Read(parsed.GetValue(shapes)!);
            var plan = TensorPlan.Of(tensors, TensorRule.Read(parsed.GetValue(rule)!), parsed.GetValue(learningRate), parsed.GetValue(decay), parsed.GetValue(layers));
            foreach (string line in plan.Lines())
                Console.Out.WriteLine(line);
            foreach (var finding in plan.Findings)
                Console.Out.WriteLine(finding);
            return plan.Findings.Any(f => f.Severity == Severity.Error) ? 1 : 0;
        }));
        return command;
    }

    static int Guarded(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (MissingGivenException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return ExitCodes.Usage;
        }
        catch (UsageException misused)
        {
            Console.Error.WriteLine(misused.Message);
            return ExitCodes.Usage;
        }
        catch (UnauthorizedAccessException closed)
        {
            Console.Error.WriteLine($"{closed.Message} Make it readable, or choose another.");
            return ExitCodes.Usage;
        }
        catch (Exception refused) when (refused is ConfigurationException or ScheduleFormatException or IOException)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
    }

    static FindingFormat Format(string text) => Enum.TryParse<FindingFormat>(text, ignoreCase: true, out var known) && !char.IsDigit(text[0]) ? known
        : throw new UsageException($"--format is text, json or github, not {text}.");
}
