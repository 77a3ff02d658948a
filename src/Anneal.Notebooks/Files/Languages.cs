namespace Anneal.Notebooks;

/// <summary>The names that notebooks give to the languages of their cells.</summary>
public static class Languages
{
    static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = "csharp",
        ["c#"] = "csharp",
        ["cs"] = "csharp",
        [".net-csharp"] = "csharp",
        ["dotnet-interactive.csharp"] = "csharp",
        ["polyglot-notebook.csharp"] = "csharp",
        ["fsharp"] = "fsharp",
        ["f#"] = "fsharp",
        ["fs"] = "fsharp",
        [".net-fsharp"] = "fsharp",
        ["dotnet-interactive.fsharp"] = "fsharp",
        ["polyglot-notebook.fsharp"] = "fsharp",
        ["markdown"] = "markdown",
        ["md"] = "markdown",
        ["html"] = "html",
        ["javascript"] = "javascript",
        ["js"] = "javascript",
        ["pwsh"] = "pwsh",
        ["powershell"] = "pwsh",
        [".net-pwsh"] = "pwsh",
        ["sql"] = "sql",
        ["kql"] = "kql",
        ["mermaid"] = "mermaid",
        ["http"] = "http",
        ["value"] = "value",
        ["raw"] = "raw",
    };

    /// <summary>The one name of a language: "C#", "cs" and "CSharp" are "csharp"; a name not known here in lower case.</summary>
    public static string Resolve(string name) => Names.GetValueOrDefault(name.Trim(), name.Trim().ToLowerInvariant());

    /// <summary>True when notebooks use the name, or an alias of it, to switch language with <c>#!name</c>.</summary>
    public static bool IsKnown(string name) => Names.ContainsKey(name);

    /// <summary>How the language is written for people.</summary>
    public static string Title(string language) => Resolve(language) switch
    {
        "csharp" => "C#",
        "fsharp" => "F#",
        "markdown" => "Markdown",
        "html" => "HTML",
        "javascript" => "JavaScript",
        "pwsh" => "PowerShell",
        "sql" => "SQL",
        "kql" => "KQL",
        "http" => "HTTP",
        var other => other,
    };
}
