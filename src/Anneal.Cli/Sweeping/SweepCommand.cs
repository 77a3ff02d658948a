using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Anneal.Notebooks;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary><c>anneal sweep</c>: compares ways of training by one protocol, in many trials that survive interruptions.</summary>
internal static class SweepCommand
{
    const string Help = """
        Run a sweep: every method at every rate with every seed, then one table and one page.

          anneal sweep digits.json --out results/digits
          anneal sweep digits.json --out shard-2 --shard 2/8          (this machine's part of eight)
          anneal sweep merge shard-1 shard-2 … --out results/digits   (the parts as if one machine had run them)
          anneal sweep digits.json --only digits.csv --out again      (the trials of an earlier table once more)
          anneal sweep template example > digits.json                 (a sweep to begin with; or transformer > brackets.json)
          anneal sweep template slurm > slurm.sh                      (all shards on a cluster; or kubernetes > kubernetes.yaml)

        Every method is run at the same rates with the same seeds. A method's rate is chosen by the tuning seeds; what is reported comes from the
        evaluation seeds alone. Where a best rate lies on the edge, the rates are widened.

        Interrupted, killed or out of disk: run the same command again, and it goes on where it was.
        """;

    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep as a JSON file.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "Folder for journal, results.csv, results.parquet and summary.html.", HelpName = "DIR" };
        var jobs = new Option<int>("--jobs") { Description = "Trials that run at the same time.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var shard = new Option<string?>("--shard") { Description = "Run only the i-th of n parts.", HelpName = "i/n" };
        var only = new Option<string?>("--only") { Description = "Run only the trials that this table has: a results.csv of the same sweep. Lines may be missing, but each rate must stand in it.", HelpName = "FILE" };
        var command = new Command("sweep", Help) { spec, output, jobs, shard, only, Merging(), Templates() };
        command.SetAction((parsed, cancel) => Task.Run(() => Guarded(() => Run(
            parsed.GetValue(spec) ?? throw new UsageException("Say which sweep: anneal sweep SPEC.json --out DIR."),
            Folder(parsed.GetValue(output)),
            parsed.GetValue(jobs) is > 0 and var n ? n : throw new UsageException("--jobs must be a number above 0."),
            parsed.GetValue(shard) is { } part ? Part(part) : null,
            parsed.GetValue(only),
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
            string into = Folder(parsed.GetValue(output));
            NamedFile.RequireFolder(into);
            foreach (string part in parsed.GetValue(folders)!)
                if (!Directory.Exists(part))
                    throw new UsageException(File.Exists(part) ? $"{part} is a file: name the folder that a sweep was run into (--out)." : $"There is no folder '{part}': name those that the parts of a sweep were run into (--out).");
            var results = Sweep.Merge(parsed.GetValue(folders)!, into);
            int code = Tell(results, into, table: null);
            if (code == 0 && results.Sweep.Widenings > 0 && new SweepReport(results).Wanted is not (false, false))
                Console.WriteLine($"The protocol wants more rates than were tried. One machine would have tried them by itself: run the sweep once more with --out {into}, and only they are run.");
            return code;
        }));
        return command;
    }

    static Command Templates()
    {
        var name = new Argument<string>("NAME") { Description = "Which file." };
        name.AcceptOnlyFromAmong(SweepTemplates.Names);
        var command = new Command("template", "Print a file to begin with: an example of a sweep, or a script that runs its shards on a cluster.") { name };
        command.SetAction(parsed => Console.Out.Write(SweepTemplates.Text(parsed.GetValue(name)!)));
        return command;
    }

    static string Folder(string? output) => string.IsNullOrWhiteSpace(output) ? throw new UsageException("Say where to: --out DIR.") : output;

    static int Run(string spec, string folder, int jobs, Shard? shard, string? table, CancellationToken cancel)
    {
        var sweep = Read(spec);
        var only = table is null ? null : Only(sweep, table);
        NamedFile.RequireFolder(folder);
        if (sweep.Setting is TokenSetting setting)
        {
            OwnFiles.RequireOutside(setting.Tokens, folder);
            OwnFiles.Tell(setting.Tokens);
        }
        long start = Stopwatch.GetTimestamp();
        SweepResults results;
        try
        {
            results = Console.IsOutputRedirected
                ? Sweep.Run(sweep, folder, jobs, shard, new SweepLines(Console.Out).Report, cancel, only)
                : SweepBar.While(report => Sweep.Run(sweep, folder, jobs, shard, report, cancel, only));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped. What has finished is kept in {folder}; the same command goes on from there.");
            return ExitCodes.Stopped;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Trials.Count - results.Missing:N0} of {results.Trials.Count:N0} trials are in {folder} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} seconds."));
        return shard is null ? Tell(results, folder, table) : 0;
    }

    /// <summary>Writes what a finished sweep comes to; an unfinished one has a table, but no ranking.</summary>
    /// <param name="results">What was run.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="table">The table that said which trials; null where all were asked for.</param>
    static int Tell(SweepResults results, string folder, string? table)
    {
        try
        {
            return Write(results, folder, table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException($"The results could not be written to {folder}: {e.Message}. Every finished trial is kept; run the same command again when there is room.", e);
        }
    }

    static int Write(SweepResults results, string folder, string? table)
    {
        SafeFile.Write(Path.Combine(folder, "results.csv"), results.ToCsv());
        string? logs = results.LogsToCsv();
        if (logs is not null)
            SafeFile.Write(Path.Combine(folder, "logs.csv"), logs);
        ResultParquet.Write(results, Path.Combine(folder, "results.parquet"));
        if (results.Missing > 0 && table is not null)
        {
            Console.WriteLine($"Wrote results.csv{(logs is null ? "" : ", logs.csv")} and results.parquet: {results.Trials.Count - results.Missing:N0} trials, those of {table} among them; there is no ranking of a part.");
            return 0;
        }
        if (results.Missing > 0)
        {
            Console.Error.WriteLine($"{results.Missing:N0} of {results.Trials.Count:N0} trials are missing, so there is no ranking yet: run the other shards and merge them too, or run the sweep with --out {folder} to finish it here.");
            return 1;
        }
        var report = new SweepReport(results);
        // What is not a terminal has no width; 80 would break the table's cells.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 120;
        AnsiConsole.Write(SweepText.Table(report));
        foreach (string line in SweepText.Findings(report, results.Sweep))
            Console.WriteLine(MarkdownText.OneLine(line));
        string page = Path.Combine(folder, "summary.html");
        SweepPage.Write(results, report, page);
        Console.WriteLine($"Wrote results.csv, {(logs is null ? "" : "logs.csv, ")}results.parquet and {page}.");
        return 0;
    }

    static SweepSpec Read(string path)
    {
        string text = Input.Text(path, $"A sweep to begin with: anneal sweep template example > {(path == "-" ? "sweep.json" : path)}");
        return SpecFile.Read(path, () => SweepJson.ReadSweep(text, Input.Folder(path)));
    }

    /// <summary>A table of the sweep: the trials that are asked for.</summary>
    static SweepResults Only(SweepSpec sweep, string table)
    {
        string text = Input.Text(table, "Name the results.csv of an earlier run of this sweep.");
        try
        {
            return ResultTable.Read(sweep, text);
        }
        catch (SweepException refused)
        {
            throw new UsageException($"{Input.Name(table)}: {refused.Message}");
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
        catch (Exception e) when (e is UsageException or DocumentException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is SweepException or DataException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
