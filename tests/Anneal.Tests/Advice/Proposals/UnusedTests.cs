using System.Text.Json;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>What is said and changes nothing is told, and nothing else is.</summary>
public class UnusedTests
{
    static TrainingCase Case(string members) => members.Split(' ').Select(m => m.Split('=')).Aggregate(new TrainingCase(), (c, m) => c.With(m[0], m[1]));

    [Theory]
    // Adam's rate is a distance, which a curvature does not give; SGD's is 1/L.
    [InlineData("task=tabular family=perceptron pretrained=no samples=500 batch=32 updates=400 sharpness=40", "sharpness")]
    [InlineData("task=tabular family=perceptron pretrained=no samples=500 batch=32 updates=400 optimizer=sgd sharpness=40", "")]
    // L-BFGS has no rate, so none of an earlier run; and once it is fixed, a linear model is set alike for every task.
    [InlineData("task=tabular family=linear samples=500 updates=40 optimizer=lbfgs earlierRate=0.1 earlierBatch=32 earlierOptimizer=sgd earlierShort=yes", "task,earlierRate,earlierBatch,earlierOptimizer,earlierShort")]
    // A run that broke is a ceiling, however short it was.
    [InlineData("task=tabular family=perceptron pretrained=no samples=500 batch=32 updates=400 earlierRate=0.1 earlierBatch=32 earlierShort=yes symptoms=diverges", "earlierShort")]
    [InlineData("task=tabular family=perceptron pretrained=no samples=500 batch=32 updates=400 earlierRate=0.1 earlierBatch=32 earlierShort=yes", "")]
    // Fine-tuning rates do not go by size.
    [InlineData("task=textClassification family=transformer pretrained=yes parameters=110M samples=3000 epochs=4 devices=1 deviceBatch=16", "parameters")]
    [InlineData("task=languageModeling family=transformer pretrained=no parameters=350M trainingTokens=2B tokensPerSample=4096 batch=128", "")]
    // What follows from the rest is no less used for that.
    [InlineData("task=languageModeling family=transformer pretrained=no parameters=350M tokens=2B samples=488281 tokensPerSample=4096 epochs=1 batch=128", "")]
    // A question is open: an answer may need what was said.
    [InlineData("task=tabular family=perceptron pretrained=no samples=500 sharpness=40", "")]
    public void It_is_what_can_be_left_out(string members, string unused) => Assert.Equal(unused, string.Join(",", Unused.Of(Adviser.Advise(Case(members)))));

    [Fact]
    public void Without_it_the_same_is_advised_and_with_all_of_it_told_in_JSON()
    {
        int told = 0;
        for (int seed = 0; seed < 1_500; seed++)
        {
            var p = Adviser.Advise(AnyCase.Drawn(seed));
            var unused = Unused.Of(p);
            foreach (string member in unused)
            {
                string[] left = member.StartsWith("earlier", StringComparison.Ordinal) && unused.Contains("earlierRate") ? [.. unused.Where(m => m.StartsWith("earlier", StringComparison.Ordinal))] : [member];
                var without = Adviser.Advise(TrainingCase.Fields.Where(f => !left.Contains(f.Name)).Aggregate(new TrainingCase(), (c, f) => f.Text(p.Case) is { } text ? f.With(c, text) : c));
                Assert.Equal((p.Rule, p.Schedule), (without.Rule, without.Schedule));
                Assert.Equal(p.Items.Select(i => $"{i.Text} {ProposalText.Range(i)} {i.Row} {string.Join(";", i.Others.Select(o => o.Text))}"), without.Items.Select(i => $"{i.Text} {ProposalText.Range(i)} {i.Row} {string.Join(";", i.Others.Select(o => o.Text))}"));
                Assert.Equal(p.Remarks, without.Remarks);
                told++;
            }
            using var json = JsonDocument.Parse(ProposalJson.Write(p));
            Assert.Equal(unused, json.RootElement.GetProperty("unused").EnumerateArray().Select(m => m.GetString()!));
        }
        Assert.True(told > 100, $"{told}");
    }
}
