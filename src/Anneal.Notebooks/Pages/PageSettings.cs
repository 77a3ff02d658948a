namespace Anneal.Notebooks;

/// <summary>A page to go to: what it is called and where it is, relative to this page.</summary>
public sealed record PageLink(string Title, string Href);

/// <summary>What a page cannot know from its notebook: its neighbours and the site it belongs to.</summary>
public sealed record PageSettings
{
    /// <summary>The name of the whole, shown at the top of every page.</summary>
    public string Site { get; init; } = "Anneal";

    /// <summary>The language the text is written in, as in BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>One sentence about the page for search engines and link previews.</summary>
    public string? Description { get; init; }

    /// <summary>The page that lists all others.</summary>
    public PageLink? Index { get; init; }

    /// <summary>The page before this one in reading order.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The page after this one in reading order.</summary>
    public PageLink? Next { get; init; }

    /// <summary>Reference pages that every page links to, such as notation and errata.</summary>
    public IReadOnlyList<PageLink> References { get; init; } = [];

    /// <summary>False leaves out the cells tagged <c>solution</c>.</summary>
    public bool Solutions { get; init; } = true;
}
