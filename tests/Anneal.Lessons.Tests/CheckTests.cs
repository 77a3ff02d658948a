namespace Anneal.Lessons.Tests;

[Collection(nameof(Console))]
public sealed class CheckTests : IDisposable
{
    readonly TextWriter before = Console.Out;
    readonly StringWriter written = new();

    public CheckTests() => Console.SetOut(written);

    public void Dispose() => Console.SetOut(before);

    string[] Lines => written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Claims_that_hold_write_a_line_each_in_order()
    {
        Check.That("the sky is above", 2 > 1);
        Check.Close("two", 2, 2, 0);
        Check.Close("a third", 1.0 / 3, 0.333, 1e-3);
        Assert.Equal(["✓ the sky is above", "✓ two: 2", "✓ a third: 0.3333333 (stated 0.333, within 0.001)"], Lines);
    }

    [Fact]
    public void Digits_that_are_only_rounding_errors_are_not_shown()
    {
        Check.Close("three tenths", 0.1 + 0.2, 0.3, 1e-15);
        Check.Close("a small one", 2.5e-7, 2e-7, 1e-7);
        Assert.Equal(["✓ three tenths: 0.3", "✓ a small one: 2.5·10⁻⁷ (stated 2·10⁻⁷, within 10⁻⁷)"], Lines);
    }

    [Fact]
    public void Bounds_hold_with_their_ends()
    {
        Check.AtMost("error", 0.05, 0.05);
        Check.AtLeast("gain", 18.999999999999982, 3);
        Check.Between("share", 0.5, 0.25, 0.75);
        Assert.Equal(["✓ error: 0.05 (at most 0.05)", "✓ gain: 19 (at least 3)", "✓ share: 0.5 (0.25 to 0.75)"], Lines);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(2.0000001)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_out_of_bounds_fails_with_both_numbers(double actual)
    {
        Assert.Equal("at most 2", Assert.Throws<CheckFailedException>(() => Check.AtMost("x", actual, 2)).Expected);
        Assert.Equal("at least 2", Assert.Throws<CheckFailedException>(() => Check.AtLeast("x", double.IsNaN(actual) ? actual : -actual, 2)).Expected);
        Assert.Equal("1 to 2", Assert.Throws<CheckFailedException>(() => Check.Between("x", actual, 1, 2)).Expected);
        Assert.Empty(Lines);
    }

    [Fact]
    public void Bounds_that_no_number_meets_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Check.Between("x", 1, 2, 1));
        Assert.Throws<ArgumentException>(() => Check.AtMost("x", 1, double.NaN));
    }

    [Fact]
    public void A_false_claim_names_the_condition()
    {
        int x = 3;
        var e = Assert.Throws<CheckFailedException>(() => Check.That("x is large", x > 4));
        Assert.Equal("The check \"x is large\" failed.\n  actual:     false\n  expected:   true, for  x > 4", e.Message);
        Assert.Empty(Lines);
    }

    [Fact]
    public void A_wrong_number_names_claim_actual_expected_and_difference()
    {
        var e = Assert.Throws<CheckFailedException>(() => Check.Close("the rate", 0.5, 0.25, 0.125));
        Assert.Equal("The check \"the rate\" failed.\n  actual:     0.5\n  expected:   0.25 ± 0.125\n  difference: 0.25", e.Message);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    public void Not_a_number_is_close_to_nothing(double actual, double expected) =>
        Assert.Throws<CheckFailedException>(() => Check.Close("a number", actual, expected, double.MaxValue));

    [Fact]
    public void The_tolerance_itself_is_still_close() => Check.Close("edge", 1.25, 1, 0.25);

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_tolerance_that_is_none_is_refused(double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Check.Close("anything", 1, 1, tolerance));

    [Fact]
    public void Lists_are_compared_place_by_place()
    {
        Check.Close("both", [1, 2], [1, 2.5], 0.5);
        var e = Assert.Throws<CheckFailedException>(() => Check.Close("both", [1, 2], [1, 3], 0.5));
        Assert.Equal(("2 at index 1", "1"), (e.Actual, e.Difference));
        Assert.Equal("3 values", Assert.Throws<CheckFailedException>(() => Check.Close("both", [1, 2], [1, 2, 3], 1)).Expected);
    }

    [Fact]
    public void Equality_is_the_values_own()
    {
        Check.Equal("records", new Constant(0.1), new Constant(0.1));
        Assert.Throws<CheckFailedException>(() => Check.Equal("words", "a", "b"));
    }

    [Fact]
    public void A_refusal_is_shown_with_its_message()
    {
        Check.Throws<ArgumentOutOfRangeException>("no steps", () => new CosineDecay(0.1, 0));
        Assert.StartsWith("✓ no steps: Steps must be a finite number above 0.", Assert.Single(Lines));
    }

    [Fact]
    public void What_is_not_refused_fails()
    {
        var none = Assert.Throws<CheckFailedException>(() => Check.Throws<ArgumentException>("refused", () => { }));
        Assert.Equal(("nothing was thrown", "ArgumentException"), (none.Actual, none.Expected));
        var other = Assert.Throws<CheckFailedException>(() => Check.Throws<ArgumentException>("refused", () => throw new InvalidOperationException("other")));
        Assert.Equal("InvalidOperationException: other", other.Actual);
    }
}
