namespace Anneal.Notebooks.Tests;

public class PackageVersionTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.3", true)]
    [InlineData("1.2", "1.2.3", true)]
    [InlineData("1.10.0", "1.9.0", false)]
    [InlineData("2.0.0-preview.18", "6.0.0", true)]
    [InlineData("6.0.0-preview.1", "6.0.0", true)]
    [InlineData("6.0.0", "6.0.0-preview.1", false)]
    [InlineData("*", "1.0.0", true)]
    [InlineData("1.*", "1.4.0", true)]
    [InlineData("2.*", "1.4.0", false)]
    [InlineData("[1.2.3]", "1.2.3", true)]
    [InlineData("*-*", "1.0.0", true)]
    public void What_there_is_satisfies_what_is_asked_for_or_not(string wanted, string available, bool isEnough) =>
        Assert.Equal(isEnough, PackageVersion.IsAtMost(wanted, available));
}
