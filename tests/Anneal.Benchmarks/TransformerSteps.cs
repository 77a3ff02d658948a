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
}
