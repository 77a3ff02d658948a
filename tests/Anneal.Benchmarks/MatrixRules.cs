using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Anneal.Benchmarks;

/// <summary>What a step of each rule for matrices takes, and what share that is of the multiply-adds the machine can do, measured in the same run.</summary>
/// <remarks>
/// Counted are the multiply-adds of the iteration alone, m²n/2 for XXᵀ, m³/2 for the square of that, which is symmetric too, and m²n for the product with X; what a rule does beside them counts as lost.
/// The share is taken in processor time, of steps and of the peak alike, so that it means something on a busy machine too; the ratio of one thread to two is in time that passes.
/// </remarks>
static class MatrixRules
{
    internal static readonly (string Name, Layout Layout)[] Shapes =
    [
        ("1024 × 1024", Layout.Of(1024, 1024)), ("4 × (768 × 3072)", Layout.Of(("a", [768, 3072]), ("b", [768, 3072]), ("c", [768, 3072]), ("d", [768, 3072]))),
    ];

    internal static readonly (string Name, Rule Rule, Precision Precision)[] Rules =
    [
        Named(new AdamW()), Named(new Muon()), ("Muon, momentum in bfloat16", new Muon(), Precision.SingleWithBFloat16State),
        ("Muon, iteration in bfloat16", new Muon(NewtonSchulz: new(Format: IterationFormat.BFloat16Fused)), Precision.Single), ("Muon, cubic steps", new Muon(NewtonSchulz: new(CoefficientSet.Cubic)), Precision.Single),
        Named(new NorMuon()), ("NorMuon, memory in bfloat16", new NorMuon(), Precision.SingleWithBFloat16State), Named(new AdaMuon()), Named(new Scion()), Named(new Dion2()),
        ("Dion2, momentum in bfloat16", new Dion2(), Precision.SingleWithBFloat16State), Named(new Dion()), ("Scion, rows", new Scion(new RowNorm()), Precision.Single), Named(new AdamMini(Blocks: AdamMiniBlocks.PerRow)),
        Named(new Madgrad()), Named(new Adafactor()), Named(new Came()), Named(new Shampoo()), ("Shampoo, roots in every tenth step", new Shampoo(PreconditionFrequency: 10), Precision.Single), Named(new Soap()),
    ];

    /// <summary>The eigenproblem of 3072 numbers alone takes half a minute.</summary>
    internal static bool IsTooLong(Rule rule, Layout layout) => rule is Shampoo or Soap && layout.Tensors.Any(t => Math.Max(t.Rows, t.Columns) > 1024);

    static (string, Rule, Precision) Named(Rule rule) => (rule.GetType().Name, rule, Precision.Single);

    /// <summary>Multiply-adds of a step: of symmetric products only half is computed. Null where they are not what the time goes into.</summary>
    internal static double? MultiplyAdds(Rule rule, Layout layout) => rule switch
    {
        Muon muon => layout.Tensors.Sum(t => Iteration(t.Rows, t.Columns, muon.Iterations, muon.NewtonSchulz?.Coefficients == CoefficientSet.Cubic)),
        NorMuon or AdaMuon or Scion { Norm: null } => layout.Tensors.Sum(t => Iteration(t.Rows, t.Columns, 5, cubic: false)),
        Dion2 two => layout.Tensors.Sum(t => Iteration(Math.Ceiling(two.Fraction * Math.Min(t.Rows, t.Columns)), Math.Max(t.Rows, t.Columns), 5, cubic: false)),
        _ => null,
    };

    static double Iteration(double rows, double columns, int steps, bool cubic)
    {
        double m = Math.Min(rows, columns), n = Math.Max(rows, columns);
        return steps * (m * m * n * 1.5 + (cubic ? 0 : m * m * m * 0.5));
    }

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 2;
        string[] only = [.. args.Skip(1)];
        Console.WriteLine($"{"rule",-36}{"shape",-20}{"1 thread",12}{"2 threads",12}{"ratio",8}{"medians, 1 and 2",22}{"mean after the first, 1 and 2",32}{"processor: mean, median, least",36}{"share of peak or (limit)",26}{"state",12}");
        foreach (var (shape, layout) in Shapes)
            foreach (var (name, rule, precision) in Rules)
            {
                if ((only.Length > 0 && !only.Contains(name)) || IsTooLong(rule, layout))
                    continue;
                var random = new Random(1);
                float[] weights = [.. Enumerable.Range(0, layout.Count).Select(_ => random.NextSingle() - 0.5f)], gradient = [.. weights];
                var state = rule.Start(layout, precision);
                double[] times = new double[2], shares = new double[2], means = new double[2], medians = new double[2];
                // Where products are not what the time goes into: a loop that reads and writes the same arrays.
                double? counted = MultiplyAdds(rule, layout);
                var limit = new Limit([.. weights], [.. weights], [.. state.Slots.Where(s => s.Length == layout.Count).Take(4).Select(_ => weights.ToArray())]);
                List<double> alone = []; // processor time of each step on one thread
                double[] best = new double[2], least = new double[2], bare = new double[2];
                List<double>[] passed = [[], []];
                double peak = 0;
                Array.Fill(best, double.PositiveInfinity);
                Array.Fill(least, double.PositiveInfinity);
                Array.Fill(bare, double.PositiveInfinity);
                // The machine is shared: peak and steps on one thread and on two take turns, and the fastest of each counts.
                var clock = Stopwatch.StartNew();
                do
                    for (int k = 0; k < 2; k++)
                    {
                        peak = Math.Max(peak, Peak());
                        var options = new StepOptions(1e-4) { Threads = k + 1 };
                        long start = Stopwatch.GetTimestamp();
                        double used = Used;
                        rule.Step(state, weights, gradient, options);
                        double spent = Used - used;
                        least[k] = Math.Min(least[k], spent);
                        if (k == 0)
                            alone.Add(spent);
                        passed[k].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                        best[k] = Math.Min(best[k], passed[k][^1]);
                        if (counted is not null)
                            continue;
                        start = Stopwatch.GetTimestamp();
                        limit.Run(k + 1);
                        bare[k] = Math.Min(bare[k], Stopwatch.GetElapsedTime(start).TotalSeconds);
                    }
                while (clock.Elapsed.TotalSeconds < 2 * seconds);
                for (int k = 0; k < 2; k++)
                {
                    // The first step of a rule that keeps roots or a basis is another one than those that follow.
                    means[k] = passed[k].Count == 1 ? passed[k][0] : passed[k].Skip(1).Average();
                    passed[k].Sort();
                    medians[k] = passed[k][passed[k].Count / 2];
                    (times[k], shares[k]) = (best[k], counted / least[k] / peak ?? bare[k] / best[k]);
                }
                double bytes = state.Slots.Sum(s => (double)s.Bytes.Length) / layout.Count / sizeof(float);
                string share = counted is null ? $"({shares[0]:P0} {shares[1]:P0})" : $"{shares[0]:P0} {shares[1]:P0}";
                alone.Sort();
                string processor = $"{alone.Average() * 1e3:F0} {alone[alone.Count / 2] * 1e3:F0} {alone[0] * 1e3:F0} ms of {alone.Count}";
                Console.WriteLine($"{name,-36}{shape,-20}{times[0] * 1e3,9:F2} ms{times[1] * 1e3,9:F2} ms{times[0] / times[1],8:F2}{$"{medians[0] * 1e3:F2} {medians[1] * 1e3:F2}",22}{$"{means[0] * 1e3:F1} {means[1] * 1e3:F1} ms",32}{processor,36}{share,26}{bytes,9:F2} /w");
            }
    }

    /// <summary>Processor time of all threads so far.</summary>
    internal static double Used => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Multiply-adds of one thread on registers alone, a second of processor time.</summary>
    internal static double Peak()
    {
        // Long enough for the clock of processor time, which may tick in hundredths.
        const int rounds = 4_000_000;
        double used = Used;
        // Where a processor has registers of 512 bits, they may do twice as much as those of 256.
        bool wide = Vector512.IsHardwareAccelerated;
        float sum = wide ? Products.Chains(rounds) : Spin(rounds);
        double took = Used - used;
        return sum == 0 || took <= 0 ? 0 : (double)rounds * 10 * (wide ? Vector512<float>.Count : Vector<float>.Count) / took;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    static float Spin(int rounds)
    {
        var x = Vector.Create(0.999f);
        var (a, b, c, d, e, f, g, h, i, j) = (x, x, x, x, x, x, x, x, x, x);
        for (int k = 0; k < rounds; k++)
        {
            a = Vector.FusedMultiplyAdd(a, x, x);
            b = Vector.FusedMultiplyAdd(b, x, x);
            c = Vector.FusedMultiplyAdd(c, x, x);
            d = Vector.FusedMultiplyAdd(d, x, x);
            e = Vector.FusedMultiplyAdd(e, x, x);
            f = Vector.FusedMultiplyAdd(f, x, x);
            g = Vector.FusedMultiplyAdd(g, x, x);
            h = Vector.FusedMultiplyAdd(h, x, x);
            i = Vector.FusedMultiplyAdd(i, x, x);
            j = Vector.FusedMultiplyAdd(j, x, x);
        }
        return Vector.Sum(a + b + c + d + e + (f + g + h + i + j));
    }
}
