using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>A training step of a transformer of 4 layers, width 128, 4 heads, on 16 sequences of 128 bytes: loss, gradient and AdamW's update.</summary>
static class TransformerSteps
{
    public static void Print(string[] args)
    {
        int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount, warm = 20, counted = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50;
        var model = new Transformer(Vocabulary: 256, Context: 128, Width: 128, Layers: 4, Heads: 4);
        var network = new TransformerNetwork<float>(model) { Threads = threads };
        var draws = new SeededRandom(1);
        int[] tokens = [.. Enumerable.Range(0, 16 * 128 + 1).Select(_ => draws.Below(256))];
        var batch = new TokenBatch(tokens[..^1], tokens[1..], 128);
        float[] w = model.Start<float>(), gradient = new float[w.Length];
        var rule = new AdamW();
        var state = rule.Start(model.Layout, Precision.Single);
        var times = new List<double>();
        double loss = 0, products = 0;
        for (int i = 0; i < warm + counted; i++)
        {
            long start = Stopwatch.GetTimestamp();
            loss = network.Loss(w, batch, gradient);
            double pass = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            rule.Step(state, w, gradient, new(1e-3) { Threads = threads });
            if (i >= warm)
                (_, products) = (0, products + pass);
            if (i >= warm)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        // Three products for each matrix and token; and for each head and query as many columns as it may see, two products forward and five backward.
        double matrices = model.Layout.Tensors.Where(t => t.IsMatrix && t.Name != "positions.weight").Sum(t => (double)t.Count) * 3 * 2048, attention = 4 * 16 * 128 * 129 / 2 * 128 * 7.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{w.Length} weights, {threads} threads: median {times[times.Count / 2]:F1} ms, least {times[0]:F1} ms a step, of which loss and gradient {products / counted:F1} on average; {(matrices + attention) / times[times.Count / 2] / 1e6:F1} billion multiply-adds a second at the median; {network.BytesPerToken / 1024:F1} KiB a token; loss {loss:F3}"));
    }
    /// <summary>Tokens a second with keys and values kept and without, what keeping them takes, and what shorter formats change in loss and gradient.</summary>
    public static void PrintGeneration()
    {
        var model = new Transformer(Vocabulary: 256, Context: 128, Width: 128, Layers: 4, Heads: 4);
        float[] w = model.Start<float>();
        var decoder = new TransformerDecoder<float>(model, w);
        var network = new TransformerNetwork<float>(model);
        double with = double.PositiveInfinity, without = double.PositiveInfinity;
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            decoder.Clear();
            int[] drawn = decoder.Generate([0], 127, Sampling.Greedy, new SeededRandom(1));
            with = Math.Min(with, Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            List<int> tokens = [0];
            while (tokens.Count < 128)
                tokens.Add(Sampling.Greedy.Next<float>(network.Logits(w, new([.. tokens], new int[tokens.Count], tokens.Count)).AsSpan(^256..), new SeededRandom(1)));
            without = Math.Min(without, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (!tokens[1..].SequenceEqual(drawn))
                throw new InvalidOperationException("The two disagree.");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"127 tokens greedily: {127 / with:F0} a second with keys and values kept ({decoder.CacheBytes / 1024.0:F0} KiB), {127 / without:F0} without; ratio {without / with:F1}"));

        var draws = new SeededRandom(1);
        int[] text = [.. Enumerable.Range(0, 16 * 128 + 1).Select(_ => draws.Below(256))];
        var batch = new TokenBatch(text[..^1], text[1..], 128);
        float[] full = new float[w.Length], rounded = new float[w.Length];
        double loss = network.Loss(w, batch, full);
        foreach (var format in (ComputeFormat[])[ComputeFormat.BFloat16, ComputeFormat.Float16])
        {
            double scale = format == ComputeFormat.Float16 ? 65_536 : 1, sum;
            Array.Clear(rounded);
            sum = new TransformerNetwork<float>(model, format).AddGradient(w, batch, rounded, scale / batch.Counted) / batch.Counted;
            double difference = Math.Sqrt(full.Zip(rounded, (a, b) => Math.Pow(a - b / scale, 2)).Sum() / full.Sum(a => (double)a * a));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format}: loss {sum:F6} against {loss:F6}, gradient off by {100 * difference:F2} % of its norm"));
        }
    }
}
