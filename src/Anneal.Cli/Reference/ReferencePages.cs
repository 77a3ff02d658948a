using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The API reference as Markdown for the page writer: one page a namespace, and one that lists all types and what each lesson uses.</summary>
internal sealed partial class ReferencePages
{
    public const string Index = "reference.html";

    readonly IReadOnlyList<ReferenceType> types;
    readonly CourseSite? course;

    /// <summary>Where a type is described: page and heading.</summary>
    readonly Dictionary<string, string> addresses = [];

    /// <summary>For each type the lessons whose code names it, and the first cell that does.</summary>
    readonly Dictionary<string, List<(string Lesson, string Cell)>> uses = [];

    public ReferencePages(IReadOnlyList<ReferenceType> types, CourseSite? course)
    {
        this.types = [.. types.OrderBy(t => t.Namespace, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.OrdinalIgnoreCase)];
        this.course = course;
        foreach (var space in this.types.GroupBy(t => t.Namespace))
        {
            HashSet<string> taken = [Fragment("Namespace " + space.Key)];
            foreach (var type in space)
            {
                string fragment = Fragment(type.Name);
                for (int n = 2; !taken.Add(fragment); n++)
                    fragment = $"{Fragment(type.Name)}-{n}";
                addresses[type.File] = $"{PageOf(space.Key)}#{fragment}";
            }
        }
        FindUses();
    }

    public static string PageOf(string space) => $"reference-{space.ToLowerInvariant().Replace('.', '-')}.html";

    /// <summary>Where the reference lists what a lesson uses.</summary>
    public static string AddressOf(string lesson, string title) => $"{Index}#{Fragment($"{lesson[..2]} {title}")}";

    /// <summary>File, title and Markdown of each page.</summary>
    public IEnumerable<(string File, string Title, string Markdown)> All() =>
        types.GroupBy(t => t.Namespace).Select(space => (PageOf(space.Key), "Namespace " + space.Key, Namespace(space.Key, [.. space]))).Prepend((Index, "Reference", Overview()));

    string Overview()
    {
        StringBuilder text = new("# Reference\n\nEvery public type of the packages, by namespace; and, below, what each lesson uses.\n\n");
        foreach (var space in types.GroupBy(t => t.Namespace))
        {
            text.Append($"## [{space.Key}]({PageOf(space.Key)})\n\n");
            foreach (var type in space)
                text.Append($"- {Link(type)}: {InLine(type.Summary)}\n");
            text.Append('\n');
        }
        if (course is null)
            return text.ToString();
        text.Append("## In the lessons\n\n");
        foreach (var lesson in course.Course.Registers.Lessons.Where(l => course.Course.Written.ContainsKey(l.Name)))
            text.Append($"### {course.Lesson(lesson.Name)}\n\n{string.Join(", ", types.Where(t => uses[t.File].Any(u => u.Lesson == lesson.Name)).Select(Link))}\n\n");
        return text.ToString();
    }

    string Namespace(string space, IReadOnlyList<ReferenceType> own)
    {
        StringBuilder text = new($"# Namespace {space}\n\n");
        foreach (var type in own)
        {
            text.Append($"## {Escaped(type.Name)}\n\n{Linked(type.Summary)}\n\n```csharp\n{type.Signature}\n```\n\n");
            if (type.Remarks.Length > 0)
                text.Append($"{Linked(type.Remarks)}\n\n");
            foreach (var member in type.Members)
            {
                text.Append($"- `{OneLine(member.Signature)}`  \n  {InLine(member.Summary)}\n");
                foreach (var (name, meaning) in member.Parameters)
                    text.Append($"  - `{name}`: {InLine(meaning)}\n");
            }
            if (course is not null && uses[type.File] is { Count: > 0 } lessons)
                text.Append($"\nIn the lessons: {string.Join(", ", lessons.Select(u => $"{course.Lesson(u.Lesson)} ({course.Section(u.Lesson, u.Cell)})"))}.\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    void FindUses()
    {
        foreach (var type in types)
            uses[type.File] = [];
        foreach (var (lesson, notebook) in course?.Course.Written.OrderBy(l => l.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, Notebook>>())
        {
            Dictionary<string, string> firsts = [];
            foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code))
                foreach (Match word in Identifier().Matches(cell.Source))
                    firsts.TryAdd(word.Value, cell.Id);
            foreach (var type in types)
                if (firsts.TryGetValue(type.Word, out string? cell))
                    uses[type.File].Add((lesson, cell));
        }
    }

    string Link(ReferenceType type) => $"[{Escaped(type.Name)}]({addresses[type.File]})";

    /// <summary>
    /// docfx links its own files, which are parts of pages here, and leaves code, links into the web and unresolved references as HTML, which pages show
    /// as text. A link to what has no page stays as words.
    /// </summary>
    string Linked(string markdown)
    {
        string text = Block().Replace(markdown, code => $"\n\n```csharp\n{WebUtility.HtmlDecode(code.Groups[1].Value).Trim('\n')}\n```\n\n");
        text = Inline().Replace(text, code => $"`{WebUtility.HtmlDecode(code.Groups[1].Value)}`");
        text = Anchor().Replace(text, "[$2]($1)");
        text = Reference().Replace(text, reference => LinkTo(Uri.UnescapeDataString(reference.Groups[1].Value)));
        text = Other().Replace(text, "");
        return FileLink().Replace(text, link =>
            addresses.TryGetValue(link.Groups["file"].Value.Replace("\\", "", StringComparison.Ordinal), out string? address) ? $"[{link.Groups["text"].Value}]({address})" : link.Groups["text"].Value);
    }

    string InLine(string markdown) => OneLine(Linked(Block().Replace(markdown, "<code>$1</code>")));

    /// <summary>A name such as <c>Anneal.Kernels.ILane`1.Count</c> as a link to its type: <c>ILane.Count</c>.</summary>
    string LinkTo(string name)
    {
        string[] parts = name.Split('(')[0].Split('.');
        for (int n = parts.Length; n > 0; n--)
            if (addresses.TryGetValue($"{string.Join('.', parts[..n]).Replace('`', '-')}.md", out string? address))
                return $"[{string.Join('.', parts[(n - 1)..].Select(Bare))}]({address})";
        return $"`{Bare(parts[^1])}`";

        static string Bare(string part) => part.Split('`')[0];
    }

    static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    static string Escaped(string name) => name.Replace("<", "\\<", StringComparison.Ordinal).Replace(">", "\\>", StringComparison.Ordinal);

    /// <summary>The fragment that the page writer gives to a heading.</summary>
    static string Fragment(string heading)
    {
        StringBuilder words = new();
        foreach (char c in heading)
            if (char.IsLetterOrDigit(c))
                words.Append(char.ToLowerInvariant(c));
            else if (words is [.., not '-'])
                words.Append('-');
        return words.ToString().Trim('-');
    }

    [GeneratedRegex(@"\[(?<text>[^\[\]]+)\]\((?<file>[^()#]+\.md)(?:\\?#[^()]*(?:\([^()]*\)[^()]*)*)?\)")]
    private static partial Regex FileLink();

    [GeneratedRegex(@"<pre><code[^>]*>(.*?)</code></pre>", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"<code[^>]*>(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex Inline();

    [GeneratedRegex(@"<a href=""([^""]*)""[^>]*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"<xref href=""([^""]*)""[^>]*></xref>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"</?(?:p|para|br)\s*/?>")]
    private static partial Regex Other();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[A-Z]\w+")]
    private static partial Regex Identifier();
}
