namespace Anneal.Runs.Tests;

/// <summary>Forms that configurations in public repositories have, each in the fewest lines.</summary>
public class PublicFormsTests
{
    /// <summary>0.002 · 5 / (4 + classes), to six decimals; the recorded console of a run with 17 classes says 0.000476.</summary>
    [Theory]
    [InlineData("samples=2400,classes=3", 100, 0.001429)]
    [InlineData("samples=2400,classes=17", 100, 0.000476)]
    [InlineData("batchesPerEpoch=38,classes=3", 100, 0.001429)]
    [InlineData("samples=2400", 300, 0.01)]
    public void An_optimizer_that_chooses_itself_replaces_the_rate(string given, int epochs, double rate)
    {
        var run = RunConfigurations.Read($"task: detect\nmodel: x.pt\nepochs: {epochs}\nbatch: 64\nimgsz: 640\nwarmup_epochs: 0\nlr0: 0.0001\noptimizer: auto\n", given: Given.Parse(given));
        Assert.Equal(rate, run.RateAt(0));
        Assert.Contains(run.Noticed, f => f is { Code: "ignored-key", Key: "lr0", Severity: Severity.Warning });
    }

    [Fact]
    public void Its_default_rate_is_no_surprise() => Assert.DoesNotContain(RunLint.Check(RunConfigurations.Read("task: detect\nmodel: x.pt\nepochs: 10\nbatch: 64\nlr0: 0.01\noptimizer: auto\n", "ultralytics", Given.Parse("samples=2400,classes=3"))),
        f => f.Severity != Severity.Info);

    [Fact]
    public void The_classes_are_asked_for() => Assert.Equal("classes",
        Assert.Throws<MissingGivenException>(() => RunConfigurations.Read("task: detect\nmodel: x.pt\nepochs: 10\nbatch: 64\n", "ultralytics", Given.Parse("samples=2400"))).Name);

    [Fact]
    public void Older_torchtitan_files_have_the_warm_up_under_training()
    {
        var run = RunConfigurations.Read("[optimizer]\nname = \"AdamW\"\nlr = 3e-4\n\n[training]\nbatch_size = 2\nseq_len = 8192\nwarmup_steps = 200\nsteps = 1000\n", given: Given.Parse("worldSize=8"));
        Assert.Equal(3e-4 / 201, run.RateAt(0), 1e-15);
        Assert.Equal(3e-4, run.RateAt(200), 1e-15);
        Assert.Equal(3e-4 / 2, run.RateAt(600), 1e-15);
        Assert.Equal((16, 200), (run.Plan.SamplesPerUpdate, run.Plan.Warmup));
    }

    [Fact]
    public void A_template_of_another_file_is_passed_over()
    {
        var root = ConfigurationText.Read("pipeline = [dict(type='Load', backend={{_base_.backend}})]\nlr = {{ _base_.lr }}\nepochs = {'a': {'b': 2}}\n").Root;
        Assert.Equal("{{ _base_.lr }}", ((ScalarNode)root.Find("lr")!.Value).Text);
        Assert.Equal("2", ((ScalarNode)root.FindPath("epochs.a.b")!.Value).Text);
    }

    [Fact]
    public void A_length_that_another_file_sets_is_asked_for()
    {
        const string Text = "_base_ = ['schedule.py']\noptim_wrapper = dict(optimizer=dict(type='AdamW', lr=6e-5))\nparam_scheduler = [dict(type='PolyLR', power=1.0, begin=0, end=160, by_epoch=False)]\n";
        Assert.Equal("updates", Assert.Throws<MissingGivenException>(() => RunConfigurations.Read(Text)).Name);
        var run = RunConfigurations.Read(Text, given: Given.Parse("updates=160"));
        Assert.Equal(6e-5, run.RateAt(0), 1e-15);
        Assert.DoesNotContain(RunLint.Check(run), f => f.Severity == Severity.Error);
    }
}
