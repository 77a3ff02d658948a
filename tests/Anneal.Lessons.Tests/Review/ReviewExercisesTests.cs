using Anneal.Live;

namespace Anneal.Lessons.Tests;

public class ReviewExercisesTests() : ExercisesOf(typeof(ReviewExercises))
{
    static readonly DateTimeOffset start = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);

    // The page's queue computes the first two; the third is the ratio of 14.90 and 6.05 answers.
    [Fact]
    public void The_fourth_wait_and_the_evening_are_the_queues()
    {
        MemoryState? spaced = null, massed = null;
        for (int i = 0; i < 4; i++)
            spaced = LiveReview.Scheduler.Next(spaced, Grade.Good, spaced?.Due ?? start);
        double once = LiveReview.Scheduler.Next(null, Grade.Good, start).Stability;
        for (int i = 0; i < 3; i++)
            massed = LiveReview.Scheduler.Next(massed, Grade.Good, start.AddMinutes(20 * i));
        Assert.Equal(ReviewExercises.NextWait.Answers[0], (spaced!.Due - spaced.Last).TotalDays);
        Assert.Equal(ReviewExercises.OneEvening.Answers[0], massed!.Stability / once);
    }

    [Theory]
    [InlineData("NextWait", 163.0)]
    [InlineData("OneEvening", 1.0)]
    [InlineData("YearGuess", 14.9 / 6.05)]
    [InlineData("TwiceAsFast", 3.0)]
    [InlineData("FirstLook", 3.0, 1.0, 2.0)]
    public void The_answers_are_these(string name, params double[] byHand) =>
        Assert.Equal(Progress.Solved, Named(name).Check(byHand).Progress);

    // The wrong numbers are worked out by hand from the mistake: 0.97/0.8 = 1.21; 3.316/0.2228 = 14.9; 46.28/2.3065 = 20.1.
    [Theory]
    [InlineData("NextWait", 0, 46, "grown since")]
    [InlineData("NextWait", 0, 59, "day of the last answer")]
    [InlineData("NextWait", 0, 92, "more than double")]
    [InlineData("NextWait", 0, 500, "smaller factor")]
    [InlineData("OneEvening", 0, 3, "as long")]
    [InlineData("OneEvening", 0, 20.1, "until it is due")]
    [InlineData("YearGuess", 0, 1.21, "ratio of the targets")]
    [InlineData("YearGuess", 0, 14.9, "same stability")]
    [InlineData("TwiceAsFast", 0, 2, "only of this rate")]
    [InlineData("TwiceAsFast", 0, 4, "earlier sentence")]
    [InlineData("FirstLook", 0, 1, "but not how")]
    [InlineData("FirstLook", 1, 2, "changes the length")]
    [InlineData("FirstLook", 2, 1, "keeps the shape")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    // S = 300: 300/0.980346 · (0.8^(−6.48508) − 1) = 306.01 · 3.25077 = 994.8 days.
    [Fact]
    public void A_wait_worked_out_another_way() => Assert.Equal(Progress.Solved, ReviewFromScratch.Wait.Check((stability, target) =>
    {
        double w = 0.1542, exact = stability * (Math.Exp(-Math.Log(target) / w) - 1) / (Math.Exp(-Math.Log(0.9) / w) - 1);
        return exact < 1 ? 1 : (int)(exact + 0.5);
    }).Progress);

    // S = 10, D = 5, five days: R = (1 + 0.490173)^−0.1542 = 0.94034; e^1.8722 · 6 · 10^−0.1666 · (e^(0.796 · 0.05966) − 1) = 1.2929.
    [Fact]
    public void A_memory_worked_out_another_way() => Assert.Equal(Progress.Solved, ReviewFromScratch.Stability.Check((stability, difficulty, days) =>
    {
        double factor = Math.Exp(-Math.Log(0.9) / 0.1542) - 1, recall = Math.Exp(-0.1542 * Math.Log(1 + factor * days / stability));
        return stability + (11 - difficulty) * Math.Exp(1.8722 + 0.8334 * Math.Log(stability)) * (Math.Exp(0.796 * (1 - recall)) - 1);
    }).Progress);
}
