namespace Anneal.Runs.Tests;

public class RunFormsTests
{
    public static TheoryData<RunForm> Forms => new(RunForms.All);

    [Theory, MemberData(nameof(Forms))]
    public void A_named_schedule_has_the_frameworks_rates(RunForm form)
    {
        var run = RunConfigurations.Read(form.Example);
        var schedule = ScheduleNotation.Parse(form.Notation);
        double peak = Enumerable.Range(0, form.Updates).Max(t => run.RateAt(t));
        Assert.All(Enumerable.Range(0, form.Updates), t => Assert.Equal(run.RateAt(t), schedule.At(t), 1e-12 * peak));
    }

    [Theory, MemberData(nameof(Forms))]
    public void It_is_written_as_the_library_prints_it(RunForm form) => Assert.Equal(form.Notation, ScheduleNotation.Print(ScheduleNotation.Parse(form.Notation)));

    /// <summary>A bar within a cell would end it.</summary>
    [Fact]
    public void Every_name_has_a_row_of_four_cells() =>
        Assert.Equal(RunForms.All.Count + 2, RunForms.Markdown().Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(c => c == '|') == 5));
}
