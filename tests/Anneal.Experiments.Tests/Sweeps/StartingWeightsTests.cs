namespace Anneal.Experiments.Tests;

public sealed class StartingWeightsTests
{
    static readonly SampleSetting diabetes = new("diabetes", new AbsoluteModel(), new WithReplacement(1, 0), 1, Preparation.Standardized, Start: new MeanLabelStart());
    static readonly SampleSetting digits = new("digits", new SoftmaxModel(Intercept: false), new WithReplacement(1, 0), 1, Preparation.Largest, Start: new NormalStart(0.3));

    static double[] StartOf(SampleSetting setting, ulong seed) => setting.StartOf(setting.Model.On(setting.Samples().Train), seed);

    [Fact]
    public void The_intercept_starts_at_the_mean_label()
    {
        double[] start = StartOf(diabetes, 3);
        Assert.All(start[..^1], w => Assert.Equal(0, w));
        Assert.Equal(152.133484, start[^1], 1e-6); // awk over data/diabetes.csv: 67243 / 442
        Assert.Equal(start, StartOf(diabetes, 4));
    }

    [Fact]
    public void Random_weights_have_the_deviation_and_belong_to_the_seed()
    {
        double[] start = StartOf(digits, 3);
        Assert.Equal(start, StartOf(digits, 3));
        Assert.NotEqual(start, StartOf(digits, 4));
        // 640 squares: their mean has the relative deviation √(2/640) = 0.056; four of them.
        Assert.InRange(start.Average(w => w * w) / (0.3 * 0.3), 1 - 0.224, 1 + 0.224);
    }

    [Fact]
    public void Without_a_start_the_model_decides() => Assert.All(StartOf(digits with { Start = null }, 3), w => Assert.Equal(0, w));

    [Fact]
    public void A_trial_begins_there_and_its_json_says_so()
    {
        var trial = new Trial(diabetes, new Sgd(), new Constant(1e-12), 7);
        var (train, _) = diabetes.Samples();
        double start = diabetes.Model.On(train).Loss(StartOf(diabetes, 7));
        Assert.Equal(start, trial.Run().Loss, 1e-9);
        Assert.Equal(trial, SweepJson.ReadTrial(SweepJson.Write(trial)));
        Assert.NotEqual(trial.Key, (trial with { Setting = diabetes with { Start = null } }).Key);
    }

    [Fact]
    public void Classes_have_no_mean_and_a_sweep_says_so_before_its_first_trial()
    {
        var setting = digits with { Start = new MeanLabelStart() };
        Assert.StartsWith("digits: to start at the mean label", Assert.Throws<DataException>(() => StartOf(setting, 0)).Message);
        var sweep = new SweepSpec(setting, [new Method("constant", new Sgd(), new Constant(1))], [1, 2, 4]);
        string folder = SweepSamples.Folder();
        Assert.Throws<DataException>(() => Sweep.Run(sweep, folder, cancel: TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }
}
