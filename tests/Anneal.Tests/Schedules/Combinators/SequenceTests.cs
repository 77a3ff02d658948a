namespace Anneal.Tests.Schedules;

public class SequenceTests
{
    static Segment Part(double peak, double steps = 2) => new LinearDecay(peak, steps);

    [Fact]
    public void No_parts_and_none_at_all_are_refused_by_name()
    {
        Assert.StartsWith("parts must not be empty.", Assert.Throws<ArgumentException>(() => new Sequence([])).Message);
        Assert.Equal("parts", Assert.Throws<ArgumentNullException>(() => new Sequence(null!)).ParamName);
    }

    [Fact]
    public void A_million_parts_are_built_one_by_one_and_asked_quickly()
    {
        Segment schedule = Part(0);
        for (int i = 1; i < 1_000_000; i++)
            schedule = schedule.Then(Part(i));
        Assert.Equal(2_000_000, schedule.Steps);
        Assert.All([0, 1, 777_777, 999_999], i => Assert.Equal([i, i / 2.0], [schedule.At(2 * i), schedule.At(2 * i + 1)]));
        Assert.Equal(schedule, new Sequence(((Sequence)schedule).Parts));
        Assert.Equal(schedule.GetHashCode(), new Sequence(((Sequence)schedule).Parts).GetHashCode());
        Assert.InRange(schedule.ToString().Length, 1, 1_000);
    }

    [Fact]
    public void It_is_printed_with_its_parts() =>
        Assert.Equal("Sequence { Steps = 4, Parts = [LinearDecay { Steps = 2, Peak = 1, Floor = 0 }, LinearDecay { Steps = 2, Peak = 2, Floor = 0 }] }", Part(1).Then(Part(2)).ToString());

    [Fact]
    public void It_has_no_part_after_the_last()
    {
        var three = (Sequence)Part(1).Then(Part(2)).Then(Part(3));
        _ = three.Then(Part(4));
        Assert.Equal(Part(3), three.Parts[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => three.Parts[3]);
    }

    [Fact]
    public void Two_that_grow_from_the_same_beginning_do_not_disturb_each_other()
    {
        var trunk = Part(1).Then(Part(2)).Then(Part(3));
        var one = trunk.Then(Part(4)).Then(Part(5));
        var other = trunk.Then(Part(6));
        Assert.Equal([1, 2, 3, 4, 5], Peaks(one));
        Assert.Equal([1, 2, 3, 6], Peaks(other));
        Assert.Equal([1, 2, 3], Peaks(trunk));
    }

    [Fact]
    public void Many_threads_may_grow_the_same_beginning()
    {
        var trunk = Part(1).Then(Part(2));
        var grown = new Segment[64];
        Parallel.For(0, grown.Length, i =>
        {
            grown[i] = trunk;
            for (int k = 0; k < 100; k++)
                grown[i] = grown[i].Then(Part(i));
        });
        Assert.All(grown.Index(), pair => Assert.Equal([1, 2, .. Enumerable.Repeat((double)pair.Index, 100)], Peaks(pair.Item)));
    }

    static IEnumerable<double> Peaks(Segment segment) => ((Sequence)segment).Parts.Select(part => part.At(0));

    [Fact]
    public void A_sequence_is_flat()
    {
        var inner = Part(1).Then(Part(2));
        Assert.Equal([0, 1, 2, 1, 2], Peaks(Part(0).Then(inner).Then(inner)));
        Assert.Equal(4, ((Sequence)Part(0).Then(inner)).StartOf(2));
    }

    [Fact]
    public void Nothing_is_not_a_sequence()
    {
        Assert.Throws<ArgumentException>(() => new Sequence([]));
        Assert.Throws<ArgumentNullException>(() => Part(1).Then((Segment)null!));
        Assert.Throws<ArgumentNullException>(() => new Constant(1).Max(null!));
    }

    [Fact]
    public void Ends_that_are_not_whole_still_hold_exactly()
    {
        var schedule = Part(1, 0.1).Then(Part(2, 0.2)).Then(new Warmup(3, 0.3));
        Assert.Equal(3, schedule.At(schedule.Steps));
        Assert.Equal(3, schedule.End);
    }
}
