namespace Anneal.Notebooks;

/// <summary>The languages a cell can be in here.</summary>
internal static class CellLanguages
{
    public const string CSharp = "csharp", FSharp = "fsharp", Markdown = "markdown", Html = "html";

    /// <summary>The place where <c>#!value</c> keeps texts; it is shared from like a language.</summary>
    public const string Value = "value";

    /// <summary>Names that look like a language's and that <see cref="Languages"/>, which knows those of notebooks, does not have.</summary>
    static readonly string[] Others = ["python", "r", "bash", "vb", "rust", "julia"];

    /// <summary>The language's one name, or null for a language that is not run here.</summary>
    public static string? Resolve(string name) =>
        Languages.Resolve(name) is (CSharp or FSharp or Markdown or Html) and { } language ? language : null;

    /// <summary>Whether this is the name of a language, though of one that is not run here.</summary>
    public static bool IsForeign(string name) =>
        Resolve(name) is null && (Languages.IsKnown(name) || Others.Contains(name.ToLowerInvariant()));

    /// <summary>Why a cell in that language cannot run.</summary>
    public static string Refusal(string name) =>
        $"Cells in '{name}' are not run here; use csharp, fsharp, markdown or html.{(Unsupported.Directive(name) is { } advice ? " " + advice : "")}";
}
