namespace Anneal.Models.Tests;

public class TransformerNetworkTests
{
    static readonly Transformer gpt = new(Vocabulary: 19, Context: 40, Width: 24, Layers: 2, Heads: 3);
    static readonly Transformer llama = Transformer.Llama(vocabulary: 19, context: 40, width: 24, layers: 2, heads: 3) with { QkNorm = true };

    public static TheoryData<int> Choices => [.. Enumerable.Range(0, 2)];

    static Transformer Choice(int i) => i == 0 ? gpt : llama;

    [Theory, MemberData(nameof(Choices))]
    public void The_gradient_is_that_of_finite_differences_along_every_tensor(int choice)
    {
        var model = Choice(choice);
        var batch = TransformerRecord.Drawn(model, sequences: 2, length: 37, seed: 5);
        var differences = TransformerAgreement.FiniteDifferences(model, TransformerRecord.DrawnWeights(model, 6, 0.3), batch).ToList();
        Assert.Equal(model.Layout.Tensors.Count, differences.Count);
        Assert.All(differences, d => Assert.True(d.Share <= 2e-9, d.What));
    }

    [Theory, MemberData(nameof(Choices))]
    public void The_bits_are_the_same_at_any_number_of_threads(int choice)
    {
        var model = Choice(choice);
        var batch = TransformerRecord.Drawn(model, sequences: 7, length: 33, seed: 1);
        float[] w = model.Start<float>(seed: 2);
        var runs = new[] { 1, 2, 3, 8 }.Select(threads =>
        {
            var network = new TransformerNetwork<float>(model) { Threads = threads };
            float[] gradient = new float[w.Length];
            return (Loss: network.Loss(w, batch, gradient), Gradient: gradient);
        }).ToList();
        Assert.All(runs, run => Assert.Equal(runs[0].Loss, run.Loss));
        Assert.All(runs, run => Assert.Equal(runs[0].Gradient, run.Gradient));
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_batch_in_parts_adds_up_to_the_whole(int choice)
    {
        var model = Choice(choice);
        var network = new TransformerNetwork<float>(model);
        var batch = TransformerRecord.Drawn(model, sequences: 6, length: 29, seed: 3);
        batch.Targets.AsSpan(5, 40).Fill(-1);
        float[] w = model.Start<float>(seed: 4), whole = new float[w.Length], parts = new float[w.Length];
        double loss = network.Loss(w, batch, whole), sum = 0;
        for (int part = 0; part < 3; part++)
            sum += network.AddGradient(w, batch.Part(2 * part, 2), parts, 1.0 / batch.Counted);
        Assert.Equal(loss, sum / batch.Counted, 1e-13);
        // Sums run over the sequences in order, in parts as in the whole; only a tied embedding gets its two shares in another order.
        if (!model.TiedWeights)
            Assert.Equal(whole, parts);
        float largest = whole.Max(Math.Abs);
        Assert.All(whole, (g, i) => Assert.True(Math.Abs(g - parts[i]) <= 1e-6f * largest, $"number {i}: {g} and {parts[i]}"));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var network = new TransformerNetwork<float>(gpt) { Threads = 1 };
        var batch = TransformerRecord.Drawn(gpt, sequences: 3, length: 40, seed: 3);
        float[] w = gpt.Start<float>(), gradient = new float[w.Length];
        network.Loss(w, batch, gradient);
        // A collection that other tests set off counts a thread's unused room as taken; a step that allocates does so every time.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Allocated()).ToList());

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Loss(w, batch, gradient);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Batches_of_other_sizes_follow_one_another()
    {
        var network = new TransformerNetwork<double>(gpt) { Threads = 2 };
        double[] w = TransformerRecord.DrawnWeights(gpt, 1, 0.3);
        foreach (var (sequences, length) in new[] { (2, 10), (9, 3), (1, 40), (4, 17), (12, 40), (1, 1) })
        {
            var batch = TransformerRecord.Drawn(gpt, sequences, length, seed: 8);
            double[] here = new double[w.Length], fresh = new double[w.Length];
            Assert.Equal(new TransformerNetwork<double>(gpt).Loss(w, batch, fresh), network.Loss(w, batch, here));
            Assert.Equal(fresh, here);
        }
    }

    [Fact]
    public void At_the_start_the_loss_is_that_of_a_guess()
    {
        var batch = TransformerRecord.Drawn(gpt, sequences: 8, length: 40, seed: 3);
        Assert.Equal(Math.Log(gpt.Vocabulary), new TransformerNetwork<float>(gpt).Loss(gpt.Start<float>(), batch), 0.02);
    }

    [Fact]
    public void The_future_has_no_influence()
    {
        var network = new TransformerNetwork<float>(llama);
        float[] w = llama.Start<float>(1);
        var batch = TransformerRecord.Drawn(llama, sequences: 1, length: 40, seed: 3);
        float[] before = network.Logits(w, batch)[..(20 * 19)];
        for (int i = 20; i < 40; i++)
            batch.Inputs[i] = (batch.Inputs[i] + 1) % 19;
        Assert.Equal(before, network.Logits(w, batch)[..(20 * 19)]);
    }

    [Fact]
    public void Attention_is_observed_as_it_is()
    {
        // One layer, one head, one sequence: the queries and keys by hand.
        var model = new Transformer(Vocabulary: 7, Context: 6, Width: 4, Layers: 1, Heads: 1);
        double[] w = TransformerRecord.DrawnWeights(model, 2, 0.5);
        var batch = TransformerRecord.Drawn(model, 1, 6, seed: 1);
        var activity = Assert.Single(new TransformerNetwork<double>(model).Observe(w, batch));
        double[] T(string name) => [.. model.Layout.Tensors.Where(t => t.Name == name).SelectMany(t => w[t.Offset..(t.Offset + t.Count)])];
        double[][] normed = [.. batch.Inputs.Select((token, place) =>
        {
            double[] x = [.. Enumerable.Range(0, 4).Select(j => T("tokens.weight")[4 * token + j] + T("positions.weight")[4 * place + j])];
            double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
            return x.Select((v, j) => (v - mean) / Math.Sqrt(variance + 1e-5) * T("blocks.0.norm1.weight")[j] + T("blocks.0.norm1.bias")[j]).ToArray();
        })];
        double[] Map(string part, double[] x) => [.. Enumerable.Range(0, 4).Select(i => T($"blocks.0.attention.{part}.bias")[i] + Enumerable.Range(0, 4).Sum(j => T($"blocks.0.attention.{part}.weight")[4 * i + j] * x[j]))];
        double[][] shares = new TransformerNetwork<double>(model).AttentionWeights(w, batch, sequence: 0, layer: 0, head: 0);
        double largest = double.NegativeInfinity, entropy = 0;
        for (int i = 0; i < 6; i++)
        {
            double[] q = Map("q", normed[i]);
            double[] s = [.. Enumerable.Range(0, i + 1).Select(j => Map("k", normed[j]).Zip(q, (a, b) => a * b).Sum() / 2)];
            double sum = s.Sum(Math.Exp);
            Assert.Equal(i + 1, shares[i].Length);
            Assert.All(s, (z, j) => Assert.Equal(Math.Exp(z) / sum, shares[i][j], 1e-12));
            largest = Math.Max(largest, s.Max());
            entropy -= s.Sum(z => Math.Exp(z) / sum * Math.Log(Math.Exp(z) / sum)) / 6;
        }
        Assert.Equal(largest, activity.Heads[0].LargestLogit, 1e-12);
        Assert.Equal(entropy, activity.Heads[0].Entropy, 1e-12);
        Assert.True(activity.StreamRms > 0);
    }

    [Theory, MemberData(nameof(Choices))]
    public void Attention_weights_are_those_of_their_sequence_layer_and_head(int choice)
    {
        var model = Choice(choice);
        var network = new TransformerNetwork<double>(model);
        double[] w = TransformerRecord.DrawnWeights(model, 6, 0.3);
        var batch = TransformerRecord.Drawn(model, sequences: 3, length: 37, seed: 5);
        var seen = network.Observe(w, batch);
        for (int layer = 0; layer < model.Layers; layer++)
            for (int head = 0; head < model.Heads; head++)
            {
                double[][] rows = [.. Enumerable.Range(0, 3).SelectMany(b => network.AttentionWeights(w, batch, b, layer, head))];
                Assert.All(rows, (row, i) => Assert.Equal(i % 37 + 1, row.Length));
                Assert.All(rows, row => Assert.Equal(1, row.Sum(), 1e-12));
                Assert.Equal(seen[layer].Heads[head].Entropy, rows.Average(row => -row.Sum(p => p * Math.Log(p))), 1e-12);
            }
        // One sequence alone has the weights that it has among others.
        Assert.Equal(network.AttentionWeights(w, batch.Part(1, 1), 0, 1, 2), network.AttentionWeights(w, batch, 1, 1, 2));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var network = new TransformerNetwork<float>(gpt);
        float[] w = gpt.Start<float>();
        Assert.Contains("context is 40", Assert.Throws<ArgumentException>(() => network.Loss(w, TransformerRecord.Drawn(gpt, 1, 41, 0))).Message);
        Assert.Contains("no token 19", Assert.Throws<ArgumentException>(() => network.Loss(w, new([19], [0], 1))).Message);
        Assert.Contains("no token 20", Assert.Throws<ArgumentException>(() => network.Loss(w, new([0], [20], 1))).Message);
        Assert.Contains("head must be from 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => network.AttentionWeights(w, new([0], [0], 1), 0, 1, 3)).Message);
        Assert.Contains("sequence must be from 0 to 0", Assert.Throws<ArgumentOutOfRangeException>(() => network.AttentionWeights(w, new([0], [0], 1), 1, 1, 2)).Message);
        Assert.Contains("layer must be from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => network.AttentionWeights(w, new([0], [0], 1), 0, 2, 2)).Message);
        Assert.Contains("asks for no token", Assert.Throws<ArgumentException>(() => network.Loss(w, new([0], [-1], 1))).Message);
        Assert.Contains($"must be {w.Length} weights", Assert.Throws<ArgumentException>(() => network.Loss(w.AsSpan(1), new([0], [0], 1))).Message);
        Assert.Contains("multiple of Heads", Assert.Throws<ArgumentOutOfRangeException>(() => new Transformer(5, 5, 10, 1, 3)).Message);
        Assert.Contains("must be even", Assert.Throws<ArgumentOutOfRangeException>(() => new Transformer(5, 5, 9, 1, 3) { Positions = PositionKind.Rotary }).Message);
    }
}
