using BenchmarkDotNet.Attributes;

namespace Anneal.Benchmarks;

/// <summary>What one rate costs, for every shape in the gallery, beside what it cannot do without: bare functions, or the schedules it asks.</summary>
/// <remarks>
/// Targets: at most 1.5 times the bare functions where a shape needs some, at most 3 ns where it needs none, and no allocation.
/// A bare loop for a shape that needs none is a multiplication and an addition, so there only the nanoseconds count, not the ratio.
/// Beside a schedule that is made of others stand those it asks at every step, asked alone: what it adds is the difference.
/// All cases run in one process and share the loop, so the call of the shape's formula is a virtual one, as it is in a program with several schedules.
/// The whole table takes about 10 minutes on a quiet machine, 1 minute with <c>--iterationTime 50 --warmupCount 2 --iterationCount 5</c>.
/// </remarks>
public class ScheduleEvaluation
{
    const int Count = 1_000;

    // Stored, not added: an addition would wait for the one before it, across every call.
    readonly double[] rates = new double[Count];
    Schedule schedule = new Constant(0);

    [ParamsSource(nameof(Names))]
    public string Shape { get; set; } = "";

    public static IEnumerable<string> Names => Gallery.Schedules.Select(s => s.GetType().Name).Distinct();

    [GlobalSetup]
    public void Find()
    {
        schedule = Gallery.Schedules.First(s => s.GetType().Name == Shape);
        needs = Needs.GetValueOrDefault(Shape, "");
        asked = AskedBy(schedule);
    }

    /// <summary>The functions of <see cref="Math"/> in one evaluation of each shape as the gallery has it; shapes that are not listed need none.</summary>
    static readonly Dictionary<string, string> Needs = new()
    {
        [nameof(PolynomialDecay)] = "pow",
        [nameof(ExponentialDecay)] = "pow",
        [nameof(ExponentialWarmup)] = "pow",
        [nameof(LogarithmicWarmup)] = "log log",
        [nameof(Noam)] = "sqrt",
        [nameof(StepDecay)] = "pow",
        [nameof(MultiStep)] = "pow",
        [nameof(Staircase)] = "pow",
        [nameof(TriangularCycles)] = "pow",
        [nameof(CosineDecay)] = "cos",
        [nameof(CosineWave)] = "cos",
        [nameof(CosineWarmup)] = "cos",
        [nameof(HardRestarts)] = "cos",
        [nameof(OneCycle)] = "cos",
        [nameof(Sequence)] = "cos",
        [nameof(CosinePowerDecay)] = "cos pow",
        [nameof(SineCycles)] = "cos pow",
        [nameof(Warped)] = "pow",
        [nameof(Repeated)] = "log log pow pow",
        [nameof(CosineRestarts)] = "cos log log pow pow",
        [nameof(LogarithmicRestarts)] = "cos log log pow pow pow",
        [nameof(TanhDecay)] = "tanh",
        [nameof(InverseSqrtDecay)] = "sqrt",
        [nameof(Cooldown)] = "sqrt",
        [nameof(Noisy)] = "exp",
    };

    static Schedule[] AskedBy(Schedule schedule) => schedule switch
    {
        Scaled s => [s.Whole],
        Shifted s => [s.Whole],
        Stretched s => [s.Whole],
        Clamped s => [s.Whole],
        Looped s => [s.Whole],
        Reversed s => [s.Whole],
        Repeated s => [s.Whole],
        Warped s => [s.Whole],
        Strict s => [s.Whole],
        Continued s => [s.Whole],
        Take s => [s.Whole],
        Noisy s => [s.Whole],
        TimmNoisy s => [s.Whole],
        Sum s => [s.First, s.Second],
        Max s => [s.First, s.Second],
        Min s => [s.First, s.Second],
        Product s => [s.Whole, s.By.Values],
        _ => [],
    };

    string needs = "";
    Schedule[] asked = [];

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double Bare()
    {
        double sum = 0;
        foreach (string function in needs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            sum += function switch { "cos" => Cos(), "pow" => Pow(), "log" => Log(), "exp" => Exp(), "tanh" => Tanh(), _ => Sqrt() };
        foreach (var one in asked)
            sum += At(one);
        return needs.Length + asked.Length > 0 ? sum : Nothing();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double At() => At(schedule);

    double At(Schedule schedule)
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = schedule.At(t * 0.09);
        return rates[^1];
    }

    double power = 0.9;

    double Nothing()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = t * 0.09;
        return rates[^1];
    }

    double Cos()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Cos(t * 0.0015);
        return rates[^1];
    }

    double Pow()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Pow(t * 0.001, power);
        return rates[^1];
    }

    double Log()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Log(1 + t * 0.05);
        return rates[^1];
    }

    double Tanh()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Tanh(t * 0.009 - 6);
        return rates[^1];
    }

    double Sqrt()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Sqrt(1 + t * 0.05);
        return rates[^1];
    }

    double Exp()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Math.Exp(t * 0.01 - 6);
        return rates[^1];
    }
}
