namespace Anneal.Live.Tests;

public class LiveTracesTests
{
    [Fact]
    public void Each_column_is_a_line_of_the_steps_that_have_a_number()
    {
        var answer = LiveTraces.Look("step,rate,loss,sharpness\n0,0.5,2.5,400\n10,0.25,2,\n20,0.125,1.5,2\n");
        Assert.Null(answer.Error);
        Assert.Equal("rate", answer.Rate);
        Assert.Equal(["rate", "loss", "sharpness"], answer.Lines.Select(line => line.Name));
        Assert.Equal([0, 20], answer.Lines[2].X);
        Assert.Equal([400, 2], answer.Lines[2].Y);
        Assert.Equal([false, false, true], answer.Lines.Select(line => line.IsWide));
        Assert.StartsWith("""{"lines":[{"name":"rate","x":[0,10,20],"y":[0.5,0.25,0.125],"isWide":false}""", LiveJson.Write(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_drawn_has_every_spike_both_ends_and_few_points()
    {
        const int Rows = 20_000, Columns = 100, Up = 7_777, Down = 13_131;
        string csv = "step,loss\n" + string.Concat(Enumerable.Range(0, Rows).Select(t => FormattableString.Invariant($"{t},{(t == Up ? 50 : t == Down ? -50 : t % 3)}\n")));
        var all = LiveTraces.Look(csv).Lines[0];
        var drawn = LiveTraces.Look(csv, Columns).Lines[0];
        Assert.InRange(drawn.X.Length, Columns, 4 * (Columns + 1));
        Assert.Equal([0, Up, Down, Rows - 1], drawn.X.Where(x => x is 0 or Up or Down or Rows - 1));
        Assert.All(drawn.X.Zip(drawn.Y), point => Assert.Equal(all.Y[(int)point.First], point.Second));
        Assert.Equal(drawn.X.Distinct().Order(), drawn.X);
        // Of every column of pixels the lowest and the highest are there.
        Assert.Equal(Ends(all), Ends(drawn));

        static IEnumerable<(double, double, double)> Ends(TraceLineAnswer line) => line.X.Zip(line.Y).GroupBy(point => Math.Floor(point.First / ((Rows - 1.0) / Columns)))
            .Select(column => (column.Key, column.Min(point => point.Second), column.Max(point => point.Second)));
    }

    [Theory]
    [InlineData("step,loss\n4000000000000000,2\n", 1)]
    [InlineData("step,loss\n0,2\n1,3\n", 2)]
    public void What_is_short_is_drawn_whole(string csv, int points) => Assert.Equal(points, LiveTraces.Look(csv, 1000).Lines[0].X.Length);

    [Fact]
    public void What_is_no_trace_is_told() => Assert.Contains("one of them must be step", LiveTraces.Look("a picture").Error);
}
