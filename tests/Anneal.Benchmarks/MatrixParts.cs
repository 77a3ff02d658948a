using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anneal.Benchmarks;

/// <summary>Where the time of a step of Muon goes: the three products of an iteration, each with its share of the multiply-add peak, and all that is no product.</summary>
/// <remarks>All take turns; the fastest of each counts, in processor time for one thread and in time that passes for the ratio of one thread to two.</remarks>
static unsafe class MatrixParts
{
    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10;
        Console.WriteLine($"{"part",-34}{"shape",-16}{"1 thread",12}{"share of peak",16}{"1 / 2 threads",16}");
        foreach (var (m, n) in new[] { (1024, 1024), (768, 3072) })
            Print(m, n, seconds);
    }

    static void Print(int m, int n, double seconds)
    {
        View<Wide<float>> x = Drawn(m * n), next = Drawn(m * n), gram = Drawn(m * m), polynomial = Drawn(m * m);
        var rule = new Muon(Iterations: 0);
        var state = rule.Start(Layout.Of(m, n), Precision.Single);
        float[] weights = new float[m * n], gradient = [.. Enumerable.Range(0, m * n).Select(i => MathF.Sin(i))];
        double mmn = (double)m * m * n, mmm = (double)m * m * m;
        (string Name, double MultiplyAdds, Action<int> Run)[] parts =
        [
            ("S = XXᵀ", mmn / 2, threads => MatrixProduct.GramOfLast(x, gram, m, n, threads)),
            ("B·S + C·S²", mmm / 2, threads => MatrixProduct.Square(gram, polynomial, m, 0.01, 1, threads, inPanels: true)),
            ("its product with X", mmn, threads => MatrixProduct.RunBeforeGram(polynomial, x, next, m, m, n, threads)),
            ("momentum, norm, weights", 0, threads => rule.Step(state, weights, gradient, new StepOptions(1e-4) { Threads = threads })),
        ];
        MatrixProduct.RunBeforeGram(polynomial, x, next, m, m, n, 1);
        double peak = 0;
        double[] used = new double[parts.Length];
        var passed = new double[2, parts.Length];
        Array.Fill(used, double.PositiveInfinity);
        for (int i = 0; i < parts.Length; i++)
            passed[0, i] = passed[1, i] = double.PositiveInfinity;
        var clock = Stopwatch.StartNew();
        do
        {
            peak = Math.Max(peak, MatrixRules.Peak());
            for (int i = 0; i < parts.Length; i++)
                for (int threads = 1; threads <= 2; threads++)
                {
                    double before = MatrixRules.Used;
                    long start = Stopwatch.GetTimestamp();
                    parts[i].Run(threads);
                    passed[threads - 1, i] = Math.Min(passed[threads - 1, i], Stopwatch.GetElapsedTime(start).TotalSeconds);
                    if (threads == 1)
                        used[i] = Math.Min(used[i], MatrixRules.Used - before);
                }
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        for (int i = 0; i < parts.Length; i++)
        {
            string share = parts[i].MultiplyAdds > 0 ? $"{parts[i].MultiplyAdds / used[i] / peak:P1}" : "";
            Console.WriteLine($"{parts[i].Name,-34}{$"{m} × {n}",-16}{used[i] * 1e3,9:F2} ms{share,16}{passed[0, i] / passed[1, i],16:F2}");
        }
        foreach (var view in new[] { x, next, gram, polynomial })
            NativeMemory.AlignedFree(view.Data);
    }

    static View<Wide<float>> Drawn(int count)
    {
        var random = new SeededRandom((ulong)count);
        float* numbers = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        for (int i = 0; i < count; i++)
            numbers[i] = 0.03f * (float)random.Normal();
        return new(numbers, count);
    }
}
