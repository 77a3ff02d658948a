using System.Reflection;

namespace Anneal.Lessons.Tests;

/// <summary>The exercises of one lesson by name, and what a test asks of them.</summary>
public abstract class ExercisesOf(Type lesson)
{
    protected Exercise Named(string name) => Named(lesson, name);

    /// <summary>Asserts that a typical wrong answer is not taken for right, and that its hint says so and so.</summary>
    protected void Recognises(string name, int part, double wrong, string says)
    {
        var asked = Named(name).Parts[part];
        Assert.False(asked.IsRight(wrong));
        Assert.Contains(says, asked.HintFor(wrong)?.Text);
    }

    internal static Exercise Named(Type lesson, string name) => (Exercise)lesson.GetProperty(name)!.GetValue(null)!;

    /// <summary>The exercises of every lesson: its class and the exercise's name.</summary>
    internal static IEnumerable<(Type Lesson, string Name)> All() =>
        from lesson in typeof(Exercise).Assembly.GetExportedTypes()
        from property in lesson.GetProperties(BindingFlags.Static | BindingFlags.Public)
        where property.PropertyType.IsAssignableTo(typeof(Exercise))
        select (lesson, property.Name);
}
