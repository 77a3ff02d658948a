using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Benchmarks;

/// <summary>How much of the processor's multiply-adds the products of a transformer's layers reach, on one thread.</summary>
/// <remarks>The peak is measured in the same turns: sums that stay in registers and wait for nothing. Minima of many, so that it can also be read on a busy machine.</remarks>
static unsafe class Products
{
    public static void Print()
    {
        double peak = double.PositiveInfinity;
        (string Name, int M, int K, int N, bool Outer)[] shapes =
        [
            ("queries, keys, values", 128, 128, 384, false),
            ("up", 128, 128, 512, false),
            ("down", 128, 512, 128, false),
            ("scores of a head", 128, 32, 128, false),
            ("values of a head", 128, 128, 32, false),
            ("gradient of up", 64, 2048, 128, true),
        ];
        double[] best = [.. shapes.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round < 60; round++)
        {
            peak = Math.Min(peak, Peak());
            for (int i = 0; i < shapes.Length; i++)
                best[i] = Math.Min(best[i], Time(shapes[i].M, shapes[i].K, shapes[i].N, shapes[i].Outer));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak: {1 / peak:F1} billion multiply-adds a second"));
        foreach (var (i, s) in shapes.Index())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.Name} | {s.M}×{s.K} · {s.K}×{s.N} | {1 / best[i]:F1} | {100 * peak / best[i]:F0} %"));
    }

    /// <summary>Nanoseconds for a multiply-add.</summary>
    static double Peak()
    {
        const int Turns = 100_000;
        long start = Stopwatch.GetTimestamp();
        kept += Chains(Turns);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / (Turns * 10.0 * Vector512<float>.Count);
    }

    /// <summary>Ten multiply-adds of whole registers a turn, none of which waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static float Chains(int turns)
    {
        Vector512<float> f = Vector512.Create(0.999f), g = Vector512.Create(1e-3f), a = f, b = f, c = f, d = f, e = f, h = f, i = f, j = f, k = f, l = f;
        for (int t = 0; t < turns; t++)
        {
            a = Vector512.FusedMultiplyAdd(a, f, g);
            b = Vector512.FusedMultiplyAdd(b, f, g);
            c = Vector512.FusedMultiplyAdd(c, f, g);
            d = Vector512.FusedMultiplyAdd(d, f, g);
            e = Vector512.FusedMultiplyAdd(e, f, g);
            h = Vector512.FusedMultiplyAdd(h, f, g);
            i = Vector512.FusedMultiplyAdd(i, f, g);
            j = Vector512.FusedMultiplyAdd(j, f, g);
            k = Vector512.FusedMultiplyAdd(k, f, g);
            l = Vector512.FusedMultiplyAdd(l, f, g);
        }
        return (a + b + c + d + e + (h + i + j + k + l)).ToScalar();
    }

    static double Time(int m, int k, int n, bool outer)
    {
        float[] a = Numbers(m * k), b = Numbers(k * n), c = new float[m * n], packed = new float[PackedProduct.PackedLength<float>(k, n) + 16];
        fixed (float* pa = a, pb = b, pc = c, pp = packed)
        {
            float* room = (float*)(((nint)pp + 63) & ~63);
            PackedProduct.Pack(pb, n, 1, k, n, room);
            double best = double.PositiveInfinity;
            for (int i = 0; i < 5; i++)
            {
                long start = Stopwatch.GetTimestamp();
                if (outer)
                    PackedProduct.AddOuter(pa, m, pb, n, pc, n, m, k, n);
                else
                    PackedProduct.Run(pa, k, 1, room, pc, n, m, k, n, add: false);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }
            kept += c[0];
            return best / ((double)m * k * n);
        }
    }

    static float[] Numbers(int count)
    {
        var draws = new SeededRandom(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float)draws.Normal())];
    }

    static double kept;
}
