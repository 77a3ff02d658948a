namespace Anneal.Tests;

public class GalleryTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Theory, MemberData(nameof(Schedules))]
    public void The_rate_depends_on_the_step_alone(Schedule schedule)
    {
        double[] steps = [.. Enumerable.Range(0, 200)];
        Assert.Equal(steps.Select(schedule.At), steps.Reverse().Select(schedule.At).Reverse());
    }

    [Theory, MemberData(nameof(Schedules))]
    public void The_rate_is_finite_and_not_negative(Schedule schedule) =>
        Assert.All(Enumerable.Range(0, 2_000), t => Assert.InRange(schedule.At(t / 4.0), 0, double.MaxValue));

    [Theory, MemberData(nameof(Schedules))]
    public void To_ask_for_a_rate_allocates_nothing(Schedule schedule)
    {
        // The first rounds may still compile, or replay; a schedule that allocates does so in every round.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Round()).ToList());

        long Round()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = 0; t < 500; t++)
                schedule.At(t);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Every_schedule_is_on_show() => Assert.Empty(typeof(Schedule).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Schedule)) && !t.IsAbstract)
        .Except(Gallery.Schedules.Select(s => s.GetType())).Except([typeof(Custom)]));
}
