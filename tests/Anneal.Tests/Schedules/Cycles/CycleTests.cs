using CsCheck;

namespace Anneal.Tests.Schedules;

/// <summary>Boundaries and bounds of what rises and falls again.</summary>
public class CycleTests
{
    [Fact]
    public void Restarts_begin_exactly_where_the_cycles_end() => Gen.Select(Gen.Int[1, 100], Gen.Int[1, 5], Gen.Int[0, 8]).Sample((steps, factor, cycle) =>
    {
        var restarts = new CosineRestarts(Peak: 1, steps, LengthFactor: factor, HeightFactor: 0.5);
        double start = Enumerable.Range(0, cycle).Sum(i => steps * Math.Pow(factor, i));
        return restarts.At(start) == Math.Pow(0.5, cycle) && (start == 0 || restarts.At(Math.BitDecrement(start)) < 1e-12);
    });

    [Theory]
    [InlineData(1.0000000000000002)]
    [InlineData(1.5)]
    [InlineData(1e9)]
    public void However_far_out_a_cycle_is_found(double factor) => Assert.All([0, 1, 1e6, 1e15, 1e100, 1e300, double.MaxValue], t =>
        Assert.InRange(new CosineRestarts(Peak: 1, Steps: 1, LengthFactor: factor).At(t), 0, 1));

    [Fact]
    public void A_wave_is_high_and_low_by_turns()
    {
        var wave = new CosineWave(Peak: 3, Steps: 30, Waves: 1.5, Floor: 1);
        Assert.Equal([3, 1, 3, 1, 1], [wave.At(0), wave.At(10), wave.At(20), wave.At(30), wave.At(40)]);
        Assert.Equal(2, wave.At(5), 1e-15);
    }

    [Fact]
    public void Triangles_and_sines_rise_fall_and_shrink()
    {
        var triangles = new TriangularCycles(Low: 1, High: 3, UpSteps: 4, DownSteps: 8, HeightFactor: 0.5);
        Assert.Equal([1, 2, 3, 2, 1, 1.5, 2], [triangles.At(0), triangles.At(2), triangles.At(4), triangles.At(8), triangles.At(12), triangles.At(14), triangles.At(16)]);
        var sines = new SineCycles(Low: 1, High: 3, Period: 10, HeightFactor: 0.5);
        Assert.Equal([1, 3, 1, 2], [sines.At(0), sines.At(5), sines.At(10), sines.At(15)]);
        Assert.Equal(2, sines.At(2.5), 1e-15);
        Assert.Equal(1 + 2 * Math.Pow(0.9, 4), new TriangularCycles(1, 3, 4, 8, StepFactor: 0.9).At(4), 1e-15);
        Assert.True(double.IsFinite(new TriangularCycles(1, 3, 4, 8, HeightFactor: 0.1, StepFactor: 1.1).At(1e5 + 1)));
    }

    [Fact]
    public void One_cycle_in_two_and_in_three_phases()
    {
        var two = new OneCycle(Peak: 1, Steps: 100, RiseSteps: 30.5, Start: 0.1, Final: 0.01, Shape: Easing.Linear);
        Assert.Equal([0.1, 1, 0.01, 0.01], [two.At(0), two.At(30.5), two.At(100), two.At(101)]);
        Assert.Equal((1 + 0.01) / 2, two.At(30.5 + 69.5 / 2), 1e-15);
        var three = new OneCycle(Peak: 1, Steps: 100, RiseSteps: 30, Start: 0.1, Final: 0.01, FallSteps: 30);
        Assert.Equal([0.1, 1, 0.1, 0.01], [three.At(0), three.At(30), three.At(60), three.At(100)]);
    }

    [Fact]
    public void Momentum_moves_against_the_rate()
    {
        var momentum = new OneCycle(Peak: 1, Steps: 100, RiseSteps: 30, Start: 0.1).Momentum(low: 0.85, high: 0.95);
        Assert.Equal([0.95, 0.85, 0.95], [momentum.At(0), momentum.At(30), momentum.At(100)]);
        var cyclic = new TriangularCycles(Low: 0.1, High: 1, UpSteps: 10, DownSteps: 10).Momentum(low: 0.8, high: 0.9);
        Assert.Equal([0.9, 0.8, 0.9], [cyclic.At(0), cyclic.At(10), cyclic.At(20)]);
    }
}
