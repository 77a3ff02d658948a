using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>How the pages of a course refer to each other.</summary>
/// <param name="Course">The course.</param>
/// <param name="HasPage">Whether the site has a page of this name.</param>
internal sealed record CourseSite(Course Course, Func<string, bool> HasPage)
{
    public static readonly PageLink Index = new("All lessons", "index.html");

    public static readonly IReadOnlyList<PageLink> References =
        [new("Notation", "notation.html"), new("Errata", "errata.html"), new("Coverage", "coverage.html"), new("Cheat sheet", "cheat-sheet.html")];

    /// <summary>The surroundings of a lesson's page: the index, the references, and the lessons before and after it that exist.</summary>
    public static PageSettings Around(Course course, string name)
    {
        Lesson[] written = [.. course.Registers.Lessons.Where(l => course.Written.ContainsKey(l.Name))];
        int at = Array.FindIndex(written, l => l.Name == name);
        return new()
        {
            Index = Index,
            References = References,
            Description = at < 0 ? null : written[at].Question,
            Previous = at > 0 ? Link(written[at - 1]) : null,
            Next = at >= 0 && at + 1 < written.Length ? Link(written[at + 1]) : null,
        };
    }

    /// <summary>The address of a page beside this one, whatever its name is made of.</summary>
    public static string Address(string name) => $"{Uri.EscapeDataString(name)}.html";

    /// <summary>The lesson's name, as a link where it has a page.</summary>
    public string Lesson(string name)
    {
        string title = Course.Registers.Lessons.FirstOrDefault(l => l.Name == name)?.Title ?? name;
        string text = $"{name[..2]} {title}";
        return HasPage(name) ? $"[{text}]({Address(name)})" : text;
    }

    /// <summary>"cell 12", as a link where the lesson has a page.</summary>
    public string Cell(string lesson, string cell) => Course.CellNumber(lesson, cell) is not { } number ? cell
        : HasPage(lesson) ? $"[cell {number}]({Address(lesson)}#cell-{number})" : $"cell {number}";

    static PageLink Link(Lesson lesson) => new(lesson.Title, Address(lesson.Name));
}
