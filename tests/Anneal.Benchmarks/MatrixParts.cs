using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anneal.Benchmarks;

/// <summary>Where the time of a step of Muon goes: the three products of an iteration, each with its share of the multiply-add peak, and all that is no product.</summary>
/// <remarks>
/// All take turns; the fastest of each counts, in processor time for one thread and in time that passes for the ratio of one thread to two. *Copies* is that ratio for two parts at the same time that have
/// nothing in common, one thread each: what this machine gives.
/// </remarks>
static unsafe class MatrixParts
{
    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10;
        Console.WriteLine($"{"part",-34}{"shape",-16}{"1 thread",12}{"share of peak",16}{"1 / 2 threads",16}{"copies",10}{"turns",8}");
        foreach (var (m, n) in new[] { (1024, 1024), (768, 3072) })
            Print(m, n, seconds);
    }

    static void Print(int m, int n, double seconds)
    {
        double mmn = (double)m * m * n, mmm = (double)m * m * m;
        (string Name, double MultiplyAdds)[] parts = [("S = XXᵀ", mmn / 2), ("B·S + C·S²", mmm / 2), ("its product with X", mmn), ("momentum, norm, weights", 0)];
        List<nint> rooms = [];
        Action<int>[] mine = Runs(m, n, rooms), other = Runs(m, n, rooms);
        using var beside = new Beside();
        // A symmetric product reads what the product before it has left.
        beside.Run(() => mine[2](1), () => other[2](1));
        double peak = 0;
        double[] used = new double[parts.Length];
        var passed = new double[3, parts.Length];
        int turns = 0;
        Array.Fill(used, double.PositiveInfinity);
        for (int i = 0; i < parts.Length; i++)
            passed[0, i] = passed[1, i] = passed[2, i] = double.PositiveInfinity;
        var clock = Stopwatch.StartNew();
        do
        {
            peak = Math.Max(peak, MatrixRules.Peak());
            turns++;
            for (int i = 0; i < parts.Length; i++)
                for (int way = 0; way < 3; way++)
                {
                    double before = MatrixRules.Used;
                    long start = Stopwatch.GetTimestamp();
                    if (way < 2)
                        mine[i](way + 1);
                    else
                        beside.Run(() => mine[i](1), () => other[i](1));
                    passed[way, i] = Math.Min(passed[way, i], Stopwatch.GetElapsedTime(start).TotalSeconds);
                    if (way == 0)
                        used[i] = Math.Min(used[i], MatrixRules.Used - before);
                }
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        for (int i = 0; i < parts.Length; i++)
        {
            string share = parts[i].MultiplyAdds > 0 ? $"{parts[i].MultiplyAdds / used[i] / peak:P1}" : "";
            Console.WriteLine($"{parts[i].Name,-34}{$"{m} × {n}",-16}{used[i] * 1e3,9:F2} ms{share,16}{passed[0, i] / passed[1, i],16:F2}{2 * passed[0, i] / passed[2, i],10:F2}{turns,8}");
        }
        foreach (nint room in rooms)
            NativeMemory.AlignedFree((void*)room);
    }

    /// <summary>The parts of a step on matrices of their own.</summary>
    static Action<int>[] Runs(int m, int n, List<nint> rooms)
    {
        View<Wide<float>> x = Drawn(m * n, rooms), next = Drawn(m * n, rooms), gram = Drawn(m * m, rooms), polynomial = Drawn(m * m, rooms);
        var rule = new Muon(Iterations: 0);
        var state = rule.Start(Layout.Of(m, n), Precision.Single);
        float[] weights = new float[m * n], gradient = [.. Enumerable.Range(0, m * n).Select(i => MathF.Sin(i))];
        return
        [
            threads => MatrixProduct.GramOfLast(x, gram, m, n, threads),
            threads => MatrixProduct.Square(gram, polynomial, m, 0.01, 1, threads, inPanels: true),
            threads => MatrixProduct.RunBeforeGram(polynomial, x, next, m, m, n, threads),
            threads => rule.Step(state, weights, gradient, new StepOptions(1e-4) { Threads = threads }),
        ];
    }

    static View<Wide<float>> Drawn(int count, List<nint> rooms)
    {
        var random = new SeededRandom((ulong)count);
        float* numbers = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        rooms.Add((nint)numbers);
        for (int i = 0; i < count; i++)
            numbers[i] = 0.03f * (float)random.Normal();
        return new(numbers, count);
    }
}
