namespace Anneal.Tests;

public class ScheduleDifferenceTests
{
    /// <summary>Schedules that the search by bounds must not get wrong: every pair of the gallery, against looking at every update.</summary>
    [Fact]
    public void The_largest_difference_is_the_one_found_by_looking_everywhere()
    {
        const int Last = 700;
        foreach (var a in Gallery.Schedules)
            foreach (var b in Gallery.Schedules)
            {
                var found = ScheduleDifference.Between(a, b, 0, Last);
                double most = 0;
                double? first = null;
                for (int t = 0; t <= Last; t++)
                {
                    double by = Math.Abs(b.At(t) - a.At(t));
                    if (by <= ScheduleDifference.Rounding * Math.Max(Math.Abs(a.At(t)), Math.Abs(b.At(t))))
                        continue;
                    most = Math.Max(most, by);
                    first ??= t;
                }
                Assert.True(Math.Abs(found.By) <= most * (1 + 1e-15) && (!found.IsProven || Math.Abs(found.By) >= most * (1 - 2e-6)),
                    $"{a} and {b}: found {found.By} at {found.Step}, looking everywhere finds {most}.");
                Assert.True(first is null == found.FirstStep is null || !found.IsProven, $"{a} and {b}: first at {found.FirstStep}, looking everywhere {first}.");
                Assert.Equal(b.At(found.Step) - a.At(found.Step), found.By);
            }
    }

    [Fact]
    public void A_schedule_is_the_same_as_itself_and_as_itself_in_parts()
    {
        foreach (var schedule in Gallery.Schedules)
        {
            var found = ScheduleDifference.Between(schedule, schedule with { }, 0, 700);
            Assert.True(found.FirstStep is null, $"{schedule} differs from itself at {found.FirstStep}.");
        }
    }

    [Fact]
    public void Equal_schedules_are_the_same_however_many_pieces_they_have()
    {
        var found = ScheduleDifference.Between(new CosineDecay(0.1, 1000).Loop(), new CosineDecay(0.1, 1000).Loop(), 0, 1e12);
        Assert.Equal((null, 1e12, true), (found.FirstStep, found.SearchedTo, found.IsProven));
    }

    [Fact]
    public void Two_million_million_steps_take_no_longer()
    {
        var found = ScheduleDifference.Between(new CosineDecay(1, 2e12), new LinearDecay(1, 2e12), 0, 2e12);
        // cos²(πx/2) − (1 − x) is largest where π sin πx = 2.
        double x = Math.Asin(2 / Math.PI) / Math.PI;
        Assert.True(found.IsProven);
        Assert.Equal(Math.Abs(Math.Pow(Math.Cos(Math.PI * x / 2), 2) - (1 - x)), Math.Abs(found.By), 1e-6);
    }

    [Fact]
    public void Too_many_pieces_are_owned_up_to()
    {
        var found = ScheduleDifference.Between(new CosineDecay(1, 10).Loop(), new CosineDecay(1, 10).For(10).Loop(), 0, 1e12);
        Assert.Null(found.FirstStep);
        Assert.InRange(found.SearchedTo, 1_000, 1e7);
    }
}
