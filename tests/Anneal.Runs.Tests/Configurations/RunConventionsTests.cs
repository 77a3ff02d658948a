namespace Anneal.Runs.Tests;

public class RunConventionsTests
{
    [Fact]
    public void Every_framework_has_its_row() => Assert.Equal(RunConfigurations.Frameworks, RunConventions.Rows.Select(r => r.Framework));

    [Fact]
    public void No_cell_ends_the_row_early() => Assert.All(RunConventions.Markdown().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)), line => Assert.Equal(5, line.Count(c => c == '|')));
}
