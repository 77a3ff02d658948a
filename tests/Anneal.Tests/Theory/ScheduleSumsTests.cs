using CsCheck;

namespace Anneal.Tests;

public class ScheduleSumsTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    /// <summary>The independent route: every rate, added in decimal, which holds 28 digits.</summary>
    static double Naive(Schedule schedule, long from, long to)
    {
        decimal sum = 0;
        for (long t = from; t < to; t++)
            sum += Exact(schedule.At(t));
        return (double)sum;
    }

    /// <summary>A plain cast keeps 15 digits of a double only; the second brings the rest.</summary>
    static decimal Exact(double value)
    {
        decimal rough = (decimal)value;
        return rough + (decimal)(value - (double)rough);
    }

    static void Agree(double expected, double actual, double share = 1e-12) =>
        Assert.True(Math.Abs(expected - actual) <= share * Math.Abs(expected) + 1e-27, $"expected {expected:R}, got {actual:R}");

    [Theory, MemberData(nameof(Schedules))]
    public void The_sum_is_the_sum_of_the_rates(Schedule schedule)
    {
        foreach (var (from, to) in new (long, long)[] { (0, 0), (0, 1), (0, 10), (3, 17), (0, 100), (19, 21), (7, 1000), (90, 100), (995, 2000) })
            Agree(Naive(schedule, from, to), schedule.Sum(from, to));
    }

    [Fact]
    public void The_sum_of_a_composition_is_the_sum_of_its_rates() =>
        Gen.Select(Samples.Composed, Gen.Int[0, 300], Gen.Int[0, 500]).Sample((schedule, from, count) =>
            Agree(Naive(schedule, from, from + count), schedule.Sum(from, from + count)), iter: 3000);
}
