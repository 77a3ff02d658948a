namespace Anneal.Lessons;

/// <summary>What the notes say about schedules for large models; lesson 13 teaches it.</summary>
static class PlanningNotes
{
    const string Lesson = "13-planning-a-long-run", Climb = "Why climb first, and for how long?", Shape = "Which shape, and when does it come down?";

    public static IReadOnlyList<NoteCard> Cards { get; } =
    [
        new(Lesson, "why-plan", Climb, "Why does the training of a large language model follow a schedule? Name three things it is for.",
            ["A calm beginning, quick progress in the middle, and a run that neither spikes nor diverges."]),
        new(Lesson, "climb", Climb, "What is the warm-up of a long run for?",
            ["At the start the weights are random, and Adam's first updates have full length however small the gradient. A rate that climbs keeps them short, and lets the run tolerate a higher peak."]),
        new(Lesson, "come-down", Shape, "What is the decay at the end of a long run for?",
            ["Low rates calm the noise of the batches: the loss stops swinging and ends lower."]),
    ];
}
