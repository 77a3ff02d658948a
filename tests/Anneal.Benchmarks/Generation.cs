using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>Tokens a second with keys and values kept and without, what keeping them takes, and what shorter formats change in loss and gradient.</summary>
static class Generation
{
    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        Transformer[] models =
        [
            new(Vocabulary: 31, Context: 64, Width: 64, Layers: 2, Heads: 4), new(Vocabulary: 31, Context: 256, Width: 64, Layers: 2, Heads: 4),
            new(Vocabulary: 256, Context: 128, Width: 128, Layers: 4, Heads: 4), new(Vocabulary: 256, Context: 512, Width: 128, Layers: 4, Heads: 4),
        ];
        Console.WriteLine("| model (layers × width, context) | weights | with a cache, tokens/s | without, tokens/s | ratio | last token: ratio | cache, KiB | bytes a token |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var model in models)
            Line(model, seconds);
        PrintFormats(models[2]);
    }

    /// <summary>The whole context greedily, one thread, in turns; the fastest of each counts.</summary>
    static void Line(Transformer model, double seconds)
    {
        float[] w = model.Start<float>();
        var decoder = new TransformerDecoder<float>(model, w);
        var network = new TransformerNetwork<float>(model) { Threads = 1 };
        int context = model.Context;
        double[] with = Least(), without = Least();
        var clock = Stopwatch.StartNew();
        do
        {
            decoder.Clear();
            int[] drawn = Timed(with, (tokens, _) => Sampling.Greedy.Next<float>(decoder.Append([tokens[^1]]), new SeededRandom(1)));
            int[] slowly = Timed(without, (tokens, i) => Sampling.Greedy.Next<float>(network.Logits(w, new(tokens, new int[i], i)).AsSpan(^model.Vocabulary..), new SeededRandom(1)));
            if (!slowly.SequenceEqual(drawn))
                throw new InvalidOperationException("The two disagree.");
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {model.Layers} × {model.Width}, {context} | {w.Length} | {(context - 1) / with.Sum():F0} | {(context - 1) / without.Sum():F0} | {without.Sum() / with.Sum():F1} | {without[^1] / with[^1]:F1} | {decoder.CacheBytes / 1024.0:F0} | {decoder.CacheBytes / context} |"));

        double[] Least() => [.. Enumerable.Repeat(double.PositiveInfinity, context - 1)];

        int[] Timed(double[] least, Func<int[], int, int> next)
        {
            int[] tokens = [0];
            for (int i = 1; i < context; i++)
            {
                long start = Stopwatch.GetTimestamp();
                int token = next(tokens, i);
                least[i - 1] = Math.Min(least[i - 1], Stopwatch.GetElapsedTime(start).TotalSeconds);
                tokens = [.. tokens, token];
            }
            return tokens;
        }
    }

    static void PrintFormats(Transformer model)
    {
        float[] w = model.Start<float>();
        var network = new TransformerNetwork<float>(model);
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
