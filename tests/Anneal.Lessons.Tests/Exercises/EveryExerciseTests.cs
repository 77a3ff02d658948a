namespace Anneal.Lessons.Tests;

/// <summary>What holds for every exercise of every lesson.</summary>
public class EveryExerciseTests
{
    public static TheoryData<Type, string> Exercises => [.. ExercisesOf.All()];

    [Fact]
    public void There_are_some_in_ten_lessons() => Assert.InRange(ExercisesOf.All().Select(e => e.Lesson).Distinct().Count(), 10, 19);

    [Theory, MemberData(nameof(Exercises))]
    public void Its_own_answers_solve_it_and_stubs_do_not(Type lesson, string name)
    {
        var exercise = ExercisesOf.Named(lesson, name);
        Assert.Equal(Progress.Solved, exercise.Check(exercise.Answers).Progress);
        Assert.Equal(Progress.NotYet, exercise.Check([.. exercise.Answers.Select(_ => Answer.NotYet)]).Progress);
    }

    [Theory, MemberData(nameof(Exercises))]
    public void Every_hint_is_what_its_wrong_answer_gets(Type lesson, string name) =>
        Assert.All(ExercisesOf.Named(lesson, name).Parts, part => Assert.All(part.Hints, hint => Assert.Same(hint, part.HintFor(hint.Value))));
}
