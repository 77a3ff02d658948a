namespace Anneal.Lessons;

/// <summary>The exercises of lesson 05, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class MomentumExercises
{
    /// <summary>A prediction: what does memory buy in a valley of condition number 25?</summary>
    public static Exercise StepsGuess { get; } = new("steps-guess",
        "Curvatures 1 and 25. Gradient descent at its best rate needs 87 steps to a thousandth of the distance. Guess: how many with the best memory?",
        new Part("steps", 25, 9.5,
            new Hint(87, "Memory does help here: along the valley it adds up, across it it cancels.", 8),
            new Hint(43, "It saves more than half.", 7.2),
            new Hint(9, "Too bold. (√87 is not it: memory turns the condition number κ into √κ, and here that is 25 into 5.)", 5),
            new Hint(3.5, "That divides by κ = 25. Memory turns κ into √κ, not into 1.", 0.6)))
    {
        Right = "Right, or near enough: 25 steps. The picture and the count follow.",
        Wrong = "Memory turns the condition number κ into √κ. How does 87 shrink if it is proportional to κ?",
    };

    /// <summary>The two printed momenta, converted.</summary>
    public static Exercise Convert { get; } = new("convert",
        "Form (5), β = 0.95, rate 0.6: (a) the rate of form (8) for the same path; (b) the weight's step under a steady gradient 3, memory full; (c) the first update after which the memory holds at least 90 % of the gradient.",
        new Part("rate in form (8)", 0.03, 1e-9,
            new Hint(12, "The other way round: (8) adds up, so its memory is 20 times larger, and its rate must be smaller.", 1e-9),
            new Hint(0.57, "That multiplies by β. The two memories differ by the factor 1 − β.", 1e-9),
            new Hint(0.6, "Same rate, then steps 20 times as long: (8) does not multiply the gradient by 1 − β.", 1e-9)),
        new Part("step", 1.8, 1e-9,
            new Hint(36, "That is rate 0.6 with a memory that adds up, form (8). In (5) the memory of a steady gradient is the gradient itself.", 1e-9),
            new Hint(0.09, "That is the first step, when the memory is still almost empty.", 1e-9),
            new Hint(60, "That is the full memory of form (8), 3/(1 − 0.95). In (5) the memory of a steady gradient is the gradient, and the step is the rate times it.", 1e-9),
            new Hint(3, "That is the gradient; the step is the rate times the memory.", 1e-9)),
        new Part("updates", 45, 0.5,
            new Hint(44, "After 44 updates the memory holds 1 − 0.95⁴⁴ = 89.5 %.", 0.5),
            new Hint(22, "That is for β = 0.9: here β = 0.95.", 0.5),
            new Hint(20, "That is 1/(1 − β), after which 1 − 1/e = 64 % are there.", 0.5),
            new Hint(2, "That is when the memory still holds 90 % of its old content. Solve 1 − βᵗ ≥ 0.9.", 1.2)))
    {
        Right = "Right: 0.6 · 0.05, 0.6 · 3, and 0.95⁴⁵ is the first power below 0.1.",
    };

    /// <summary>A derivation: the border of the ripples, and what memory lets the rate do.</summary>
    public static Exercise Border { get; } = new("border",
        "One direction, a = ηh. (a) a = 0.25: up to which β is the approach monotone? (b) a = 3: from which β on is the run stable?",
        new Part("monotone up to β", 0.25, 1e-6,
            new Hint(0.5, "That is √β: square it.", 1e-6),
            new Hint(0.75, "That is 1 − a. The border is a = (1 − √β)²: take the root first.", 1e-6),
            new Hint(2.25, "That is (1 + √a)², the other root; β is below 1.", 1e-6)),
        new Part("stable from β", 0.5, 1e-6,
            new Hint(1.5, "That is a/2. The condition is a < 2 + 2β.", 1e-6),
            new Hint(0.535898, "That is where the zig-zag at every step ends, a = (1 + √β)²; the run converges a little before.", 1e-3),
            new Hint(1, "At β = 1 nothing is forgotten and nothing comes to rest; a smaller β is enough.", 1e-6)))
    {
        Right = "Right: (1 − √0.25)² and 3/2 − 1.",
    };

    /// <summary>The best setting of a badly conditioned problem.</summary>
    public static Exercise BestSetting { get; } = new("best-setting",
        "μ = 1, L = 10,000: (a) the best β to four decimals; (b) its factor per step to four decimals; (c) how many times fewer steps than gradient descent at its best, to a whole number.",
        new Part("best β", Square(99.0 / 101), 5e-5,
            new Hint(99.0 / 101, "That is the factor, √β."),
            new Hint(9_999.0 / 10_001, "That is gradient descent's factor: take the root of κ first."),
            new Hint(Square(9_999.0 / 10_001), "κ entered where √κ = 100 belongs.")),
        new Part("factor", 99.0 / 101, 5e-5,
            new Hint(Square(99.0 / 101), "That is β; the factor is its root."),
            new Hint(9_999.0 / 10_001, "That is gradient descent's factor.")),
        new Part("times fewer", 100, 0.5,
            new Hint(10_000, "That is κ. The steps go from κ/2 to √κ/2 per factor e.", 0.5),
            new Hint(50, "That is the number of steps per factor e with memory; asked is the quotient.", 0.5),
            new Hint(5_000, "That is the number of steps per factor e without memory; asked is the quotient.", 0.5)))
    {
        Right = "Right: (99/101)², 99/101, and √κ = 100 times fewer.",
    };

    /// <summary>A flaw in an argument: what a plain ratio shows where the roots coincide.</summary>
    public static Exercise Ratio { get; } = new("ratio",
        "(a) The line of the report that draws the first false conclusion, 1 to 4. (b) The first t whose plain ratio ⅔·(1 + 1/(t + 3)) is off by at most a relative 1e-4.",
        new Part("line", 3, 0.1,
            new Hint(1, "Line 1 only says what was run.", 0.1),
            new Hint(2, "Line 2 is a measurement, and the picture shows the same number. What is made of it?", 0.1),
            new Hint(4, "Line 4 does follow from line 3. Is line 3 true?", 0.1)),
        new Part("t", 9_997, 3.5,
            new Hint(100, "The error falls like 1/t, not like 1/t².", 5),
            new Hint(3_332, "1/(t + 3), not 1/(3t + 3).", 2),
            new Hint(30_000, "1/(t + 3), not 3/(t + 3).", 10)))
    {
        Right = "Right: the ratio has not settled, and would not for almost ten thousand steps.",
    };

    /// <summary>A prediction: does memory average the noise away?</summary>
    public static Exercise NoiseGuess { get; } = new("noise-guess",
        "Noisy parabola, μ = σ² = 1, rate 0.02: without memory E[x²] settles at 0.0101. Guess: with β = 0.9 and the same rate, form (8)? From half of the right number to one and a half times it counts.",
        new Part("limit of E[x²]", 0.02 * 1.9 / (0.1 * 3.78), 0.05,
            new Hint(0.0101, "Memory changes it. What is the rate that a steady gradient feels?", 0.004),
            new Hint(0.001, "That would be averaging ten gradients at the old pace. But form (8) adds them up: the pace is ten times as high.", 0.0008),
            new Hint(1, "That is the variance of one gradient.", 0.3),
            new Hint(0.2, "Near: the ball grows with the rate that is felt, 0.02/(1 − 0.9), and that is 0.2; its squared radius is half of it.", 0.049)))
    {
        Right = "Right: 0.1005. The ball is that of the rate 0.02/(1 − 0.9).",
        Wrong = "The rate that a steady gradient feels is η/(1 − β). How large is the ball of that rate?",
    };

    static double Square(double x) => x * x;
}
