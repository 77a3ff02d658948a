namespace Anneal.Tests.Schedules;

/// <summary>How messages quote what was written.</summary>
public class WrittenTests
{
    [Fact]
    public void A_text_is_cut_where_it_is_longer_than_told()
    {
        Assert.Equal("abcd", Written.Short("abcd", 4));
        Assert.Equal("abcd…", Written.Short("abcde", 4));
        Assert.Equal(new string('x', 40), Written.Short(new string('x', 40)));
    }

    [Fact]
    public void What_cannot_be_shown_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", Written.Short("a\tb\ud800"));

    [Theory]
    [InlineData("cat", "cat", "car", "cab", "cat")] // the last letter counts
    [InlineData("abcd", "bcd", "abxy", "bcd")] // one letter too many is nearer than two wrong ones
    [InlineData("abcd", "abxcd", "axyd", "abxcd")] // and so is one missing
    [InlineData("Cosine", "cosine", "sine", "cosine")]
    public void The_nearest_name_is_meant(string text, string meant, params string[] candidates) =>
        Assert.Equal($"; did you mean '{meant}'?", Written.DidYouMean(text, candidates));

    [Fact]
    public void What_is_far_from_every_name_means_none()
    {
        Assert.Equal("", Written.DidYouMean("abc", ["xyzw"]));
        Assert.Equal("; did you mean 'axy'?", Written.DidYouMean("abc", ["axy"]));
        Assert.Equal("", Written.DidYouMean("abc", []));
        Assert.Equal("", Written.DidYouMean(new string('a', 41), [new string('a', 41)]));
        Assert.NotEqual("", Written.DidYouMean(new string('a', 40), [new string('a', 40)]));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(20)]
    public void A_long_path_is_shown_by_its_beginning_and_end(int deep)
    {
        string json = string.Concat(Enumerable.Repeat("{\"type\": \"scale\", \"by\": 2, \"whole\": ", deep)) + "3" + new string('}', deep);
        string path = Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read(json)).Path!;
        Assert.Equal(deep == 19 ? "$" + string.Concat(Enumerable.Repeat(".whole", 19)) : "$" + string.Concat(Enumerable.Repeat(".whole", 9)) + " … " + string.Concat(Enumerable.Repeat(".whole", 9)), path);
    }

    [Theory]
    [InlineData(29, "")]
    [InlineData(30, "…")]
    public void A_long_name_in_a_path_is_cut(int length, string more)
    {
        string name = new('n', length);
        string path = Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read($$"""{"type": "constant", "value": 1, "{{name}}": 2}""")).Path!;
        Assert.Equal("$." + name[..29] + more, path);
    }
}
