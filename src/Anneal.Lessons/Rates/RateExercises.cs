namespace Anneal.Lessons;

/// <summary>The exercises of lesson 01, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class RateExercises
{
    /// <summary>A prediction: two steps by hand, and the rate at which nothing is gained.</summary>
    public static Exercise Threshold { get; } = new("threshold",
        "f(x) = 5x², start 4: roughly where is x after one and after two updates with the rate 0.15, and from about which rate on does |x| no longer shrink?",
        new Part("after one update", 4 - 0.15 * 40, 1,
            new Hint(4 + 0.15 * 40, "That goes uphill: the gradient is subtracted.", 1e-9),
            new Hint(4 - 0.15 * 20, "The derivative of 5x² is 10x, not 5x.", 1e-9),
            new Hint(4 - 0.15 * 80, "The derivative of 5x² is 10x, not 20x.", 1e-9),
            new Hint(2, "The size is right. The step of 6 is longer than the way of 4, so x changes sides.", 1e-9)),
        new Part("after two updates", 1, 0.75,
            new Hint(-5, "At −2 the gradient is −20, and minus a negative step goes right.", 1e-9),
            new Hint(-1, "It changes sides once more.", 1e-9)),
        new Part("rate", 2.0 / 10, 0.04,
            new Hint(1.0 / 10, "At 1/10 one update lands on the minimum. How much longer may the step be?", 1e-9),
            new Hint(2.0 / 5, "The curvature, the second derivative of 5x², is 10.", 1e-9),
            new Hint(1.0 / 5 / 2 * 3, "Put it in: 1 − 10η must lie between −1 and 1.", 1e-9)))
    {
        Right = "Right: every update multiplies by 1 − 10η, here by −½; at η = 2/10 by −1.",
    };

    /// <summary>A derivation: the curvature of a least-squares loss is made of its inputs.</summary>
    public static Exercise Curvature { get; } = new("curvature",
        "Inputs 1, 2, 3, loss mean of ½(wx − y)²: its curvature in w, and the rate above which gradient descent diverges (four decimals).",
        new Part("curvature", 14.0 / 3, 5e-4,
            new Hint(14, "That is the sum of the squares; the loss takes the mean.", 5e-4),
            new Hint(2, "That is the mean of x. Differentiate ½(wx − y)² twice: x enters squared.", 5e-4),
            new Hint(4, "That is the square of the mean; needed is the mean of the squares.", 5e-4),
            new Hint(7.0 / 3, "The ½ cancels against the 2 of the square.", 5e-4)),
        new Part("rate", 3.0 / 7, 5.1e-5,
            new Hint(1.0 / 7, "That belongs to the sum; the loss takes the mean."),
            new Hint(3.0 / 14, "That is 1/L, where one update is enough."),
            new Hint(2.0 / 9, "That is the limit of the sample x = 3 alone; the loss has the mean curvature.")))
    {
        Right = "Right: the mean of x² is 14/3, so 2/L = 3/7. The targets y do not enter.",
    };

    /// <summary>A flaw in an argument: a short step is taken for an arrival.</summary>
    public static Exercise Converged { get; } = new("converged",
        "f(x) = 5x², start 4, rate 0.00002; a run stops after the first step that is shorter than 0.001. Where does it stop, and which of the four sentences is the first that is false?",
        new Part("x where it stops", 4 - 0.00002 * 40, 1e-5,
            new Hint(0, "How long is the very first step? The gradient at 4 is 40.", 0.01),
            new Hint(4, "One update is made before its step can be measured.", 1e-5),
            new Hint(4 + 0.00002 * 40, "That goes uphill: the gradient is subtracted.", 1e-5),
            new Hint(4 - 0.00002 * 20, "The derivative of 5x² is 10x.", 1e-5)),
        new Part("sentence", 3, 1e-9,
            new Hint(1, "That is the update rule itself.", 1e-9),
            new Hint(2, "0.00002 · 40 = 0.0008 is shorter than 0.001.", 1e-9),
            new Hint(4, "It can be false, at a saddle for example. But in this run an earlier sentence fails.", 1e-9)))
    {
        Right = "Right: it stops after one update, where the gradient is still 40. A short step can have a small rate as its only reason.",
    };

    /// <summary>A prediction: how long a saddle holds a run.</summary>
    public static Exercise Escape { get; } = new("escape",
        "Beside a saddle y grows by the factor 1.1 per update. After about how many updates is it above 0.1, from 0.001 and from 0.000001?",
        new Part("from 0.001", Math.Log(100) / Math.Log(1.1), 20,
            new Hint(Math.Log10(100) / Math.Log(1.1), "A logarithm to base 10 was mixed with a natural one.", 1),
            new Hint(100 / 1.1, "The growth is a power: 0.001 · 1.1ᵏ = 0.1. Take logarithms.", 2),
            new Hint(990, "That counts steps of a fixed size. Each update multiplies.", 20)),
        new Part("from 0.000001", Math.Log(1e5) / Math.Log(1.1), 40,
            new Hint(1000 * Math.Log(100) / Math.Log(1.1), "A start a thousand times nearer costs more updates, but not a thousand times as many: a logarithm's worth.", 2_000),
            new Hint(3 * Math.Log(10) / Math.Log(1.1), "These are the additional ones: add those from 0.001 on.", 2)))
    {
        Right = "Right: about 48 for two decades, and 24 more for every further one.",
    };

    /// <summary>The price of precision: ball and waiting time at two rates.</summary>
    public static Exercise Price { get; } = new("price",
        "μ = 2, σ² = 8. E[x²] in the ball at the rates 0.1 and 0.05 (four decimals), and after how many updates the start's share of E[x²] is below 1 %.",
        new Part("ball at 0.1", 0.8 / 3.6, 5.1e-5,
            new Hint(0.2, "The ημ in the denominator was dropped; at this rate it counts."),
            new Hint(0.8 / 1.8, "μ stands in the denominator as well."),
            new Hint(0.1 * Math.Sqrt(8) / 3.6, "σ² is 8 already; no root.")),
        new Part("ball at 0.05", 0.4 / 3.8, 5.1e-5,
            new Hint(0.1, "The ημ in the denominator was dropped."),
            new Hint(0.4 / 1.9, "μ stands in the denominator as well."),
            new Hint(0.8 / 3.6 / 2, "Nearly half: but the denominator changes too.")),
        new Part("updates at 0.1", Math.Ceiling(Math.Log(0.01) / (2 * Math.Log(0.8))), 0.5,
            new Hint(21, "That is for x. The square shrinks by the factor (1 − ημ)² per update.", 0.5),
            new Hint(10, "After 10 updates it is still 1.15 %.", 0.5),
            new Hint(22, "The factor 1 − ημ is 0.8 here: μ = 2.", 0.5)),
        new Part("updates at 0.05", Math.Ceiling(Math.Log(0.01) / (2 * Math.Log(0.9))), 0.5,
            new Hint(44, "That is for x. The square shrinks twice as fast.", 0.5),
            new Hint(45, "The factor 1 − ημ is 0.9 here: μ = 2.", 0.5)))
    {
        Right = "Right: half the rate, about half the ball, twice the wait.",
    };
}
