using Spectre.Console;

namespace Anneal.Cli;

/// <summary>A table that breaks no word: columns are as wide as their longest words, and on a narrow terminal the last ones go.</summary>
/// <param name="heads">The heads of the columns.</param>
/// <param name="mayGo">How many of the last columns may be left out where there is no room: what they say must stand elsewhere too.</param>
internal sealed class TerminalTable(IReadOnlyList<string> heads, int mayGo = 0)
{
    /// <summary>What Spectre.Console puts about cells: a blank on either side of each, and a place between two of them and at both ends, which this border leaves blank.</summary>
    static int Around(int columns) => 3 * columns + 1;

    readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(IAnsiConsole console)
    {
        int columns = heads.Count;
        int[] widths = Widths(columns, console.Profile.Width);
        // One that would have less than half of what it wants makes long rows of short lines.
        while (columns > heads.Count - mayGo && (widths.Sum() + Around(columns) > console.Profile.Width || 2 * widths[^1] < Wanted(columns - 1)))
            widths = Widths(--columns, console.Profile.Width);
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        foreach (var (i, head) in heads.Take(columns).Index())
            table.AddColumn(head, column => column.Width(widths[i]));
        foreach (string[] cells in rows)
            table.AddRow([.. cells.Take(columns).Select(Markup.Escape)]);
        console.Write(table);
    }

    IEnumerable<string> Column(int i) => rows.Select(row => row[i]).Prepend(heads[i]);

    int Wanted(int i) => Column(i).Max(cell => cell.Length);

    /// <summary>Each column as wide as it wants; where that is too much, what its longest word takes, and of the rest first those that lack least.</summary>
    int[] Widths(int columns, int room)
    {
        int[] widths = [.. Enumerable.Range(0, columns).Select(i => Column(i).SelectMany(cell => cell.Split(' ')).Max(word => word.Length))];
        int left = Math.Max(0, room - Around(columns) - widths.Sum());
        foreach (int i in Enumerable.Range(0, columns).OrderBy(i => Wanted(i) - widths[i]))
        {
            int more = Math.Min(left, Wanted(i) - widths[i]);
            widths[i] += more;
            left -= more;
        }
        return widths;
    }
}
