using System.Diagnostics;
using System.Globalization;

namespace Anneal.Tests.Schedules;

public class FuzzTests(ITestOutputHelper output)
{
    /// <summary>A short run unless the environment asks for a long one: FUZZ_INPUTS=1000000, and FUZZ_SEED for another run.</summary>
    [Fact]
    public void Damaged_specs_are_read_or_refused_and_nothing_else()
    {
        int inputs = Setting("FUZZ_INPUTS", 20_000), seed = Setting("FUZZ_SEED", 1);
        var fuzz = new Fuzz(seed);
        var slowest = TimeSpan.Zero;
        for (int i = 0; i < inputs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            fuzz.Next();
            var time = Stopwatch.GetElapsedTime(start);
            slowest = time > slowest ? time : slowest;
        }
        output.WriteLine($"{inputs} inputs from seed {seed}: {fuzz.Accepted} read, {fuzz.Refused} refused, the slowest in {slowest.TotalMilliseconds:F0} ms.");
        output.WriteLine($"Reached: {fuzz.Types.Count} of {ScheduleJson.Types.Count} types of schedule read, {fuzz.Reasons.Count} different reasons to refuse.");
        Assert.InRange(fuzz.Types.Count, ScheduleJson.Types.Count * 9 / 10, ScheduleJson.Types.Count);
        Assert.InRange(fuzz.Reasons.Count, 50, 10_000);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(fuzz.Accepted, inputs / 50, inputs);
        Assert.InRange(fuzz.Refused, inputs / 50, inputs);
    }

    static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
