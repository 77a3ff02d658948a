using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>The headings of a page as they are written: no level is skipped, every one has a name to link to.</summary>
sealed partial class Outline
{
    readonly HashSet<string> taken = [];
    readonly Dictionary<string, int> numbers = [];
    int last;

    /// <param name="Level">1 for the title of the page.</param>
    /// <param name="Id">The fragment that leads here.</param>
    /// <param name="Html">Its text, formulas included.</param>
    public readonly record struct Heading(int Level, string Id, string Html);

    public List<Heading> Headings { get; } = [];

    /// <summary>The level a heading takes: one title per page, and at most one level deeper than the heading before.</summary>
    public int Level(int wanted) => last = last == 0 ? 1 : Math.Clamp(wanted, 2, last + 1);

    /// <summary>A fragment for a heading, unique on the page.</summary>
    public string Id(string text)
    {
        StringBuilder words = new();
        foreach (var c in text.Normalize())
            if (char.IsLetterOrDigit(c))
                words.Append(char.ToLowerInvariant(c));
            else if (words is [.., not '-'])
                words.Append('-');
        var name = words.ToString().Trim('-') is { Length: > 0 } slug ? slug : "section";
        var id = name;
        for (int n = numbers.GetValueOrDefault(name, 2); IsOfThePage(id) || !taken.Add(id); numbers[name] = ++n)
            id = $"{name}-{n}";
        return id;
    }

    /// <summary>True for the ids that the page gives to its own parts: cells, figures, controls.</summary>
    static bool IsOfThePage(string id) => id is "main" or "theme" or "show-code" or "show-checks" or "score" or "quiz-score" or "quiz" or "moving" or "moving-caption" || PageIds().IsMatch(id);

    [GeneratedRegex(@"^(?:cell|figure|caption|description|answer)-\d+(?:-\d+)?(?:-verdict)?$|^output-")]
    private static partial Regex PageIds();

    /// <summary>The table of contents: sections and subsections.</summary>
    public string ToHtml()
    {
        StringBuilder html = new("<ol>");
        bool open = false, nested = false;
        foreach (var heading in Headings.Where(h => h.Level is 2 or 3))
        {
            bool deeper = heading.Level == 3 && open;
            if (deeper && !nested)
                html.Append("<ol>");
            else if (deeper)
                html.Append("</li>");
            else if (open)
                html.Append(nested ? "</li></ol></li>" : "</li>");
            (open, nested) = (true, deeper);
            html.Append($"""<li><a href="#{Html.Escape(heading.Id)}">{heading.Html}</a>""");
        }
        return html.Append(nested ? "</li></ol>" : "").Append(open ? "</li>" : "").Append("</ol>").ToString();
    }
}
