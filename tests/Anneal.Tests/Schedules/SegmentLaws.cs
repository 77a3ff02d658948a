namespace Anneal.Tests.Schedules;

/// <summary>What every schedule with an end promises, over the gallery.</summary>
public class SegmentLaws
{
    public static TheoryData<Segment> Segments => [.. Gallery.Schedules.OfType<Segment>()];

    [Theory, MemberData(nameof(Segments))]
    public void After_its_end_a_segment_holds_its_last_rate_exactly(Segment segment) =>
        Assert.All([1, 1 + 1e-15, 1.5, 1e9], times => Assert.Equal(segment.End, segment.At(segment.Steps * times)));

    [Theory, MemberData(nameof(Segments))]
    public void Just_before_its_end_a_segment_is_close_to_its_last_rate(Segment segment) =>
        Assert.Equal(segment.End, segment.At(segment.Steps * (1 - 1e-12)), 1e-9);

    [Theory, MemberData(nameof(Segments))]
    public void What_follows_starts_from_its_own_step_0(Segment segment)
    {
        var next = new LinearDecay(Peak: 7, Steps: 10, Floor: 3);
        var both = segment.Then(next);
        Assert.Equal(segment.Steps + 10, both.Steps);
        Assert.Equal(segment.At(segment.Steps / 3), both.At(segment.Steps / 3));
        Assert.Equal(7, both.At(segment.Steps));
        Assert.Equal(5, both.At(segment.Steps + 5), 1e-12);
        Assert.Equal(3, both.At(segment.Steps + 10));
    }
}
