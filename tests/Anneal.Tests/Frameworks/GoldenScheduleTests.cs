namespace Anneal.Tests;

/// <summary>Every recorded run of PyTorch, Transformers, timm, optax and Keras against what its configuration became here.</summary>
public class GoldenScheduleTests(ITestOutputHelper output)
{
    public static TheoryData<GoldenRecord> Records => [.. GoldenRecord.All];

    [Theory, MemberData(nameof(Records))]
    public void The_import_gives_the_recorded_rates(GoldenRecord record) =>
        AssertClose(record.Rates, record.Ask(SchedulerImport.Import(record.Configuration)));

    [Theory, MemberData(nameof(Records))]
    public void The_import_gives_the_recorded_momentum(GoldenRecord record)
    {
        var momentum = SchedulerImport.Import(record.Configuration).Momentum;
        if (record.Momentum is null)
            Assert.Null(momentum);
        else
            AssertClose(record.Momentum, [.. record.Steps.Select(momentum!.At)]);
    }

    [Fact]
    public void Every_record_of_every_framework_passes()
    {
        foreach (var group in GoldenRecord.All.GroupBy(r => r.Framework))
        {
            int passed = group.Count(r => Worst(r.Rates, r.Ask(SchedulerImport.Import(r.Configuration))) <= 1);
            output.WriteLine($"{group.Key}: {passed} of {group.Count()}");
            Assert.Equal(group.Count(), passed);
        }
        int rates = GoldenRecord.All.Sum(r => r.Rates.Length), momenta = GoldenRecord.All.Sum(r => r.Momentum?.Length ?? 0);
        output.WriteLine($"all: {GoldenRecord.All.Count} records, {rates:N0} rates, {momenta:N0} momenta");
        Assert.Equal((196, 20_781, 1_179), (GoldenRecord.All.Count, rates, momenta));
        Assert.All(GoldenRecord.All, r => Assert.Equal(r.Steps.Length, r.Rates.Length));
    }

    static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double peak = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Distance(expected[i], actual[i], peak) <= 1, $"[{i}]: {expected[i]:R} was recorded, {actual[i]:R} computed");
    }

    static double Worst(double[] expected, double[] actual) => expected.Zip(actual, (e, a) => Distance(e, a, expected.Max(Math.Abs))).Max();

    /// <summary>In units of what is allowed: 1e-12 of the value, and two roundings of the largest rate, which the references' 1 + cos(x) cannot avoid near its zero.</summary>
    static double Distance(double expected, double actual, double peak) => Math.Abs(expected - actual) / (1e-12 * Math.Abs(expected) + peak * Math.Pow(2, -52));
}
