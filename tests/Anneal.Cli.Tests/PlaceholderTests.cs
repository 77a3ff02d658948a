namespace Anneal.Cli.Tests;

public class PlaceholderTests
{
    [Fact]
    public void The_project_builds() => Assert.NotNull(typeof(PlaceholderTests).Assembly);
}
