namespace Anneal.Lessons;

/// <summary>What the notes say about the convergence of SGD; lesson 03 teaches it.</summary>
static class ConvergenceNotes
{
    const string Lesson = "03-sgd-convergence", Sums = "What do two sums buy?", Which = "Which schedules meet the conditions?", Fast = "How fast, and why 1/t?", Practice = "And the line that is used in practice?";

    public static IReadOnlyList<NoteCard> Cards { get; } =
    [
        new(Lesson, "two-sums", Sums, "Which two conditions on the rates are Robbins' and Monro's?",
            [@"$$\sum_t \eta_t = \infty, \qquad \sum_t \eta_t^2 < \infty$$"]),
        new(Lesson, "what-for", Sums, "What is each of Robbins' and Monro's two sums for?",
            ["An infinite sum of the rates goes far enough: no start is too far away. A finite sum of their squares is quiet enough: the run takes in only so much noise."]),
        new(Lesson, "promise", Sums, "The rates meet both of Robbins' and Monro's conditions. What does SGD reach, and what else must hold?",
            [@"$$\liminf_t\; \mathbb{E}\,\lVert\nabla f(\theta_t)\rVert^2 = 0$$", "The loss must be smooth and bounded from below, and the gradients unbiased with bounded variance."],
            new("E000-2", "The notes promise a local minimum and name no assumption. A gradient of 0 may as well belong to a saddle point.")),
        new(Lesson, "powers", Which, @"Name a schedule that meets both conditions. Which powers $t^{-p}$ do?",
            [@"$1/t$ does. Among the powers all with $\tfrac12 < p \le 1$ do."]),
        new(Lesson, "strong", Fast, @"The loss is strongly convex with curvatures of at least $\mu$, and the rate is $c/(t+1)$. How fast does the mean squared distance to the minimum fall, and when?",
            [@"Like $1/t$, provided that $c\mu > \tfrac12$."],
            new("E000-6", @"The notes promise it for $1/t$ on every strongly convex problem. With $c = 1$ and a curvature below ½ the distance falls like $t^{-2\mu}$ only.")),
        new(Lesson, "line", Practice, @"Write down the straight line from $\alpha_0$ to $\alpha_\tau$ over $\tau$ steps that is often used in practice.",
            [@"$$\eta_t = \begin{cases} \bigl(1 - \frac{t}{\tau}\bigr)\,\alpha_0 + \frac{t}{\tau}\,\alpha_\tau & t < \tau \\ \alpha_\tau & t \ge \tau \end{cases}$$"]),
        new(Lesson, "line-fails", Practice, @"Does the straight line to $\alpha_\tau$ meet Robbins' and Monro's conditions?",
            [@"No. If $\alpha_\tau$ is above 0, the rate is constant in the end, and the squares add up to infinity. If it is 0, the rates add up to a finite way. What the line buys is the small noise of $\alpha_\tau$ without its long way."]),
    ];
}
