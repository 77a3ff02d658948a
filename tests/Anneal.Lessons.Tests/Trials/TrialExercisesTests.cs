namespace Anneal.Lessons.Tests;

public class TrialExercisesTests() : ExercisesOf(typeof(TrialExercises))
{
    // The right numbers are worked out by hand, on paper.
    [Theory]
    [InlineData("Travel", 0.21497, 0.9, 4.1866)]
    [InlineData("MayStay", 3.0)]
    [InlineData("FallGuess", 13.0, 58.0)]
    [InlineData("CommonRateGuess", 16.5)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * Math.Abs(b));
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("Travel", 0, 0.505, "straight line")]
    [InlineData("Travel", 0, 0.21715, "beyond the end")]
    [InlineData("Travel", 1, 0.8, "half")]
    [InlineData("Travel", 2, 0.2389, "other way")]
    [InlineData("MayStay", 0, 1, "margin")]
    [InlineData("MayStay", 0, 2, "shared rates")]
    [InlineData("MayStay", 0, 4, "3.3")]
    [InlineData("MayStay", 0, 5, "grid")]
    [InlineData("FallGuess", 0, 35, "start at 0")]
    [InlineData("FallGuess", 1, 90, "spends half")]
    [InlineData("CommonRateGuess", 0, 2, "never does")]
    [InlineData("CommonRateGuess", 0, 60, "trouble")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    [Fact]
    public void The_last_iterate_bound_from_scratch_is_the_librarys()
    {
        double[] rates = [0.9, 0.9, 0.9, 0.6, 0.3];
        var library = Theory.LastIterateBound.Of(Schedule.Of("five", t => rates[(int)t]), 5, 3);
        Assert.Equal(library.At(1), Reference(VerdictsFromScratch.LastIterate)(rates, 3)[^1], 1e-14);
    }

    static F Reference<F>(CodingExercise<F> exercise) where F : Delegate =>
        (F)typeof(CodingExercise<F>).GetField("reference", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(exercise)!;
}
