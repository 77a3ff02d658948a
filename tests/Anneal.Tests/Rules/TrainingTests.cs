namespace Anneal.Tests;

public class TrainingTests
{
    static double Bowl(ReadOnlySpan<double> w, Span<double> g)
    {
        (g[0], g[1]) = (w[0], 10 * w[1]);
        return (w[0] * w[0] + 10 * w[1] * w[1]) / 2;
    }

    [Fact]
    public void Recording_does_not_change_the_path_and_tells_what_happened()
    {
        double[] seen = [1, 1], unseen = [1, 1];
        var trace = new Training(new Momentum(), new Constant(0.01), Bowl).Run(seen, 20);
        new Training(new Momentum(), new Constant(0.01), Bowl) { Records = _ => false }.Run(unseen, 20);
        Assert.Equal(seen, unseen);
        Assert.Equal(20, trace.Points.Count);
        var first = trace.Points[0];
        Assert.Equal((0, 0.01, 5.5), (first.Step, first.Rate, first.Loss));
        Assert.Equal(Math.Sqrt(2), first.WeightNorm, 1e-12);
        Assert.Equal(Math.Sqrt(101), first.GradientNorm, 1e-12);
        Assert.Equal(0.01 * Math.Sqrt(101), first.UpdateNorm, 1e-12);
        Assert.Equal(first.UpdateNorm / first.WeightNorm, first.UpdateRatio);
        Assert.All(trace.Points.Skip(1), p => Assert.InRange(p.Curvature!.Value, 1 - 1e-9, 10 + 1e-9));
    }

    [Fact]
    public void A_run_stops_early_when_nothing_improves_or_the_loss_is_gone()
    {
        var patient = new Training(new Sgd(), new Constant(0), Bowl) { Patience = 5 }.Run([1, 1], 100);
        Assert.Equal((6, "no new lowest in 5 recorded steps"), (patient.Points.Count, patient.Stopped));
        var wild = new Training(new Sgd(), new Constant(1e200), Bowl).Run([1, 1], 100);
        Assert.StartsWith("the loss at step", wild.Stopped);
    }

    [Fact]
    public void Progress_is_told_of_every_recorded_step()
    {
        var told = new List<long>();
        new Training(new Sgd(), new Constant(0.1), Bowl) { Records = t => t % 4 == 0, Progress = new Told(told), Metric = w => w[0] }.Run([1, 1], 10);
        Assert.Equal([0, 4, 8], told);
    }

    sealed class Told(List<long> steps) : IProgress<TracePoint>
    {
        public void Report(TracePoint value) => steps.Add(value.Step);
    }
}
