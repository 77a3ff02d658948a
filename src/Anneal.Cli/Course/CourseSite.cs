using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>How the pages of a course refer to each other.</summary>
/// <param name="Course">The course.</param>
/// <param name="HasPage">Whether the site has a page of this name.</param>
internal sealed record CourseSite(Course Course, Func<string, bool> HasPage)
{
    public static readonly PageLink Index = new("All lessons", "index.html");

    /// <summary>The page that asks the questions of all lessons again, when they are due.</summary>
    public static readonly PageLink Review = new("Review", "review.html");

    public static readonly IReadOnlyList<PageLink> References =
        [
        Review, new("Notation", "notation.html", IsMore: true), new("Errata", "errata.html", IsMore: true), new("Coverage", "coverage.html", IsMore: true),
        new("Cheat sheet", "cheat-sheet.html", IsMore: true),
    ];

    /// <summary>The page where schedules are tried out; a site has it where the library could be built for browsers.</summary>
    public static readonly PageLink Lab = new("Lab", LabName + ".html");

    /// <summary>The lab's name, as notebooks have one.</summary>
    public const string LabName = "lab";

    /// <summary>The surroundings of a lesson's page: the index, all lessons, the references, and the lessons before and after it that exist.</summary>
    /// <param name="course">The course.</param>
    /// <param name="name">The lesson.</param>
    /// <param name="reference">Whether the site has the API reference: the page then links what it says about this lesson.</param>
    /// <param name="lab">Whether the site has the lab.</param>
    public static PageSettings Around(Course course, string name, bool reference = false, bool lab = false)
    {
        Lesson[] written = [.. course.Registers.Lessons.Where(l => course.Written.ContainsKey(l.Name))];
        int at = Array.FindIndex(written, l => l.Name == name);
        return Around(course, IsThere) with
        {
            Index = Index,
            Signs = [.. course.Registers.Notation.SelectMany((row, i) => row.Symbols.Select(symbol => new PageSign(symbol, Plain(row.Meaning), $"notation.html#{SignId(i)}")))],
            Number = at < 0 ? null : written[at].Number,
            References = Links(course, IsThere, reference && at >= 0 ? ReferencePages.AddressOf(name, written[at].Title) : null),
            Description = at < 0 ? null : written[at].Question,
            Previous = at > 0 ? Link(written[at - 1]) : null,
            Next = at >= 0 && at + 1 < written.Length ? Link(written[at + 1]) : null,
        };

        bool IsThere(string page) => course.Written.ContainsKey(page) || page == course.Guide?.Name || (lab && page == LabName);
    }

    /// <summary>The address of a page beside this one, whatever its name is made of.</summary>
    public static string Address(string name) => $"{Uri.EscapeDataString(name)}.html";

    /// <summary>The surroundings of a page that is no lesson.</summary>
    public PageSettings Settings => Around(Course, HasPage) with { Index = Index, References = Links(Course, HasPage, HasPage("reference") ? ReferencePages.Index : null) };

    /// <summary>The reference pages with that of the API, wherever on it one wants to go.</summary>
    public IReadOnlyList<PageLink> WithReference(string address) => Links(Course, HasPage, address);

    /// <summary>The page for engineers and the lab, if there are such, the references, and that of the API, if there is one.</summary>
    static IReadOnlyList<PageLink> Links(Course course, Func<string, bool> hasPage, string? reference) =>
    [
        .. course.Guide is { } guide && hasPage(guide.Name) ? [new PageLink(guide.Title, Address(guide.Name))] : Array.Empty<PageLink>(),
        .. hasPage(LabName) ? [Lab] : Array.Empty<PageLink>(),
        .. References,
        .. reference is null ? Array.Empty<PageLink>() : [new PageLink("Reference", reference, IsMore: true)],
    ];

    static PageSettings Around(Course course, Func<string, bool> hasPage) => new()
    {
        References = Links(course, hasPage, null),
        Parts = [.. course.Registers.Parts.Select((part, i) => new PagePart($"{Roman(i)} {part.Title}",
            [.. course.Registers.Lessons.Where(l => l.Part == part.Title).Select(l => new PageLesson(l.Number, l.Title, hasPage(l.Name) ? Address(l.Name) : null))]))],
    };

    /// <summary>The fragment that leads to a row of the notation page.</summary>
    public static string SignId(int row) => $"sign-{row + 1}";

    /// <summary>The number of a part as it is printed.</summary>
    public static string Roman(int index) => ((string[])["I", "II", "III", "IV", "V", "VI", "VII", "VIII"])[index];

    /// <summary>The lesson's number and title, as a link where it has a page.</summary>
    public string Lesson(string name)
    {
        string title = Course.Registers.Lessons.FirstOrDefault(l => l.Name == name)?.Title ?? name;
        string text = $"{name[..2]} {title}";
        return HasPage(name) ? $"[{text}]({Address(name)})" : text;
    }

    /// <summary>The title of the section that a cell stands in, as a link where the lesson has a page.</summary>
    public string Section(string lesson, string cell) => Course.SectionOf(lesson, cell) is not { } section ? Lesson(lesson)
        : HasPage(lesson) ? $"[{Escape(section.Title)}]({Address(lesson)}#{section.Fragment})" : $"“{section.Title}”";

    static string Escape(string title) => title.Replace("[", "\\[").Replace("]", "\\]").Replace("|", "\\|");

    static string Plain(string meaning) => meaning.Replace("$", "");

    static PageLink Link(Lesson lesson) => new($"{lesson.Number} {lesson.Title}", Address(lesson.Name));
}
