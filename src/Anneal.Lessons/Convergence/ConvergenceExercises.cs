namespace Anneal.Lessons;

/// <summary>The exercises of lesson 03, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class ConvergenceExercises
{
    /// <summary>A prediction: how large is the noise ball of a constant rate?</summary>
    public static Exercise BallGuess { get; } = new("ball-guess",
        "Noisy parabola, μ = 1, σ² = 1, constant rate 0.1. Guess: what does E[x²] tend to? What is off by no more than half of it counts.",
        new Part("limit of E[x²]", 0.05, 0.0251,
            new Hint(0, "A constant rate keeps adding noise: each step adds η²σ² = 0.01, so the limit cannot be 0.", 1e-3),
            new Hint(0.01, "That is what the noise adds in one step; what earlier steps added is still partly there.", 1e-3),
            new Hint(0.1, "Close: per step the noise adds η²σ² and the parabola takes about 2ημ of what is there, not ημ.", 5e-3),
            new Hint(1, "That is the variance of one gradient. The step multiplies it by η² first.", 1e-2)))
    {
        Right = "Right: about 0.01 / 0.2 = 0.05. The exact value is derived below.",
        Wrong = "Balance it: what does the noise add to E[x²] per step, and which share of it does the parabola take away?",
    };

    /// <summary>A derivation: the largest and the best rate of the descent lemma.</summary>
    public static Exercise OneStep { get; } = new("one-step",
        "L = 8, gradient norm 4, no noise: the rate below which the lemma promises descent, the rate with the largest promised gain, and that gain.",
        new Part("largest rate", 0.25, 1e-9,
            new Hint(0.125, "That is 1/L, the rate of the largest gain. The gain is still above 0 beyond it.", 1e-9),
            new Hint(0.5, "The gain is η(1 − Lη/2)‖∇f‖². Where is the bracket 0?", 1e-9)),
        new Part("best rate", 0.125, 1e-9,
            new Hint(0.25, "There the gain is 0. It is largest half-way between its two zeros.", 1e-9)),
        new Part("gain", 1, 1e-9,
            new Hint(0.25, "The gradient norm enters squared: ‖∇f‖² = 16.", 1e-9),
            new Hint(2, "That is ‖∇f‖²/L: half of it is lost to the curvature.", 1e-9)))
    {
        Right = "Right: 2/L, 1/L and ‖∇f‖²/(2L).",
    };

    /// <summary>For which powers of time do both conditions hold?</summary>
    public static Exercise Powers { get; } = new("powers",
        "For η = (t + 1)^(−p) both conditions hold exactly for p above one number and up to another.",
        new Part("p above", 0.5, 1e-9,
            new Hint(0, "That only makes the rate fall. The squares t^(−2p) must have a finite sum.", 1e-9),
            new Hint(1, "That is the other border: up to there the sum of the rates still diverges.", 1e-9)),
        new Part("p up to", 1, 1e-9,
            new Hint(2, "At p = 2 the rates themselves have a finite sum, π²/6.", 1e-9),
            new Hint(0.5, "That is the other border: above it the squares have a finite sum.", 1e-9)))
    {
        Right = "Right: ½ < p ≤ 1.",
    };

    /// <summary>The noise ball of another problem, as distance and as loss.</summary>
    public static Exercise Ball { get; } = new("ball",
        "μ = 0.5, σ² = 4, constant rate 0.2: the limits of E[x²] and of the loss E[μx²/2], to five decimals.",
        new Part("E[x²]", 0.8 / 0.95, 5.001e-6,
            new Hint(0.8, "The ημ in the denominator 2 − ημ was dropped: that is the limit for a small rate."),
            new Hint(0.42105, "μ stands in the denominator: divide by 0.5."),
            new Hint(0.21053, "That is the loss; here the squared distance is asked for."),
            new Hint(0.91766, "That is the radius. Asked is its square.")),
        new Part("loss", 0.2 / 0.95, 5.001e-6,
            new Hint(0.42105, "One half is missing: the loss is μ/2 times E[x²], and μ is ½ as well: a quarter of it."),
            new Hint(0.84211, "That is E[x²]; the loss is μ/2 times it.")))
    {
        Right = "Right: 0.8/0.95 and a quarter of it.",
    };

    /// <summary>A prediction: how much of the way 1/t² leaves.</summary>
    public static Exercise Short { get; } = new("short",
        "μ = 1/4, no noise, rates 1, 1/4, 1/9, …: which share of the start is left for ever? Four decimals.",
        new Part("share left", 2 / Math.PI, 5e-5,
            new Hint(0, "The rates add up to a finite number, π²/6; with μ = 1/4 they do not reach the optimum."),
            new Hint(0.75, "That is what the first step leaves; the others take something too."),
            new Hint(0.3634, "That is the share that was covered."),
            new Hint(0.6629, "That is e^(−μπ²/6), as if every step were infinitely small. Take the product.", 1e-4),
            new Hint(0.4053, "That is the squared distance; asked is the share of the distance."),
            new Hint(0.9003, "√μ belongs into the sine: √(1/4) = 1/2.")))
    {
        Right = "Right: sin(π/2)/(π/2) = 2/π.",
    };

    /// <summary>The theorem of the lesson, used.</summary>
    public static Exercise Induction { get; } = new("induction",
        "μ = 0.2, G = 3: (a) above which c is O(1/t) promised; (b) Q for c = 10; (c) after how many updates is d ≤ 1 promised?",
        new Part("c above", 2.5, 1e-9,
            new Hint(5, "The condition is cμ > ½, not cμ > 1.", 1e-9),
            new Hint(0.1, "That is μ/2. The condition is cμ > ½: divide by μ.", 1e-9)),
        new Part("Q", 900, 1e-6,
            new Hint(300, "The maximum is over 1 and 1/(2cμ − 1) = 1/3: the larger one counts.", 1e-6),
            new Hint(2_700, "2cμ − 1 = 3 divides. And 1/3 is smaller than 1, so the maximum is 1.", 1e-6),
            new Hint(30, "That is cG. It enters squared.", 1e-6),
            new Hint(90, "c enters squared as well.", 1e-6)),
        new Part("updates", 900, 0.5,
            new Hint(30, "The bound on the squared distance is Q/t, not Q/t²; no root is needed.", 0.5)))
    {
        Right = "Right: 2.5, 900 and 900.",
    };

    /// <summary>A prediction: the power below and above cμ = ½.</summary>
    public static Exercise Slope { get; } = new("slope",
        "μ = 0.25, rate c/(t + 1): the slope for c = 0.8, the factor by which the error shrinks from 10⁴ to 10⁶ steps, and that factor for c = 8.",
        new Part("slope at c = 0.8", -0.4, 1e-6,
            new Hint(0.4, "The error falls: the slope is negative.", 1e-6),
            new Hint(-1, "That would need cμ > ½; here cμ = 0.2.", 1e-6),
            new Hint(-0.2, "That is −cμ. The squared error falls with twice that power.", 1e-6)),
        new Part("factor at c = 0.8", Math.Pow(100, 0.4), 0.05,
            new Hint(2.512, "From 10⁴ to 10⁶ is a hundredfold, not a tenfold.", 0.05),
            new Hint(100, "That would be the slope −1.", 0.5)),
        new Part("factor at c = 8", 100, 0.5,
            new Hint(63.1, "10 times the c does not give 10 times the factor: above ½ the slope is −1 whatever c is.", 1),
            new Hint(1e8, "Above cμ = ½ the noise sets the pace: the slope stays −1.", 1)))
    {
        Right = "Right: −0.4, 6.31 and 100.",
    };

    /// <summary>The ball's formula, solved for the rate.</summary>
    public static Exercise FinalRate { get; } = new("final-rate",
        "μ = 1, σ² = 4: which final rate makes E[x²] end at 0.002? Seven decimals.",
        new Part("final rate", 0.004 / 4.002, 5.001e-8,
            new Hint(0.001, "Almost: the ημ in the denominator 2 − ημ was dropped."),
            new Hint(0.002, "About what σ² = 2 would want. Here σ² is 4, not σ.", 2e-6),
            new Hint(0.0005, "2e goes into the numerator: solve e·μ(2 − ημ) = ησ² for η."),
            new Hint(0.016, "That multiplies by σ² where it divides.", 1e-4)))
    {
        Right = "Right: 0.004/4.002 = 0.0009995.",
    };
}
