using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary><c>anneal sweep</c>: compares ways of training by one protocol, in many trials that survive interruptions.</summary>
internal static class SweepCommand
{
    const int Stopped = 130;

    const string Help = """
        Run a sweep: every method at every rate with every seed, then one table and one page.

          anneal sweep digits.json --out results/digits
          anneal sweep digits.json --out shard-2 --shard 2/8          (this machine's part of eight)
          anneal sweep merge shard-1 shard-2 … --out results/digits   (the parts as if one machine had run them)

        Interrupted, killed or out of disk: run the same command again, and it goes on where it was.
        """;

    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep as a JSON file.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "Folder for journal, results.csv, results.parquet and summary.html.", HelpName = "DIR" };
        var jobs = new Option<int>("--jobs") { Description = "Trials that run at the same time.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var shard = new Option<string?>("--shard") { Description = "Run only the i-th of n parts.", HelpName = "i/n" };
        var command = new Command("sweep", Help) { spec, output, jobs, shard, Merging() };
        command.SetAction((parsed, cancel) => Task.Run(() => Guarded(() => Run(
            parsed.GetValue(spec) ?? throw new UsageException("Say which sweep: anneal sweep SPEC.json --out DIR."),
            parsed.GetValue(output) ?? throw new UsageException("Say where to: --out DIR."),
            parsed.GetValue(jobs) is > 0 and var n ? n : throw new UsageException("--jobs must be a number above 0."),
            parsed.GetValue(shard) is { } part ? Part(part) : null,
            cancel))));
        return command;
    }

    static Command Merging()
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders of the parts.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out") { Description = "Folder for the whole.", HelpName = "DIR" };
        var command = new Command("merge", "Put the parts of a sweep together.") { folders, output };
        command.SetAction(parsed => Guarded(() =>
        {
            string into = parsed.GetValue(output) ?? throw new UsageException("Say where to: --out DIR.");
            return Tell(Sweep.Merge(parsed.GetValue(folders)!, into), into);
        }));
        return command;
    }

    static int Run(string spec, string folder, int jobs, Shard? shard, CancellationToken cancel)
    {
        var sweep = Read(spec);
        long start = Stopwatch.GetTimestamp();
        SweepResults results;
        try
        {
            results = Console.IsOutputRedirected
                ? Sweep.Run(sweep, folder, jobs, shard, new SweepLines(Console.Out).Report, cancel)
                : SweepBar.While(report => Sweep.Run(sweep, folder, jobs, shard, report, cancel));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped. What has finished is kept in {folder}; the same command goes on from there.");
            return Stopped;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Trials.Count - results.Missing:N0} of {results.Trials.Count:N0} trials are in {folder} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} seconds."));
        return shard is null ? Tell(results, folder) : 0;
    }

    /// <summary>Writes what a finished sweep comes to; an unfinished one has a table, but no ranking.</summary>
    static int Tell(SweepResults results, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, "results.csv"), results.ToCsv());
        ResultParquet.Write(results, Path.Combine(folder, "results.parquet"));
        if (results.Missing > 0)
        {
            Console.Error.WriteLine($"{results.Missing:N0} of {results.Trials.Count:N0} trials are missing, so there is no ranking yet: run the other shards and merge them too, or run the sweep with --out {folder} to finish it here.");
            return 1;
        }
        var report = new SweepReport(results);
        AnsiConsole.Write(SweepText.Table(report));
        foreach (string line in SweepText.Findings(report, results.Sweep))
            Console.WriteLine(line);
        string page = Path.Combine(folder, "summary.html");
        SweepPage.Write(results, report, page);
        Console.WriteLine($"Wrote results.csv, results.parquet and {page}.");
        return 0;
    }

    static SweepSpec Read(string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"There is no file {path}.");
        try
        {
            return SweepJson.ReadSweep(File.ReadAllText(path));
        }
        catch (SweepFormatException e)
        {
            throw new SweepException($"{path}: {e.Message}", e);
        }
    }

    static Shard Part(string text)
    {
        string[] numbers = text.Split('/');
        if (numbers.Length != 2 || !int.TryParse(numbers[0], CultureInfo.InvariantCulture, out int i) || !int.TryParse(numbers[1], CultureInfo.InvariantCulture, out int n) || i < 1 || i > n)
            throw new UsageException($"--shard is i/n with i from 1 to n, such as 2/8, not '{text}'.");
        return new(i, n);
    }

    static int Guarded(Func<int> act)
    {
        try
        {
            return act();
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return UsageException.ExitCode;
        }
        catch (Exception e) when (e is SweepException or DataException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
