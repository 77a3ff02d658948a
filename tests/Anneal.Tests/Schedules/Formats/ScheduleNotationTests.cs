using CsCheck;

namespace Anneal.Tests.Schedules;

public class ScheduleNotationTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    static readonly Schedule wsd = new Warmup(Peak: 3e-4, Steps: 500)
        .Then(new Constant(3e-4).For(8_000))
        .Then(new CosineDecay(Peak: 3e-4, Steps: 1_500));

    [Theory]
    [InlineData("warmup(3e-4, 500) > constant(3e-4) for 8000 > cosine(3e-4, 1500)")]
    [InlineData("warmup(3e-4,500)>constant(3e-4)for 8_000>cosine(3e-4,1500)")]
    [InlineData("warmup(peak: 3e-4, steps: 500) > (constant(value = 3e-4)) for 8e3 > (cosineDecay(steps: 1500, peak: 0.0003, floor: 0))")]
    [InlineData("  warmup ( 3e-4 , steps = 500 )  >  ( constant ( 3e-4 )  for  8000 )  >  cosine ( steps : 1500 , peak : 3e-4 )  ")]
    [InlineData("sequence ( [ warmup ( 3e-4 , 500 ) , constant ( 3e-4 ) for 8000 , cosine ( 3e-4 , 1500 ) ] )")]
    [InlineData("(warmup(3e-4, 500) > constant(3e-4) for 8000) > cosine(3e-4, 1500)")]
    [InlineData("\n warmup(3e-4, 500) >\n constant(3e-4) for 8000 >\n cosine(3e-4, 1500)\n")]
    [InlineData("sequence(parts: [warmup(3e-4, 500), cut(constant(3e-4), 8000), cosine(3e-4, 1500)])")]
    public void The_same_schedule_may_be_written_in_several_ways(string text) => Assert.Equal(wsd, ScheduleNotation.Parse(text));

    [Fact]
    public void A_character_of_two_halves_is_named_whole() =>
        Assert.StartsWith("expected a schedule, such as cosine(0.1, 100), not '😀'.", Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse("constant(😀)")).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void It_is_printed_in_one() =>
        Assert.Equal("warmup(0.0003, 500) > constant(0.0003) for 8000 > cosine(0.0003, 1500)", ScheduleNotation.Print(wsd));

    [Theory, MemberData(nameof(Schedules))]
    public void What_is_printed_reads_back_equal(Schedule schedule) =>
        Assert.Equal(schedule, ScheduleNotation.Parse(ScheduleNotation.Print(schedule)));

    [Fact]
    public void Whatever_is_printed_reads_back_equal() =>
        Any.Schedule.Sample(schedule => schedule.Equals(ScheduleNotation.Parse(ScheduleNotation.Print(schedule))), iter: 2_000, print: s => s.ToString());

    [Fact]
    public void A_hundred_thousand_parts_are_read_and_printed()
    {
        string text = string.Join(" > ", Enumerable.Repeat("linear(1, 2)", 100_000));
        var schedule = ScheduleNotation.Parse(text);
        Assert.Equal(0.5, schedule.At(199_999));
        Assert.Equal(text, ScheduleNotation.Print(schedule));
    }

    [Theory]
    [InlineData("", 0, "expected a schedule, such as cosine(0.1, 100), not the end.")]
    [InlineData("cosine", 6, "expected '(' after 'cosine', not the end.")]
    [InlineData("cosine(0.1, 100", 15, "expected ')', not the end.")]
    [InlineData("cosine(0.1, 100))", 16, "expected '>', 'for' or the end, not ')'.")]
    [InlineData("cosine(0.1 100)", 11, "expected ')', not '1'.")]
    [InlineData("cosine(0.1,, 100)", 11, "expected a schedule, such as cosine(0.1, 100), not ','.")]
    [InlineData("cosin(0.1, 100)", 0, "there is no schedule 'cosin'; did you mean 'cosine'?")]
    [InlineData("cosine(0.1, 100, flor: 0.01)", 23, "cosineDecay has no member 'flor'; did you mean 'floor'? Its members are peak, steps, floor = 0.")]
    [InlineData("cosine(0.1, 100, 0, 7)", 20, "cosineDecay has at most 3 members: peak, steps, floor = 0.")]
    [InlineData("constant(0.1, 500)", 14, "constant has one member: value; for a length write 'for 500' behind it.")]
    [InlineData("constant(0.1, x)", 14, "constant has one member: value.")]
    [InlineData("scale(cosine(0.1, 100), 2, 50)", 27, "scaled has at most 2 members: whole, by; for a length write 'for 50' behind it.")]
    [InlineData("cosine(0.1)", 0, "cosineDecay lacks steps; its members are peak, steps, floor = 0.")]
    [InlineData("cosine(0.1, 100, peak: 1)", 23, "peak is given twice.")]
    [InlineData("cosine(0.1, 0)", 12, "steps must be a finite number above 0; it is 0.")]
    [InlineData("cosine(0.1, steps: -3)", 19, "steps must be a finite number above 0; it is -3.")]
    [InlineData("cosine(0.1, 1e999)", 12, "steps must be a finite number above 0; it is Infinity.")]
    [InlineData("cosine(fast, 100)", 7, "peak must be a number, not the text 'fast'.")]
    [InlineData("cosine(1.2.3, 100)", 7, "'1.2.3' is not a number.")]
    [InlineData("cosine([0.1], 100)", 7, "peak must be a number, not a list of 1.")]
    [InlineData("cosine(cosine(0.1, 100), 100)", 7, "peak must be a number, not a schedule.")]
    [InlineData("cooldown(0.1, 100, shape: round)", 26, "shape must be one of linear, cosine, mirrorCosine, oneMinusSqrt, oneMinusSquare, rex, exponential, not the text 'round'.")]
    [InlineData("constant(0.1) > cosine(0.1, 100)", 0, "constant has no end, and only what ends can be followed, repeated or reversed; give it one with cut (in notation: for 1000).")]
    [InlineData("constant(0.1) for", 17, "expected a number, not the end.")]
    [InlineData("constant(0.1) for ever", 18, "expected a number, not 'e'.")]
    [InlineData("constant(0.1) for -1", 18, "steps must be a finite number above 0; it is -1.")]
    [InlineData("warmup(0.1, 10) >", 17, "expected a schedule, such as cosine(0.1, 100), not the end.")]
    [InlineData("multiStep(0.1, [30, 20])", 20, "milestones must be in order; Milestones[1] comes after 30; it is 20.")]
    [InlineData("multiStep(0.1, [30, x])", 20, "milestones[1] must be a number, not the text 'x'.")]
    [InlineData("repeat(cosine(0.1, 10), 2.5)", 24, "cycles must be a whole number of at most 2147483647, not 2.5.")]
    [InlineData("constant(= 0.1)", 9, "expected a schedule, such as cosine(0.1, 100), not '='.")]
    [InlineData("1cosine(0.1, 100)", 0, "expected a schedule, such as cosine(0.1, 100), not '1'.")]
    [InlineData("scale(0.1, 2)", 6, "whole must be a schedule, not the number 0.1.")]
    public void Nonsense_is_refused_with_a_caret_under_the_place(string text, int position, string reason)
    {
        var refused = Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse(text));
        Assert.Equal($"{reason}\n    {text}\n    {new string(' ', position)}^", refused.Message);
        Assert.Equal(position, refused.Position);
    }

    [Fact]
    public void Of_a_long_text_only_the_surroundings_are_shown()
    {
        string text = string.Join(" > ", Enumerable.Repeat("linear(1, 2)", 1_000)) + " > linear(1, x)";
        var refused = Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse(text));
        string[] lines = refused.Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("    …", lines[1]);
        Assert.InRange(lines[1].Length, 50, 130);
        Assert.Equal('x', lines[1][lines[2].IndexOf('^')]);
    }

    [Fact]
    public void A_mistake_is_shown_on_one_line_and_with_what_is_around_it()
    {
        string long_ = string.Concat(Enumerable.Repeat(" ", 100));
        Assert.Equal("'1.2.3' is not a number.\n    cosine( 1.2.3, 5)\n            ^", Refusal("cosine(\t1.2.3,\n5)"));
        Assert.EndsWith("…", Refusal($"cosine(x, 5){long_}").Split('\n')[1]);
        Assert.Throws<ArgumentNullException>(() => ScheduleNotation.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => ScheduleNotation.Print(null!));

        static string Refusal(string text) => Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse(text)).Message;
    }

    [Fact]
    public void A_rate_is_a_number_or_a_schedule_and_a_comma_is_no_point()
    {
        Assert.Equal(new Constant(0.1), ScheduleNotation.ParseRate("0.1"));
        Assert.Equal(new Constant(3e-4), ScheduleNotation.ParseRate(" 3e-4 "));
        Assert.Equal(ScheduleNotation.Parse("cosine(0.1, 100)"), ScheduleNotation.ParseRate("cosine(0.1, 100)"));
        foreach (string text in (string[])["0,1", "1,000", "1.000,5", "1,5e-3", "1.2.3", "-"])
            Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.ParseRate(text));
        Assert.Contains("write a tenth as 0.1", Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.ParseRate("0,1")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleNotation.ParseRate("-1"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleNotation.ParseRate("Infinity"));
        Assert.Throws<ArgumentNullException>(() => ScheduleNotation.ParseRate(null!));
    }

    [Theory]
    [InlineData("", "(")]
    [InlineData("", "loop(")]
    [InlineData("", "scale([")]
    [InlineData("interpolate([", "[")]
    [InlineData("constant(1)", " for 5")]
    public void A_bomb_is_refused_at_a_stated_depth(string start, string again) =>
        Assert.StartsWith("schedules may lie at most 200 deep inside one another; this is 201 deep.",
            Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse(start + string.Concat(Enumerable.Repeat(again, 1_000_000)))).Message);
}
