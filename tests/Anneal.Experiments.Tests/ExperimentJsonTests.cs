namespace Anneal.Experiments.Tests;

public class ExperimentJsonTests
{
    public static TheoryData<Model> Models => [.. ProblemTests.Models.Select(row => row.Data.Item1)];

    [Theory, MemberData(nameof(Models))]
    public void A_model_comes_back_equal(Model model)
    {
        string text = ExperimentJson.Write(model);
        Assert.Equal(model, ExperimentJson.Read<Model>(text));
        Assert.Equal(text, ExperimentJson.Write(ExperimentJson.Read<Model>(text)));
    }

    [Fact]
    public void The_JSON_is_the_record()
    {
        Assert.Equal("""{"type":"perceptron","hidden":[32,16],"activation":"relu","ridge":0}""", ExperimentJson.Write<Model>(new Perceptron([32, 16], Activation.Relu)));
        Assert.Equal("""{"type":"shuffled","seed":7,"size":32}""", ExperimentJson.Write<Batches>(new Shuffled(32, 7)));
        Assert.Equal(new WithReplacement(1, 3), ExperimentJson.Read<Batches>("""{"size": 1, "seed": 3, "type": "withReplacement"}"""));
        Assert.Equal(new LinearModel(), ExperimentJson.Read<Model>("""{"type": "linear"}"""));
        Assert.Equal(new FullBatch(), ExperimentJson.Read<Batches>("""{"type": "full"}"""));
        var plan = new Plan(new LogisticModel(0.1), new Clipped(new AdamW(), 1), new Warmup(0.1, 5).Then(new CosineDecay(0.1, 10)));
        Assert.Equal(plan, ExperimentJson.Read<Plan>(ExperimentJson.Write(plan)));
    }

    [Theory]
    [InlineData("""{"type": "lasso"}""", "$")]
    [InlineData("""{"ridge": 1}""", "$: must say what it is by a known \"type\"")]
    [InlineData("""{"type": "linear", "rigde": 1}""", "rigde")]
    [InlineData("""{"type": "linear", "ridge": -1}""", "Ridge must be a finite number, 0 or above.")]
    [InlineData("""{"type": "linear", "ridge": "much"}""", "$.ridge: ")]
    [InlineData("""{"type": "perceptron"}""", "hidden")]
    [InlineData("""{"type": "perceptron", "hidden": [0]}""", "Hidden must be numbers above 0.")]
    [InlineData("""{"type": "perceptron", "hidden": [3], "activation": "sine"}""", "$.activation")]
    [InlineData("null", "$: must not be null.")]
    [InlineData("{", "$")]
    public void Bad_JSON_is_refused_with_the_path(string text, string part)
    {
        string message = Assert.Throws<DataException>(() => ExperimentJson.Read<Model>(text)).Message;
        Assert.StartsWith("$", message);
        Assert.Contains(part, message);
    }

    sealed record Plan(Model Model, Rule Rule, Schedule Schedule);
}
