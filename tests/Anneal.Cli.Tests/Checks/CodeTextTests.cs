namespace Anneal.Cli.Tests;

public class CodeTextTests
{
    [Theory]
    [InlineData("a // b\nc", "a \nc")]
    [InlineData("a /* b\nc */ d", "a \n d")]
    [InlineData("a (* b *) d", "a  d")]
    [InlineData("f (*) 3", "f (*) 3")]
    [InlineData("\"http://x\" // y", "\"http://x\" ")]
    [InlineData("\"a\\\"//b\" // y", "\"a\\\"//b\" ")]
    [InlineData("@\"c:\\\" // y", "@\"c:\\\" ")]
    [InlineData("\"\"\"a // \"b\" \"\"\" // y", "\"\"\"a // \"b\" \"\"\" ")]
    [InlineData("'\"' // y", "'\"' ")]
    [InlineData("/* never closed", "")]
    public void Comments_go_and_strings_stay(string code, string expected) => Assert.Equal(expected, CodeText.WithoutComments(code));

    [Fact]
    public void Numbers_are_read_as_both_languages_write_them() =>
        Assert.Equal([1, 5000, 0.5, 1e-4, 2.5e6], CodeNumbers.In("x1 = 1 + 5_000 + 0.5 + 1e-4 // 7\n + 2.5E6"));
}
