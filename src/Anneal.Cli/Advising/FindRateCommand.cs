using System.CommandLine;
using System.Globalization;
using System.Text;
using Anneal.Advice;
using Anneal.Experiments;
using Spectre.Console;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary><c>anneal find-rate</c>: rates to begin with, found by trying: the range test, and the largest stable rate.</summary>
internal static class FindRateCommand
{
    const string Help = """
        Find rates to begin with, by trying: the learning rate range test, and short runs at fixed rates up to the largest that holds.

          anneal find-rate names.json --seeds 3                        (a run of anneal train)
          anneal find-rate digits.json --method cosine --chart rates.html   (a method of a sweep)
          anneal find-rate names.json --from 1e-5 --to 1 --steps 400 --csv rates.csv
          anneal find-rate digits.json --seeds 10 --suggestions found.csv
          anneal find-rate compare digits.json:cosine                  (against the sweep's own results, digits.csv beside it)

        The rate rises from update to update, always from the same weights and batches; then short runs are made at fixed rates. Five suggestions come with what the scatter or the
        seeds leave open. They are places to begin a search: a short test from the start cannot know what rate the rest of the run bears.

        Interrupted (Ctrl-C), it tells what the seeds say that are finished.
        """;

    static readonly Argument<string?> spec = new("SPEC") { Arity = ArgumentArity.ZeroOrOne, Description = "A run of anneal train, or a sweep, as a JSON file." };
    static readonly Option<string?> method = new("--method") { HelpName = "NAME", Description = "Which method of a sweep; the first unless given." };
    static readonly Option<double> from = new("--from") { HelpName = "RATE", Description = "The first rate.", DefaultValueFactory = _ => 1e-5 };
    static readonly Option<double> to = new("--to") { HelpName = "RATE", Description = "The last rate.", DefaultValueFactory = _ => 100 };
    static readonly Option<int> steps = new("--steps") { HelpName = "N", Description = "Updates of the test.", DefaultValueFactory = _ => 300 };
    static readonly Option<int> stable = new("--stable-steps") { HelpName = "N", Description = "Updates of a short run at a fixed rate.", DefaultValueFactory = _ => 100 };
    static readonly Option<double> smoothing = new("--smoothing") { HelpName = "SHARE", Description = "Width of the smoothing as a share of the test.", DefaultValueFactory = _ => 0.04 };
    static readonly Option<bool> linear = new("--linear") { Description = "Rates rise along a line, and not by a fixed factor." };
    static readonly Option<int> seeds = new("--seeds") { HelpName = "N", Description = "Tests from so many seeds; the interval is then theirs.", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> csv = new("--csv") { HelpName = "FILE", Description = "All points: seed, rate, loss, smoothed loss and slope with their standard errors." };
    static readonly Option<string?> suggestions = new("--suggestions") { HelpName = "FILE", Description = "The suggestions of every seed: seed, suggestion, rate, low, high." };
    static readonly Option<string?> chart = new("--chart") { HelpName = "FILE.html", Description = "The tests as a page that works offline." };

    public static Command Create()
    {
        var subjects = new Argument<string[]>("SPEC:METHOD") { Arity = ArgumentArity.OneOrMore, Description = "Sweeps with a method; the results of each lie beside it, as SPEC with the ending csv." };
        var many = new Option<int>("--seeds") { HelpName = "N", Description = "Tests from so many seeds.", DefaultValueFactory = _ => 10 };
        var compare = new Command("compare", "Hold the suggestions against the best rates of finished sweeps; a Markdown table.") { subjects, many, from, to, steps, stable };
        compare.SetAction((parsed, cancel) => Guarded(() =>
        {
            try
            {
                foreach (string line in RateComparison.Lines(parsed.GetValue(subjects)!, Seeds(parsed, many), Test(parsed), cancel))
                    Console.Out.WriteLine(line);
                return 0;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("Stopped: the table has the problems that were finished.");
                return ExitCodes.Stopped;
            }
        }));
        var command = new Command("find-rate", Help) { spec, method, from, to, steps, stable, smoothing, linear, seeds, csv, suggestions, chart, compare };
        command.SetAction((parsed, cancel) => Guarded(() => Run(parsed, cancel)));
        return command;
    }

    static Task<int> Guarded(Func<int> act) => Task.Run(() =>
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is UsageException or DocumentException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException or DataException or InvalidOperationException or SweepException)
        {
            Console.Error.WriteLine(e is ArgumentException ? ScheduleSource.Reason(e) : e.Message);
            return 1;
        }
    });

    static RangeTest Test(ParseResult parsed)
    {
        var usual = new RangeTest();
        try
        {
            return new(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(steps), parsed.GetValue(linear), parsed.GetResult(smoothing) is null ? usual.Smoothing : parsed.GetValue(smoothing), parsed.GetValue(stable));
        }
        catch (ArgumentException refused)
        {
            throw new UsageException($"{InOptions(ScheduleSource.Reason(refused))} anneal find-rate --help shows what is usual.");
        }
    }

    /// <summary>A refusal of a range test in the words of the command: "--to must be above --from (1)".</summary>
    static string InOptions(string reason) =>
        new (string Member, Option Option)[] { (nameof(RangeTest.From), from), (nameof(RangeTest.To), to), (nameof(RangeTest.Steps), steps), (nameof(RangeTest.Smoothing), smoothing), (nameof(RangeTest.StableSteps), stable) }
            .Aggregate(reason, (text, name) => System.Text.RegularExpressions.Regex.Replace(text, $@"\b{name.Member}\b", name.Option.Name));

    static int Seeds(ParseResult parsed, Option<int> option) => parsed.GetValue(option) is >= 1 and <= RateFinder.MostSeeds and var count ? count
        : throw new UsageException($"--seeds must be from 1 to {RateFinder.MostSeeds}; it was {parsed.GetValue(option)}.");

    static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var subject = RateSubject.Read(parsed.GetValue(spec) ?? throw new UsageException("Say what is trained: anneal find-rate SPEC.json; anneal find-rate --help shows examples."), parsed.GetValue(method));
        int count = Seeds(parsed, seeds);
        foreach (var written in (Option<string?>[])[csv, suggestions, chart])
            NamedFile.RequireWritable(parsed.GetValue(written));
        var test = Test(parsed);
        var finished = new List<(RangeCurve Curve, ShortRuns Runs)>();
        bool whole = true;
        using (var progress = new RateProgressLine())
            try
            {
                foreach (var seed in RateFinder.Each(subject.Start, count, test, progress.Report, cancel))
                    finished.Add(seed);
            }
            catch (OperationCanceledException)
            {
                whole = false;
            }
        if (!whole)
            Console.Error.WriteLine(finished.Count == 0 ? "Stopped before the first seed was finished: nothing is known yet." : Invariant($"Stopped: this is what {finished.Count} of {count} seeds say."));
        if (finished.Count == 0)
            return ExitCodes.Stopped;
        bool any = Tell(parsed, subject, new(test, [.. finished.Select(f => f.Curve)], [.. finished.Select(f => f.Runs)]));
        return !whole ? ExitCodes.Stopped : any ? 0 : 1;
    }

    /// <summary>Prints and writes what was found.</summary>
    /// <returns>Whether there is any suggestion.</returns>
    static bool Tell(ParseResult parsed, RateSubject subject, FoundRates found)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        foreach (string line in Plot(found, Console.IsOutputRedirected ? 80 : Console.WindowWidth))
            Console.Out.WriteLine(line);
        var table = new TerminalTable(["suggestion", "rate", "between", "why"]);
        foreach (var suggestion in found.Suggestions)
            table.Add(Name(suggestion.Kind), Text(suggestion.Rate), suggestion.Low is { } low && suggestion.High is { } high ? $"{Text(low)} and {Text(high)}" : "", suggestion.Reason);
        table.Write(AnsiConsole.Console);
        double[] rates = [.. found.Suggestions.Where(s => s.Kind != RateSuggestionKind.LargestStable).Select(s => s.Rate).OfType<double>()];
        if (rates.Length > 1)
            Console.Out.WriteLine(Invariant($"The first four lie within a factor of {rates.Max() / rates.Min():0.#} of each other{(found.Curves.Count == 1 ? "; ask for --seeds 3 or more to see what another start gives" : "")}."));
        if (found.Curves.Count > 1)
            Console.Out.WriteLine(Invariant($"A rate is the geometric mean over {found.Curves.Count} seeds. Between are the least and the greatest rate that cannot be told from what any one of them suggests, so both the seeds' spread and the scatter of each."));
        if (parsed.GetValue(csv) is { } file)
            Written(file, f => Anneal.Notebooks.SafeFile.Write(f, Csv(found)));
        if (parsed.GetValue(suggestions) is { } list)
            Written(list, f => Anneal.Notebooks.SafeFile.Write(f, Listed(found)));
        if (parsed.GetValue(chart) is { } page)
            Written(page, f => FindRatePage.Write(subject, found, f));
        // The command to go on with is the last line.
        if (found[RateSuggestionKind.BestShortRun].Rate is { } rate)
            Console.Out.WriteLine(Next(parsed.GetValue(spec)!, subject, rate));
        return rates.Length > 0;
    }

    static void Written(string file, Action<string> write)
    {
        write(file);
        Console.Out.WriteLine($"Wrote {file}.");
    }

    /// <summary>What to do with the best short run.</summary>
    static string Next(string file, RateSubject subject, double rate)
    {
        string begin = $"Begin with the best short run, {Text(rate)}, and try its neighbours in full runs";
        if (subject.Advised is not var (optimizer, factor))
            return $"{begin}: no table knows the rates of this rule in this form, so put them into a sweep yourself.";
        if (factor != 1)
            begin += Invariant($". With the {optimizer} that is advised, {Text(factor * rate)} takes as long steps as that rate with this form of it, so it is carried over × {factor:0.###}");
        string said = file == "-" ? "SPEC.json" : file;
        return Invariant($"{begin}:\nanneal advise --base {NamedFile.Quoted(said)} --optimizer {optimizer} --earlier-rate {Text(factor * rate)} --earlier-batch {subject.Batch} --earlier-optimizer {optimizer} --earlier-short yes --as sweep --out {NamedFile.Quoted(Path.GetFileNameWithoutExtension(said) + "-plan.json")}");
    }

    public static string Name(RateSuggestionKind kind) => kind switch
    {
        RateSuggestionKind.Steepest => "steepest",
        RateSuggestionKind.Valley => "valley",
        RateSuggestionKind.TenthOfMinimum => "a tenth of the minimum",
        RateSuggestionKind.BestShortRun => "best short run",
        _ => "largest stable",
    };

    public static string Text(double? rate) => rate is { } value ? value.ToString("0.##e-0", CultureInfo.InvariantCulture) : "none";

    /// <summary>The smoothed loss of the first seed against the rate.</summary>
    static IEnumerable<string> Plot(FoundRates found, int width)
    {
        RangePoint[] smooth = [.. found.Curves[0].Points.Where(p => double.IsFinite(p.Smoothed))];
        if (smooth.Length < 3)
            yield break;
        double least = smooth.Min(p => p.Smoothed);
        yield return Invariant($"Smoothed loss above its least, {least:G4}, from a rate of {Text(smooth[0].Rate)} to {Text(smooth[^1].Rate)}{(found.Test.Linear ? "" : ", equal factors equally wide")}:");
        foreach (string line in TerminalPlot.Lines(new Interpolated([.. smooth.Select((_, i) => (double)i)], [.. smooth.Select(p => p.Smoothed - least)]), 0, smooth.Length - 1, width).SkipLast(1))
            yield return line;
    }

    static string Csv(FoundRates found)
    {
        var text = new StringBuilder("seed,rate,loss,smoothed,error,slope,slope_error\n");
        foreach (var (seed, curve) in found.Curves.Index())
            foreach (var p in curve.Points)
                text.Append(CultureInfo.InvariantCulture, $"{seed},{p.Rate:R},{p.Loss:R},{p.Smoothed:R},{p.Error:R},{p.Slope:R},{p.SlopeError:R}\n");
        return text.ToString();
    }

    /// <summary>Every seed's suggestions; a rate that is not suggested is left empty.</summary>
    static string Listed(FoundRates found)
    {
        var text = new StringBuilder("seed,suggestion,rate,low,high\n");
        foreach (var kind in Enum.GetValues<RateSuggestionKind>())
            foreach (var (seed, s) in found.Each(kind).Index())
                text.Append(CultureInfo.InvariantCulture, $"{seed},{Name(kind)},{s.Rate:R},{s.Low:R},{s.High:R}\n");
        return text.ToString();
    }
}
