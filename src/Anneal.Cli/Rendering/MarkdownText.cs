using System.Globalization;
using System.Text;

namespace Anneal.Cli;

/// <summary>Text from outside inside Markdown and on a terminal, as what it is: neither markup, nor a formula, nor a command to the terminal.</summary>
internal static class MarkdownText
{
    /// <summary>Text that Markdown shows as it stands. Every sign it may have a meaning for is written as its number, which no extension looks behind.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in OneLine(text))
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != ' ')
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            else
                escaped.Append(c);
        return escaped.ToString();
    }

    /// <summary>Text as code: between more backticks than stand in it.</summary>
    public static string Code(string text)
    {
        text = OneLine(text);
        int longest = 0, run = 0;
        foreach (char c in text)
            longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        string fence = new('`', longest + 1);
        return text.StartsWith('`') || text.EndsWith('`') ? $"{fence} {text} {fence}" : $"{fence}{text}{fence}";
    }

    /// <summary>Text without line breaks and other control characters; half a character becomes the sign for a lost one.</summary>
    public static string OneLine(string text) => string.Concat(text.EnumerateRunes().Select(c =>
        c.Value is '\n' or '\r' or '\t' or 0x2028 or 0x2029 ? " " : Rune.IsControl(c) || TurnsText(c.Value) ? Rune.ReplacementChar.ToString() : c.ToString()));

    /// <summary>Whether it changes the direction of what follows, behind which other text can hide.</summary>
    static bool TurnsText(int c) => c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
