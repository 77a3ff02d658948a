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
    public void What_is_no_trace_is_told() => Assert.Contains("one of them must be step", LiveTraces.Look("a picture").Error);
}
