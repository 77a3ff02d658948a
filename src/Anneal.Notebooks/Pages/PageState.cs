namespace Anneal.Notebooks;

/// <summary>What the parts of one page share while it is being made.</summary>
/// <param name="path">The notebook's file, for messages and for files beside it.</param>
/// <param name="settings">The page's surroundings.</param>
sealed class PageState(string path, PageSettings? settings = null)
{
    readonly Dictionary<string, PageSign> signs = (settings?.Signs ?? []).DistinctBy(sign => sign.Tex).ToDictionary(sign => sign.Tex);

    /// <summary>The lessons of the course by their numbers.</summary>
    public IReadOnlyDictionary<string, PageLesson> Lessons { get; } =
        (settings?.Parts ?? []).SelectMany(part => part.Lessons).DistinctBy(lesson => lesson.Number).ToDictionary(lesson => lesson.Number);

    /// <summary>Whether the site has this page among its reference pages.</summary>
    public bool Leads(string page) => settings?.References.Any(reference => reference.Href == page) == true;

    /// <summary>The number of this lesson, shown before its title; null for other pages.</summary>
    public string? Number { get; } = settings?.Number;

    /// <summary>The sign that a formula consists of, the first time that it is asked for; null afterwards, and for other formulas.</summary>
    public PageSign? FirstUse(string tex) => signs.Remove(tex.Trim(), out var sign) ? sign : null;

    /// <summary>The notebook's file as messages name it.</summary>
    public string Path { get; } = path;

    /// <summary>Fragments that lead to the rows of a text's tables, in order; none for cells of a notebook.</summary>
    public IReadOnlyList<string> RowIds { get; init; } = [];

    /// <summary>Headings so far.</summary>
    public Outline Outline { get; } = new();

    /// <summary>Where in the notebook we are, such as "cell 3 of 12"; null outside cells.</summary>
    public string? Place { get; set; }

    /// <summary>Figures so far.</summary>
    public int Figures { get; set; }

    /// <summary>Charts so far: with one or more the page carries plotly.js.</summary>
    public int Charts { get; set; }

    /// <summary>Whether the page may carry a program that computes figures.</summary>
    public bool MayCompute => settings?.Library is not null;

    /// <summary>Charts so far that are computed at any setting: with one or more the page carries the program.</summary>
    public int Computed { get; set; }

    /// <summary>True once a formula has been typeset: the page then carries KaTeX's style sheet and fonts.</summary>
    public bool HasFormulas { get; private set; }

    /// <summary>A fault of the notebook, with its place.</summary>
    public NotebookException Fault(string message, Exception? cause = null) =>
        new(Path, Place is null ? message : $"{Place}: {message}", cause);

    /// <summary>A typeset formula.</summary>
    /// <exception cref="NotebookException">It is not TeX that KaTeX understands.</exception>
    public string Formula(string tex, bool display)
    {
        HasFormulas = true;
        try
        {
            return Formulas.ToHtml(tex, display);
        }
        catch (FormatException e)
        {
            throw Fault($"The formula {tex.Trim()} cannot be typeset. {e.Message}", e);
        }
    }
}
