namespace Anneal.Tests;

public class ScheduleLintTests
{
    public static TheoryData<Schedule> Clean => new(
        new Warmup(0.1, 100, Start: 0.001).Then(new CosineDecay(0.1, 900)),
        new Warmup(3e-4, 50, 1e-6).Then(new Constant(3e-4).For(800)).Then(new Cooldown(3e-4, 150)),
        new LinearDecay(0.1, 1000),
        new Warmup(0.1, 100, Start: 0.001).Then(new InverseTimeDecay(0.1, 0.1)));

    [Theory, MemberData(nameof(Clean))]
    public void A_clean_schedule_has_no_findings(Schedule schedule) => Assert.Empty(ScheduleLint.Check(schedule, 1000));

    [Fact]
    public void A_first_update_of_rate_0_is_found() => Finds(new Warmup(0.1, 100).Then(new CosineDecay(0.1, 900)), 1000,
        new Finding(Severity.Warning, "zero-first-update", 0, "The first update has rate 0: it changes nothing."));

    [Fact]
    public void A_rate_of_0_throughout_is_an_error() => Finds(new Constant(0), 10,
        new Finding(Severity.Error, "always-zero", 0, "The rate is 0 throughout: nothing is learned."));

    [Fact]
    public void A_run_longer_than_a_decay_to_0_wastes_its_end() => Finds(new LinearDecay(0.1, 1000), 1500,
        new Finding(Severity.Warning, "zero-rate", 1000, "The rate is 0 from step 1,000 to 1,500: 500 updates change nothing."));

    [Fact]
    public void A_jump_up_is_found_with_its_factor_and_step() => Finds(new Constant(0.001).For(30_000).Then(new LinearDecay(0.01, 30_000)), 60_000,
        new Finding(Severity.Warning, "jump", 30_000, "The rate jumps by ×10 at step 30,000, from 0.001 to 0.01."));

    [Fact]
    public void A_jump_from_0_has_no_factor() => Finds(new LinearDecay(0.1, 100).Then(new LinearDecay(0.05, 100)), 200,
        new Finding(Severity.Warning, "jump", 100, "The rate jumps from 0 to 0.05 at step 100."));

    [Fact]
    public void A_small_jump_and_a_jump_down_are_let_pass() =>
        Assert.Empty(ScheduleLint.Check(new Constant(0.1).For(10).Then(new Constant(0.15).For(10)).Then(new LinearDecay(0.05, 10))));

    [Fact]
    public void A_jump_to_exactly_twice_the_rate_and_one_within_the_first_step_are_found()
    {
        Assert.Contains(ScheduleLint.Check(new Constant(0.1).For(10).Then(new Constant(0.2).For(10))), finding => finding is { Code: "jump", Step: 10 });
        Assert.Contains(ScheduleLint.Check(new Constant(0.1).For(0.5).Then(new Constant(0.3).For(10))), finding => finding is { Code: "jump", Step: 0.5 });
    }

    [Fact]
    public void A_rise_alone_neither_rises_at_the_end_nor_ends_high() =>
        Assert.DoesNotContain(ScheduleLint.Check(new Warmup(0.1, 10, 0.05), 10), finding => finding.Code is "rises-at-the-end" or "ends-high");

    [Fact]
    public void A_segment_is_checked_to_the_update_that_reaches_its_end() =>
        Assert.Contains(new Finding(Severity.Info, "squares-diverge", 11, "Σ η² diverges: the rate stays at a level above 0, so every step adds at least a fixed amount."),
            ScheduleLint.Check(new Constant(0.1).For(10.5)));

    [Fact]
    public void Many_jumps_are_counted_not_listed()
    {
        var findings = ScheduleLint.Check(new LinearDecay(0.1, 10, 0.01).Repeat(9).Then(new LinearDecay(0.01, 10)));
        Assert.Equal(5, findings.Count(finding => finding.Code == "jump"));
        Assert.Equal("The rate jumps up by ×2 or more 8 times in all; the first 5 are listed.", Assert.Single(findings, finding => finding.Code == "jumps").Sentence);
    }

    [Fact]
    public void Five_jumps_are_listed_and_not_counted()
    {
        var findings = ScheduleLint.Check(new LinearDecay(0.1, 10, 0.01).Repeat(6).Then(new LinearDecay(0.01, 10)));
        Assert.Equal(["jump", "jump", "jump", "jump", "jump"], findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_run_that_stops_before_its_schedule_is_found_twice() => Finds(new CosineDecay(0.1, 1000), 600,
        new Finding(Severity.Warning, "ends-high", 599, "The rate ends at 34.7% of the peak (0.0347 of 0.1)."),
        new Finding(Severity.Warning, "never-reaches-floor", 600, "The schedule never reaches its last rate 0: it needs 1,000 updates and the run has 600."));

    [Fact]
    public void A_run_that_ends_above_a_tenth_of_its_peak_is_found() => Finds(new ExponentialDecay(0.1, 0.37, 1000), 1001,
        new Finding(Severity.Warning, "ends-high", 1000, "The rate ends at 37% of the peak (0.037 of 0.1)."),
        new Finding(Severity.Info, "rates-converge", 1001, "Σ η converges: the rate falls geometrically, and a geometric series has a sum."));

    [Fact]
    public void Squares_that_diverge_are_mentioned() => Finds(new Constant(0.1), 10,
        new Finding(Severity.Info, "squares-diverge", 10, "Σ η² diverges: the rate stays at a level above 0, so every step adds at least a fixed amount."));

    [Fact]
    public void A_warm_up_of_hardly_any_update_is_found() => Finds(new Warmup(0.1, 5, 0.001).Then(new LinearDecay(0.1, 9_995)), 10_000,
        new Finding(Severity.Warning, "short-warmup", 5, "The warm-up ends after 5 of 10,000 updates: shorter than 0.1% of the run."));

    [Fact]
    public void A_warm_up_of_most_of_the_run_is_found() => Finds(new Warmup(0.1, 600, 0.001).Then(new LinearDecay(0.1, 400)), 1000,
        new Finding(Severity.Warning, "long-warmup", 600, "The warm-up takes 60% of the run: 600 of 1,000 updates."));

    [Fact]
    public void A_decay_that_counts_the_warm_ups_steps_is_found()
    {
        // What timm does without warmup_prefix: the decay runs from step 0, and the warm-up hides its beginning.
        var schedule = new Warmup(0.1, 500, 0.001).Then(new LinearDecay(0.1, 1000).Shift(-500).For(500));
        Finds(schedule, 1000, new Finding(Severity.Warning, "warmup-overshoots", 500,
            "The warm-up climbs to 0.1, but what follows begins at 0.05: does it count the warm-up's steps as its own?"));
    }

    [Fact]
    public void A_rate_that_rises_at_the_end_is_found() => Assert.Equal(
        new Finding(Severity.Warning, "rises-at-the-end", 100, "The rate rises in the last phase, from step 100: 0.01 to 0.02."),
        Assert.Single(ScheduleLint.Check(new LinearDecay(0.1, 100, 0.01).Then(new Warmup(0.02, 10, 0.01))), finding => finding.Code == "rises-at-the-end"));

    [Fact]
    public void A_floor_that_is_never_needed_is_mentioned()
    {
        var findings = ScheduleLint.Check(new ExponentialDecay(0.1, 0.5, 100).Clamp(1e-6, 1), 1000);
        Assert.Contains(new Finding(Severity.Info, "never-reaches-floor", 1000, "The rate never reaches the floor 1e-06; the lowest rate is 9.766e-05."), findings);
        Assert.DoesNotContain(ScheduleLint.Check(new ExponentialDecay(0.1, 0.5, 100).Clamp(1e-4, 1), 1000), finding => finding.Code == "never-reaches-floor");
    }

    [Fact]
    public void A_peak_that_no_update_sees_is_mentioned() => Assert.Contains(
        new Finding(Severity.Info, "peak-between-updates", 1.5, "The peak 0.3 falls between two updates, at step 1.5; no update comes within 1% of it."),
        ScheduleLint.Check(new Warmup(0.3, 1.5, 0.1).Then(new LinearDecay(0.3, 1.5))));

    [Theory]
    [InlineData(150.5, 0.1)] // update 150 is near enough
    [InlineData(0.5, 0.2985)] // and so is update 0 here
    public void A_peak_that_an_update_nearly_sees_is_let_pass(double rise, double start) => Assert.DoesNotContain(
        ScheduleLint.Check(new Warmup(0.3, rise, start).Then(new LinearDecay(0.3, rise < 1 ? 2 : rise))), finding => finding.Code == "peak-between-updates");

    [Fact]
    public void A_peak_that_only_the_update_after_the_run_sees_is_mentioned() => Assert.Contains(
        ScheduleLint.Check(new Warmup(0.3, 1.5, 0.1).Then(new Constant(0.3)), 2), finding => finding is { Code: "peak-between-updates", Step: 1.5 });

    [Fact]
    public void A_first_update_without_a_rate_is_a_phase() => Assert.Contains(
        new Finding(Severity.Warning, "zero-rate", 0, "The rate is 0 from step 0 to 1: 1 updates change nothing."),
        ScheduleLint.Check(new Constant(0).For(1).Then(new Constant(0.1)), 10));

    [Fact]
    public void A_rate_below_0_is_an_error()
    {
        var finding = ScheduleLint.Check(new LinearDecay(0.1, 100).Continue(), 200)[0];
        Assert.Equal((Severity.Error, "negative-rate"), (finding.Severity, finding.Code));
        Assert.Equal(100, finding.Step, 1e-9);
        Assert.Equal("The rate is below 0 from step 100 on, down to -0.1.", finding.Sentence);
    }

    [Fact]
    public void A_rate_below_0_within_the_first_step_is_an_error() => Assert.Equal(0.5,
        Assert.Single(ScheduleLint.Check(new LinearDecay(0.1, 0.5).Continue(), 5), finding => finding.Code == "negative-rate").Step, 1e-9);

    [Fact]
    public void A_rate_beyond_all_numbers_is_an_error() =>
        Assert.Contains(ScheduleLint.Check(new ExponentialDecay(1, 10), 1000), finding => finding is { Severity: Severity.Error, Code: "not-finite", Step: 999 });

    [Fact]
    public void Findings_come_in_the_order_of_their_steps()
    {
        double[] steps = [.. ScheduleLint.Check(new Warmup(0.1, 5).Then(new CosineDecay(0.1, 20_000)), 10_000).Select(finding => finding.Step)];
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(4, steps.Length);
    }

    [Fact]
    public void A_run_of_no_updates_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleLint.Check(new Constant(0.1), 0));

    public static TheoryData<string, Schedule, long> Mistakes => new()
    {
        { "climbs-again", new CosineWave(0.1, 200, 1).Continue(), 200 },
        { "climbs-again", new Warmup(0.1, 10).Then(new CosineWave(0.1, 90, 0.5).Continue()), 150 },
        { "climbs-again", new CosineDecay(0.1, 100).Continue(), 130 },
        { "floor-above-peak", new CosineDecay(0.1, 100, 0.2), 100 },
        { "floor-above-peak", new Warmup(0.1, 10).Then(new LinearDecay(0.1, 90, 1)), 100 },
        { "warmup-falls", new Warmup(0.1, 10, 0.3).Then(new CosineDecay(0.1, 90)), 100 },
        { "warmup-falls", new CosineWarmup(0.1, 10, 0.3).Then(new CosineDecay(0.1, 90)), 100 },
        { "flat-at-the-floor", new CosineDecay(0.1, 95, 0.01), 100 },
        { "flat-at-the-floor", new Warmup(0.1, 10).Then(new LinearDecay(0.1, 60, 0.01)), 100 },
        { "never-happens", new MultiStep(0.1, [30, 120]), 100 },
        { "never-happens", new StepDecay(0.1, 0.5, 200), 100 },
        { "never-happens", new PiecewiseConstant([50, 100], [0.1, 0.01, 0.001]), 100 },
        { "never-happens", new Warmup(0.1, 10).Then(new MultiStep(0.1, [30, 95])), 100 },
        { "ends-in-warmup", new Warmup(0.1, 200).Then(new CosineDecay(0.1, 90)), 100 },
        { "ends-in-warmup", new WarmupStableDecay(0.1, 1000, 200, 100), 100 },
        { "ends-in-warmup", new OneCycle(0.1, 1000, 300, 0.004), 100 },
        { "ends-in-warmup", new Warmup(0.1, 100).Then(new CosineDecay(0.1, 900)), 100 },
        { "ends-in-warmup", Torch("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"total_iters": 1000}}, {"name": "ExponentialLR", "params": {"gamma": 0.999}}]}"""), 100 },
        { "floor-above-peak", Torch("CosineAnnealingLR", """{"lr": 0.1, "T_max": 100, "eta_min": 0.5}"""), 100 },
        { "floor-above-peak", Torch("CosineAnnealingLR", """{"lr": 0.1, "T_max": 100, "eta_min": 0.5}"""), 150 },
        { "floor-above-peak", Torch("CosineAnnealingWarmRestarts", """{"lr": 0.1, "T_0": 100, "eta_min": 0.5}"""), 100 },
        { "floor-above-peak", Torch("CosineAnnealingWarmRestarts", """{"lr": 0.1, "T_0": 20, "eta_min": 0.5}"""), 100 },
        { "floor-above-peak", Torch("CyclicLR", """{"base_lr": 0.5, "max_lr": 0.1, "step_size_up": 20}"""), 80 },
        { "floor-above-peak", new SineCycles(0.5, 0.1, 20), 80 },
        { "floor-above-peak", Imported("timm", "CosineLRScheduler", """{"lr": 0.1, "t_initial": 100, "lr_min": 0.5}"""), 100 },
        { "floor-above-peak", Imported("keras", "CosineDecayRestarts", """{"initial_learning_rate": 0.1, "first_decay_steps": 100, "alpha": 2}"""), 100 },
        { "warmup-falls", Imported("timm", "CosineLRScheduler", """{"lr": 0.1, "t_initial": 100, "warmup_t": 10, "warmup_lr_init": 0.5}"""), 100 },
        { "warmup-falls", Imported("optax", "warmup_cosine_decay_schedule", """{"init_value": 0.5, "peak_value": 0.1, "warmup_steps": 10, "decay_steps": 100}"""), 100 },
        { "warmup-falls", Imported("keras", "CosineDecay", """{"initial_learning_rate": 0.1, "decay_steps": 100, "alpha": 0.1, "warmup_target": 0.05, "warmup_steps": 10}"""), 110 },
        { "warmup-falls", Torch("OneCycleLR", """{"max_lr": 0.1, "total_steps": 100, "div_factor": 0.5}"""), 100 },
        { "climbs-again", Torch("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"total_iters": 10}}, {"name": "CosineAnnealingLR", "params": {"T_max": 50}}]}"""), 100 },
        { "never-happens", Torch("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"total_iters": 10}}, {"name": "MultiStepLR", "params": {"milestones": [50, 150]}}]}"""), 100 },
        { "never-happens", Torch("SequentialLR", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"total_iters": 10}}, {"name": "CosineAnnealingLR", "params": {"T_max": 50}}], "milestones": [120]}"""), 100 },
    };

    static Schedule Torch(string scheduler, string parameters) => Imported("pytorch", scheduler, parameters);

    static Schedule Imported(string framework, string scheduler, string parameters) =>
        SchedulerImport.Import($$"""{"framework": "{{framework}}", "scheduler": "{{scheduler}}", "params": {{parameters}} }""").Schedule!;

    [Fact]
    public void A_climb_known_at_whole_steps_alone_is_no_jump() => Assert.DoesNotContain(
        ScheduleLint.Check(Torch("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"total_iters": 10}}, {"name": "CosineAnnealingLR", "params": {"T_max": 50}}]}"""), 100),
        finding => finding.Code == "jump");

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_in_an_otherwise_good_schedule_is_found(string code, Schedule schedule, long steps) =>
        Assert.Single(ScheduleLint.Check(schedule, steps), finding => finding.Code == code);

    public static TheoryData<Schedule, long> Recipes => new()
    {
        { new Warmup(3e-4, 100, 3e-6).Then(new CosineDecay(3e-4, 900, 3e-5)), 1000 },
        { new Warmup(3e-4, 100, 3e-6).Then(new LinearDecay(3e-4, 900, 3e-5)), 1000 },
        { new Warmup(0.3, 5, 0.01).Then(new CosineDecay(0.3, 95)), 100 },
        { new WarmupStableDecay(3e-4, 1000, 50, 200, Start: 1e-6), 1000 },
        { new MultiStep(0.1, [30, 60, 90], 0.1), 100 },
        { new CosineRestarts(0.1, 25), 100 },
        { new HardRestarts(0.1, 100, 4), 100 },
        { new TriangularCycles(0.01, 0.1, 10, 10), 100 },
        { new CosineWave(0.1, 100, 2.5), 100 },
        { new LinearDecay(0.001, 10, 0.1).Then(new CosineDecay(0.1, 90)), 100 }, // a warm-up, as optax's linear_schedule writes it
        { new LinearDecay(1, 10, 0.1).Then(new LinearDecay(0.1, 90)), 100 }, // two lines, both falling
        { Imported("timm", "CosineLRScheduler", """{"lr": 0.1, "t_initial": 100}"""), 100 },
        { Imported("huggingface-transformers", "warmup_stable_decay", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "num_decay_steps": 30}"""), 100 },
        { Torch("OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}"""), 100 },
        { Torch("OneCycleLR", """{"max_lr": 0.1, "total_steps": 100, "three_phase": true}"""), 100 },
    };

    [Theory, MemberData(nameof(Recipes))]
    public void What_is_meant_is_not_taken_for_a_mistake(Schedule schedule, long steps)
    {
        string[] mistakes = ["climbs-again", "floor-above-peak", "warmup-falls", "flat-at-the-floor", "never-happens", "ends-in-warmup", "ends-high", "peak-between-updates"];
        Assert.DoesNotContain(ScheduleLint.Check(schedule, steps), finding => mistakes.Contains(finding.Code));
    }

    public static TheoryData<string> WithFloor => [.. ScheduleJson.Types.Where(t => t.Members.Split(", ").Any(m => m.StartsWith("floor", StringComparison.Ordinal))).Select(t => t.Type)];

    /// <summary>Every shape that has a peak and a floor is known to the lint: with the two the wrong way round it is found.</summary>
    [Theory, MemberData(nameof(WithFloor))]
    public void A_floor_above_the_peak_is_found_in_every_shape_that_has_one(string type)
    {
        var shape = Gallery.Schedules.Select(s => System.Text.Json.Nodes.JsonNode.Parse(ScheduleJson.Write(s))!.AsObject()).First(s => (string?)s["type"] == type);
        (shape["floor"], double peak) = (0.5, (double)shape["peak"]!);
        Assert.InRange(peak, 0, 0.4);
        Assert.Contains(ScheduleLint.Check(ScheduleJson.Read(shape.ToJsonString()), 100), finding => finding.Code == "floor-above-peak");
    }

    static void Finds(Schedule schedule, long steps, params Finding[] expected) => Assert.Equal(expected, ScheduleLint.Check(schedule, steps));
}
