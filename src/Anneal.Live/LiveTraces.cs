namespace Anneal.Live;

/// <summary>What the lab shows of a run's trace.</summary>
public static class LiveTraces
{
    /// <summary>The columns of a trace that <c>anneal train</c> or a sweep wrote, each as a line; or what is wrong with it.</summary>
    /// <param name="csv">The file's text.</param>
    public static TraceAnswer Look(string csv)
    {
        try
        {
            var table = TraceTable.Read(csv);
            return new([.. table.Lines.Select(line => new TraceLineAnswer(line.Name, [.. line.Steps], [.. line.Values], line.IsWide))], table.RateName, table.RowsLeft);
        }
        catch (FormatException refused)
        {
            return new([], Error: refused.Message);
        }
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
