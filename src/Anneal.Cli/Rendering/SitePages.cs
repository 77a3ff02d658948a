using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The pages of a site that are no notebooks.</summary>
internal static class SitePages
{
    /// <summary>Writes index.html over the notebooks of the given folders that have a page, and the registers of the first course among them.</summary>
    public static void Write(string site, IReadOnlyList<string> folders)
    {
        var course = folders.Select(Course.In).OfType<Course>().FirstOrDefault();
        var others = Others(folders, HasPage, course);
        if (course is null)
        {
            Write("index.html", "Notebooks", $"# Notebooks\n\n{string.Join('\n', others.Select(o => $"- [{o.Title}]({o.Href})"))}", new PageSettings());
            return;
        }
        var pages = new CourseSite(course, HasPage);
        AtomicFile.Write(Path.Combine(site, "index.html"), Page.OfHtml("Learning-rate schedules and optimizers", IndexPage.Html(pages, others), pages.Settings with { Index = null }));
        Write("notation.html", "Notation", CoursePages.Notation(pages), pages.Settings, CoursePages.NotationRows(pages));
        Write("errata.html", "Errata", CoursePages.Errata(pages), pages.Settings);
        Write("coverage.html", "Coverage", CoursePages.Coverage(pages), pages.Settings);
        Write("cheat-sheet.html", "Cheat sheet", CheatSheet.Markdown(), pages.Settings);

        bool HasPage(string name) => File.Exists(Path.Combine(site, name + ".html"));

        void Write(string file, string title, string markdown, PageSettings around, IReadOnlyList<string>? rows = null) =>
            AtomicFile.Write(Path.Combine(site, file), Page.Document(title, markdown, around, rows));
    }

    /// <summary>The notebooks that have a page and are no lesson of the course.</summary>
    static List<(string Title, string Href)> Others(IReadOnlyList<string> folders, Func<string, bool> hasPage, Course? course) => [.. folders
        .SelectMany(NotebookPaths.In)
        .Where(file => Path.GetFileNameWithoutExtension(file) is var name && hasPage(name) && course?.Written.ContainsKey(name) != true)
        .Select(file => (Title(file), $"{Uri.EscapeDataString(Path.GetFileNameWithoutExtension(file))}.html"))];

    /// <summary>A notebook that was rendered once may have been broken since: its page stays, under the file's name.</summary>
    static string Title(string file)
    {
        try
        {
            return NotebookFile.Read(file).Notebook.Title;
        }
        catch (NotebookException)
        {
            return Path.GetFileNameWithoutExtension(file);
        }
    }
}
