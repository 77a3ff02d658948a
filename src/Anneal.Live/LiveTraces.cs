namespace Anneal.Live;

/// <summary>What the lab shows of a run's trace.</summary>
public static class LiveTraces
{
    /// <summary>The columns of a trace that <c>anneal train</c> or a sweep wrote, each as a line; or what is wrong with it.</summary>
    /// <param name="csv">The file's text.</param>
    /// <param name="columns">Where given, only what a picture of so many columns of pixels can show: of each its first and last point, its lowest and its highest.</param>
    public static TraceAnswer Look(string csv, int? columns = null)
    {
        try
        {
            var table = TraceTable.Read(csv);
            return new([.. table.Lines.Select(line =>
            {
                var (x, y) = columns is { } some ? Thinned(line.Steps, line.Values, Math.Max(1, some)) : ([.. line.Steps], [.. line.Values]);
                return new TraceLineAnswer(line.Name, x, y, line.IsWide);
            })], table.RateName, table.RowsLeft);
        }
        catch (FormatException refused)
        {
            return new([], Error: refused.Message);
        }
    }

    /// <summary>Four points of a column draw the same pixels as all of its points; nothing is averaged, so a spike of one step stays.</summary>
    static (double[] X, double[] Y) Thinned(IReadOnlyList<double> x, IReadOnlyList<double> y, int columns)
    {
        var kept = new List<int>();
        double width = (x[^1] - x[0]) / columns;
        for (int from = 0, next; from < x.Count; from = next)
        {
            double column = Math.Floor((x[from] - x[0]) / width);
            int low = from, high = from;
            for (next = from + 1; next < x.Count && Math.Floor((x[next] - x[0]) / width) == column; next++)
            {
                low = y[next] < y[low] ? next : low;
                high = y[next] > y[high] ? next : high;
            }
            kept.AddRange(((int[])[from, low, high, next - 1]).Distinct().Order());
        }
        return ([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);
    }
}

/// <summary>A trace as lines.</summary>
/// <param name="Lines">One for each column of numbers, the step left out.</param>
/// <param name="Rate">The column of the rate.</param>
/// <param name="RowsLeft">Rows of further runs, which are not shown.</param>
/// <param name="Error">What is wrong; null where it could be read.</param>
public sealed record TraceAnswer(IReadOnlyList<TraceLineAnswer> Lines, string? Rate = null, int RowsLeft = 0, string? Error = null);

/// <summary>A column of a trace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="X">Steps.</param>
/// <param name="Y">Numbers.</param>
/// <param name="IsWide">Whether it is drawn on a logarithmic axis.</param>
public sealed record TraceLineAnswer(string Name, double[] X, double[] Y, bool IsWide);
