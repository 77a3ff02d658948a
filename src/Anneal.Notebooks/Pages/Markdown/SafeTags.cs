using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>
/// The raw HTML that markdown may use: folded blocks and a few inline marks, with no attributes but <c>open</c>.
/// Everything else appears as the text it is; what was opened is closed.
/// </summary>
sealed partial class SafeTags
{
    readonly Stack<string> open = new();

    /// <summary>Raw HTML, which may hold text too, made safe.</summary>
    public string Filter(string raw)
    {
        StringBuilder html = new();
        int written = 0;
        foreach (Match match in Markup().Matches(raw))
        {
            html.Append(Text(raw[written..match.Index]));
            html.Append(Tag(match));
            written = match.Index + match.Length;
        }
        return html.Append(Text(raw[written..])).ToString();
    }

    /// <summary>The end of every tag that is still open.</summary>
    public string CloseAll()
    {
        var html = string.Concat(open.Select(name => $"</{name}>"));
        open.Clear();
        return html;
    }

    /// <summary>The tag's name if it opens something that must be closed.</summary>
    public static string? Opens(string tag) =>
        Markup().Match(tag) is { Success: true } match && match.Groups["close"].Length == 0 && match.Groups["name"].Value is { Length: > 0 } name
        && !IsVoid(name) ? name.ToLowerInvariant() : null;

    string Tag(Match match)
    {
        if (match.Groups["name"].Length == 0)
            return ""; // a comment
        var name = match.Groups["name"].Value.ToLowerInvariant();
        if (IsVoid(name))
            return $"<{name}>";
        if (match.Groups["close"].Length == 0)
        {
            open.Push(name);
            return $"<{name}{(match.Groups["open"].Length > 0 ? " open" : "")}>";
        }
        if (!open.TryPeek(out var last) || last != name)
            return Html.Escape(match.Value);
        open.Pop();
        return $"</{name}>";
    }

    static bool IsVoid(string name) => name.Equals("br", StringComparison.OrdinalIgnoreCase);

    static string Text(string text) => Html.Escape(WebUtility.HtmlDecode(text));

    [GeneratedRegex(@"<!--.*?-->|<(?<close>/?)(?<name>details|summary|br|kbd|mark|sub|sup)(?:\s+(?<open>open)(?:="""")?)?\s*/?>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Markup();
}
