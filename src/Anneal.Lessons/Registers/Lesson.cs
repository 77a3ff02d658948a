namespace Anneal.Lessons;

/// <summary>A lesson of the syllabus; it exists when its notebook does.</summary>
/// <param name="Name">File name without ending, such as "07-cosine-exercises".</param>
/// <param name="Title">What the lesson is called in lists.</param>
/// <param name="Question">The one question it answers.</param>
/// <param name="Needs">What a reader should know before.</param>
/// <param name="Goals">What a reader can do afterwards; each completes "you will be able to …".</param>
/// <param name="Minutes">Time it takes to read and to solve.</param>
public sealed record Lesson(
    string Name, string Title, string Question, IReadOnlyList<string> Needs, IReadOnlyList<string> Goals, int Minutes);
