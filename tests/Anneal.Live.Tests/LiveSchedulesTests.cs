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

    [Theory]
    [InlineData(Recipe, double.NaN, true)]
    [InlineData(Recipe, 1e9, true)]
    [InlineData("restarts(0.1, 20)", 200, true)]
    [InlineData("restarts(0.1, 20)", 20_000, false)]
    [InlineData("max(linear(0.1, 400), exponential(0.1, 0.99))", 400, true)]
    [InlineData("noise(cosine(0.1, 100), 0.2)", double.NaN, false)] // a piece each update
    [InlineData("noise(cosine(0.1, 100000), 0.2)", double.NaN, false)]
    [InlineData("cosin(0.1, 100)", double.NaN, true)]
    [InlineData(Recipe, 0, true)]
    public void What_has_few_pieces_or_cannot_be_read_is_answered_at_once(string notation, double last, bool isQuick) =>
        Assert.Equal(isQuick, LiveSchedules.IsQuick(notation, last));

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
    [InlineData("wsd(3e-4, 20000, 600, 2000)", 1e-4, "up at step 200, down at step 19,333.3")]
    [InlineData("wsd(3e-4, 20000, 600, 2000)", 3e-4, "up at step 600, down at step 18,000")]
    [InlineData("linear(0.1, 100)", 0.05, "down at step 50")]
    [InlineData("linear(0.1, 100)", 0.2, "never reached")]
    [InlineData("cosine(0.1, 100, floor: 0.01)", 0.01, "never below")]
    [InlineData("step(1, 0.5, 30)", 0.5, "down at step 60")]
    [InlineData("step(1, 0.5, 30)", 0.6, "down at step 30")]
    [InlineData("loop(linear(0.1, 100))", 0.05, "down at step 50, up at step 100, down at step 150, up at step 200, … 2 more")]
    public void Every_crossing_is_told_with_its_way(string notation, double rate, string told) => Assert.Equal(told, LiveSchedules.Crossings(notation, rate, double.NaN).Text);

    [Fact]
    public void Crossings_take_turns_and_between_them_the_rate_is_on_the_side_they_say() => Gen.Select(Any.Schedule.Where(EndsNowhere), Gen.Double[0, 1]).Sample((schedule, share) =>
    {
        const double last = 300;
        var range = schedule.Range(0, last);
        double rate = range.Lowest + share * (range.Highest - range.Lowest);
        if (!double.IsFinite(rate))
            return;
        var answer = LiveSchedules.Crossings(ScheduleNotation.Print(schedule), rate, last);
        Assert.All(answer.Crossings.Zip(answer.Crossings.Skip(1)), pair => Assert.True(pair.First.Step <= pair.Second.Step && pair.First.Way != pair.Second.Way));
        double seen = answer.IsAll ? last : answer.Crossings[^1].Step;
        double rounding = 1e-9 * Math.Max(range.Highest, rate);
        for (int step = 0; step <= seen; step++)
        {
            double at = schedule.At(step);
            if (Math.Abs(at - rate) <= rounding || answer.Crossings.Any(c => Math.Abs(c.Step - step) < 1e-6))
                continue;
            bool isAbove = answer.Crossings.LastOrDefault(c => c.Step < step) is { } before ? before.Way == "up"
                : answer.Crossings.Count > 0 ? answer.Crossings[0].Way == "down" : answer.Text == "never below";
            Assert.True(at > rate == isAbove, $"{ScheduleNotation.Print(schedule)} at {step}: {at} against {rate}, {answer.Text}");
        }
    }, iter: 300);

    [Fact]
    public void More_crossings_than_can_be_listed_are_not_told_to_be_all()
    {
        var answer = LiveSchedules.Crossings("loop(linear(0.1, 100))", 0.05, 5_000);
        Assert.False(answer.IsAll);
        Assert.Equal(24, answer.Crossings.Count);
        Assert.EndsWith("… and so on", answer.Text);
    }

    [Theory]
    [InlineData("torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=1_000)", """{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 1000}}""")]
    [InlineData("scheduler = OneCycleLR(self.opt, max_lr=1e-1, total_steps=1000, three_phase=False, anneal_strategy='cos')", """{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 1000}}""")]
    [InlineData("MultiStepLR(optimizer, milestones=[30, 80], lr=0.1,\n  gamma=.1)", """{"framework": "pytorch", "scheduler": "MultiStepLR", "params": {"lr": 0.1, "milestones": [30, 80]}}""")]
    [InlineData("get_linear_schedule_with_warmup(optimizer, num_warmup_steps=10, num_training_steps=100, lr=0.1)", """{"framework": "huggingface-transformers", "scheduler": "linear", "params": {"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100}}""")]
    [InlineData("optax.cosine_decay_schedule(init_value=0.1, decay_steps=50)", """{"framework": "optax", "scheduler": "cosine_decay_schedule", "params": {"init_value": 0.1, "decay_steps": 50}}""")]
    public void A_call_in_Python_is_the_configuration_with_the_same_names(string call, string json)
    {
        Assert.Null(LiveSchedules.Import(call).Error);
        Assert.Equal(LiveSchedules.Import(json), LiveSchedules.Import(call));
    }

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, 1000)", "by name, such as lr=0.1; '0.1' has none")]
    [InlineData("OneCycleLR(optimizer, max_lr=peak, total_steps=1000)", "max_lr must be a number")]
    [InlineData("OneCycle(optimizer, max_lr=0.1)", "No framework that is read here has a scheduler 'OneCycle'")]
    [InlineData("StepLR(optimizer, step_size=30)", "$.params.lr")]
    [InlineData("StepLR(optimizer, lr=1e400, step_size=30)", "lr must be a finite number")]
    [InlineData("import torch", "neither JSON nor one call in Python")]
    public void A_call_in_Python_that_is_refused_says_why(string call, string part) => Assert.Contains(part, LiveSchedules.Import(call).Error);

    [Theory]
    [InlineData("Warm-up, then cosine", "warmup(6e-4, 600) > cosine(6e-4, 19400, floor: 6e-5)")]
    [InlineData("Cosine", "cosine(6e-4, 20000, floor: 6e-6)")]
    [InlineData("Warm-up, then 1/√t", "warmup(6e-4, 600) > inverseSqrt(6e-4, 600) for 19400")]
    [InlineData("Exponential", "exponential(6e-4, 0.5, every: 4000) for 20000")]
    public void Beside_another_a_recipe_takes_its_length_its_peak_and_its_warm_up(string name, string notation) =>
        Assert.Equal(notation, ScheduleGallery.Beside(name, "wsd(6e-4, 20000, 600, 2000)", double.NaN));

    [Fact]
    public void Without_an_end_beside_it_a_recipe_takes_the_length_of_the_run() =>
        Assert.Equal("linear(0.01, 700)", ScheduleGallery.Beside("Linear", "constant(0.01)", 700));

    [Fact]
    public void A_recipe_has_parts_and_a_run_of_few_updates_no_room_for_them() =>
        Assert.Equal("linear(0.1, 100)", ScheduleGallery.Beside("Linear", "cosine(0.01, 5)", double.NaN));

    [Fact]
    public void What_the_gallery_has_not_is_refused_with_what_it_has() =>
        Assert.Contains("it has Warm-up, then cosine, ", Assert.Throws<ArgumentException>(() => ScheduleGallery.Beside("Kosinus", "constant(1)", double.NaN)).Message);

    [Fact]
    public void What_keras_writes_of_a_schedule_is_read()
    {
        const string written = """{"module": "keras.optimizers.schedules", "class_name": "CosineDecay", "config": {"initial_learning_rate": 0.1, "decay_steps": 1000, "alpha": 0.0, "name": "CosineDecay", "warmup_target": null, "warmup_steps": 0}, "registered_name": null}""";
        var read = LiveSchedules.Import(written);
        Assert.Null(read.Error);
        Assert.Equal(("keras", "CosineDecay", "cosine(0.1, 1000)"), (read.Framework, read.Scheduler, read.Notation));
        Assert.Contains("CosinDecay", LiveSchedules.Import(written.Replace("\"CosineDecay\", \"config", "\"CosinDecay\", \"config")).Error);
    }

    [Theory]
    [InlineData("constant(1)", 100)]
    [InlineData("inverseSqrt(0.1, 10)", 1000)]
    [InlineData("sum(restarts(0.1, 100, lengthFactor: 2), constant(0.001))", 700)]
    [InlineData("max(constant(0.001), cosine(0.1, 200))", 200)]
    [InlineData("min(linear(0.1, 300), cosine(0.1, 200))", 300)]
    [InlineData("sum(constant(1), constant(2))", 1000)]
    public void What_is_put_together_is_looked_at_as_long_as_its_parts(string notation, double steps) => Assert.Equal(steps, Horizon.Of(ScheduleNotation.Parse(notation)));

    [Theory]
    [InlineData(24)]
    [InlineData(997)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public void Every_recipe_fits_beside_every_length(double steps) => Assert.All(ScheduleGallery.All, recipe =>
    {
        string notation = ScheduleGallery.Beside(recipe.Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cosine(0.03, {steps})"), double.NaN);
        var answer = LiveSchedules.Look(notation, double.NaN);
        Assert.Null(answer.Error);
        Assert.Equal(steps, Horizon.Of(ScheduleNotation.Parse(notation)));
        if (recipe.Name != "Noise") // whose draws go beyond it
            Assert.Equal(recipe.Name == "tanh" ? 0.03 * (1 + Math.Tanh(6)) / 2 : 0.03, answer.Highest, 1e-12); // a tanh comes near its peak
    });

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
