namespace Anneal.Lessons.Tests;

public class PartTests
{
    static readonly Part part = new("x", 1, 0.01, new Hint(2, "doubled"), new Hint(1.005, "too close to the answer"),
        new Hint(2.005, "too close to a hint"), new Hint(double.NaN, "no number"), new Hint(-1, "sign", 0.5));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1.0099, true)]
    [InlineData(1.011, false)]
    [InlineData(double.NaN, false)]
    public void An_answer_within_the_tolerance_is_right(double answer, bool right) => Assert.Equal(right, part.IsRight(answer));

    [Fact]
    public void Hints_that_cannot_be_told_apart_are_left_out() => Assert.Equal(["doubled", "sign"], part.Hints.Select(h => h.Text));

    [Theory]
    [InlineData(2.009, "doubled")]
    [InlineData(-1.4, "sign")]
    [InlineData(5, null)]
    public void A_known_wrong_answer_gets_its_hint(double answer, string? text) => Assert.Equal(text, part.HintFor(answer)?.Text);

    [Theory]
    [InlineData(0.0017, true)]
    [InlineData(0.00172, true)]
    [InlineData(0.001721, true)]
    [InlineData(0.001722, false)]
    [InlineData(0.002, false)]
    [InlineData(0.00175, false)]
    [InlineData(0, false)]
    [InlineData(double.NaN, false)]
    public void A_right_answer_with_too_few_digits_is_known(double answer, bool tooFew) =>
        Assert.Equal(tooFew, new Part("rate", 0.00172175, 5e-7).HasTooFewDigits(answer));

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, 0)]
    [InlineData(1, double.NaN)]
    public void Nonsense_is_refused(double expected, double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Part("x", expected, tolerance));
}
