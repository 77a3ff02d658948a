namespace Anneal.Tests;

public class LogarithmicRestartsTests
{
    // 1 + 2 · 121 = 243 = 3⁵, and log(243) / log(3) is rounded to a little less than 5.
    [Fact]
    public void The_fifth_restart_of_tripling_cycles_comes_one_update_late()
    {
        var exact = new CosineRestarts(Peak: 0.1, Steps: 1, LengthFactor: 3);
        var late = new LogarithmicRestarts(exact);
        Assert.Equal(0.1, exact.At(121));
        Assert.Equal(0, late.At(121), 1e-17);
        Assert.Equal([.. Enumerable.Range(0, 400).Where(t => t != 121).Select(t => exact.At(t))], Enumerable.Range(0, 400).Where(t => t != 121).Select(t => late.At(t)));
    }

    [Fact]
    public void Between_its_boundaries_every_cycle_is_a_cosine()
    {
        var late = new LogarithmicRestarts(new CosineRestarts(Peak: 0.1, Steps: 1, LengthFactor: 3));
        Assert.All(late.Pieces(0, 400), piece => Assert.IsType<CosineDecay>(piece.Source));
        Assert.Equal(Enumerable.Range(0, 400).Sum(t => late.At(t)), late.Sum(0, 400), 1e-13);
        // At the boundary itself the rate still is the floor.
        var corner = late.Breakpoints(100, 130).Single();
        Assert.Equal((121.0, 0.1), (corner.Step, corner.After));
        Assert.Equal(0, corner.Rate, 1e-17);
    }

    [Fact]
    public void Doubling_cycles_are_exact_restarts() => Assert.IsType<CosineRestarts>(
        SchedulerImport.Import("""{"framework": "keras", "scheduler": "CosineDecayRestarts", "params": {"initial_learning_rate": 0.1, "first_decay_steps": 10}}""").Schedule);
}
