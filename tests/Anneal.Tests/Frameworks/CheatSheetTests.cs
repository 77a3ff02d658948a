namespace Anneal.Tests;

public class CheatSheetTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, CheatSheet.Rows.Count)];

    [Theory, MemberData(nameof(Rows))]
    public void What_is_written_here_gives_the_rates_of_the_scheduler_there(int index)
    {
        var row = CheatSheet.Rows[index];
        if (row.Import() is { Schedule: { } imported })
        {
            var ours = ScheduleNotation.Parse(row.Ours());
            Assert.All(Enumerable.Range(0, 100), t => Assert.Equal(imported.At(t), ours.At(t)));
        }
        else
            Assert.Contains("ReduceOnPlateau", row.Ours());
    }

    [Fact]
    public void The_table_has_every_row_and_no_broken_cell()
    {
        string[] lines = CheatSheet.Markdown().Split('\n');
        Assert.All(CheatSheet.Rows, row => Assert.Contains(lines, line => line.StartsWith($"| `{row.Scheduler}` ", StringComparison.Ordinal) && line.EndsWith($"| {row.Remark} |", StringComparison.Ordinal)));
        Assert.All(lines.Where(l => l.StartsWith('|') && !l.Contains("an index is") && !l.StartsWith("| pytorch,") && !l.StartsWith("| timm |") && !l.StartsWith("| optax,") && l != "| --- | --- |"),
            line => Assert.Equal(4, line.Replace("\\|", "").Count(c => c == '|')));
    }
}
