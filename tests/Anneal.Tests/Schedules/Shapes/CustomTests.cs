namespace Anneal.Tests;

public class CustomTests
{
    static readonly Schedule halving = Schedule.Of("halving", t => 0.1 * Math.Pow(0.5, Math.Floor(t / 30)));

    [Fact]
    public void It_gives_what_its_function_gives() => Assert.Equal([0.1, 0.1, 0.05, 0.025], new double[] { 0, 29, 30, 60 }.Select(halving.At));

    [Fact]
    public void It_composes_as_every_schedule_does()
    {
        var whole = new Warmup(Peak: 0.1, Steps: 10).Then(halving.For(60).Then(new LinearDecay(Peak: 0.025, Steps: 10)));
        Assert.Equal(80, whole.Steps);
        Assert.Equal([0, 0.1, 0.05, 0.025, 0], new double[] { 0, 10, 40, 70, 80 }.Select(whole.At));
        Assert.Equal(0.05, halving.Scale(0.5).At(0));
        double[] rates = new double[90];
        halving.Fill(rates);
        Assert.Equal([.. Enumerable.Range(0, 90).Select(t => halving.At(t))], rates);
    }

    [Fact]
    public void Its_sums_and_integrals_come_from_its_values()
    {
        var line = Schedule.Of("line", t => 1 + t);
        Assert.Equal(5050, line.Sum(0, 100), 1e-9);
        Assert.Equal(5100, line.Integral(0, 100), 1e-9);
    }

    [Fact]
    public void It_is_printed_by_its_name()
    {
        Assert.Equal("Custom { Name = halving }", halving.ToString());
        Assert.Equal(@"\eta(t) = \text{halving}(t)", halving.Latex);
        Assert.Equal(@"\eta(t) = \text{my own 2}(t)", Schedule.Of(@"my_own\ {2}".Replace("_", " "), t => t).Latex);
    }

    [Fact]
    public void Its_long_run_is_what_its_author_says()
    {
        Assert.Equal("halving does not say how its rate behaves in the long run", Assert.IsType<UnknownTail>(halving.LongRun()).Reason);
        var known = Schedule.Of("1/t", t => 1 / (t + 1), Tail.Powers(1, 1));
        Assert.Equal(RobbinsMonro.Of(new InverseTimeDecay(1)), RobbinsMonro.Of(known));
    }

    [Fact]
    public void It_has_no_JSON_and_no_notation_and_says_so_by_name()
    {
        string json = Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Write(new Warmup(0.1, 10).Then(halving))).Message;
        Assert.StartsWith("halving is a schedule of your own: it can be evaluated and combined, but it has no JSON", json);
        Assert.StartsWith("halving is a schedule of your own: it can be evaluated and combined, but it has no notation",
            Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Print(halving)).Message);
    }

    [Fact]
    public void It_is_equal_to_itself_and_to_none_with_another_function_or_name()
    {
        Func<double, double> function = t => t;
        Assert.Equal(Schedule.Of("a", function), Schedule.Of("a", function));
        Assert.NotEqual(Schedule.Of("a", function), Schedule.Of("b", function));
        Assert.NotEqual(Schedule.Of("a", function), Schedule.Of("a", t => t));
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused_where_it_appears() => Assert.Equal(
        "root gave NaN at step 3: a rate must be a finite number.",
        Assert.Throws<InvalidOperationException>(() => Schedule.Of("root", t => Math.Sqrt(2 - t)).At(3)).Message);

    [Fact]
    public void It_needs_a_name_and_a_function()
    {
        Assert.StartsWith("Name must not be empty.", Assert.Throws<ArgumentException>(() => Schedule.Of(" ", t => t)).Message);
        Assert.Equal("Values", Assert.Throws<ArgumentNullException>(() => Schedule.Of("none", null!)).ParamName);
    }
}
