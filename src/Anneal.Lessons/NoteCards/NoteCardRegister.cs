namespace Anneal.Lessons;

/// <summary>The cards of the lecture notes, in the course's order.</summary>
public static class NoteCardRegister
{
    /// <summary>The cards.</summary>
    public static IReadOnlyList<NoteCard> All { get; } = [.. GradientNotes.Cards, .. ConvergenceNotes.Cards, .. CosineNotes.Cards, .. PlanningNotes.Cards];
}
