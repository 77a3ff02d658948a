namespace Anneal.Models.Tests;

public class TransformerDecoderTests
{
    static readonly Transformer[] models =
    [
        new(Vocabulary: 19, Context: 70, Width: 24, Layers: 2, Heads: 3),
        Transformer.Llama(vocabulary: 19, context: 70, width: 24, layers: 2, heads: 3) with { QkNorm = true },
        new(Vocabulary: 19, Context: 70, Width: 40, Layers: 1, Heads: 1) { Norm = NormKind.RmsNorm },
    ];

    public static TheoryData<int, ComputeFormat> Choices => new()
    {
        { 0, ComputeFormat.Full }, { 1, ComputeFormat.Full }, { 2, ComputeFormat.Full }, { 0, ComputeFormat.BFloat16 }, { 1, ComputeFormat.Float16 },
    };

    [Theory, MemberData(nameof(Choices))]
    public void Logits_have_the_bits_of_the_whole_sequence_however_it_is_cut(int choice, ComputeFormat format)
    {
        var model = models[choice];
        float[] w = [.. TransformerRecord.DrawnWeights(model, 3, 0.3).Select(x => (float)x)];
        var batch = TransformerRecord.Drawn(model, 1, 70, seed: 4);
        float[] whole = new TransformerNetwork<float>(model, format).Logits(w, batch);
        var decoder = new TransformerDecoder<float>(model, w, format);
        foreach (int[] pieces in (int[][])[[70], [.. Enumerable.Repeat(1, 70)], [33, 1, 1, 7, 28], [8, 62]])
        {
            decoder.Clear();
            int at = 0;
            foreach (int piece in pieces)
            {
                decoder.Append(batch.Inputs.AsSpan(at, piece));
                at += piece;
                Assert.Equal(whole.AsSpan((at - 1) * 19, 19), decoder.Logits);
            }
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public void In_double_too(int choice)
    {
        var model = models[choice];
        double[] w = TransformerRecord.DrawnWeights(model, 3, 0.3);
        var batch = TransformerRecord.Drawn(model, 1, 40, seed: 4);
        double[] whole = new TransformerNetwork<double>(model).Logits(w, batch);
        var decoder = new TransformerDecoder<double>(model, w);
        for (int i = 0; i < 40; i++)
            Assert.Equal(whole.AsSpan(i * 19, 19), decoder.Append(batch.Inputs[i]));
    }

    [Fact]
    public void Generation_is_that_without_a_cache_token_for_token()
    {
        foreach (var sampling in (Sampling[])[Sampling.Greedy, new(Temperature: 0.8, TopK: 10), new(TopP: 0.9)])
        {
            var model = models[1];
            float[] w = [.. TransformerRecord.DrawnWeights(model, 3, 0.3).Select(x => (float)x)];
            int[] drawn = new TransformerDecoder<float>(model, w).Generate([1, 2, 3], 60, sampling, new SeededRandom(5));

            var network = new TransformerNetwork<float>(model);
            var random = new SeededRandom(5);
            List<int> tokens = [1, 2, 3];
            while (tokens.Count < 63)
                tokens.Add(sampling.Next<float>(network.Logits(w, new([.. tokens], new int[tokens.Count], tokens.Count)).AsSpan(^19..), random));
            Assert.Equal(tokens[3..], drawn);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        var decoder = new TransformerDecoder<float>(models[0], models[0].Start<float>());
        Assert.Throws<InvalidOperationException>(() => decoder.Logits.Length);
        decoder.Append(1, 2);
        Assert.Contains("2 tokens and 69 more do not fit into the context of 70", Assert.Throws<ArgumentException>(() => decoder.Append(new int[69]).Length).Message);
        Assert.Contains("no token 19", Assert.Throws<ArgumentException>(() => decoder.Append(1, 19).Length).Message);
        Assert.Equal(2, decoder.Count);
    }
}
