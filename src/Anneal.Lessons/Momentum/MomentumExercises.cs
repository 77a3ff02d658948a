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

    /// <summary>A prediction: the border of the ripples, and what memory lets the rate do.</summary>
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

    /// <summary>A derivation: the three borders for one curvature.</summary>
    public static Exercise Regions { get; } = new("regions",
        "β = 0.81, one curvature h = 4: the rate up to which the approach is monotone, from which the weight changes sides at every step, and from which it diverges. Four decimals.",
        new Part("monotone up to", 0.0025, 5e-5,
            new Hint(0.01, "That is a = ηh: divide by the curvature.", 1e-4),
            new Hint(0.025, "That is (1 − √β)/h: the bracket is squared.", 1e-4),
            new Hint(0.009025, "That has β where √β belongs: √0.81 = 0.9.", 1e-4)),
        new Part("changes sides from", 0.9025, 5e-5,
            new Hint(3.61, "That is a = ηh: divide by the curvature.", 1e-4),
            new Hint(0.475, "That is (1 + √β)/h: the bracket is squared.", 1e-4),
            new Hint(0.819025, "That has β where √β belongs: √0.81 = 0.9.", 1e-4)),
        new Part("diverges from", 0.905, 5e-5,
            new Hint(0.5, "That is 2/h, without memory. Memory widens it: a < 2 + 2β.", 1e-4),
            new Hint(3.62, "That is a = ηh: divide by the curvature.", 1e-4),
            new Hint(0.4525, "That is (1 + β)/h: twice that.", 1e-4)))
    {
        Right = "Right: (1 ∓ √β)²/h and 2(1 + β)/h. The strip between the last two is narrow.",
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

    /// <summary>A derivation: what a plain ratio shows where the roots coincide.</summary>
    public static Exercise Ratio { get; } = new("ratio",
        "x_t = (1 + t/3)·(2/3)^t: (a) x_3 and (b) x_31/x_30 to four decimals; (c) the first t whose ratio x_{t+1}/x_t is off by at most a relative 1e-4.",
        new Part("x_3", 16.0 / 27, 5e-5,
            new Hint(8.0 / 27, "That is the bare power (2/3)³: multiply by 1 + 3/3."),
            new Hint(32.0 / 27, "1 + 3/3 is 2, not 4.")),
        new Part("x_31/x_30", 2.0 / 3 * 34 / 33, 5e-5,
            new Hint(2.0 / 3, "That is ρ, which the ratio only tends to. The brackets 1 + t/3 do not cancel."),
            new Hint(2.0 / 3 * 31 / 30, "The bracket is 1 + t/3, not t: (1 + 31/3)/(1 + 30/3) = 34/33."),
            new Hint(34.0 / 33, "The factor 2/3 is missing.")),
        new Part("t", 9_997, 3.5,
            new Hint(100, "The error falls like 1/t, not like 1/t².", 5),
            new Hint(3_332, "1/(t + 3), not 1/(3t + 3): write the bracket's quotient as 1 + (1/3)/(1 + t/3).", 2),
            new Hint(30_000, "1/(t + 3), not 3/(t + 3): (1/3)/(1 + t/3) = 1/(3 + t).", 10)))
    {
        Right = "Right: 16/27, 68/99, and only after almost ten thousand steps.",
    };

    /// <summary>A derivation: how steep a direction each of three look-aheads bears.</summary>
    public static Exercise LookAhead { get; } = new("look-ahead",
        "β = 0.9, rate 0.01. Up to which curvature is the run stable (a) as printed, (b) with the sign mended, (c) at θ − ηβu? Two decimals.",
        new Part("as printed", 1.0 / 9, 0.0051,
            new Hint(9, "That is β/(1 − β): the determinant β(1 + h) must stay below 1."),
            new Hint(10, "At curvature 10 the determinant is 9.9: every two steps multiply by that."),
            new Hint(1.11, "That is 1/β; the determinant is β(1 + h): subtract 1.", 0.006)),
        new Part("sign mended", 3.8 / 1.81, 0.0051,
            new Hint(1 + 1 / 0.9, "That is where the determinant β(1 − h) reaches −1. The condition on the trace is a little tighter.", 0.0025),
            new Hint(1.11, "That is where the determinant is 0, not where it is −1.", 0.006),
            new Hint(0.11, "That is the printed sign.")),
        new Part("right", 3.8 / 0.028, 0.0051,
            new Hint(380, "That is the heavy ball's limit, (2 + 2β)/η. The look-ahead costs some of it.", 0.5),
            new Hint(200, "That is gradient descent's 2/η.", 0.5),
            new Hint(3.8 / 2.8, "That is a = ηh: divide by the rate.")))
    {
        Right = "Right: 1/β − 1, (2 + 2β)/(2β + η), and (2 + 2β)/((1 + 2β)η).",
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
