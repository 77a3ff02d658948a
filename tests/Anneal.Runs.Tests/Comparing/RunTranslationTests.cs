namespace Anneal.Runs.Tests;

public class RunTranslationTests
{
    [Fact]
    public void A_usual_run_is_written_in_notation() => Assert.Equal("warmup(0.0002, 25) > cosine(0.0002, 138)",
        ScheduleNotation.Print(RunTranslation.Of(RunConfigurations.Read(RecordedRun.All.Single(r => r.Id == "hf-02").Text, "hf", Given.Parse("samples=777")))!));

    public static TheoryData<RecordedRun> Records => new(RecordedRun.All.Where(r => r.Rates is not [null]));

    [Theory, MemberData(nameof(Records))]
    public void What_is_written_has_the_same_rates(RecordedRun record)
    {
        var run = RunConfigurations.Read(record.Text, record.Framework, record.Beside);
        if (RunTranslation.Of(run) is { } schedule)
            Assert.All(record.At.Zip(record.Rates).Where(p => p.First < run.Plan.Updates), pair => Assert.Equal(pair.Second!.Value, schedule.At(pair.First), 1e-8 * record.Rates.Max()!.Value));
    }
}
