using System.CommandLine;
using System.Diagnostics;

namespace Anneal.Cli;

/// <summary><c>anneal check</c>: holds notebooks to the rules of the workbook, runs them, and tries their exercises.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var running = new RunOptions(forbidsRestore: true);
        var solutions = new Option<bool>("--solutions")
        {
            Description = "Put each exercise's solution in place of its stub; every check must then pass. Without, every check must say \"not solved yet\".",
        };
        var lintOnly = new Option<bool>("--lint-only") { Description = "Look only, run nothing." };
        var form = new Option<bool>("--form") { Description = "Show also what the lessons listed in course/old-form.json have still to change." };
        var command = new Command("check", "Hold notebooks to the workbook's rules: run them, try their exercises, look for unchecked numbers.")
            { solutions, lintOnly, form };
        running.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(solutions) && result.GetValue(lintOnly))
                result.AddError("--solutions runs notebooks and --lint-only does not: choose one.");
        });
        command.SetAction((parsed, cancel) => RunAsync(
            running.Paths(parsed),
            new(!parsed.GetValue(lintOnly), parsed.GetValue(solutions), running.Jobs(parsed), running.Limits(parsed)),
            parsed.GetValue(form),
            cancel));
        return command;
    }

    static async Task<int> RunAsync(string[] paths, CheckSettings settings, bool form, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        var checker = new Checker(settings);
        try
        {
            var files = NotebookPaths.Find(paths, Environment.CurrentDirectory);
            if (settings.Run)
                foreach (var repository in files.Select(Repository.Above).OfType<Repository>().DistinctBy(r => r.Root))
                    if (await repository.EnsureLibrariesAsync(Console.WriteLine, cancel) is { } complaint)
                    {
                        Console.Error.WriteLine($"What notebooks load could not be built:\n{complaint}");
                        return 1;
                    }
            return Tell(await ConsoleProgress.WhileAsync(progress => checker.CheckAsync(files, progress, cancel)), "");
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            if (checker.Found is [_, ..] found)
                Tell(found, ", and stopped before the others,");
            Console.Error.WriteLine("Stopped.");
            return ExitCodes.Stopped;
        }

        int Tell(IReadOnlyList<CheckResult> results, string how) => CheckSummary.Write(
            results, exercises => checker.Tried(exercises) + how, form, Stopwatch.GetElapsedTime(start));
    }
}
