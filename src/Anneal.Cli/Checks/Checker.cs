using System.Collections.Concurrent;
using System.Diagnostics;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>How notebooks are checked.</summary>
/// <param name="Run">False looks without running.</param>
/// <param name="Solutions">Whether stubs are replaced by their solutions first.</param>
/// <param name="Jobs">Notebooks that run at the same time.</param>
/// <param name="Limits">What each of them may take.</param>
internal sealed record CheckSettings(bool Run, bool Solutions, int Jobs, RunSettings Limits);

/// <summary>What checking a notebook found.</summary>
/// <param name="File">Its file.</param>
/// <param name="Findings">What should be changed, in order.</param>
/// <param name="Exercises">How many exercises it has.</param>
/// <param name="Form">A lesson's measures; null for other notebooks.</param>
internal sealed record CheckResult(string File, IReadOnlyList<Finding> Findings, int Exercises, LessonForm? Form = null)
{
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>How many findings there are, without those that may be changed later.</summary>
    public int Count => Findings.Count(finding => !finding.IsForLater);
}

/// <summary>Looks at notebooks, runs them, and looks at what their exercises said.</summary>
internal sealed class Checker(CheckSettings settings)
{
    readonly ConcurrentDictionary<string, Lazy<Course?>> courses = new();
    readonly ConcurrentQueue<CheckResult> found = new();

    /// <summary>What was found so far, in the order of the files' names: all there is to tell if the rest is stopped.</summary>
    public IReadOnlyList<CheckResult> Found => [.. found.OrderBy(result => result.File, StringComparer.Ordinal)];

    /// <summary>What is done, in words.</summary>
    /// <param name="exercises">Such as "its exercises".</param>
    public string Tried(string exercises) => settings.Run ? $"run with {exercises} {(settings.Solutions ? "solved" : "not solved yet")}" : "looked at, not run";

    Course? CourseAround(string file) => courses.GetOrAdd(Path.GetDirectoryName(Path.GetFullPath(file))!, folder => new(() => Course.In(folder))).Value;

    /// <summary>One result per file, in their order.</summary>
    public async Task<CheckResult[]> CheckAsync(IReadOnlyList<string> files, IRenderProgress progress, CancellationToken cancel)
    {
        var results = new CheckResult[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancel };
        var order = LongestFirst.Of(files);
        await Parallel.ForAsync(0, files.Count, options, async (place, token) =>
        {
            string file = files[order[place]];
            progress.Started(Path.GetFileNameWithoutExtension(file));
            long start = Stopwatch.GetTimestamp();
            var result = results[order[place]] = await CheckAsync(file, progress, token);
            found.Enqueue(result);
            progress.Checked(result, Tried("its exercises"), Stopwatch.GetElapsedTime(start));
        });
        return results;
    }

    /// <summary>Runs once more, with their exercises solved, those notebooks that have some, and adds what only that run shows.</summary>
    /// <param name="results">What the runs with the exercises as readers find them have shown.</param>
    /// <param name="progress">Is told of these runs.</param>
    /// <param name="cancel">Ends it at once; the results then have what the runs have shown that were finished.</param>
    public async Task<CheckResult[]> WithSolutionsAsync(IReadOnlyList<CheckResult> results, IRenderProgress progress, CancellationToken cancel)
    {
        var solving = new Checker(settings with { Solutions = true });
        try
        {
            await solving.CheckAsync([.. results.Where(r => r.Exercises > 0).Select(r => r.File)], progress, cancel);
        }
        catch (OperationCanceledException)
        {
            // What is finished is told.
        }
        var more = solving.Found.ToDictionary(result => result.File, result => result.Findings);
        return [.. results.Select(r => more.TryGetValue(r.File, out var solved) ? r with { Findings = [.. r.Findings.Union(solved)] } : r)];
    }

    /// <summary>What a run of a notebook shows that has taken place already.</summary>
    public CheckResult Look(string file, NotebookRun run)
    {
        CheckResult result;
        try
        {
            result = Look(file, NotebookText.Read(file, CourseAround(file)), run);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            result = Unchecked(file, e); // the page of the run is written all the same
        }
        found.Enqueue(result);
        return result;
    }

    static CheckResult Unchecked(string file, Exception fault) => new(file, [new("file", null, null, fault is NotebookException e ? e.Fault : $"It cannot be checked: {fault.Message}")], 0);

    /// <summary>Whatever is wrong with one notebook is a finding about it; the others are checked.</summary>
    async Task<CheckResult> CheckAsync(string file, IRenderProgress progress, CancellationToken cancel)
    {
        try
        {
            return await CheckAsync(file, NotebookText.Read(file, CourseAround(file)), progress, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unchecked(file, e);
        }
    }

    async Task<CheckResult> CheckAsync(string file, NotebookText text, IRenderProgress progress, CancellationToken cancel)
    {
        if (!settings.Run)
            return Look(file, text, null);
        var notebook = settings.Solutions ? ExerciseCells.WithSolutions(text.Notebook) : text.Notebook;
        return Look(file, text, await NotebookRunner.RunAsync(notebook, settings.Limits, new CellReports(progress), cancel));
    }

    CheckResult Look(string file, NotebookText text, NotebookRun? run)
    {
        var findings = new List<Finding>(Lints.Look(text));
        if (run is not null)
        {
            findings.AddRange(Failures(run));
            findings.AddRange(ExerciseProgress.Look(run, settings.Solutions));
        }
        var form = text.IsLesson ? LessonForm.Of(text, run) : null;
        if (form is not null && text.Course?.Registers.Lessons.FirstOrDefault(l => l.Name == text.Notebook.Name) is { } lesson)
        {
            // Charts are counted in outputs; how many a notebook draws that was not run is a guess, too rough to hold minutes against.
            findings.AddRange(text.Later(form.Findings(run is null ? null : lesson.Minutes)));
        }
        return new(file, findings, ExerciseCells.Of(text.Notebook).Count, form);
    }

    static IEnumerable<Finding> Failures(NotebookRun run) => run.Cells.Index()
        .Where(c => c.Item.Failure is not null)
        .Select(c => new Finding("run", c.Index + 1, c.Item.Failure!.Line, Describe(c.Item.Failure)));

    static string Describe(Failure failure)
    {
        string source = failure.SourceLine is { } line ? $"{line.Trim()}\n" : "";
        return $"{source}{failure.Name}: {failure.Message}".Replace("\n", "\n    ");
    }
}
