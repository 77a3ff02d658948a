using System.Reflection;

namespace Anneal.Lessons.Tests;

public class AdaptiveExercisesTests
{
    public static TheoryData<string> Names => new(typeof(AdaptiveExercises)
        .GetProperties(BindingFlags.Static | BindingFlags.Public).Select(p => p.Name));

    static Exercise Named(string name) => (Exercise)typeof(AdaptiveExercises).GetProperty(name)!.GetValue(null)!;

    [Theory, MemberData(nameof(Names))]
    public void Its_own_answers_solve_it_and_stubs_do_not(string name)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(exercise.Answers).Progress);
        Assert.Equal(Progress.NotYet, exercise.Check([.. exercise.Answers.Select(_ => Answer.NotYet)]).Progress);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_hint_is_what_its_wrong_answer_gets(string name) => Assert.All(Named(name).Parts, part =>
        Assert.All(part.Hints, hint => Assert.Same(hint, part.HintFor(hint.Value))));

    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("FirstStep", new[] { 0.1, 0.1 })]
    [InlineData("Travel", new[] { 2_500.0 })]
    [InlineData("Travel", new[] { 2_574.0 })]
    [InlineData("Limit", new[] { 0.04 })]
    [InlineData("Swing", new[] { 0.05 })]
    [InlineData("Correction", new[] { 3.16, 0.99 })]
    [InlineData("PrintedByHand", new[] { 500.25, 5.2632, 0.2353 })]
    [InlineData("Round", new[] { 1.0, -0.349 })]
    [InlineData("HalfStep", new[] { 1e-8, 5.77e-5 })]
    [InlineData("Equilibria", new[] { 0.5, 0.9901 })]
    [InlineData("BestLambda", new[] { 0.0032 })]
    [InlineData("Vote", new[] { 2.0, 0.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("FirstStep", 0, 0.0001, "plain descent")]
    [InlineData("FirstStep", 0, 100, "own rate")]
    [InlineData("FirstStep", 1, 100, "plain descent")]
    [InlineData("FirstStep", 1, 0.0001, "own rate")]
    [InlineData("Travel", 0, 100, "shrink")]
    [InlineData("Travel", 0, 10_000, "2√k")]
    [InlineData("Travel", 0, 50, "Square it")]
    [InlineData("Limit", 0, 0, "finite limit")]
    [InlineData("Limit", 0, 0.08, "first gradient is 2")]
    [InlineData("Limit", 0, 0.016, "root of s")]
    [InlineData("Limit", 0, 0.05, "alone")]
    [InlineData("Limit", 0, 0.0316, "ρ²")]
    [InlineData("Swing", 0, 0, "come to rest")]
    [InlineData("Swing", 0, 0.1, "length of a step")]
    [InlineData("Correction", 0, 1, "corrected step")]
    [InlineData("Correction", 0, 100, "root of v")]
    [InlineData("Correction", 0, 0.316, "Upside down")]
    [InlineData("Correction", 0, 0.9, "1 − β, not")]
    [InlineData("Correction", 1, 0.9, "0.32")]
    [InlineData("Correction", 1, 0.81, "not 1 − β₁²")]
    [InlineData("Correction", 1, 0.01, "That is 1 − β₂")]
    [InlineData("Correction", 1, 0.9487, "solve for β₂")]
    [InlineData("PrintedByHand", 0, 1, "corrected v")]
    [InlineData("PrintedByHand", 0, 1_000, "0.999²")]
    [InlineData("PrintedByHand", 1, 10, "0.9²")]
    [InlineData("PrintedByHand", 1, 0.19, "before its correction")]
    [InlineData("PrintedByHand", 2, 0.01052, "root of v")]
    [InlineData("PrintedByHand", 2, 0.0447, "m has grown")]
    [InlineData("Round", 0, -1, "one step left")]
    [InlineData("Round", 1, 0.349, "against them")]
    [InlineData("Round", 1, -0.1218, "root of v")]
    [InlineData("Round", 1, -1.0472, "large gradient's")]
    [InlineData("Round", 1, 0.68, "same divisor")]
    [InlineData("HalfStep", 0, 1e-4, "not with g²")]
    [InlineData("HalfStep", 1, 1e-4, "1/√2")]
    [InlineData("HalfStep", 1, 1e-8, "compared with g²")]
    [InlineData("HalfStep", 1, 1.732e-4, "divide by 3")]
    [InlineData("Equilibria", 0, 0.9901, "That is (b)")]
    [InlineData("Equilibria", 0, 0.99, "one step's")]
    [InlineData("Equilibria", 1, 0.99, "1/(1 + λ)")]
    [InlineData("Equilibria", 1, 0.5, "That is (a)")]
    [InlineData("Equilibria", 1, 0.9999, "drops out")]
    [InlineData("BestLambda", 0, 0.0016, "squared")]
    [InlineData("BestLambda", 0, 0.0008, "own size")]
    [InlineData("BestLambda", 0, 0.0128, "already")]
    [InlineData("BestLambda", 0, 0.001, "table")]
    [InlineData("Vote", 0, 0, "median")]
    [InlineData("Vote", 0, 5, "middle")]
    [InlineData("Vote", 1, 2, "signs vote")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says)
    {
        var asked = Named(name).Parts[part];
        Assert.False(asked.IsRight(wrong));
        Assert.Contains(says, asked.HintFor(wrong)?.Text);
    }
}
