namespace Anneal.Lessons;

/// <summary>A lesson of the syllabus; it exists when its notebook does.</summary>
/// <param name="Name">File name without ending, such as "09-cosine-by-hand".</param>
/// <param name="Title">What the lesson is called in lists.</param>
/// <param name="Question">The one question it answers.</param>
/// <param name="Needs">What a reader should know before.</param>
/// <param name="Goals">What a reader can do afterwards; each completes "you will be able to …".</param>
/// <param name="Minutes">Time it takes to read and to solve.</param>
/// <param name="Part">The title of the part it belongs to.</param>
public sealed record Lesson(
    string Name, string Title, string Question, IReadOnlyList<string> Needs, IReadOnlyList<string> Goals, int Minutes, string Part)
{
    /// <summary>The two digits that its name begins with.</summary>
    public string Number => Name[..2];

    /// <summary>How long its cells take, roughly, in seconds on a machine of 2026 with two cores. Of the lessons that have never run on a machine, the longest starts first.</summary>
    public int Seconds { get; init; }
}

/// <summary>A part of the course: lessons that answer one larger question.</summary>
/// <param name="Title">Such as "Directions".</param>
/// <param name="Answers">What a reader knows after it, in a sentence or two.</param>
public sealed record CoursePart(string Title, string Answers);
