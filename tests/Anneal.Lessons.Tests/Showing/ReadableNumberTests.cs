namespace Anneal.Lessons.Tests;

public class ReadableNumberTests
{
    [Theory]
    [InlineData(0, 6, "0")]
    [InlineData(1500000000, 2, "1.5·10⁹")]
    [InlineData(1e-8, 6, "10⁻⁸")]
    [InlineData(-2.5e-7, 6, "−2.5·10⁻⁷")]
    [InlineData(0.00001, 6, "0.00001")]
    [InlineData(0.0000099999996, 6, "0.00001")] // rounded first
    [InlineData(0.1 + 0.2, 12, "0.3")]
    [InlineData(1970, 7, "1970")]
    [InlineData(12500, 6, "12,500")]
    [InlineData(-1234567.8, 8, "−1,234,567.8")]
    [InlineData(9999999.6, 7, "10⁷")]
    [InlineData(123.456, 1, "100")]
    [InlineData(5e-324, 3, "4.94·10⁻³²⁴")]
    [InlineData(double.MaxValue, 3, "1.8·10³⁰⁸")]
    [InlineData(double.NegativeInfinity, 3, "−∞")]
    [InlineData(double.NaN, 3, "not a number")]
    public void A_number_is_written_as_people_write_it(double value, int digits, string written) =>
        Assert.Equal(written, MarkdownTable.Number(value, digits));

    [Fact]
    public void A_table_shows_itself_as_Markdown() =>
        Assert.Equal("| rule | κ |\n| --- | --- |\n| none | 1.5·10⁹ |", MarkdownTable.Of("rule | κ", [$"none | {MarkdownTable.Number(1.5e9)}"]).ToMarkdown());

    [Fact]
    public void A_row_with_a_cell_too_many_is_refused() =>
        Assert.Contains("2 columns, and 3 cells", Assert.Throws<ArgumentException>(() => MarkdownTable.Of("a | b", ["1 | 2 | 3"])).Message);
}
