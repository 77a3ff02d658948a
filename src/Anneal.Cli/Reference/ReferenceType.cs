using System.Text.RegularExpressions;

namespace Anneal.Cli;

/// <summary>One public member as docfx describes it.</summary>
/// <param name="Signature">How it is declared, in one line.</param>
/// <param name="Summary">What it is, as Markdown.</param>
/// <param name="Parameters">Its parameters and what they are.</param>
internal sealed record ReferenceMember(string Signature, string Summary, IReadOnlyList<(string Name, string Text)> Parameters);

/// <summary>One public type, read from the Markdown that <c>docfx metadata</c> writes for it.</summary>
/// <param name="Kind">Class, Struct, Enum, Interface or Delegate.</param>
/// <param name="Name">Its name, with type parameters.</param>
/// <param name="Namespace">Where it is.</param>
/// <param name="File">The name of docfx's file, which is what links lead to.</param>
internal sealed partial record ReferenceType(string Kind, string Name, string Namespace, string File)
{
    /// <summary>What a record has by itself, or overrides from <see cref="object"/>; nobody looks it up.</summary>
    static readonly string[] Generated = ["EqualityContract", "PrintMembers", "GetHashCode", "ToString", "Deconstruct", "Equals", "<Clone>$", "operator =", "operator !"];

    public string Summary { get; private init; } = "";

    public string Signature { get; private init; } = "";

    public string Remarks { get; private init; } = "";

    public IReadOnlyList<ReferenceMember> Members { get; private init; } = [];

    /// <summary>The name without type parameters, as code uses it.</summary>
    public string Word => Name.Split('<')[0];

    /// <summary>Null for a file that describes no type, such as a namespace's.</summary>
    public static ReferenceType? Read(string file)
    {
        string text = System.IO.File.ReadAllText(file).ReplaceLineEndings("\n");
        if (Title().Match(text) is not { Success: true } title)
            return null;
        var sections = text.Split("\n## ").Select(s => s.Split('\n', 2)).Select(s => (Heading: s[0].Trim(), Text: s.ElementAtOrDefault(1) ?? "")).ToList();
        string head = sections[0].Text.Split("\n#### ")[0];
        return new(title.Groups["kind"].Value, Plain(title.Groups["name"].Value), Space().Match(text).Groups[1].Value, Path.GetFileName(file))
        {
            Summary = Words(head),
            Signature = Code(head),
            Remarks = string.Join('\n', sections.Where(s => s.Heading == "Remarks").Select(s => s.Text.Trim())),
            Members = [.. sections.Skip(1).Where(s => s.Heading != "Remarks").SelectMany(s => MembersOf(s.Heading, s.Text))],
        };
    }

    static IEnumerable<ReferenceMember> MembersOf(string heading, string text)
    {
        // Enumerations list their values without headings.
        if (heading == "Fields" && !text.Contains("\n### ", StringComparison.Ordinal))
            return EnumValue().Matches(text).Select(m => new ReferenceMember(m.Groups[1].Value, m.Groups[2].Value.Trim(), []));
        return ("\n" + text).Split("\n### ").Skip(1)
            .Select(member => (Name: Plain(Anchor().Replace(member.Split('\n', 2)[0], "")), Parts: member.Split('\n', 2)[1].Split("\n#### ")))
            .Where(member => !Generated.Any(name => member.Name.StartsWith(name, StringComparison.Ordinal)))
            .Select(member => new ReferenceMember(Code(member.Parts[0]), Words(member.Parts[0]),
                [.. member.Parts.Where(p => p.StartsWith("Parameters\n", StringComparison.Ordinal)).SelectMany(p => Parameter().Matches(p)).Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim()))]));
    }

    /// <summary>The text before the declaration.</summary>
    static string Words(string text) => Header().Replace(text.Split("\n```csharp")[0], "").Trim();

    static string Code(string text) => Fence().Match(text) is { Success: true } code ? Attributes().Replace(code.Groups[1].Value, "").Trim() : "";

    static string Plain(string text) => Escape().Replace(text, "$1").Trim();

    [GeneratedRegex(@"\A# <a id=""[^""]*""></a> (?<kind>Class|Struct|Enum|Interface|Delegate) (?<name>.+)")]
    private static partial Regex Title();

    [GeneratedRegex(@"^Namespace: \[([^\]]+)\]", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(@"^(?:Namespace|Assembly): .*$", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"<a id=""[^""]*""></a> ")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\[.*\]\n", RegexOptions.Multiline)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^`(\w+) = [^`]*` *\n(.*?)(?=^`\w+ = |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex EnumValue();

    [GeneratedRegex(@"^`(\w+)` [^\n]*\n\n(?!`)(.+?)(?=\n\n`\w+` |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
