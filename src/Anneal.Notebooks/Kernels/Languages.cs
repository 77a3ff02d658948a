namespace Anneal.Notebooks;

/// <summary>The languages a cell can be in, by every name in use for them.</summary>
internal static class Languages
{
    public const string CSharp = "csharp", FSharp = "fsharp", Markdown = "markdown", Html = "html";

    static readonly string[] NotRunHere =
        ["javascript", "js", "pwsh", "powershell", "python", "r", "sql", "kql", "http", "mermaid", "value", "bash", "vb", "rust"];

    /// <summary>The language's one name, or null for a language that is not run here.</summary>
    public static string? Resolve(string name) => name.ToLowerInvariant() switch
    {
        "csharp" or "c#" or "cs" or ".net-csharp" => CSharp,
        "fsharp" or "f#" or "fs" or ".net-fsharp" => FSharp,
        "markdown" or "md" => Markdown,
        "html" => Html,
        _ => null,
    };

    /// <summary>Whether this is the name of a language at all.</summary>
    public static bool IsForeign(string name) => NotRunHere.Contains(name.ToLowerInvariant());

    /// <summary>Why a cell in that language cannot run.</summary>
    public static string Refusal(string name) =>
        $"Cells in '{name}' are not run here; use csharp, fsharp, markdown or html.";
}
