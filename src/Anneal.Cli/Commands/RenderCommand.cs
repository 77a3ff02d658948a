using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary><c>anneal render</c>: runs notebooks and writes them as pages.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var running = new RunOptions(forbidsRestore: false);
        var output = new Option<string?>("--out") { Description = "Folder for the pages.", HelpName = "FOLDER", DefaultValueFactory = _ => null };
        var save = new Option<bool>("--save") { Description = "Write the outputs into the .ipynb files as well; a .dib file has no place for them." };
        var withoutSolutions = new Option<bool>("--without-solutions") { Description = "Leave solutions out: the hand-out." };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Run the cells after one that fails as well, and write the page with the error in it; the exit code is 1." };
        var reference = new Option<bool>("--reference") { Description = "Write the API reference of the libraries as well; dotnet tool restore brings what it needs." };
        var noLive = new Option<bool>("--no-live") { Description = "Do without the library for browsers, which takes some 40 seconds to build when it has changed: the lab is left out, the figures of lessons have only their stops, and the review page does not say what is due." };
        var check = new Option<bool>("--check")
        {
            Description = "Also do what check and check --solutions do: look at the run that makes the page, and run notebooks once more with their exercises solved.",
        };
        var fresh = new Option<bool>("--fresh") { Description = "Run notebooks also where nothing has changed since their last run, whose results their pages otherwise show, measured times included; with --check they always run." };
        var command = new Command("render", "Run notebooks and write them as pages that work offline.")
            { output, save, withoutSolutions, keepGoing, reference, noLive, check, fresh };
        running.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(
            running.Paths(parsed),
            parsed.GetValue(output),
            Settings(
                new RenderSettings("", running.Jobs(parsed), running.Limits(parsed) with { KeepGoing = parsed.GetValue(keepGoing) }, parsed.GetValue(save), !parsed.GetValue(withoutSolutions)) { Reference = parsed.GetValue(reference) },
                parsed.GetValue(check), parsed.GetValue(fresh)),
            !parsed.GetValue(noLive),
            cancel));
        return command;
    }

    /// <summary>With --check no packages are restored and no results reused.</summary>
    static RenderSettings Settings(RenderSettings settings, bool check, bool fresh)
    {
        if (check)
            settings = settings with { Limits = settings.Limits with { Restore = false } };
        return settings with
        {
            Checker = check ? new(new(Run: true, Solutions: false, settings.Jobs, settings.Limits)) : null,
            Kept = new(settings.Limits) { OnlyKeeps = check || fresh },
        };
    }

    static async Task<int> RunAsync(string[] paths, string? output, RenderSettings settings, bool withLive, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        bool isTold = false; // what the checks found
        try
        {
            var files = NotebookPaths.Find(paths, Environment.CurrentDirectory);
            string[] folders = [.. files.Select(file => Path.GetDirectoryName(file)!).Distinct()];
            var courses = folders.ToDictionary(folder => folder, Course.In);
            RefuseTakenNames(files, courses);
            if (settings.Save && files.Where(file => !NotebookFile.KeepsOutputs(file)).ToArray() is [_, ..] plain)
                Console.Error.WriteLine($"--save leaves {string.Join(", ", plain.Select(Path.GetFileName))} as it is: a .dib file has no place for outputs.");
            settings = settings with
            {
                Out = Path.GetFullPath(output ?? Path.Combine(Repository.Above(folders[0])?.Root ?? "", "artifacts", "site")),
                Courses = courses,
            };
            NamedFile.RequireFolder(settings.Out);
            foreach (var repository in folders.Select(Repository.Above).OfType<Repository>().DistinctBy(r => r.Root))
                if (await repository.EnsureLibrariesAsync(Console.WriteLine, cancel) is { } complaint)
                {
                    Console.Error.WriteLine($"What notebooks load could not be built:\n{complaint}");
                    return 1;
                }

            // Built while the first notebooks run.
            var library = withLive && folders.FirstOrDefault(folder => courses[folder] is not null) is { } taught && Repository.Above(taught) is { } home ? new LiveLibrary(home.Root) : null;
            var live = library?.GetAsync(Console.WriteLine, cancel) ?? Task.FromResult<(string? Packed, string? Problem)>((null, null));
            settings = settings with { Live = ForPagesAsync(library, live) };
            _ = Task.Run(() => Page.Document("Index", "- [page](page.html)", new PageSettings()), cancel); // the first page takes long; this one is ready by then
            var results = await ConsoleProgress.WhileAsync(progress => new Renderer(settings, progress).RenderAsync(files, cancel));
            string? withoutLab = WriteLab(await live, settings.Out, folders);
            string? withoutReference = settings.Reference ? await WriteReferenceAsync(settings, folders, cancel) : null;
            string[] problems = [.. new[] { withoutLab, withoutReference }.OfType<string>(), .. SitePages.Write(settings.Out, folders, (await live).Packed)];
            int code = Summarize(results, settings.Out, Stopwatch.GetElapsedTime(start));
            foreach (string problem in problems)
                Console.Error.WriteLine(problem);
            if (settings.Checker is { } checker)
            {
                isTold = true;
                code = Math.Max(code, await CheckAsync(checker, [.. results.Select(r => r.Checked).OfType<CheckResult>()], start, cancel));
            }
            return problems.Length > 0 ? 1 : code;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            if (!isTold && settings.Checker?.Found is [_, ..] found)
                CheckSummary.Write(found, exercises => $"checked, with {exercises} not solved yet, and stopped before the others,", form: false, Stopwatch.GetElapsedTime(start));
            Console.Error.WriteLine("Stopped. Pages that were finished stay; no other was touched.");
            return ExitCodes.Stopped;
        }
    }

    /// <summary>Runs what has exercises once more with their solutions, and tells what both runs show. Stopped, it tells what was seen until then, and throws.</summary>
    /// <returns>The exit code.</returns>
    static async Task<int> CheckAsync(Checker checker, CheckResult[] found, long start, CancellationToken cancel)
    {
        found = await ConsoleProgress.WhileAsync(progress => checker.WithSolutionsAsync(found, progress, cancel));
        string tried = cancel.IsCancellationRequested ? "not solved yet, and stopped before all were solved," : "not solved yet and solved,";
        int code = CheckSummary.Write(found, exercises => $"checked, with {exercises} {tried}", form: false, Stopwatch.GetElapsedTime(start));
        cancel.ThrowIfCancellationRequested();
        return code;
    }

    static async Task<PageLibrary?> ForPagesAsync(LiveLibrary? library, Task<(string? Packed, string? Problem)> live)
    {
        await live;
        return library?.KeptIn is { } file ? LabPage.Library(file) : null;
    }

    /// <returns>Why the lab could not be written, or null.</returns>
    /// <remarks>A site without the lab is still the workbook: that the library could not be built for browsers is said, and is no failure.</remarks>
    static string? WriteLab((string? Packed, string? Problem) live, string site, string[] folders)
    {
        if (live.Packed is not null)
            return SitePages.WriteLab(site, folders, live.Packed);
        if (live.Problem is null)
            return null;
        Console.Error.WriteLine(live.Problem);
        PageFile.Delete(Path.Combine(site, CourseSite.Lab.Href)); // an earlier one has an older library in it
        return null;
    }

    static Task<string?> WriteReferenceAsync(RenderSettings settings, string[] folders, CancellationToken cancel) =>
        folders.Select(Repository.Above).OfType<Repository>().FirstOrDefault() is { } repository
            ? ReferenceSite.WriteAsync(repository.Root, settings.Out, settings.Courses.Values.OfType<Course>().FirstOrDefault(), cancel)
            : Task.FromResult<string?>("--reference is for notebooks inside the repository: its sources are what the reference is made of.");

    /// <summary>A course has pages of its own, whose place no notebook may take.</summary>
    static void RefuseTakenNames(IReadOnlyList<string> files, Dictionary<string, Course?> courses)
    {
        if (courses.Values.All(course => course is null))
            return;
        foreach (string file in files)
            if (CourseSite.References.Append(CourseSite.Lab).FirstOrDefault(page => page.Href.Equals(Path.GetFileNameWithoutExtension(file) + ".html", StringComparison.OrdinalIgnoreCase)) is { } taken)
                throw new UsageException($"{file} would take the place of {taken.Href}. Give it another name.");
    }

    /// <summary>What went wrong, then one line that counts.</summary>
    static int Summarize(PageResult[] results, string site, TimeSpan elapsed)
    {
        foreach (var failed in results.Where(r => r.Problem is not null))
            Console.Error.WriteLine($"\n{failed.Problem}\n");
        int written = results.Count(r => r.Written);
        string seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        string pages = results.Length == 1 ? "page" : "pages", number = written == results.Length ? $"{written}" : $"{written} of {results.Length}";
        int kept = results.Count(r => r.Ran is not null);
        Console.WriteLine($"{number} {pages} written to {Path.GetRelativePath(Environment.CurrentDirectory, site)} in {seconds} seconds"
            + Named("not written", r => !r.Written) + Named("with errors", r => r.Written && r.Problem is not null)
            + (kept == 0 ? "" : $"; {kept} from the results of an earlier run, as nothing they depend on has changed; times on their pages were measured then (--fresh runs them)") + ".");
        return results.All(r => r.Problem is null) ? 0 : 1;

        string Named(string what, Func<PageResult, bool> are) => results.Any(are) ? $"; {what}: {string.Join(", ", results.Where(are).Select(r => r.Name))}" : "";
    }
}
