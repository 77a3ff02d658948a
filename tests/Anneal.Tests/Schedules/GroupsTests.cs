namespace Anneal.Tests.Schedules;

public class GroupsTests
{
    static readonly Schedule schedule = new CosineDecay(1, 10);

    [Fact]
    public void Each_group_has_its_multiplier()
    {
        var groups = schedule.ForGroups(("head", 1), ("body", 0.1), ("frozen", 0));
        Assert.Equal([schedule.At(3), 0.1 * schedule.At(3), 0], new[] { "head", "body", "frozen" }.Select(group => groups[group].At(3)));
        Assert.Equal(schedule.ForGroups(("head", 1), ("body", 0.1), ("frozen", 0)), groups);
    }

    [Fact]
    public void Layers_shrink_from_the_last_to_the_first() =>
        Assert.Equal([0.25, 0.5, 1], Groups.Layerwise(new Constant(1), layers: 3, decay: 0.5).Multipliers.Select(m => m.Multiplier));

    [Fact]
    public void Groups_that_are_unknown_or_named_twice_are_refused()
    {
        Assert.StartsWith("There is no group 'tail'; there are head.", Assert.Throws<ArgumentException>(() => schedule.ForGroups(("head", 1))["tail"]).Message);
        Assert.StartsWith("Group 'head' is named 2 times.", Assert.Throws<ArgumentException>(() => schedule.ForGroups(("head", 1), ("head", 2))).Message);
        Assert.StartsWith("multiplier of 'head' must be a finite number", Assert.Throws<ArgumentOutOfRangeException>(() => schedule.ForGroups(("head", -1))).Message);
    }
}
