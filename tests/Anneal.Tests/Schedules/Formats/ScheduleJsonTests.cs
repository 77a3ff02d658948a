using System.Text.Json;
using CsCheck;

namespace Anneal.Tests.Schedules;

public class ScheduleJsonTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Fact]
    public void The_json_is_the_record() => Assert.Equal(
        """{"type":"cosineDecay","peak":0.1,"steps":100,"floor":0.001}""",
        ScheduleJson.Write(new CosineDecay(Peak: 0.1, Steps: 100, Floor: 0.001)));

    [Fact]
    public void Members_with_a_default_may_be_left_out() => Assert.Equal(
        new CosineDecay(Peak: 0.1, Steps: 100),
        ScheduleJson.Read("""{"type": "cosineDecay", "peak": 0.1, "steps": 100}"""));

    [Fact]
    public void Nothing_is_no_text() => Assert.Throws<ArgumentNullException>(() => ScheduleJson.Read((string)null!));

    [Fact]
    public void Compositions_nest() => Assert.Equal(
        new Warmup(Peak: 0.1, Steps: 20).Then(new CosineDecay(Peak: 0.1, Steps: 80)),
        ScheduleJson.Read("""
            {"type": "sequence", "first": {"type": "warmup", "peak": 0.1, "steps": 20}, "next": {"type": "cosineDecay", "peak": 0.1, "steps": 80}}
            """));

    [Fact]
    public void A_sequence_that_ends_in_something_endless_is_a_continuation() => Assert.Equal(
        new Warmup(Peak: 0.1, Steps: 20).Then(new Constant(0.1)),
        ScheduleJson.Read("""
            {"type": "sequence", "first": {"type": "warmup", "peak": 0.1, "steps": 20}, "next": {"type": "constant", "value": 0.1}}
            """));

    [Theory, MemberData(nameof(Schedules))]
    public void What_is_written_reads_back_equal(Schedule schedule)
    {
        Assert.Equal(schedule, ScheduleJson.Read(ScheduleJson.Write(schedule)));
        Assert.Equal(schedule, ScheduleJson.Read(ScheduleJson.Write(schedule, indented: true)));
    }

    [Fact]
    public void Whatever_is_written_reads_back_equal() =>
        Any.Schedule.Sample(schedule => schedule.Equals(ScheduleJson.Read(ScheduleJson.Write(schedule))), iter: 2_000, print: s => s.ToString());

    [Fact]
    public void An_element_reads_like_its_text()
    {
        using var document = JsonDocument.Parse("""[{"type": "constant", "value": 0.5}]""");
        Assert.Equal(new Constant(0.5), ScheduleJson.Read(document.RootElement[0]));
    }

    [Fact]
    public void Every_schedule_of_the_library_has_a_form() => Assert.Empty(typeof(Schedule).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Schedule)) && !t.IsAbstract)
        .Except(Forms.All.Select(form => form.Of)).Except([typeof(Custom)]));

    [Fact]
    public void Every_form_lists_the_records_own_members_and_defaults() => Assert.All(Forms.All.Where(form => form.Of != typeof(Sequence)), form =>
    {
        var parameters = form.Of.GetConstructors().Single().GetParameters();
        Assert.Equal(parameters.Select(p => Written.Camel(p.Name!)), form.Members.Select(m => m.Name));
        Assert.Equal(parameters.Select(Default), form.Members.Select(m => m.Default));
    });

    static string? Default(System.Reflection.ParameterInfo parameter) => !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is null ? ""
        : parameter.ParameterType.IsEnum ? Written.Camel(Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!).ToString()!)
        : Written.Number(Convert.ToDouble(parameter.DefaultValue));

    sealed record Zigzag(double Value) : Schedule
    {
        protected override double Rate(double t) => Value * (1 + t % 2);
    }

    [Fact]
    public void A_schedule_of_ones_own_composes_but_has_no_json()
    {
        var own = new Warmup(Peak: 0.1, Steps: 10).Then(new Zigzag(0.1));
        Assert.Equal(0.2, own.At(11));
        Assert.Contains("Zigzag", own.Latex);
        Assert.Equal(own, new Warmup(Peak: 0.1, Steps: 10).Then(new Zigzag(0.1)));
        Assert.StartsWith("Zigzag is a schedule of your own: it can be evaluated and combined, but it has no JSON",
            Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Write(own)).Message);
        Assert.StartsWith("Zigzag is a schedule of your own: it can be evaluated and combined, but it has no notation",
            Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Print(own)).Message);
    }

    [Fact]
    public void A_hundred_thousand_parts_are_read_evaluated_and_written()
    {
        string part = """{"type":"linearDecay","peak":1,"steps":2,"floor":0}""";
        string json = $$"""{"type":"sequence","parts":[{{string.Join(',', Enumerable.Repeat(part, 100_000))}}]}""";
        var schedule = ScheduleJson.Read(json);
        Assert.Equal(200_000, ((Sequence)schedule).Steps);
        Assert.Equal(0.5, schedule.At(199_999));
        Assert.Equal(json, ScheduleJson.Write(schedule));
    }
}
