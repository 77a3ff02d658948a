namespace Anneal.Runs.Tests;

public class RecordedRunTests(ITestOutputHelper output)
{
    public static TheoryData<RecordedRun> Records => new(RecordedRun.All);

    [Theory, MemberData(nameof(Records))]
    public void Rates_are_those_of_the_framework(RecordedRun record)
    {
        if (record.Rates is [null])
        {
            Assert.Throws<RefusedByFrameworkException>(() => RunConfigurations.Read(record.Text, record.Framework, record.Beside));
            return;
        }
        var run = RunConfigurations.Read(record.Text, record.Framework, record.Beside);
        AssertSame(record.At, record.Rates, run.Rates);
        if (record.BiasRates is { } biases)
            AssertSame(record.At, biases, run.BiasRates!);
        if (record.WeightDecays is { } decays)
            AssertSame(record.At, decays, run.WeightDecays!);
    }

    [Theory, MemberData(nameof(Records))]
    public void The_framework_is_recognised_from_the_text(RecordedRun record) => Assert.Equal(record.Framework, RunConfigurations.Candidates(record.Text)[0]);

    [Theory, MemberData(nameof(Records))]
    public void A_good_file_is_not_said_to_have_unknown_keys(RecordedRun record)
    {
        if (record.Rates is not [null])
            Assert.DoesNotContain(RunConfigurations.Read(record.Text, record.Framework, record.Beside).Noticed, finding => finding.Severity == Severity.Error);
    }

    /// <summary>How many recorded numbers the theory above compares: none can be left out unseen.</summary>
    [Fact]
    public void All_recorded_runs_are_there()
    {
        var read = RecordedRun.All.Where(r => r.Rates is not [null]).ToList();
        int refused = RecordedRun.All.Count - read.Count, rates = read.Sum(r => r.Rates.Length), raises = read.Sum(r => r.Rates.Count(rate => rate is null));
        int biases = read.Sum(r => r.BiasRates?.Length ?? 0), decays = read.Sum(r => r.WeightDecays?.Length ?? 0);
        output.WriteLine($"{read.Count} runs of {read.DistinctBy(r => r.Framework).Count()} frameworks and {refused} refused: {rates:N0} rates, at {raises} of them the framework raises; {biases} of biases, {decays} weight decays");
        Assert.Equal((151, 4, 2_147, 7, 84, 14), (read.Count, refused, rates, raises, biases, decays));
        Assert.All(read, r => Assert.All([r.Rates, r.BiasRates ?? r.Rates, r.WeightDecays ?? r.Rates], list => Assert.Equal(r.At.Length, list.Length)));
    }

    /// <summary>1e-12 of the largest rate and 1e-9 relative, as the records advise.</summary>
    static void AssertSame(double[] at, double?[] expected, Func<double, double> rates)
    {
        double largest = expected.Max(x => Math.Abs(x ?? 0));
        Assert.All(at.Zip(expected), pair =>
        {
            double rate = rates(pair.First);
            if (pair.Second is not { } wanted)
                Assert.True(double.IsNaN(rate), $"at {pair.First}: {rate}, but the framework raises");
            else
                Assert.True(Math.Abs(rate - wanted) <= 1e-12 * largest + 1e-9 * Math.Abs(wanted), $"at {pair.First}: {rate:R}, not {wanted:R}");
        });
    }
}
