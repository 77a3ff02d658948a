namespace Anneal.Notebooks.Tests;

/// <summary>Text from the standard streams takes another way than messages, and may be ahead of them.</summary>
public class RunRecordTests
{
    readonly RunRecord _record = new(new("n", "/n", "csharp", [Cell("a"), Cell("b")]), new RunSettings());

    static Cell Cell(string id) => new(id, CellKind.Code, "csharp", "", []);

    IEnumerable<string[]> Texts => _record.ToRun().Cells.Select(cell => cell.Outputs.Cast<StreamText>().Select(text => $"{(text.IsError ? "err" : "out")} {text.Text}").ToArray());

    [Fact]
    public void Text_ahead_of_its_cells_beginning_belongs_to_it()
    {
        _record.AddNative(false, "a0", after: 0);
        _record.Begin(0);
        _record.AddNative(false, "a1", after: 0);
        _record.AddNative(false, "b0", after: 1);
        _record.AddNative(true, "b1", after: 1);
        _record.End(TimeSpan.Zero);
        _record.AddNative(true, "b2", after: 1);
        _record.Begin(1);
        _record.AddNative(true, "b3", after: 1);
        Assert.Equal([["out a0a1"], ["out b0", "err b1b2b3"]], Texts);
    }

    [Fact]
    public void Text_without_a_mark_before_it_belongs_to_the_cell_that_runs()
    {
        _record.Begin(0);
        _record.End(TimeSpan.Zero);
        _record.Begin(1);
        _record.AddNative(false, "b0", after: 0);
        Assert.Equal([[], ["out b0"]], Texts);
    }

    [Fact]
    public void Text_after_the_last_cell_belongs_to_none()
    {
        _record.Begin(0);
        _record.End(TimeSpan.Zero);
        _record.Begin(1);
        _record.AddNative(true, "b0", after: 1);
        _record.End(TimeSpan.Zero);
        _record.AddNative(true, "noise", after: 2);
        Assert.Equal([[], ["err b0"]], Texts);
    }

    [Fact]
    public void Text_ahead_of_its_cells_beginning_is_cut_like_any_other()
    {
        string early = Shown(ahead: true);
        Assert.StartsWith("abcdefabcd\n… cut here", early);
        Assert.Equal(Shown(ahead: false), early);
    }

    static string Shown(bool ahead)
    {
        RunRecord record = new(new("n", "/n", "csharp", [Cell("a")]), new RunSettings { TextLimit = 10 });
        if (!ahead)
            record.Begin(0);
        for (int i = 0; i < 100; i++)
            record.AddNative(false, "abcdef", after: 0);
        if (ahead)
            record.Begin(0);
        return Assert.IsType<StreamText>(Assert.Single(record.ToRun().Cells[0].Outputs)).Text;
    }
}
