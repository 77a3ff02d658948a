namespace Anneal.Models.Tests;

public class TransformerTests
{
    [Fact]
    public void A_GPT_2_has_as_many_weights_as_published()
    {
        // 124,439,808 parameters: the count of the published "gpt2" checkpoint.
        Assert.Equal(124_439_808, new Transformer(Vocabulary: 50_257, Context: 1024, Width: 768, Layers: 12, Heads: 12).Layout.Count);
    }

    [Fact]
    public void Weights_start_as_in_GPT_2()
    {
        var model = new Transformer(Vocabulary: 200, Context: 64, Width: 128, Layers: 8, Heads: 4);
        double[] w = model.Start<double>(seed: 3);
        foreach (var tensor in model.Layout.Tensors)
        {
            double[] values = w[tensor.Offset..(tensor.Offset + tensor.Count)];
            double deviation = Math.Sqrt(values.Average(x => x * x));
            if (!tensor.IsMatrix)
                Assert.All(values, x => Assert.Equal(tensor.Name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0, x));
            else
                // The deviation of n draws is off by 1/√(2n) of itself; six times that is allowed.
                Assert.Equal(tensor.Name.Contains(".out.") || tensor.Name.Contains(".down.") ? 0.02 / 4 : 0.02, deviation, 0.02 * 6 / Math.Sqrt(2.0 * tensor.Count));
        }
    }

    [Fact]
    public void Float_and_double_start_from_the_same_draws()
    {
        var model = Transformer.Llama(30, 16, 16, 1, 2);
        Assert.Equal(model.Start<double>(4).Select(x => (float)x), model.Start<float>(4));
    }

    [Fact]
    public void Hidden_units_follow_the_width_unless_set()
    {
        var model = new Transformer(5, 5, 48, 1, 2);
        Assert.Equal(192, model.Hidden);
        Assert.Equal(128, (model with { Mlp = MlpKind.SwiGlu }).Hidden);
        Assert.Equal(7, (model with { Hidden = 7 }).Hidden);
    }
}
