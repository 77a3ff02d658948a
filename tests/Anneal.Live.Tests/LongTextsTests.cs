using System.Diagnostics;

namespace Anneal.Live.Tests;

/// <summary>Whatever is nested, and however deep and long, is answered in words by everything that reads a text: a stack that overflows ends the page.</summary>
public class LongTextsTests
{
    [Theory, InlineData(60), InlineData(190), InlineData(990), InlineData(1_001), InlineData(5_000)]
    public void What_is_nested_deep_is_answered_in_words(int depth)
    {
        foreach (string text in DeepTexts.Of(depth))
        {
            Assert.False(string.IsNullOrWhiteSpace(LiveSchedules.Import(text).Error), text[..40]);
            var look = LiveSchedules.Look(text, double.NaN);
            Assert.True(look.Error is { Length: > 0 } || look.Notation is { Length: > 0 }, text[..40]);
            Assert.ThrowsAny<FormatException>(() => LiveRace.Read(text));
            Assert.NotEmpty(LiveAdvice.Advise(text, "").Refusals!);
            Assert.False(string.IsNullOrWhiteSpace(LiveTraces.Look(text).Error));
        }
    }

    [Theory, InlineData(200), InlineData(5_000)]
    public void A_list_in_a_list_in_a_list_of_a_call_is_refused_as_too_deep(int depth) =>
        Assert.Contains("deep inside one another", LiveSchedules.Import(DeepTexts.Nested("LinearLR(optimizer, lr=", "[", depth)).Error);

    /// <summary>The square of the length would be 9·10¹⁰ signs, which takes a minute and more; busy machines get some seconds.</summary>
    [Theory, InlineData("1"), InlineData("_"), InlineData("."), InlineData("a"), InlineData(" "), InlineData(")"), InlineData("="), InlineData(","), InlineData("a."), InlineData("a="), InlineData("(")]
    public void A_long_text_is_read_in_a_time_that_grows_as_it_does(string sign)
    {
        string signs = string.Concat(Enumerable.Repeat(sign, 300_000 / sign.Length));
        var clock = Stopwatch.StartNew();
        Assert.NotNull(LiveSchedules.Import($"LinearLR(lr=1{signs}x)").Error);
        Assert.NotNull(LiveSchedules.Import($"{signs}x").Error);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }
}
