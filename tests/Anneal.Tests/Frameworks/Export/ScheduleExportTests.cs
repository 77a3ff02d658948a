namespace Anneal.Tests;

/// <summary>What the code computes was compared by running it under PyTorch; here it is what is written and what is refused.</summary>
public class ScheduleExportTests
{
    static string Write(string notation, string target) => ScheduleExport.Write(ScheduleNotation.Parse(notation), target, 10);

    [Fact]
    public void A_schedule_becomes_a_function_of_the_step_in_PyTorch() => Assert.Equal("""
        import math
        from torch.optim.lr_scheduler import LambdaLR


        def rate(step):
            t = float(step)
            return (0.1 + (-0.1) * ((20.0 - t) / 20.0) if t < 20.0 else (0.1 * (math.cos(1.5707963267948966 * ((t - 20.0) / 80.0))) ** 2.0 if (t - 20.0) < 80.0 else 0.0))


        # optimizer = torch.optim.SGD(model.parameters(), lr=1.0)    # 1.0: rate() is the rate itself
        scheduler = LambdaLR(optimizer, rate)    # call scheduler.step() after every optimizer.step()

        """.ReplaceLineEndings("\n"), Write("warmup(0.1, 20) > cosine(0.1, 80)", "pytorch"));

    [Theory]
    [InlineData("constant(0.1)", "get_scheduler(\"constant\", optimizer, num_warmup_steps=0)")]
    [InlineData("warmup(0.1, 10) > linear(0.1, 90)", "get_scheduler(\"linear\", optimizer, num_warmup_steps=10, num_training_steps=100)")]
    [InlineData("warmup(0.1, 10) > hardRestarts(0.1, 90, 3)", "get_scheduler(\"cosine_with_restarts\", optimizer, num_warmup_steps=10, num_training_steps=100, scheduler_specific_kwargs={\"num_cycles\": 3})")]
    [InlineData("wsd(0.1, 100, 10, 20, shape: oneMinusSqrt)", "get_scheduler(\"warmup_stable_decay\", optimizer, num_warmup_steps=10, num_training_steps=100, scheduler_specific_kwargs={\"num_decay_steps\": 20, \"decay_type\": \"1-sqrt\", \"min_lr_ratio\": 0})")]
    public void Transformers_are_asked_by_name(string notation, string call) => Assert.Contains(call, Write(notation, "transformers"));

    [Theory]
    [InlineData("step(0.1, 0.5, 30)", "transformers", "StepDecay is not among the schedules it names")]
    [InlineData("warmup(0.1, 10, 0.01) > linear(0.1, 90)", "transformers", "does not lead from 0")]
    [InlineData("warmup(0.1, 10) > inverseSqrt(0.1, 7)", "transformers", "does not pass a timescale on")]
    [InlineData("continue(interpolate([5, 13], [0.1, 0.2]))", "pytorch", "past its end the formula of Interpolated goes on in a way that pytorch would compute differently")]
    [InlineData("continue(polynomial(0.1, 50, 0.5))", "optax", "past its end the formula of PolynomialDecay goes on")]
    [InlineData("continue(warmup(0.1, 10) > linear(0.1, 50))", "keras", "past its end the formula of Sequence goes on")]
    [InlineData("noise(constant(0.1), 0.1)", "pytorch", "a generator that pytorch does not have")]
    [InlineData("constant(0.1)", "caffe", "There is no export to caffe; known are pytorch, optax, keras, transformers, latex, csv")]
    public void What_cannot_be_expressed_is_refused_with_the_reason(string notation, string target, string reason) =>
        Assert.Contains(reason, Assert.Throws<ScheduleFormatException>(() => Write(notation, target)).Message);

    [Theory]
    [InlineData("continue(cosine(0.1, 50))", "return 0.1 * (math.cos(1.5707963267948966 * (t / 50.0))) ** 2.0")]
    [InlineData("continue(linear(0.1, 50))", "return 0.1 * ((50.0 - t) / 50.0)")]
    public void A_formula_that_goes_on_is_written_without_its_end(string notation, string code) => Assert.Contains(code, Write(notation, "pytorch"));

    [Fact]
    public void What_came_from_PyTorch_goes_back_as_it_was()
    {
        var chain = SchedulerImport.Import("""{"framework": "pytorch", "scheduler": "ChainedScheduler", "params": {"lr": 0.1, "schedulers": [{"name": "CosineAnnealingLR", "params": {"T_max": 30}}, {"name": "ExponentialLR", "params": {"gamma": 0.97}}]}}""");
        Assert.Contains("scheduler = ChainedScheduler(schedulers=[CosineAnnealingLR(optimizer, T_max=30), ExponentialLR(optimizer, gamma=0.97)])", ScheduleExport.Write(chain.Schedule!, "pytorch", 10));
    }

    /// <summary>What has no formula in a framework, and why; everything else has one.</summary>
    static readonly (Type Type, string Target, string Reason)[] unwritten =
    [
        .. ((string[])["pytorch", "optax", "keras"]).SelectMany(target => ((Type, string, string)[])[(typeof(Noisy), target, "a generator that"), (typeof(TimmNoisy), target, "a generator that")]),
        .. ((string[])["optax", "keras"]).SelectMany(target => ((Type, string, string)[])[
            (typeof(TorchSimulation), target, "export it to pytorch, where it comes from"), (typeof(LogarithmicRestarts), target, "how the logarithm of")]),
    ];

    public static TheoryData<Schedule, string> Everything => new(from schedule in Gallery.Schedules from target in (string[])["pytorch", "optax", "keras"] select (schedule, target));

    [Theory, MemberData(nameof(Everything))]
    public void Every_schedule_is_written_for_every_framework_or_listed_with_the_reason(Schedule schedule, string target)
    {
        if (unwritten.SingleOrDefault(u => u.Type == schedule.GetType() && u.Target == target) is { Reason: { } reason })
            Assert.Contains(reason, Assert.Throws<ScheduleFormatException>(() => ScheduleExport.Write(schedule, target, 10)).Message);
        else
            Assert.Matches("return |scheduler = ChainedScheduler", ScheduleExport.Write(schedule, target, 10));
    }

    /// <summary>get_scheduler is a short list of names; all that has none is to go by way of PyTorch.</summary>
    [Fact]
    public void Transformers_has_names_for_these_and_no_others()
    {
        Type[] named = [typeof(Constant), typeof(LinearDecay), typeof(PolynomialDecay), typeof(CosineDecay), typeof(CosineWave), typeof(HardRestarts), typeof(WarmupStableDecay),
            typeof(Sequence), typeof(Continuation), typeof(Continued)];
        foreach (var schedule in Gallery.Schedules)
            if (named.Contains(schedule.GetType()))
                Assert.Contains("get_scheduler(", ScheduleExport.Write(schedule, "transformers", 10));
            else
                Assert.EndsWith("Export it to pytorch and hand the scheduler to the Trainer.", Assert.Throws<ScheduleFormatException>(() => ScheduleExport.Write(schedule, "transformers", 10)).Message);
    }

    [Fact]
    public void A_table_holds_the_exact_rates() => Assert.Equal("step,rate\n0,0.3\n1,0.2\n2,0.1\n", ScheduleExport.Write(new LinearDecay(0.3, 3), "csv", 2).Replace("0.09999999999999999", "0.1"));
}
