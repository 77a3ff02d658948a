using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The pages of a site that are no notebooks.</summary>
internal static class SitePages
{
    /// <summary>Writes index.html over the notebooks of the given folders that have a page, and the registers of the first course among them.</summary>
    /// <param name="site">The folder.</param>
    /// <param name="folders">Where notebooks are.</param>
    /// <param name="library">The library, packed for pages; null where there is none.</param>
    /// <returns>Why pages could not be written; the others were.</returns>
    public static IReadOnlyList<string> Write(string site, IReadOnlyList<string> folders, string? library = null)
    {
        var problems = new List<string>();
        var course = folders.Select(Course.In).OfType<Course>().FirstOrDefault();
        var others = Others(folders, HasPage, course);
        if (course is null)
        {
            Write("index.html", () => Page.Document("Notebooks", $"# Notebooks\n\n{string.Join('\n', others.Select(o => $"- [{o.Title}]({o.Href})"))}", new PageSettings()));
            return problems;
        }
        var pages = new CourseSite(course, HasPage);
        Write("index.html", () => Page.OfHtml("Learning-rate schedules and optimizers", IndexPage.Html(pages, [.. others.Select(o => (Plain(o.Title), o.Href))]), pages.Settings with { Index = null }));
        Write(CourseSite.Review.Href, () => ReviewPage.Html(pages, library));
        Write("notation.html", () => Page.Document("Notation", CoursePages.Notation(pages), pages.Settings, CoursePages.NotationRows(pages)));
        Write("errata.html", () => Page.Document("Errata", CoursePages.Errata(pages), pages.Settings));
        Write("coverage.html", () => Page.Document("Coverage", CoursePages.Coverage(pages), pages.Settings));
        Write("cheat-sheet.html", () => Page.Document("Cheat sheet", CheatSheet.Markdown() + Runs.RunConventions.Markdown() + Runs.RunForms.Markdown(), pages.Settings));
        return problems;

        bool HasPage(string name) => File.Exists(Path.Combine(site, name + ".html"));

        void Write(string file, Func<string> page)
        {
            try
            {
                PageFile.Write(Path.Combine(site, file), page());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotebookException)
            {
                problems.Add(e.Message);
            }
        }
    }

    /// <summary>Writes the lab of the first course among the given folders, and beside it the library as a script. Other pages link it if it is there, so it comes before them.</summary>
    /// <param name="site">The folder.</param>
    /// <param name="folders">Where notebooks are.</param>
    /// <param name="library">The library, packed for pages.</param>
    /// <returns>Why it could not be written, or null.</returns>
    public static string? WriteLab(string site, IReadOnlyList<string> folders, string library)
    {
        var pages = new CourseSite(folders.Select(Course.In).OfType<Course>().First(), name => name == CourseSite.LabName || File.Exists(Path.Combine(site, name + ".html")));
        try
        {
            PageFile.Write(Path.Combine(site, CourseSite.Lab.Href), LabPage.Html(pages.Settings, library));
            PageFile.Write(Path.Combine(site, "anneal.js"), LabPage.Script(library));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>The notebooks that have a page and are no lesson of the course.</summary>
    static List<(string Title, string Href)> Others(IReadOnlyList<string> folders, Func<string, bool> hasPage, Course? course) => [.. folders
        .SelectMany(NotebookPaths.In)
        .Where(file => Path.GetFileNameWithoutExtension(file) is var name && hasPage(name) && course?.Written.ContainsKey(name) != true && name != course?.Guide?.Name)
        .Select(file => (Title(file), CourseSite.Address(Path.GetFileNameWithoutExtension(file))))];

    /// <summary>Its title, as markdown; the file's name where it has none that can be shown.</summary>
    /// <remarks>A notebook that was rendered once may have been broken since: its page stays.</remarks>
    static string Title(string file)
    {
        try
        {
            string title = NotebookFile.Read(file).Notebook.Title;
            Page.Document("", title, new PageSettings());
            return title == Path.GetFileNameWithoutExtension(file) ? Escaped(title) : title;
        }
        catch (NotebookException)
        {
            return Escaped(Path.GetFileNameWithoutExtension(file));
        }
    }

    /// <summary>The words of a title that is markdown.</summary>
    static string Plain(string title) => Regex.Replace(title, @"\\([^A-Za-z0-9\s])|[$*`]", "$1");

    /// <summary>Words as markdown that shows them as they are.</summary>
    static string Escaped(string words) =>
        string.Concat(words.Select(c => char.IsAsciiLetterOrDigit(c) || c > '~' ? $"{c}" : char.IsControl(c) || c == ' ' ? " " : $"\\{c}"));
}
