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
    [InlineData(0.013)]
    [InlineData(300)]
    [InlineData(1_001.5)]
    public void Powers_keep_their_digits_over_a_million_steps(double power) => Check(new PolynomialDecay(Peak: 0.1, Steps: 1e6, power), 0, 1, 1_000_001);

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(4e307)]
    public void Powers_keep_their_digits_however_long_the_run(double steps) =>
        Check(new PolynomialDecay(Peak: 0.1, steps, Power: 0.9), 0, steps / 1_000, 1_001);

    // Products, sums and quotients round alike on every processor, whatever the width of its vectors; so do powers made of them.
    // These are within 2^-52 of decimal arithmetic with 50 digits.
    [Fact]
    public void Powers_have_the_same_bits_on_every_machine()
    {
        var filled = new double[1_000];
        new PolynomialDecay(Peak: 0.3, Steps: 1_000, Power: 0.9, Floor: 0.001).Fill(filled);
        double[] recorded = [0.29973088654006386, 0.26668731649574323, 0.16123013264917579, 0.046350887307769283, 0.0021132640488483695, 0.0015965834321756949];
        Assert.Equal(recorded, new[] { 1, 123, 500, 877, 998, 999 }.Select(t => filled[t]));
    }

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
        catch (ArgumentOutOfRangeException) when (new[] { "Strict", "Continued", "TorchReplay" }.Any(schedule.ToString().Contains))
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
