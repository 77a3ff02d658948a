namespace Anneal.Experiments.Tests;

public sealed class SweepJsonTests
{
    const string Good = """
        {"data": "digits", "preparation": "standardized", "model": {"type": "softmax"}, "batches": {"type": "withReplacement", "size": 1}, "steps": 400,
         "rates": {"from": 0.05, "to": 12.8, "count": 9}, "tuningSeeds": 3, "evaluationSeeds": 10,
         "methods": [{"name": "cosine", "rule": {"type": "sgd"}, "schedule": {"type": "cosineDecay", "peak": 1, "steps": 400}}]}
        """;

    [Fact]
    public void A_sweep_reads_as_what_was_written()
    {
        var sweep = SweepJson.ReadSweep(Good);
        Assert.Equal(new SampleSetting("digits", new SoftmaxModel(), new WithReplacement(1, 0), 400, Preparation.Standardized), sweep.Setting);
        Assert.Equal([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8], sweep.Rates, (a, b) => Math.Abs(a - b) < 1e-14 * b);
        Assert.Equal(new Method("cosine", new Sgd(), new CosineDecay(1, 400)), Assert.Single(sweep.Methods));
        Assert.Equal(SweepJson.Write(sweep), SweepJson.Write(SweepJson.ReadSweep(SweepJson.Write(sweep))));
        Assert.Equal(9 * 13, sweep.Trials().Count);
    }

    /// <remarks>The key is that of the version before these names changed.</remarks>
    [Fact]
    public void A_trial_in_former_names_is_read_and_keeps_its_key()
    {
        var trial = SweepJson.ReadTrial("""
            {"data": "diabetes", "preparation": "standardised", "model": {"type": "absolute"}, "batches": {"type": "withReplacement", "size": 1}, "steps": 400,
             "rule": {"type": "stochasticWeightAverage", "inner": {"type": "soap", "every": 5, "normalise": true}},
             "schedule": {"type": "cosineDecay", "peak": 1, "steps": 400}, "seed": 3}
            """);
        Assert.Equal(Preparation.Standardized, Assert.IsType<SampleSetting>(trial.Setting).Preparation);
        Assert.Equal(new StochasticWeightAveraging(new Soap(PreconditionFrequency: 5, NormalizeGradients: true)), trial.Rule);
        Assert.Contains("\"preconditionFrequency\":5", SweepJson.Write(trial));
        Assert.Equal("3ec48d06845d7224", trial.Key);
    }

    [Fact]
    public void A_trial_reads_as_what_was_written_and_its_key_tells_it_from_others()
    {
        var trials = SweepJson.ReadSweep(Good).Trials();
        var trial = trials[40].Trial;
        Assert.Equal(trial, SweepJson.ReadTrial(SweepJson.Write(trial)));
        Assert.Equal(trials.Count, trials.Select(t => t.Trial.Key).Distinct().Count());
        Assert.Equal(trial.Key, SweepJson.ReadTrial(SweepJson.Write(trial)).Key);
    }

    [Theory]
    [InlineData("\"digits\"", "\"digit\"", "$.data: there is no data set 'digit'; there are cars, diabetes, digits, longley, penguins.")]
    [InlineData("\"digits\"", "7", "$.data: must be text.")]
    [InlineData("\"steps\": 400,", "", "$: \"steps\" is missing.")]
    [InlineData("\"steps\": 400,", "\"steps\": 0,", "$.steps: Steps must be above 0; it is 0.")]
    [InlineData("\"steps\": 400,", "\"steps\": \"many\",", "$.steps: must be a whole number of at most 9223372036854775807.")]
    [InlineData("\"steps\": 400,", "\"steps\": 1e30,", "$.steps: must be a whole number of at most 9223372036854775807.")]
    [InlineData("\"tuningSeeds\": 3", "\"tuningSeeds\": 0", "$.tuningSeeds: TuningSeeds must be 1 or above; it is 0.")]
    [InlineData("\"tuningSeeds\": 3", "\"tuningSeeds\": 2000000000", "$.rates: 9 rates with 2,000,000,010 trials each are more than the 1,000,000 trials there may be.")]
    [InlineData("\"evaluationSeeds\": 10", "\"evaluationSeeds\": 9", "$.evaluationSeeds: EvaluationSeeds must be 10 or above: fewer say too little about the spread; it is 9.")]
    [InlineData("\"tuningSeeds\": 3", "\"seeds\": 3", "$.seeds: there is no such member here; there are data, model")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"cubic\"", "$.model.type: there is no model cubic; there are linear, absolute, logistic, softmax, perceptron.")]
    [InlineData("\"type\": \"softmax\"", "\"ridge\": 1", "$.model: \"type\" is missing; a model is one of linear, ")]
    [InlineData("{\"type\": \"softmax\"}", "\"softmax\"", "$.model: a model must be an object with a \"type\", not String.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"softmax\", \"rigde\": 1", "$.model.rigde: there is no member \"rigde\" here.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"softmax\", \"ridge\": -1", "$.model.ridge: Ridge must be a finite number, 0 or above; it is -1.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"softmax\", \"ridge\": \"much\"", "$.model.ridge: must be a number.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"perceptron\"", "$.model: \"hidden\" is missing.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"perceptron\", \"hidden\": [3, \"x\"]", "$.model.hidden[1]: must be a whole number")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"perceptron\", \"hidden\": [0]", "$.model.hidden: Hidden must be numbers above 0; it is 0.")]
    [InlineData("\"type\": \"softmax\"", "\"type\": \"perceptron\", \"hidden\": [3], \"activation\": \"sine\"", "$.model.activation: must be one of tanh, relu, identity.")]
    [InlineData("\"size\": 1", "\"size\": 0", "$.batches.size: Size must be above 0; it is 0.")]
    [InlineData("\"size\": 1", "\"size\": 1, \"seed\": 4", "$.batches.seed: batches have no seed of their own here")]
    [InlineData("\"type\": \"withReplacement\", ", "", "$.batches: \"type\" is missing; a way of drawing batches is one of withReplacement, shuffled, full.")]
    [InlineData("\"standardized\"", "\"standard\"", "$.preparation: must be one of none, centered, standardized, largest.")]
    [InlineData("\"from\": 0.05", "\"from\": 0", "$.rates: from must be above 0")]
    [InlineData("\"count\": 9", "\"count\": 2", "$.rates.count: count must be from 3 to 1000; it is 2.")]
    [InlineData("{\"from\": 0.05, \"to\": 12.8, \"count\": 9}", "[0.1, 0.1, 1]", "$.rates: There must be at least 3 different rates")]
    [InlineData("{\"from\": 0.05, \"to\": 12.8, \"count\": 9}", "[0.1, -0.1, 1]", "$.rates: Rates must be finite numbers above 0; it is -0.1.")]
    [InlineData("{\"from\": 0.05, \"to\": 12.8, \"count\": 9}", "[0.1, \"x\", 1]", "$.rates[1]: must be a number.")]
    [InlineData("{\"type\": \"sgd\"}", "{\"type\": \"sdg\"}", "$.methods[0].rule.type: there is no rule 'sdg'; did you mean 'sgd'? There are sgd, ")]
    [InlineData("{\"type\": \"sgd\"}", "{\"type\": \"adamW\", \"beta1\": 2}", "$.methods[0].rule.beta1: Beta1 must be 0 or above and below 1; it is 2.")]
    [InlineData("{\"type\": \"sgd\"}", "{\"type\": \"sgd\", \"beta\": 2}", "$.methods[0].rule.beta: sgd has no such member")]
    [InlineData("\"peak\": 1", "\"peak\": -1", "$.methods[0].schedule.peak: ")]
    [InlineData("\"name\": \"cosine\"", "\"name\": \"cosine\", \"color\": 1", "$.methods[0].color: there is no such member here")]
    [InlineData("\"name\": \"cosine\"", "\"name\": \"\"", "$.methods: A method must have a name.")]
    [InlineData("\"methods\": [", "\"methods\": [{\"name\": \"cosine\", \"rule\": {\"type\": \"sgd\"}, \"schedule\": {\"type\": \"linearDecay\", \"peak\": 1, \"steps\": 400}}, ", "$.methods: Two methods are called 'cosine'.")]
    [InlineData("\"steps\": 400,", "\"steps\": 400, \"steps\": 300,", "$.steps: this stands here twice.")]
    [InlineData("\"steps\": 400,", "\"steps\": 400, \"testShare\": 1,", "$.testShare: TestShare must be from 0 to below 1; it is 1.")]
    [InlineData("\"steps\": 400,", "\"steps\": 400, \"start\": {\"type\": \"uniform\"},", "$.start.type: there is no start uniform; there are meanLabel, normal.")]
    [InlineData("\"steps\": 400,", "\"steps\": 400, \"start\": {\"type\": \"normal\", \"deviation\": 0},", "$.start.deviation: Deviation must be a finite number above 0; it is 0.")]
    [InlineData("\"steps\": 400,", "\"steps\" 400,", "$: this is not JSON: line 1")]
    public void What_is_wrong_is_named_with_its_place(string right, string wrong, string message)
    {
        Assert.Contains(right, Good);
        string refused = Assert.Throws<SweepFormatException>(() => SweepJson.ReadSweep(Good.Replace(right, wrong))).Message;
        Assert.StartsWith(message, refused);
        Assert.DoesNotContain('\n', refused);
    }

    [Theory, InlineData(""), InlineData(" \n"), InlineData("["), InlineData("[]"), InlineData("null"), InlineData("{}")]
    public void What_is_no_sweep_at_all_is_refused(string text) => Assert.StartsWith("$: ", Assert.Throws<SweepFormatException>(() => SweepJson.ReadSweep(text)).Message);

    [Fact]
    public void Random_rates_are_drawn_on_the_logarithmic_axis_and_the_same_each_time()
    {
        var rates = SweepSpec.Random(1e-4, 1, 1000, seed: 5);
        Assert.Equal(rates, SweepSpec.Random(1e-4, 1, 1000, seed: 5));
        Assert.InRange(rates.Count(r => r < 1e-2), 437, 563); // binomial(1000, ½): four standard deviations
    }

    [Fact]
    public void A_widened_grid_goes_on_in_the_same_ratio()
    {
        var wide = SweepSamples.Small().Widened(down: true, up: true);
        Assert.Equal([0.02 / 64, 0.02 / 8, 0.02, 0.16, 1.28, 10.24, 81.92, 655.36], wide.Rates, (a, b) => Math.Abs(a - b) < 1e-14 * b);
    }
}
