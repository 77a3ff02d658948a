using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;

namespace Anneal.Benchmarks;

/// <summary>What each diagnostic of a transformer's run takes, as a share of the time of a training step: in turns, and medians of many.</summary>
static class DiagnosticCosts
{
    /// <summary>Products with the Hessian, as in <see cref="WatchedRun"/>.</summary>
    const int Products = WatchedRun.LanczosSteps;

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        foreach (var (model, sequences) in new[]
        {
            (new Transformer(Vocabulary: 31, Context: 64, Width: 64, Layers: 2, Heads: 4), 8), (new Transformer(Vocabulary: 31, Context: 32, Width: 64, Layers: 2, Heads: 4) { Bias = false }, 8),
            (new Transformer(Vocabulary: 256, Context: 128, Width: 128, Layers: 4, Heads: 4), 16),
        })
            Table(model, sequences, threads, seconds);
    }

    static void Table(Transformer model, int sequences, int threads, double seconds)
    {
        var network = new TransformerNetwork<float>(model) { Threads = threads };
        var layout = model.Layout;
        TokenBatch whole = Drawn(sequences, 1), half = Drawn(sequences / 2, 2), otherHalf = Drawn(sequences / 2, 3);
        float[] w = model.Start<float>(), gradient = new float[w.Length], other = new float[w.Length], before = [.. w];
        var rule = new AdamW(Beta2: 0.95, Decay: 0);
        var state = rule.Start(layout, Precision.Single);
        // A warm state: diagnostics see weights and moments as in a run.
        for (int i = 0; i < 20; i++)
            Step();
        double[] p = PreconditionedSharpness.OfAdam(state, rule.Beta1, rule.Beta2, 1e-6);
        (string Name, string Passes, Action Run)[] all =
        [
            ("training step: loss, gradient, AdamW's update", "3", Step),
            ("loss on held-out data, a batch as large", "1", () => network.Loss(w, whole)),
            ("copy of the weights before the step", "0", () => w.CopyTo(before, 0)),
            ("norms of weights, gradient, update in each tensor", "0", () => TensorNorms.Of<float>(layout, before, gradient, w)),
            ("measured update against the rule's own in 64 bits, each tensor", "0", Own),
            ("attention and residual stream of the batch", "1", () => network.Observe(w, whole)),
            ("gradient noise scale, two half batches", "3", Noise),
            ($"sharpness, {Products} products on half a batch", "15", () => Sharpness.At<float>(Half, w, Products)),
            ($"sharpness in Adam's coordinates, {Products} products", "15", () => PreconditionedSharpness.At<float>(Half, w, p, Products)),
            ("effective rank of every matrix", "0", Ranks),
        ];
        List<double>[] times = [.. all.Select(_ => new List<double>())];
        var clock = Stopwatch.StartNew();
        do
            for (int k = 0; k < all.Length; k++)
            {
                long start = Stopwatch.GetTimestamp();
                all[k].Run();
                times[k].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        while (clock.Elapsed.TotalSeconds < seconds);
        double[] medians = [.. times.Select(t => t.Order().ElementAt(t.Count / 2))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Layers} layers, width {model.Width}, context {model.Context}{(model.Bias ? "" : ", no biases")}, {w.Length} weights, batch {sequences}, {threads} thread{(threads == 1 ? "" : "s")}, {times[0].Count} rounds"));
        Console.WriteLine("| what | forward passes | ms | share of a step |");
        Console.WriteLine("| --- | --- | --- | --- |");
        for (int k = 0; k < all.Length; k++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {all[k].Name} | {all[k].Passes} | {medians[k]:G3} | {100 * medians[k] / medians[0]:G3} % |"));

        void Step()
        {
            network.Loss(w, whole, gradient);
            rule.Step(state, w, gradient, new StepOptions(1e-4) { Threads = threads });
        }

        double Half(ReadOnlySpan<float> at, Span<float> slope) => network.Loss(at, half, slope);

        void Noise()
        {
            network.Loss(w, half, gradient);
            network.Loss(w, otherHalf, other);
            double small = 0, large = 0;
            for (int i = 0; i < gradient.Length; i++)
            {
                double a = gradient[i], b = other[i];
                (small, large) = (small + (a * a + b * b) / 2, large + (a + b) * (a + b) / 4);
            }
            GradientNoise.Of(sequences / 2, small, sequences, large);
        }

        void Own()
        {
            double[] moved = [.. before.Select(x => (double)x)], slope = [.. gradient.Select(x => (double)x)];
            rule.Step(state.InDouble(), moved, slope, new StepOptions(1e-4) { Threads = threads });
            TensorNorms.LargestDifferences<double>(layout, [.. w.Select(x => (double)x)], moved);
        }

        void Ranks()
        {
            foreach (var tensor in layout.Tensors.Where(t => t.IsMatrix))
                EffectiveRank.Of<float>(w.AsSpan(tensor.Offset, tensor.Count), tensor.Rows);
        }

        TokenBatch Drawn(int count, ulong seed)
        {
            var draws = new SeededRandom(seed);
            int[] tokens = [.. Enumerable.Range(0, count * model.Context + 1).Select(_ => draws.Below(model.Vocabulary))];
            return new(tokens[..^1], tokens[1..], model.Context);
        }
    }
}
