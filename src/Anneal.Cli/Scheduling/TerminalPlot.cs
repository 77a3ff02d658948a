using System.Globalization;
using System.Text;

namespace Anneal.Cli;

/// <summary>A curve in braille dots: eight to a character.</summary>
internal static class TerminalPlot
{
    const int Rows = 10;

    /// <summary>The lines of the plot, with the highest and lowest rate at its left and the steps below.</summary>
    public static IEnumerable<string> Lines(Schedule schedule, double from, double to, int width)
    {
        int columns = Math.Max(20, width - 14);
        double[] rates = [.. Enumerable.Range(0, 2 * columns).Select(i => schedule.At(from + (to - from) * i / (2 * columns - 1)))];
        double low = Math.Min(0, rates.Min()), high = rates.Max();
        double unit = high > low ? (4 * Rows - 1) / (high - low) : 0;
        var cells = new int[Rows, columns];
        int previous = Height(rates[0]);
        for (int i = 0; i < rates.Length; i++)
        {
            int height = Height(rates[i]);
            // A jump is drawn as a line, so that the curve does not fall apart.
            for (int y = Math.Min(height, Math.Min(previous + 1, 4 * Rows - 1)); y <= Math.Max(height, previous - 1); y++)
                cells[Rows - 1 - y / 4, i / 2] |= Dot(i % 2, 3 - y % 4);
            previous = height;
        }
        for (int row = 0; row < Rows; row++)
            yield return $"{(row == 0 ? Label(high) : row == Rows - 1 ? Label(low) : ""),11} ┤{Row(cells, row, columns)}";
        string first = Label(from), last = Label(to);
        yield return new string(' ', 13) + first + last.PadLeft(Math.Max(last.Length + 1, columns - first.Length));

        int Height(double rate) => (int)Math.Round((rate - low) * unit);
    }

    static string Row(int[,] cells, int row, int columns)
    {
        var text = new StringBuilder();
        for (int column = 0; column < columns; column++)
            text.Append((char)(0x2800 + cells[row, column]));
        return text.ToString();
    }

    /// <summary>The bit of a dot, two to a row and four to a column, as Unicode numbers them.</summary>
    static int Dot(int x, int y) => y == 3 ? 0x40 << x : 1 << (y + 3 * x);

    static string Label(double value) => value.ToString("0.####E+0", CultureInfo.InvariantCulture) is var scientific
        && Math.Abs(value) is 0 or (>= 1e-4 and < 1e7) ? value.ToString("0.######", CultureInfo.InvariantCulture) : scientific;
}
