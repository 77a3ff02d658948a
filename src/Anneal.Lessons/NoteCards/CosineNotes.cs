namespace Anneal.Lessons;

/// <summary>What the notes say about warm-up and cosine; lesson 09 teaches it.</summary>
static class CosineNotes
{
    const string Lesson = "09-cosine-by-hand", Warm = "What does a warm-up change?";

    public static IReadOnlyList<NoteCard> Cards { get; } =
    [
        new(Lesson, "ramp", Warm, @"A linear warm-up leads to $\eta_{\max}$ in $W$ steps. What is the rate at step $t < W$?",
            [@"$$\eta(t) = \eta_{\max} \cdot \frac{t}{W}$$"],
            new("E000-1", "The notes print 1 where the t belongs. Then the rate would stay the same for the whole warm-up.")),
        new(Lesson, "cosine-after", Warm, @"After $W$ steps of warm-up a cosine leads from $\eta_{\max}$ to $\eta_{\min}$ at step $T$. What is the rate at step $t \ge W$?",
            [@"$$\eta(t) = \eta_{\min} + \tfrac12\,(\eta_{\max} - \eta_{\min})\,(1 + \cos \pi x), \qquad x = \frac{t - W}{T - W}$$", "The cosine has a clock of its own: it starts when the warm-up ends."]),
    ];
}
