namespace Anneal.Lessons;

/// <summary>An exercise as data: what is asked, the right answers, and what to say to known wrong ones.</summary>
/// <param name="Id">Unique in its lesson.</param>
/// <param name="Prompt">The question in one line.</param>
/// <param name="Parts">The numbers asked for, in order.</param>
public sealed record Exercise(string Id, string Prompt, params IReadOnlyList<Part> Parts)
{
    /// <summary>Shown when every part is right.</summary>
    public string Right { get; init; } = "Right.";

    /// <summary>Shown for a wrong answer that no hint knows.</summary>
    public string Wrong { get; init; } = "Not yet right. Put your numbers back into the formula line by line, or unfold the solution.";

    /// <summary>Looks at the reader's answers; the result shows itself, with an answer box below it.</summary>
    /// <param name="answers">One per part; <see cref="Answer.NotYet"/> for those not solved yet.</param>
    public Verdict Check(params double[] answers)
    {
        if (answers.Length != Parts.Count)
            throw new ArgumentException($"Exercise {Id} asks for {Parts.Count} numbers, not {answers.Length}.", nameof(answers));
        return new(this, answers);
    }

    /// <summary>The right answers, for tests.</summary>
    public double[] Answers => [.. Parts.Select(p => p.Expected)];
}
