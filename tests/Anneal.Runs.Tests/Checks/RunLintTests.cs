namespace Anneal.Runs.Tests;

public class RunLintTests
{
    public static TheoryData<PlantedMistake> Mistakes => new(PlantedMistake.All);

    [Theory, MemberData(nameof(Mistakes))]
    public void A_planted_mistake_is_found(PlantedMistake mistake)
    {
        var findings = Check(mistake.Text, mistake.Framework, mistake.Given);
        Assert.Contains(mistake.Code, findings.Select(f => f.Code));
        var finding = findings.First(f => f.Code == mistake.Code);
        Assert.NotEqual(Severity.Info, finding.Severity);
    }

    [Theory, MemberData(nameof(Mistakes))]
    public void A_finding_names_the_key_and_its_line(PlantedMistake mistake)
    {
        var finding = Check(mistake.Text, mistake.Framework, mistake.Given).First(f => f.Code == mistake.Code);
        Assert.True(finding.Place.IsKnown, finding.ToString());
        string line = mistake.Text.Split('\n')[finding.Place.Line - 1];
        string key = finding.Key.Split('.')[^1].Split('[')[0];
        Assert.Contains(key.Replace('_', '-'), line[(finding.Place.Column - 1)..].Replace('_', '-'));
    }

    /// <summary>Recorded files in which something is amiss on purpose.</summary>
    static readonly HashSet<string> amiss =
    [
        "hf-09", "hf-13", "deepspeed-02", "deepspeed-04", "deepspeed-11", "megatron-02", "megatron-18", "torchtitan-05", "composer-08", "composer-12", "olmo-02", "olmo-07", "olmo-08", "maxtext-02", "maxtext-03",
        "maxtext-08", "mmengine-12", "detectron2-08", "kohya-03", "tf_model_garden-07", "tf_model_garden-09", "diffusers-05", "torchtitan-08",
    ];

    public static TheoryData<RecordedRun> Good => new(RecordedRun.All.Where(r => !amiss.Contains(r.Id) && r.Rates is not [null]));

    [Theory, MemberData(nameof(Good))]
    public void Nothing_is_said_about_a_good_file(RecordedRun record) =>
        Assert.DoesNotContain(RunLint.Check(RunConfigurations.Read(record.Text, record.Framework, record.Beside)), finding => finding.Severity != Severity.Info);

    /// <summary>Decay over 260 of 300 billion tokens to a tenth, as published for GPT-3; a third of the run at the floor is another matter.</summary>
    [Theory]
    [InlineData(8667, Severity.Info)]
    [InlineData(6667, Severity.Warning)]
    public void A_floor_that_is_reached_on_purpose_is_no_mistake(int decay, Severity worst) =>
        Assert.Equal(worst, Check($"--global-batch-size 64 --train-iters 10000 --lr 3e-4 --min-lr 3e-5 --lr-decay-style cosine --lr-warmup-iters 200 --lr-decay-iters {decay}", "megatron", "")
            .Select(f => f.Severity).DefaultIfEmpty(Severity.Info).Max());

    [Fact]
    public void A_number_that_is_missing_is_asked_for_by_name()
    {
        var missing = Assert.Throws<MissingGivenException>(() => RunConfigurations.Read("num_train_epochs: 3\nlr_scheduler_type: linear\nper_device_train_batch_size: 4\n", "hf"));
        Assert.Equal("samples", missing.Name);
        Assert.Contains("--given samples=", missing.Message);
    }

    [Fact]
    public void A_variable_of_the_environment_is_refused_with_its_place()
    {
        var refused = Assert.Throws<ConfigurationException>(() => RunConfigurations.Read("max_duration: 10ba\noptimizer:\n  lr: ${oc.env:LR}\nscheduler:\n  name: constant_with_warmup\n  t_warmup: 1ba\n", "composer"));
        Assert.Equal(new Place(3, 3), refused.Place);
    }

    [Fact]
    public void A_reference_within_the_file_is_followed() => Assert.Equal(3e-4,
        RunConfigurations.Read("variables:\n  peak: 3e-4\nmax_duration: 10ba\noptimizer:\n  lr: ${variables.peak}\nscheduler:\n  name: constant_with_warmup\n  t_warmup: 1ba\n", "composer").RateAt(9));

    [Fact]
    public void A_plan_of_a_trillion_tokens_is_checked_without_visiting_every_update()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var run = RunConfigurations.Read("model:\n  max_sequence_length: 4096\noptimizer:\n  learning_rate: 3e-4\nscheduler:\n  name: cosine_with_warmup\n  units: tokens\n  t_warmup: 2e9\n  alpha_f: 0.1\n  warmup_min_lr: 0\nmax_duration: 1e12T\nglobal_train_batch_size: 8\n", "olmo");
        var findings = RunLint.Check(run);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), $"{clock.Elapsed}");
        Assert.Equal(Math.Ceiling(1e12 / 32768), run.Plan.Updates);
        Assert.DoesNotContain(findings, f => f.Severity != Severity.Info);
    }

    static IReadOnlyList<RunFinding> Check(string text, string framework, string given)
    {
        try
        {
            return RunLint.Check(RunConfigurations.Read(text, framework, Given.Parse(given)));
        }
        catch (RefusedByFrameworkException refused)
        {
            return [new(Severity.Error, "refused", refused.Key ?? "", refused.Place, refused.Reason)];
        }
    }
}
