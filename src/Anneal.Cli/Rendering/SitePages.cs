using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The pages of a site that are no notebooks.</summary>
internal static class SitePages
{
    /// <summary>Writes index.html over the notebooks of the given folders that have a page, and the registers of the first course among them.</summary>
    public static void Write(string site, IReadOnlyList<string> folders)
    {
        var course = folders.Select(Course.In).OfType<Course>().FirstOrDefault();
        string others = Others(folders, HasPage, course);
        if (course is null)
        {
            Write("index.html", "Notebooks", $"# Notebooks\n\n{others}", new PageSettings());
            return;
        }
        var pages = new CourseSite(course, HasPage);
        var settings = new PageSettings { Index = CourseSite.Index, References = CourseSite.References };
        Write("index.html", "Lessons", CoursePages.Index(pages) + (others.Length == 0 ? "" : $"\n## More notebooks\n\n{others}"), settings with { Index = null });
        Write("notation.html", "Notation", CoursePages.Notation(pages), settings);
        Write("errata.html", "Errata", CoursePages.Errata(pages), settings);
        Write("coverage.html", "Coverage", CoursePages.Coverage(pages), settings);
        Write("cheat-sheet.html", "Cheat sheet", CheatSheet.Markdown(), settings);

        bool HasPage(string name) => File.Exists(Path.Combine(site, name + ".html"));

        void Write(string file, string title, string markdown, PageSettings around) =>
            AtomicFile.Write(Path.Combine(site, file), Page.Document(title, markdown, around));
    }

    /// <summary>The notebooks that have a page and are no lesson of the course.</summary>
    static string Others(IReadOnlyList<string> folders, Func<string, bool> hasPage, Course? course) => string.Join('\n', folders
        .SelectMany(NotebookPaths.In)
        .Where(file => Path.GetFileNameWithoutExtension(file) is var name && hasPage(name) && course?.Written.ContainsKey(name) != true)
        .Select(file => $"- [{Title(file)}]({Uri.EscapeDataString(Path.GetFileNameWithoutExtension(file))}.html)"));

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
