namespace Anneal.Notebooks;

/// <summary>A page to go to: what it is called and where it is, relative to this page.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Href">Where it is.</param>
/// <param name="IsMore">Whether it stands in the menu of further pages, since the bar has no room for every one.</param>
public sealed record PageLink(string Title, string Href, bool IsMore = false);

/// <summary>A page of a course, written or planned.</summary>
/// <param name="Number">Such as "03"; text that says "lesson 03" leads there.</param>
/// <param name="Title">What it is called in lists.</param>
/// <param name="Href">Where it is; null while it is planned.</param>
public sealed record PageLesson(string Number, string Title, string? Href);

/// <summary>A part of a course.</summary>
/// <param name="Title">Such as "Directions"; empty for a course without parts.</param>
/// <param name="Lessons">In teaching order.</param>
public sealed record PagePart(string Title, IReadOnlyList<PageLesson> Lessons);

/// <summary>A sign that formulas use, and the page that explains it.</summary>
/// <param name="Tex">As it is written in formulas, without dollars.</param>
/// <param name="Meaning">What it stands for, in words.</param>
/// <param name="Href">Where it is explained.</param>
public sealed record PageSign(string Tex, string Meaning, string Href);

/// <summary>A program that computes what a chart shows between its stops. A page carries it if one of its charts asks for that.</summary>
/// <param name="Id">The element in which the script finds the program.</param>
/// <param name="Script">Starts it, and offers it as <c>window.anneal</c>.</param>
/// <param name="File">The program as text; it is read when a page needs it.</param>
public sealed record PageLibrary(string Id, string Script, string File);

/// <summary>What a page cannot know from its notebook: its neighbours and the site it belongs to.</summary>
public sealed record PageSettings
{
    /// <summary>The name of the whole, shown at the top of every page.</summary>
    public string Site { get; init; } = "Anneal";

    /// <summary>The language the text is written in, as in BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>One sentence about the page for search engines and link previews.</summary>
    public string? Description { get; init; }

    /// <summary>The number of this lesson, shown before its title; null for other pages.</summary>
    public string? Number { get; init; }

    /// <summary>All lessons, for the list at the top of every page and for links from text.</summary>
    public IReadOnlyList<PagePart> Parts { get; init; } = [];

    /// <summary>Signs that are explained elsewhere: the first time a page names one, the name leads there.</summary>
    public IReadOnlyList<PageSign> Signs { get; init; } = [];

    /// <summary>The page that lists all others.</summary>
    public PageLink? Index { get; init; }

    /// <summary>The page before this one in reading order.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The page after this one in reading order.</summary>
    public PageLink? Next { get; init; }

    /// <summary>Reference pages that every page links to, such as notation and errata.</summary>
    public IReadOnlyList<PageLink> References { get; init; } = [];

    /// <summary>Whether the page has a field that shows only the sections with the words typed into it.</summary>
    public bool Searchable { get; init; }

    /// <summary>What computes figures at any setting; null where they have only their stops.</summary>
    public PageLibrary? Library { get; init; }

    /// <summary>False leaves out the cells tagged <c>solution</c>.</summary>
    public bool Solutions { get; init; } = true;
}
