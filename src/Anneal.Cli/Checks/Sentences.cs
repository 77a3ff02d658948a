using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A sentence of a markdown cell.</summary>
/// <param name="Text">Its words; a formula or a code span counts as one.</param>
/// <param name="Line">The line in its cell on which it begins, counted from 1.</param>
/// <param name="Words">How many words it has.</param>
internal sealed record Sentence(string Text, int Line, int Words);

/// <summary>The prose of markdown cells as sentences and words: no code, no tables, no comments; formulas count as one word each.</summary>
internal static partial class Sentences
{
    /// <summary>Every sentence of a cell.</summary>
    public static IEnumerable<Sentence> In(Cell cell)
    {
        if (cell.Kind != CellKind.Markdown)
            yield break;
        foreach (var (line, text) in Paragraphs(Prose(cell.Source)))
        {
            int start = 0;
            foreach (Match end in End().Matches(text))
            {
                if (Of(text[start..(end.Index + end.Length)], line + text.AsSpan(0, start).Count('\n')) is { } sentence)
                    yield return sentence;
                start = end.Index + end.Length;
            }
            if (Of(text[start..], line + text.AsSpan(0, start).Count('\n')) is { } last)
                yield return last;
        }
    }

    /// <summary>The words of a text that is read from top to bottom: what is folded away does not count.</summary>
    public static int WordsRead(Cell cell) => cell.Kind != CellKind.Markdown ? 0
        : In(cell with { Source = Folded().Replace(cell.Source, "") }).Sum(s => s.Words);

    /// <summary>The same text, as long in lines, without what is not prose.</summary>
    public static string Prose(string source) => Mark().Replace(
        Link().Replace(
            Span().Replace(
                NoProse().Replace(source, left => Lines(left.Value)), one => "x" + Lines(one.Value)),
            "${text}"),
        "");

    static Sentence? Of(string text, int line)
    {
        line += text.AsSpan(0, text.Length - text.TrimStart().Length).Count('\n');
        string[] words = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit))];
        return words.Length == 0 ? null : new(string.Join(' ', words), line, words.Length);
    }

    /// <summary>Runs of lines that belong together: a blank line, a list item, a table row, a quotation or a heading begins anew.</summary>
    static IEnumerable<(int Line, string Text)> Paragraphs(string text)
    {
        var current = new List<string>();
        int first = 1;
        foreach (var (i, line) in text.Split('\n').Index())
        {
            if (current.Count > 0 && (string.IsNullOrWhiteSpace(line) || Begins().IsMatch(line)))
            {
                yield return (first, string.Join('\n', current));
                current.Clear();
            }
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('|') || line.StartsWith('#'))
                continue;
            if (current.Count == 0)
                first = i + 1;
            current.Add(Begins().Replace(line, ""));
        }
        if (current.Count > 0)
            yield return (first, string.Join('\n', current));
    }

    static string Lines(string text) => new('\n', text.Count(c => c == '\n'));

    [GeneratedRegex(@"^```.*?^```[ \t]*$|<!--.*?-->|<https?:[^>]*>|</?\w+[^>]*>|<summary>.*?</summary>|^\$\$.*?\$\$[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NoProse();

    [GeneratedRegex(@"\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex Span();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\([^)\s]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*|__|(?<=\s)[*_](?=\S)|(?<=\S)[*_](?=[\s.,;:!?)])")]
    private static partial Regex Mark();

    // After "e.g.", "Fig." or "vs." no sentence ends, nor after an initial.
    [GeneratedRegex(@"(?<!\b(?:e\.g|i\.e|vs|cf|Fig|et al|eq|sec|No|[A-Z]))[.!?…][)""”’']*(?=\s)")]
    private static partial Regex End();

    [GeneratedRegex(@"^\s*(?:>\s?)?(?:[-*+]\s+|\d+[.)]\s+|>\s?)")]
    private static partial Regex Begins();

    [GeneratedRegex(@"<details\b.*?</details>", RegexOptions.Singleline)]
    private static partial Regex Folded();
}
