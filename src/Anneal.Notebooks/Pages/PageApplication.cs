namespace Anneal.Notebooks;

/// <summary>A program that a page carries besides its text: the page can then do more than be read.</summary>
/// <remarks>
/// The page's policy stays as strict as that of other pages but for <see cref="RunsWebAssembly"/>.
/// Still nothing can be loaded from anywhere.
/// </remarks>
public sealed record PageApplication
{
    /// <summary>Style sheets that follow the page's own.</summary>
    public string Style { get; init; } = "";

    /// <summary>Scripts that run in this order after the page's own.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Whether the program may run WebAssembly, and scripts that it has made itself.</summary>
    public bool RunsWebAssembly { get; init; } = true;

    /// <summary>What the scripts find in the page, as text in elements with these ids: they are data and do not run.</summary>
    public IReadOnlyList<(string Id, string Text)> Data { get; init; } = [];

    /// <summary>KaTeX, for a program that typesets formulas itself.</summary>
    public static string FormulaScript => Asset.Text("katex/katex.min.js");

    /// <summary>KaTeX's style sheet with the fonts of plain formulas: roman, italic, and large brackets.</summary>
    public static string FormulaStyle => Asset.Style("katex/katex.min.css", font => font is
        "KaTeX_Main-Regular.woff2" or "KaTeX_Main-Italic.woff2" or "KaTeX_Math-Italic.woff2" or
        "KaTeX_Size1-Regular.woff2" or "KaTeX_Size2-Regular.woff2" or "KaTeX_Size3-Regular.woff2" or "KaTeX_Size4-Regular.woff2");
}
