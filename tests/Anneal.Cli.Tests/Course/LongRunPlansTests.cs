using System.Globalization;

namespace Anneal.Cli.Tests;

/// <summary>
/// Lesson 13's three plans elsewhere. The code below was run: under PyTorch 1.13 by its <c>LambdaLR</c>, and by the functions behind Transformers' <c>get_scheduler</c>,
/// from the first update to the last. notebooks/results/long-run-plans.csv holds what came out. Whoever changes what is written runs it again.
/// </summary>
public class LongRunPlansTests
{
    const string Pretraining = "wsd(3e-4, 3815, 200, 763, shape: oneMinusSqrt)", FineTuning = "warmup(2e-5, 37) > cosine(2e-5, 1184)",
        Vision = "warmup(3.2, 785, 0.1) > multiStep(3.2, [3925, 8635, 11775], 0.1)";

    static readonly (string Plan, string Framework, double Step, double Rate)[] recorded =
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "notebooks", "results", "long-run-plans.csv")).Skip(1).Select(line => line.Split(',')).Select(cells =>
            (cells[0], cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture)))];

    [Theory]
    [InlineData("pretraining", Pretraining, "pytorch", 49, "    return ((0.0003 + (-0.0003) * ((200.0 - t) / 200.0) if t < 200.0 else (0.0003 if t < 3052.0 else 0.0003 * (1 - math.sqrt((t - 3052.0) / 763.0)))) if t < 3815.0 else 0.0)\n")]
    [InlineData("pretraining", Pretraining, "transformers", 49, "scheduler = get_scheduler(\"warmup_stable_decay\", optimizer, num_warmup_steps=200, num_training_steps=3815, scheduler_specific_kwargs={\"num_decay_steps\": 763, \"decay_type\": \"1-sqrt\", \"min_lr_ratio\": 0})\n")]
    [InlineData("fine-tuning", FineTuning, "pytorch", 47, "    return (2e-05 + (-2e-05) * ((37.0 - t) / 37.0) if t < 37.0 else (2e-05 * (math.cos(1.5707963267948966 * ((t - 37.0) / 1184.0))) ** 2.0 if (t - 37.0) < 1184.0 else 0.0))\n")]
    [InlineData("fine-tuning", FineTuning, "transformers", 47, "scheduler = get_scheduler(\"cosine\", optimizer, num_warmup_steps=37, num_training_steps=1221)    # made for 1221 steps: past them it rises again, where the original stays\n")]
    [InlineData("vision", Vision, "pytorch", 53, "    return (3.2 + (-3.1) * ((785.0 - t) / 785.0) if t < 785.0 else (3.2 if (t - 785.0) < 3925.0 else (0.32000000000000006 if (t - 785.0) < 8635.0 else (0.03200000000000001 if (t - 785.0) < 11775.0 else 0.003200000000000001))))\n")]
    public void A_plan_is_written_as_it_was_run_and_has_the_rates_that_came_out(string plan, string notation, string framework, int count, string line)
    {
        var schedule = ScheduleNotation.Parse(notation);
        string code = ScheduleExport.Write(schedule, framework, 0);
        Assert.Contains(line, code, StringComparison.Ordinal);
        if (framework == "transformers")
            Assert.Contains($"lr={(plan == "pretraining" ? "0.0003" : "2e-05")})", code, StringComparison.Ordinal);
        var rates = recorded.Where(r => r.Plan == plan && r.Framework == framework).ToList();
        Assert.Equal(count, rates.Count);
        double peak = rates.Max(r => r.Rate);
        Assert.All(rates, r => Assert.Equal(r.Rate, schedule.At(r.Step), 1e-12 * peak));
    }

    [Fact]
    public void Every_recorded_rate_belongs_to_one_of_these() => Assert.Equal(2 * (49 + 47) + 53, recorded.Length);
}
