namespace Anneal.Lessons;

/// <summary>A table that shows itself in every host; formulas and bold text in its cells are set as such.</summary>
/// <param name="Columns">Headings, parted by <c> | </c>.</param>
/// <param name="Rows">One text per row, its cells parted likewise.</param>
[TypeFormatterSource(typeof(MarkdownFormatters), PreferredMimeTypes = ["text/markdown"])]
public sealed record MarkdownTable(string Columns, IReadOnlyList<string> Rows) : IMarkdown
{
    /// <summary>A table of these headings and rows.</summary>
    /// <exception cref="ArgumentException">A row has more or fewer cells than there are headings.</exception>
    public static MarkdownTable Of(string columns, IEnumerable<string> rows)
    {
        string[] lines = [.. rows];
        int count = Cells(columns);
        foreach (string line in lines)
            if (Cells(line) != count)
                throw new ArgumentException($"There are {count} columns, and {Cells(line)} cells in the row {line}.", nameof(rows));
        return new(columns, lines);
    }

    /// <summary>A number as people write it, such as 1.5·10⁹, to this many significant digits.</summary>
    public static string Number(double value, int digits = 4) => ReadableNumber.Of(value, digits);

    /// <inheritdoc/>
    public string ToMarkdown() => string.Join('\n',
        [$"| {Columns} |", $"|{string.Concat(Enumerable.Repeat(" --- |", Cells(Columns)))}", .. Rows.Select(row => $"| {row} |")]);

    /// <inheritdoc/>
    public override string ToString() => ToMarkdown();

    static int Cells(string row) => row.Split('|').Length;
}
