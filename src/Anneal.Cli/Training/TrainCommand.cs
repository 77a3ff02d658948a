using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Anneal.Models;

namespace Anneal.Cli;

/// <summary><c>anneal train</c>: trains a transformer as a JSON file says, and goes on where it was interrupted.</summary>
internal static class TrainCommand
{
    const string Help = """
        Train a small transformer: data, model, rule and schedule from one JSON file.

          anneal train names.json --out runs/names
          anneal train template > names.json                          (a run to begin with)

        The data may be your own text, source code, CSV and PDF: {"type": "files", "paths": ["…"]}.

        The folder gets trace.csv (one line per recorded step) and checkpoint.safetensors (weights by name, and all that the run needs to go on).
        anneal run DIR, the lab and TraceTable.Read read that trace.
        "diagnostics": {"every": 200, "of": ["attention", "ruleUpdate", "effectiveRank", "noiseScale", "sharpness"]} looks closely at every 200th
        step; without "of", or with a number alone, at all of these. The summary says what each costs as a share of a step.
        Interrupted or killed: run the same command again, and it goes on from the last checkpoint, bit for bit as if nothing had happened.
        """;

    internal const string Template = """
        {
          "data": {"type": "names"},
          "model": {"context": 32, "width": 64, "layers": 2, "heads": 4},
          "rule": {"type": "adamW", "beta2": 0.99, "decay": 0.1},
          "schedule": {"type": "sequence", "first": {"type": "warmup", "peak": 0.003, "steps": 50}, "next": {"type": "cosineDecay", "peak": 0.003, "steps": 550, "floor": 0.0003}},
          "steps": 600,
          "batchSize": 32,
          "diagnostics": {"every": 200, "of": ["attention", "ruleUpdate", "effectiveRank", "noiseScale", "sharpness"]}
        }
        """;

    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The run as a JSON file.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "Folder for trace.csv and checkpoint.safetensors.", HelpName = "DIR" };
        var threads = new Option<int>("--threads") { Description = "The most threads; 0 means all. The bits are the same at any number.", HelpName = "N" };
        var template = new Command("template", "Print a run to begin with.");
        template.SetAction(_ =>
        {
            Console.Out.WriteLine(Template);
            return 0;
        });
        var command = new Command("train", Help) { spec, output, threads, template };
        command.SetAction((parsed, cancel) => Task.Run(() => Guarded(() => Run(
            parsed.GetValue(spec) ?? throw new UsageException("Say which run: anneal train SPEC.json --out DIR."),
            parsed.GetValue(output) ?? throw new UsageException("Say where the results go: --out DIR."),
            parsed.GetValue(threads) is >= 0 and var n ? n : throw new UsageException("--threads must be 0 or above."),
            cancel))));
        return command;
    }

    static int Run(string file, string folder, int threads, CancellationToken cancel)
    {
        string text = Input.Text(file, $"A run to begin with: anneal train template > {(file == "-" ? "run.json" : file)}");
        NamedFile.RequireFolder(folder);
        var spec = SpecFile.Read(file, () => TrainJson.Read(text, Input.Folder(file)));
        OwnFiles.RequireOutside(spec.Data, folder);
        var view = new View(spec, folder);
        var outcome = TrainRun.Run(spec, folder, threads, view, Console.Error.WriteLine, cancel);
        view.End(outcome, folder);
        return outcome.Stopped is not null ? 1 : outcome.Run.Batches < spec.Steps ? ExitCodes.Stopped : 0;
    }

    static int Guarded(Func<int> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            Console.Error.WriteLine("The run needs more memory than there is. Take a smaller batchSize, width or sequenceLength, or a rule that remembers less.");
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is UsageException or DocumentException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is FormatException or DataException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>In a terminal one line that is written over, elsewhere one line in ten seconds.</summary>
    sealed class View : IProgress<TrainLine>
    {
        readonly TrainSpec spec;
        readonly long start = Stopwatch.GetTimestamp();
        long first = -1, shown = -1;
        double? validation;

        public View(TrainSpec spec, string folder)
        {
            this.spec = spec;
            OwnFiles.Tell(spec.Data, folder);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{spec.Recipe.Model.Layout.Count:N0} weights, {spec.Steps:N0} steps of {spec.Recipe.BatchSize} × {spec.Recipe.SequenceLength} tokens, vocabulary {spec.Recipe.Model.Vocabulary}"
                + $"{(spec.Data.Entropy is { } entropy ? $"; the least loss there can be is {entropy(spec.Recipe.SequenceLength):F4}" : "")}"));
        }

        public void Report(TrainLine line)
        {
            if (first < 0)
                first = line.Point.Step;
            validation = line.ValidationLoss ?? validation;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            bool live = !Console.IsErrorRedirected;
            if (!live && shown >= 0 && seconds < 10 * (shown + 1))
                return;
            shown = (long)(seconds / 10);
            double perSecond = line.Point.Step > first ? (line.Point.Step - first) / seconds * spec.Recipe.BatchSize * spec.Recipe.SequenceLength : 0;
            string text = string.Create(CultureInfo.InvariantCulture,
                $"step {line.Point.Step,6} of {spec.Steps}  rate {line.Point.Rate:0.###e-0}  loss {line.Point.Loss:F4}  held out {(validation is { } v ? v.ToString("F4", CultureInfo.InvariantCulture) : "–")}  |g| {line.Point.GradientNorm:0.##e-0}  |Δw|/|w| {line.Point.UpdateRatio:0.#e-0}  {perSecond:N0} tokens/s");
            Console.Error.Write(live ? $"\r{text.PadRight(Math.Max(0, Console.WindowWidth - 1))}" : text + Environment.NewLine);
        }

        public void End(TrainOutcome outcome, string folder)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.WriteLine();
            string from = outcome.From > 0 ? string.Create(CultureInfo.InvariantCulture, $" (from step {outcome.From:N0} on)") : "";
            if (outcome.Stopped is { } why)
                Console.Error.WriteLine($"Stopped: {Written.Sentence(why)} See {Path.Combine(folder, "trace.csv")}.");
            else
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Run.Batches:N0} of {spec.Steps:N0} steps{from}: held-out loss {outcome.ValidationLoss:F4} in {folder}"));
            if (outcome.Costs is { } costs)
                Console.Out.WriteLine(costs);
            if (outcome.Stopped is null && spec.Data.Tokenizer is { } tokenizer && outcome.Run.Batches == spec.Steps)
                Console.Out.WriteLine($"A sample:\n{Sample(outcome.Run, tokenizer)}");
        }

        static string Sample(TransformerTraining run, Tokenizer tokenizer)
        {
            var model = run.Recipe.Model;
            var decoder = new TransformerDecoder<float>(model, run.EvaluationWeights(), run.Recipe.Format);
            return tokenizer.Decode(decoder.Generate([0], model.Context - 1, new Sampling(), new SeededRandom(run.Recipe.Seed)));
        }
    }
}
