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

    /// <summary>A prediction: how much of the way 1/t² leaves.</summary>
    public static Exercise Short { get; } = new("short",
        "μ = 1/4, no noise, rates 1, 1/4, 1/9, …: guess which share of the start is left forever. A guess within 0.1 counts.",
        new Part("share left", 2 / Math.PI, 0.1,
            new Hint(0, "The rates add up to a finite number, π²/6; with μ = 1/4 they do not reach the optimum."),
            new Hint(0.75, "That is what the first step leaves; the others take something too."),
            new Hint(0.3634, "That is the share that was covered."),
            new Hint(0.9003, "Too much is left: the first step alone takes a quarter.")))
    {
        Right = "Right: it is 2/π, about 0.64. The formula follows.",
    };

    /// <summary>A derivation: the power below and above cμ = ½.</summary>
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

    /// <summary>A decision: which line of an argument is wrong?</summary>
    public static Exercise Flaw { get; } = new("flaw",
        "Which line of the argument is the first that does not follow? Its number.",
        new Part("line", 4, 0.1,
            new Hint(1, "Line 1 holds: Σ1/(t + 1) is infinite and Σ1/(t + 1)² is π²/6.", 0.1),
            new Hint(2, "Line 2 holds: the loss is smooth with L = ¼ and the noise has variance 1.", 0.1),
            new Hint(3, "Line 3 holds: a convex function lies above each of its tangents, and a level tangent is a floor.", 0.1)))
    {
        Right = "Right: line 4. This loss falls towards 0 without end and has no minimum, so nothing can converge to it.",
        Wrong = "A number from 1 to 4. Draw the loss: where is its lowest point?",
    };

    /// <summary>A decision with a price: one half of the curvature is overlooked.</summary>
    public static Exercise WhichC { get; } = new("which-c",
        "μ is somewhere between 0.05 and 0.2, rate c/(t + 1). The smallest whole c that keeps O(1/t) for every such μ; and the factor by which the limit of t·E[x²] is then above the best possible one, σ²/μ², if μ is 0.2.",
        new Part("smallest whole c", 11, 0.1,
            new Hint(10, "At μ = 0.05 that is cμ = ½ exactly, where a logarithm is lost. Take the next whole number.", 0.1),
            new Hint(3, "That suits the steepest case, μ = 0.2. The flattest one decides.", 0.6),
            new Hint(20, "cμ = 1 is the best choice for μ = 0.05, but more than O(1/t) asks for.", 0.1),
            new Hint(21, "The condition is cμ > ½, not cμ > 1.", 0.1)),
        new Part("factor at μ = 0.2", 11 * 11 * 0.04 / (2 * 11 * 0.2 - 1), 0.005,
            new Hint(11 * 11 / (2 * 11 * 0.2 - 1), "That is c²/(2cμ − 1). Divide it by the best one, 1/μ² = 25.", 0.05),
            new Hint(1, "That needs c = 1/μ = 5.", 0.005)))
    {
        Right = "Right: 11, and (cμ)²/(2cμ − 1) = 4.84/3.4. Too large a c costs a factor; too small a c costs the power.",
    };
}
