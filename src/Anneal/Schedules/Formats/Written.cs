using System.Globalization;
using System.Text;

namespace Anneal;

/// <summary>Numbers and names as they are written in JSON, notation and messages.</summary>
static class Written
{
    /// <summary>The shortest text that reads back as the same number: <c>0.001</c>, <c>3e-05</c>.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e").Replace("e+", "e");

    /// <summary><c>CosineDecay</c> becomes <c>cosineDecay</c>.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Text from outside, short and printable, for use in a message.</summary>
    public static string Short(string text, int length = 40)
    {
        string start = text.Length <= length ? text : text[..length] + "…";
        // Half a character, which a cut may leave, comes out as the same replacement.
        return string.Concat(start.EnumerateRunes().Select(c => Rune.IsControl(c) ? Rune.ReplacementChar : c));
    }

    /// <summary>The candidate that a typing error is closest to, as a question; empty when none is close.</summary>
    public static string DidYouMean(string text, IEnumerable<string> candidates)
    {
        if (text.Length > 40)
            return "";
        var (best, distance) = candidates.Select(c => (c, Distance(text, c))).DefaultIfEmpty(("", int.MaxValue)).MinBy(c => c.Item2);
        return distance <= Math.Max(2, text.Length / 2) ? $"; did you mean '{best}'?" : "";
    }

    /// <summary>How a sentence ends that a typing error is refused in, and another follows: by that question, or a full stop.</summary>
    public static string Guess(string text, IEnumerable<string> candidates) => DidYouMean(text, candidates) is { Length: > 0 } guess ? guess : ".";

    /// <summary>With a full stop, unless it ends as a sentence does.</summary>
    public static string Sentence(string text) => text is [.., '.' or '?' or '!'] ? text : text + ".";

    /// <summary>Insertions, deletions and replacements between two words, whatever their case.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
