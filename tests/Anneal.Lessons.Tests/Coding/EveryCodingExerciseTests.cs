using System.Reflection;

namespace Anneal.Lessons.Tests;

/// <summary>What holds for every coding exercise of every lesson.</summary>
public class EveryCodingExerciseTests
{
    public static TheoryData<Type, string> Exercises => [.. from lesson in typeof(CodingExercise).Assembly.GetExportedTypes()
                                                            from property in lesson.GetProperties(BindingFlags.Static | BindingFlags.Public)
                                                            where property.PropertyType.IsAssignableTo(typeof(CodingExercise))
                                                            select (lesson, property.Name)];

    static CodingExercise Named(Type lesson, string name) => (CodingExercise)lesson.GetProperty(name)!.GetValue(null)!;

    [Fact]
    public void There_are_some() => Assert.InRange(Exercises.Count, 8, 200);

    [Theory, MemberData(nameof(Exercises))]
    public void Its_reference_solves_it(Type lesson, string name) =>
        Assert.Equal($"✓ {Named(lesson, name).Right}", Named(lesson, name).OfReference.ToString());

    [Theory, MemberData(nameof(Exercises))]
    public void It_knows_at_least_four_typical_wrong_programs_and_tells_each_of_them_its_own_cause(Type lesson, string name)
    {
        var exercise = Named(lesson, name);
        Assert.True(exercise.OfSlips.Count >= 4, $"{exercise.Id} knows {exercise.OfSlips.Count} slips.");
        Assert.All(exercise.OfSlips, slip =>
        {
            Assert.Equal(Progress.Wrong, slip.Verdict.Progress);
            Assert.Equal(slip.Text, slip.Verdict.Lines[^1]);
        });
    }

    [Theory, MemberData(nameof(Exercises))]
    public void Its_box_on_the_page_tells_most_slips_by_the_first_results(Type lesson, string name)
    {
        var exercise = Named(lesson, name);
        string html = System.Net.WebUtility.HtmlDecode(exercise.OfReference.ToHtml());
        int known = exercise.OfSlips.Count(slip => html.Contains(System.Text.Json.JsonSerializer.Serialize(slip.Text)[1..^1]));
        Assert.True(known * 2 >= exercise.OfSlips.Count, $"{exercise.Id}: the first results tell {known} of {exercise.OfSlips.Count} slips.");
    }
}
