using Spectre.Console;

namespace Anneal.Cli;

/// <summary>A table that breaks no word: columns are as wide as their longest words, and on a narrow terminal the last ones go.</summary>
/// <param name="heads">The heads of the columns.</param>
/// <param name="mayGo">How many of the last columns may be left out where there is no room: what they say must stand elsewhere too.</param>
internal sealed class TerminalTable(IReadOnlyList<string> heads, int mayGo = 0)
{
    /// <summary>What Spectre.Console puts about a cell of this border: a blank on either side, and nothing between two cells.</summary>
    const int Around = 2;

    readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(IAnsiConsole console)
    {
        int room = console.Profile.Width, columns = heads.Count;
        while (columns > heads.Count - mayGo && Least(columns).Sum() + Around * columns > room)
            columns--;
        int[] widths = Widths(columns, room - Around * columns);
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        foreach (var (i, head) in heads.Take(columns).Index())
            table.AddColumn(head, column => column.Width(widths[i]));
        foreach (string[] cells in rows)
            table.AddRow([.. cells.Take(columns).Select(Markup.Escape)]);
        console.Write(table);
    }

    IEnumerable<string> Column(int i) => rows.Select(row => row[i]).Prepend(heads[i]);

    int[] Least(int columns) => [.. Enumerable.Range(0, columns).Select(i => Column(i).SelectMany(cell => cell.Split(' ')).Max(word => word.Length))];

    /// <summary>Each column as wide as it wants; where that is too much, what its longest word takes, and of the rest always the column that lacks most the next place.</summary>
    int[] Widths(int columns, int room)
    {
        int[] wanted = [.. Enumerable.Range(0, columns).Select(i => Column(i).Max(cell => cell.Length))], widths = Least(columns);
        for (int left = Math.Min(room, wanted.Sum()) - widths.Sum(); left > 0; left--)
            widths[Enumerable.Range(0, columns).MaxBy(i => (double)wanted[i] / widths[i])]++;
        return widths;
    }
}
