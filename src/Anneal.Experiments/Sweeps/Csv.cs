using System.Text;

namespace Anneal.Experiments;

/// <summary>Comma-separated values: what is written is read back exactly, line breaks and all, and a spreadsheet runs none of it.</summary>
/// <remarks>
/// A field of text that a spreadsheet would take for a formula (it begins with =, @, + or −, or one of their wide forms, and is no number) is written behind an apostrophe,
/// which says "text" there; reading takes it away again. RFC 4180 otherwise.
/// </remarks>
static class Csv
{
    const char Mark = '\'';

    /// <summary>A field as it stands in a line.</summary>
    public static string Field(string text)
    {
        if (IsRun(text.AsSpan().TrimStart(Mark)))
            text = Mark + text;
        return text.AsSpan().ContainsAny(",;\"\r\n\t") || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }

    /// <summary>The records of a table, each with the line it begins on; line breaks inside quotes belong to the field.</summary>
    /// <exception cref="SweepException">A quote does not end, or text follows one.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Records(string csv)
    {
        int at = 0, line = 1;
        while (at < csv.Length)
        {
            int begun = line;
            var fields = new List<string>();
            bool ended = false;
            while (!ended)
            {
                fields.Add(Unmarked(Next(csv, ref at, ref line, begun)));
                ended = at == csv.Length || csv[at] != ',';
                if (!ended)
                    at++;
            }
            if (at < csv.Length && csv[at] == '\r')
                at++;
            if (at < csv.Length && csv[at] == '\n')
                at++;
            line++;
            yield return (begun, fields);
        }
    }

    /// <summary>One field; the place moves to what ends it.</summary>
    static string Next(string csv, ref int at, ref int line, int begun)
    {
        if (at == csv.Length || csv[at] != '"')
        {
            int end = csv.AsSpan(at).IndexOfAny(",\r\n");
            string plain = end < 0 ? csv[at..] : csv.Substring(at, end);
            at += plain.Length;
            return plain;
        }
        var field = new StringBuilder();
        for (at++; at < csv.Length; at++)
        {
            if (csv[at] == '\n')
                line++;
            if (csv[at] != '"')
                field.Append(csv[at]);
            else if (at + 1 < csv.Length && csv[at + 1] == '"')
                field.Append(csv[at++]);
            else if (++at == csv.Length || csv[at] is ',' or '\r' or '\n')
                return field.ToString();
            else
                throw new SweepException($"Line {begun} of the table is damaged: something follows a quoted field.");
        }
        throw new SweepException($"Line {begun} of the table is damaged: a quoted field does not end.");
    }

    static string Unmarked(string field) => field.StartsWith(Mark) && IsRun(field.AsSpan().TrimStart(Mark)) ? field[1..] : field;

    static bool IsRun(ReadOnlySpan<char> text) =>
        text.TrimStart() is [var first, ..] trimmed && (first is '=' or '@' or '＝' or '＠' or '＋' or '－' || first is '+' or '-' && !double.TryParse(trimmed, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _));
}
