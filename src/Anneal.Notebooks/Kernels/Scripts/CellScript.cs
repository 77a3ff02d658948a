using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>Reads a cell, or a whole .dib file, into its steps: code between directives, and the directives themselves.</summary>
internal static partial class CellScript
{
    /// <summary>What may follow <c>#!</c>.</summary>
    public static readonly string[] Directives =
        ["csharp", "fsharp", "markdown", "html", "import", "share", "set", "time", "value", "meta"];

    /// <summary>The steps of a text whose first lines are in the given language.</summary>
    /// <exception cref="CellException">A directive is unknown or incomplete.</exception>
    public static IReadOnlyList<Step> Parse(string text, string language)
    {
        var steps = new List<Step>();
        var code = new StringBuilder();
        string[] lines = text.Split('\n');
        string current = language;
        int start = 1;

        for (int i = 0; i < lines.Length; i++)
        {
            int line = i + 1;
            string trimmed = lines[i].TrimStart();
            if (current is CellLanguages.CSharp or CellLanguages.FSharp && ReadReference(trimmed, current, line, out var reference))
            {
                // References are hoisted before the code they stand in, as both languages want it.
                if (reference is not null)
                    steps.Add(reference);
                code.Append('\n');
            }
            else if (trimmed.StartsWith("#!", StringComparison.Ordinal))
            {
                EndCode(line + 1);
                if (ReadValue(lines, i) is { } value)
                {
                    steps.Add(value);
                    return steps;
                }
                string[] words = Words(trimmed[2..]);
                string name = words.Length > 0 ? words[0].ToLowerInvariant() : "";
                if (name == "meta" || CellLanguages.Resolve(name) is not null)
                    current = CellLanguages.Resolve(name) ?? "meta";
                else
                    steps.Add(ReadDirective(name, words[1..], current, line));
            }
            else
                code.Append(lines[i]).Append('\n');
        }
        EndCode(lines.Length + 1);
        return steps;

        void EndCode(int next)
        {
            string chunk = code.ToString();
            if (!string.IsNullOrWhiteSpace(chunk) && current != "meta")
                steps.Add(current switch
                {
                    CellLanguages.Markdown => new TextStep(start, "text/markdown", chunk.Trim('\n')),
                    CellLanguages.Value => throw new CellException("incomplete directive", "A cell that keeps a value begins with #!value --name x.", start),
                    CellLanguages.Html => new TextStep(start, "text/html", chunk.Trim('\n')),
                    _ => new CodeStep(start, current, new string('\n', start - 1) + chunk.TrimEnd()),
                });
            code.Clear();
            start = next;
        }
    }

    static bool ReadReference(string line, string language, int number, out Step? step)
    {
        step = null;
        var match = Reference().Match(line);
        if (!match.Success)
            return false;
        string target = match.Groups["target"].Value.Trim();
        if (match.Groups["kind"].Value == "i")
        {
            step = new PackageSourceStep(number, target);
            return true;
        }
        if (!target.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            step = new ReferenceStep(number, language, target);
        else
        {
            string[] parts = target["nuget:".Length..].Split(',', StringSplitOptions.TrimEntries);
            step = new PackageStep(number, language, parts[0], parts.Length > 1 && parts[1] is not ("" or "*") ? parts[1] : null);
        }
        return true;
    }

    /// <summary>A value takes all lines that follow as its text, whatever they look like.</summary>
    static ValueStep? ReadValue(string[] lines, int at)
    {
        string[] words = Words(lines[at].TrimStart()[2..]);
        if (words is not ["value", ..])
            return null;
        var options = new DirectiveOptions("#!value --name x", words[1..], at + 1, ["name", "from-file", "from-url", "mime-type"], []);
        if (options["from-url"] is not null)
            throw new CellException("unsupported directive", "#!value --from-url is not done here: a page must come out the same without a network. Save the file beside the notebook and write --from-file.", at + 1);
        return new(at + 1, options.Required("name"), options["from-file"], string.Join('\n', lines[(at + 1)..]));
    }

    static Step ReadDirective(string name, string[] words, string language, int line)
    {
        switch (name)
        {
            case "import" when words.Length == 1:
                return new ImportStep(line, words[0], language);
            case "import":
                throw new CellException("incomplete directive", "#!import needs one file, as in #!import \"boot.dib\".", line);
            case "time":
                return new TimeStep(line);
            case "share":
                {
                    var options = new DirectiveOptions("#!share --from fsharp x --as y", words, line, ["from", "as", "mime-type"], []);
                    string x = options.Single();
                    return new ShareStep(line, From(options.Required("from"), line, orValue: true), x, language, options["as"] ?? x);
                }
            case "set":
                {
                    var options = new DirectiveOptions("#!set --name y --value @fsharp:x", words, line, ["name", "value", "mime-type"], ["byref"]);
                    string target = options.Required("name"), value = options.Required("value");
                    if (!value.StartsWith('@'))
                        return new SetStep(line, language, target, value);
                    string[] parts = value[1..].Split(':', 2);
                    if (parts.Length < 2 || parts[0] is "input" or "password")
                        throw new CellException("unanswerable question", $"{value} asks the reader, and no reader is there while a page is made.", line);
                    return options.Has("byref")
                        ? new ShareStep(line, From(parts[0], line, orValue: true), parts[1], language, target)
                        : new CopyStep(line, From(parts[0], line, orValue: true), parts[1], language, target);
                }
            case var _ when CellLanguages.IsForeign(name):
                throw new CellException("unknown language", CellLanguages.Refusal(name), line);
            case var _ when Unsupported.Directive(name) is { } advice:
                throw new CellException("unsupported directive", $"#!{name} is not done here. {advice}", line);
            default:
                string? meant = Suggestion.Nearest(name, Directives);
                throw new CellException("unknown directive",
                    $"#!{name} is not a directive this runner knows. {(meant is null ? $"It knows #!{string.Join(", #!", Directives[..^1])}." : $"Did you mean #!{meant}?")}", line);
        }
    }

    static string From(string name, int line, bool orValue) => orValue && name == CellLanguages.Value ? name : CellLanguages.Resolve(name) is (CellLanguages.CSharp or CellLanguages.FSharp) and { } language
        ? language
        : throw new CellException("unknown language", $"Values are shared between csharp and fsharp; '{name}' is neither.", line);

    static string[] Words(string line) => [.. Word().Matches(line).Select(m => m.Groups["quoted"] is { Success: true } q ? q.Value : m.Value)];

    [GeneratedRegex("""^#(?<kind>[ri])\s+@?"+(?<target>[^"]*)"+""")]
    private static partial Regex Reference();

    [GeneratedRegex("""["'](?<quoted>[^"']*)["']|\S+""")]
    private static partial Regex Word();
}
