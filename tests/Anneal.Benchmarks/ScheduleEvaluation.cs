using BenchmarkDotNet.Attributes;

namespace Anneal.Benchmarks;

/// <summary>What one rate costs, for every shape in the gallery.</summary>
public class ScheduleEvaluation
{
    const int Count = 1_000;

    Schedule schedule = new Constant(0);

    [ParamsSource(nameof(Names))]
    public string Shape { get; set; } = "";

    public static IEnumerable<string> Names => Gallery.Schedules.Select(s => s.GetType().Name).Distinct();

    [GlobalSetup]
    public void Find() => schedule = Gallery.Schedules.First(s => s.GetType().Name == Shape);

    [Benchmark(OperationsPerInvoke = Count)]
    public double At()
    {
        double sum = 0;
        for (int t = 0; t < Count; t++)
            sum += schedule.At(t * 0.09);
        return sum;
    }
}

/// <summary>What the functions cost that the shapes are made of, in the same loop.</summary>
public class BareFunctions
{
    const int Count = 1_000;

    double power = 0.9;

    [Benchmark(OperationsPerInvoke = Count)]
    public double Cos()
    {
        double sum = 0;
        for (int t = 0; t < Count; t++)
            sum += Math.Cos(t * 0.0015);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Sin()
    {
        double sum = 0;
        for (int t = 0; t < Count; t++)
            sum += Math.Sin(t * 0.0007);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Pow()
    {
        double sum = 0;
        for (int t = 0; t < Count; t++)
            sum += Math.Pow(t * 0.001, power);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Exp()
    {
        double sum = 0;
        for (int t = 0; t < Count; t++)
            sum += Math.Exp(t * 0.001);
        return sum;
    }
}
