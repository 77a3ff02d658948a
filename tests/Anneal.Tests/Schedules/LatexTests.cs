using CsCheck;

namespace Anneal.Tests.Schedules;

public class LatexTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Theory]
    [InlineData("constant(0.0003)", @"\eta(t) = 3 \cdot 10^{-4}")]
    [InlineData("cosine(0.1, 100)", @"\eta(t) = \begin{cases} 0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}")]
    [InlineData("step(0.1, 0.5, 30)", @"\eta(t) = 0.1 \cdot 0.5^{\lfloor t / 30 \rfloor}")]
    [InlineData("inverseTime(1)", @"\eta(t) = \frac{1}{1 + t}")]
    [InlineData("warmup(0.1, 20) > constant(0.1)", @"\eta(t) = \begin{cases} 0.1 \cdot \frac{t}{20} & t < 20 \\ 0.1 & \text{else} \end{cases}")]
    [InlineData("shift(exponential(1, 0.5), -3)", @"\eta(t) = 1 \cdot 0.5^{t + 3}")]
    public void A_formula_has_the_schedules_own_numbers(string notation, string latex) => Assert.Equal(latex, ScheduleNotation.Parse(notation).Latex);

    [Theory, MemberData(nameof(Schedules))]
    public void Braces_and_brackets_close(Schedule schedule) => Closes(schedule.Latex);

    [Fact]
    public void Braces_and_brackets_close_in_any_formula() => Any.Schedule.Where(HasAnEnd).Sample(schedule => Closes(schedule.Latex));

    /// <summary>A part that refuses to be passed may have been cut behind its own end: then there is no last rate to show.</summary>
    static bool HasAnEnd(Schedule schedule)
    {
        try
        {
            schedule.At(1e6);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    static void Closes(string latex)
    {
        int depth = 0;
        foreach (char c in latex.Replace(@"\{", "").Replace(@"\}", ""))
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth >= 0, latex);
        }
        Assert.Equal(0, depth);
        Assert.Equal(latex.Split(@"\left").Length, latex.Split(@"\right").Length);
        Assert.Equal(latex.Split(@"\begin{cases}").Length, latex.Split(@"\end{cases}").Length);
        Assert.DoesNotContain("NaN", latex);
    }
}
