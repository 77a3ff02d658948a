using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>
/// HTML of the page's own making within a text: formulas, highlighted code, images. The text goes through the sanitizer with a mark in the
/// place of each; afterwards they are put back as they were.
/// </summary>
sealed partial class Islands
{
    const char Start = '\uE000', End = '\uE001'; // for private use: no text has a meaning for them

    readonly List<string> parts = [];

    /// <summary>A text that holds no marks.</summary>
    public static string Unmarked(string text) => text.Replace(Start, '\uFFFD').Replace(End, '\uFFFD');

    /// <summary>The mark for a piece of HTML.</summary>
    public string Mark(string html)
    {
        parts.Add(html);
        return string.Create(CultureInfo.InvariantCulture, $"{Start}{parts.Count - 1}{End}");
    }

    /// <summary>The text with the pieces in place of their marks.</summary>
    public string Restore(string html) => Marks().Replace(html, mark => parts[int.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Marks();
}
