using System.Text.Json;
using Anneal.Tests.Schedules;
using CsCheck;

namespace Anneal.Live.Tests;

/// <summary>What pages ask of schedules: the library's own answers, put together.</summary>
public class LiveSchedulesTests
{
    const string Recipe = "warmup(3e-4, 500) > cosine(3e-4, 9500, floor: 3e-5)";

    [Fact]
    public void Rates_are_those_of_the_schedule() =>
        Assert.Equal([0, 1.5e-4, 3e-4, 3e-5], LiveSchedules.Rates(Recipe, [0, 250, 500, 10_000]));

    [Fact]
    public void A_mistake_is_told_with_its_place_and_not_thrown()
    {
        var answer = LiveSchedules.Look("cosine(0.1, 100, flor: 0.01)", double.NaN);
        Assert.Equal(Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse("cosine(0.1, 100, flor: 0.01)")).Message, answer.Error);
        Assert.Equal(23, answer.Position);
        Assert.Contains("did you mean 'floor'?", answer.Error);
    }

    [Fact]
    public void A_run_of_no_length_is_refused_in_words() =>
        Assert.Equal("The last step must be from 1 to 2^53; it is 0.", LiveSchedules.Look("constant(0.1)", 0).Error);

    [Fact]
    public void The_figures_of_a_schedule_are_those_that_can_be_counted_by_hand()
    {
        var answer = LiveSchedules.Look("linear(0.1, 10)", double.NaN);
        Assert.Equal(10, answer.Last);
        Assert.Equal((0.1, 0.0), (answer.First, answer.End));
        Assert.Equal(0.1 * 5.5, answer.Sum, 1e-15);       // 0.1 · (10 + 9 + … + 1) / 10
        Assert.Equal(0.1 * 0.55, answer.Mean, 1e-15);
        Assert.Equal(0.01 * 3.85, answer.SumOfSquares, 1e-15);
        Assert.False(answer.RobbinsMonro);
        Assert.Equal(["linearDecay"], answer.Phases.Select(p => Camel(p.Source)));
    }

    [Fact]
    public void A_jump_has_both_its_sides_in_the_curve_and_a_row()
    {
        double[] curve = LiveSchedules.Curve("step(1, 0.5, 30)", 60);
        double[] at30 = [.. curve.Chunk(2).Where(p => p[0] == 30).Select(p => p[1])];
        Assert.Equal(1, at30[0]);
        Assert.Equal(0.5, at30[^1]);
        Assert.Equal(new JumpAnswer(30, 1, 0.5), LiveSchedules.Look("step(1, 0.5, 30)", 60).Jumps[0]);
    }

    [Fact]
    public void A_curve_has_its_ends_runs_forward_and_consists_of_rates() => Any.Schedule.Where(EndsNowhere).Sample(schedule =>
    {
        double[][] points = [.. LiveSchedules.Curve(ScheduleNotation.Print(schedule), 1000).Chunk(2)];
        Assert.Equal((0, 1000), (points[0][0], points[^1][0]));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First[0] <= pair.Second[0]));
        Assert.Subset(points.Select(p => p[1]).ToHashSet(), points.Select(p => schedule.At(p[0])).ToHashSet());
    }, iter: 200);

    [Fact]
    public void Every_schedule_can_be_looked_at() => Any.Schedule.Where(EndsNowhere).Sample(schedule =>
    {
        var answer = LiveSchedules.Look(ScheduleNotation.Print(schedule), double.NaN);
        Assert.Null(answer.Error);
        using var json = JsonDocument.Parse(LiveJson.Write(answer));
        // A rate that grows for ever has no finite sum; JSON has that as text.
        var sum = json.RootElement.GetProperty("sum");
        Assert.Equal(answer.Sum, sum.ValueKind == JsonValueKind.String ? double.Parse(sum.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : sum.GetDouble());
    }, iter: 300);

    [Fact]
    public void What_never_ends_is_looked_at_up_to_where_it_can_be()
    {
        var answer = LiveSchedules.Look("loop(cosine(0.1, 10))", 1e9);
        Assert.Contains("has more than 2,000 pieces", answer.Cut);
        Assert.True(answer.Last < 1e9);
        Assert.Throws<ScheduleFormatException>(() => LiveSchedules.Explain("loop(cosine(0.1, 10))", 1e9));
    }

    [Fact]
    public void The_explanation_is_that_of_the_command() =>
        Assert.Equal(ScheduleReport.Lines(ScheduleNotation.Parse(Recipe), 10_000), LiveSchedules.Explain(Recipe, double.NaN).Split('\n'));

    [Fact]
    public void The_bound_is_the_library_s_or_says_why_there_is_none()
    {
        var bound = LastIterateBound.Of(ScheduleNotation.Parse("linear(0.1, 100)"), 100);
        Assert.Equal(new BoundAnswer(100, bound.At(1), bound.BestScale, bound.Best, null), LiveSchedules.Bound("linear(0.1, 100)", double.NaN));
        Assert.NotNull(LiveSchedules.Bound("constant(0)", 10).Reason);
        Assert.NotNull(LiveSchedules.Bound("constant(1)", 1e6).Reason);
    }

    [Fact]
    public void A_rate_that_is_never_reached_has_no_step()
    {
        Assert.Equal(50, LiveSchedules.Crossing("linear(0.1, 100)", 0.05, double.NaN), 1e-9);
        Assert.Equal(double.NaN, LiveSchedules.Crossing("linear(0.1, 100)", 0.2, double.NaN));
    }

    [Theory]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1, "step_size": 30}}""", "step(0.1, 0.1, 30)")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100}""", "cosine(0.1, 100)")]
    public void A_configuration_becomes_notation(string json, string notation) => Assert.Equal(notation, LiveSchedules.Import(json).Notation);

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1}}""", "$.params.step_size")]
    public void A_configuration_that_is_refused_says_where(string json, string part) => Assert.Contains(part, LiveSchedules.Import(json).Error);

    [Fact]
    public void Every_example_is_read() => Assert.All(ScheduleGallery.Examples, example =>
    {
        var answer = LiveSchedules.Import(example.Configuration);
        Assert.Null(answer.Error);
        Assert.True(answer.Notation is not null || answer.Remark is not null);
    });

    [Fact]
    public void Every_recipe_is_drawn_and_nothing_about_it_is_an_error() => Assert.All(ScheduleGallery.All, recipe =>
    {
        Assert.Equal(1, recipe.Sketch.Max());
        Assert.DoesNotContain(LiveSchedules.Look(recipe.Notation, double.NaN).Findings, finding => finding.Severity == "error");
    });

    [Fact]
    public void What_is_exported_to_our_own_forms_reads_back()
    {
        var schedule = ScheduleNotation.Parse(Recipe);
        Assert.Equal(schedule, ScheduleNotation.Parse(LiveSchedules.Export(Recipe, "notation", double.NaN).TrimEnd()));
        Assert.Equal(schedule, ScheduleJson.Read(LiveSchedules.Export(Recipe, "json", double.NaN)));
        Assert.Contains($"ScheduleNotation.Parse(\"{ScheduleNotation.Print(schedule)}\");", LiveSchedules.Export(Recipe, "csharp", double.NaN));
        foreach (string target in LiveSchedules.Targets)
            Assert.NotEmpty(LiveSchedules.Export(Recipe, target, double.NaN));
    }

    /// <summary>Whether a schedule can be asked at every step: a strict one refuses those behind its end, a formula that goes on those where it has no value.</summary>
    static bool EndsNowhere(Schedule schedule) => ScheduleNotation.Print(schedule) is var notation
        && !notation.Contains("strict(", StringComparison.Ordinal) && !notation.Contains("continue(", StringComparison.Ordinal);

    [Fact]
    public void A_strict_schedule_says_that_it_is_over() =>
        Assert.StartsWith("step must be at most the schedule's end", LiveSchedules.Look("strict(cosine(0.1, 100))", 200).Error);

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
