using CsCheck;

namespace Anneal.Tests.Schedules;

/// <summary>Many rates at once are the rates one by one.</summary>
public class FillTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Theory, MemberData(nameof(Schedules))]
    public void Every_schedule_fills_with_the_rates_it_gives(Schedule schedule)
    {
        Check(schedule, 0, 1, 150);
        Check(schedule, 13, 3, 61);
        Check(schedule, 0.37, 0.71, 143);
    }

    [Fact]
    public void Any_schedule_fills_with_the_rates_it_gives() =>
        Any.Schedule.Select(Gen.OneOf(Gen.Const(0.0), Any.Step), Gen.OneOf(Gen.Const(1.0), Gen.Double[0, 10]), Gen.Int[0, 60])
            .Sample(Check, iter: 2_000);

    [Theory]
    [InlineData(1)]
    [InlineData(0.9)]
    [InlineData(2)]
    [InlineData(7.5)]
    public void Powers_keep_their_digits_over_a_million_steps(double power) => Check(new PolynomialDecay(Peak: 0.1, Steps: 1e6, power), 0, 1, 1_000_001);

    [Fact]
    public void Exponentials_keep_their_digits_over_a_million_steps() => Check(new ExponentialDecay(Peak: 0.1, Factor: 0.9999), 0, 1, 1_000_001);

    [Fact]
    public void Cosines_keep_their_digits_over_a_million_steps() => Check(new CosineDecay(Peak: 0.1, Steps: 1e6), 0, 1, 1_000_001);

    [Fact]
    public void Steps_are_whole_when_all_are_and_a_double_still_counts_them()
    {
        Assert.True(Filling.AreWhole(3, 2, 10));
        Assert.False(Filling.AreWhole(3.5, 2, 10));
        Assert.False(Filling.AreWhole(3, 2.5, 10));
        double last = 1L << 53;
        Assert.True(Filling.AreWhole(last - 11, 1, 10));
        Assert.False(Filling.AreWhole(last - 10, 1, 10));
    }

    [Fact]
    public void Lines_have_the_same_bits()
    {
        var line = new LinearDecay(Peak: 0.3, Steps: 997, Floor: 0.007);
        var filled = new double[1_000];
        line.Fill(filled, every: 1.1);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => line.At(i * 1.1)), filled);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(1e308, 1e308)]
    public void Steps_that_no_schedule_has_are_refused(double from, double every) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(1).Fill(new double[10], from, every));

    const double ulp = 1.0 / (1L << 52);

    /// <summary>The bounds that <see cref="Schedule.Fill"/> states, with the roundings of the step by step rate added.</summary>
    static void Check(Schedule schedule, double from, double every, int count)
    {
        var filled = new double[count];
        try
        {
            schedule.Fill(filled, from, every);
        }
        catch (ArgumentOutOfRangeException) when (schedule.ToString().Contains("Strict") || schedule.ToString().Contains("TorchReplay"))
        {
            return;
        }
        double highest = filled.Append(0).Max(Math.Abs);
        for (int i = 0; i < count; i++)
        {
            double expected = schedule.At(from + i * every);
            double scale = schedule switch
            {
                PolynomialDecay { Floor: 0 } polynomial => expected * (4 + 2 * polynomial.Power),
                ExponentialDecay => expected * (4 + 2 * Math.Abs(Math.Log(expected / schedule.At(0)))),
                _ => 20 * highest,
            };
            if (!filled[i].Equals(expected) && !(Math.Abs(filled[i] - expected) <= scale * ulp + double.Epsilon))
                Assert.Fail($"{schedule}: step {from + i * every} was filled with {filled[i]:R}, but has {expected:R}.");
        }
    }
}
