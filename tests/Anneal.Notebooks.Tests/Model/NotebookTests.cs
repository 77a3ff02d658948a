namespace Anneal.Notebooks.Tests;

public class NotebookTests
{
    [Fact]
    public void The_title_is_the_first_heading() => Assert.Equal("Variants", Sample.Read("polyglot.ipynb").Title);

    [Fact]
    public void Without_a_heading_the_title_is_the_name()
    {
        Cell[] cells = [new("a", CellKind.Markdown, "markdown", "## Second level", []), new("b", CellKind.Code, "csharp", "# no heading", [])];
        Assert.Equal("name", new Notebook("name", "/name.ipynb", "csharp", cells).Title);
        Assert.Equal("First", new Notebook("name", "/name.ipynb", "csharp", [.. cells, new("c", CellKind.Markdown, "markdown", "text\n# First\n# Second", [])]).Title);
    }

    [Fact]
    public void A_cell_failed_if_its_last_failure_says_so()
    {
        Failure first = new("A", "one", null, null, []), last = new("B", "two", 3, "x", []);
        var cell = new Cell("a", CellKind.Code, "csharp", "", []);
        Assert.Same(last, new CellRun(cell, [first, new StreamText(false, "said"), last], TimeSpan.Zero).Failure);
        Assert.Null(new CellRun(cell, [new StreamText(true, "said")], TimeSpan.Zero).Failure);
    }
}
