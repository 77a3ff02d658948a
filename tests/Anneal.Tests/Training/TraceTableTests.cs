namespace Anneal.Tests;

public class TraceTableTests
{
    const string Csv = "step,rate,loss,weight_norm,gradient_norm,update_norm,validation_loss,sharpness\n0,0.5,2.5,10,3,0.1,2.6,40\n10,0.25,2.25,11,2,0.2,,\n20,0.125,2,12,0.05,0.3,2.2,1\n";

    [Fact]
    public void A_trace_is_what_the_loop_saw()
    {
        var table = TraceTable.Read(Csv);
        Assert.Equal("rate", table.RateName);
        var trace = table.ToTrace();
        Assert.Equal(new TracePoint(0, 0.5, 2.5, 10, 3, 0.1, Metric: 2.6), trace.Points[0]);
        Assert.Equal(new TracePoint(10, 0.25, 2.25, 11, 2, 0.2), trace.Points[1]);
        Assert.Equal([2.6, double.NaN, 2.2], table["validation_loss"]);
        Assert.Contains("has no column lr", Assert.Throws<KeyNotFoundException>(() => table["lr"]).Message);
    }

    [Fact]
    public void A_line_has_the_steps_that_have_a_number()
    {
        var lines = TraceTable.Read(Csv).Lines;
        Assert.Equal(["rate", "loss", "weight_norm", "gradient_norm", "update_norm", "validation_loss", "sharpness"], lines.Select(l => l.Name));
        Assert.Equal([0, 20], lines[^1].Steps);
        Assert.Equal([40, 1], lines[^1].Values);
        Assert.Equal(["gradient_norm", "sharpness"], lines.Where(l => l.IsWide).Select(l => l.Name));
    }

    [Fact]
    public void Lines_of_each_tensor_become_a_line_of_the_step()
    {
        var table = TraceTable.Read("step,tensor,weight_norm,effective_rank,update_ratio\n0,a.weight,4,2,0.5\n0,a.bias,1,,NaN\n10,a.weight,5,3,0.25\n10,a.bias,2,,0.125\n0,a.weight,9,9,9\n");
        Assert.Equal([0, 10], table["step"]);
        Assert.Equal([0.5, 0.25], table["update_ratio of a.weight"]);
        Assert.Equal(["weight_norm of a.weight", "weight_norm of a.bias", "effective_rank of a.weight", "update_ratio of a.weight", "update_ratio of a.bias"], table.Lines.Select(l => l.Name));
        Assert.Equal([10], table.Lines[^1].Steps);
        Assert.Equal(1, table.RowsLeft);
        Assert.Equal([7.0, 9], TraceTable.Read("step,layer,head,entropy\n0,0,0,7\n0,0,1,8\n5,0,0,9\n5,0,1,10\n")["entropy of layer 0 head 0"]);
    }

    [Fact]
    public void What_a_killed_run_left_half_written_is_left_out() => Assert.Equal(2, TraceTable.Read("step,rate,loss\n0,1,2\n1,1,2\n2,1").ToTrace().Points.Count);

    [Fact]
    public void Of_a_sweep_s_logs_the_first_run_is_read()
    {
        var table = TraceTable.Read("method,rate,seed,step,step_rate,loss\n\"a, long\",0.5,3,10,1e-5,2.5\n\"a, long\",0.5,3,20,2e-5,2.4\n\"a, long\",0.5,4,10,3e-5,2.5\n\"a, long\",0.5,4,20,3e-5,2.5\n");
        Assert.Equal("step_rate", table.RateName);
        Assert.Equal([1e-5, 2e-5], table.ToTrace().Points.Select(p => p.Rate));
        Assert.Equal(2, table.RowsLeft);
        Assert.DoesNotContain("method", table.Names);
    }

    [Theory]
    [InlineData("", "one of them must be step")]
    [InlineData("epoch,loss\n1,2\n", "it is \"epoch,loss\"")]
    [InlineData("step,loss\n", "no line below it")]
    [InlineData("step,loss\n0,1\n1\n2,3\n", "Line 3 has 1 fields, and the header has 2")]
    [InlineData("step,loss\nx,1\n", "Line 2: the step is \"x\"")]
    [InlineData("step,loss,loss\n0,1,1\n", "Two columns are called loss")]
    public void What_is_no_trace_is_refused(string csv, string message) => Assert.Contains(message, Assert.Throws<FormatException>(() => TraceTable.Read(csv)).Message);

    [Theory]
    [InlineData("step,loss\n0,1\n", "the rate")]
    [InlineData("step,rate\n0,1\n", "the loss")]
    public void Without_rate_or_loss_it_is_no_run(string csv, string lacks) => Assert.Contains(lacks, Assert.Throws<FormatException>(() => TraceTable.Read(csv).ToTrace()).Message);
}
