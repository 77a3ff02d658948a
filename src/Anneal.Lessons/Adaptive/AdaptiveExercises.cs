namespace Anneal.Lessons;

/// <summary>The exercises of lesson 06, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class AdaptiveExercises
{
    const double Rate = 0.1;

    /// <summary>A prediction: AdaGrad's first step does not depend on the gradient.</summary>
    public static Exercise FirstStep { get; } = new("first-step",
        "AdaGrad, rate 0.1, ε = 0; the very first gradients are 0.001 and 1,000. Guess: how far does each weight move? From half of the right number to one and a half times it counts.",
        new Part("weight 1", Rate, Rate / 2,
            new Hint(Rate * 0.001, "That is plain descent, rate times gradient. AdaGrad divides by √s, and s already holds this gradient's square.", 5e-5),
            new Hint(Rate / 0.001, "That is the own rate η/√s. It is still to be multiplied by the gradient.", 1e-3)),
        new Part("weight 2", Rate, Rate / 2,
            new Hint(Rate * 1_000, "That is plain descent, rate times gradient. AdaGrad divides by √s, and s already holds this gradient's square.", 1e-3),
            new Hint(Rate / 1_000, "That is the own rate η/√s. It is still to be multiplied by the gradient.", 5e-5)))
    {
        Right = "Right: both move by 0.1. g/√(g²) is a sign, so the first step is the rate, for every weight.",
    };

    /// <summary>A derivation: the limit of AdaGrad's own rate under geometric gradients.</summary>
    public static Exercise Limit { get; } = new("limit",
        "AdaGrad, rate 0.1, gradients 2, 1.2, 0.72, … (factor 0.6): the limit of the own rate, to three decimals.",
        new Part("limit", Rate / Math.Sqrt(2 * 2 / (1 - 0.6 * 0.6)), 5.001e-4,
            new Hint(0, "The squares form a geometric sum with a finite limit, so the rate does not go to 0."),
            new Hint(Rate * Math.Sqrt(1 - 0.6 * 0.6), "The first gradient is 2: s tends to g₀²/(1 − ρ²)."),
            new Hint(Rate / (2 * 2 / (1 - 0.6 * 0.6)), "The rate is divided by the root of s, not by s."),
            new Hint(Rate / 2, "That counts the first gradient alone."),
            new Hint(Rate / Math.Sqrt(2 * 2 / (1 - 0.6)), "The squares shrink by ρ² = 0.36 per update, not by ρ = 0.6.")))
    {
        Right = "Right: s tends to 4/(1 − 0.36) = 6.25, and 0.1/2.5 = 0.04.",
    };

    /// <summary>A prediction: RMSProp with a constant rate does not come to rest.</summary>
    public static Exercise Swing { get; } = new("swing",
        "RMSProp, constant rate 0.1, on a parabola without noise: it ends jumping between +a and −a. Guess: how large is a? From 0.03 to 0.07 counts.",
        new Part("a", Rate / 2, 0.0201,
            new Hint(0, "It does not come to rest: g/√s tends to ±1, so every step has the length of the rate.", 0.01),
            new Hint(Rate, "That is the length of a step, from +a to −a. Asked is a.", 0.01)))
    {
        Right = "Right: a is 0.05. A step of 0.1 leads from +0.05 to −0.05, whatever the curvature is.",
    };

    /// <summary>A flaw in an argument: small gradients do not make small steps.</summary>
    public static Exercise Settles { get; } = new("settles",
        "The line of the argument that is the first to be false, 1 to 4.",
        new Part("line", 3, 0.1,
            new Hint(1, "Line 1 holds: s contains the new square with the weight 1 − β.", 0.1),
            new Hint(2, "Line 2 holds on the parabola: the gradient is the distance.", 0.1),
            new Hint(4, "Line 4 would follow if line 3 held. Does it?", 0.1)))
    {
        Right = "Right: g becomes small, but √s becomes small with it, and their quotient does not.",
    };

    /// <summary>A derivation: Adam's first step without bias correction.</summary>
    public static Exercise Correction { get; } = new("correction",
        "Adam without bias correction, β₁ = 0.9: the first step in units of η for β₂ = 0.999, and the β₂ for which it would be 1. Two decimals.",
        new Part("first step", 0.1 / Math.Sqrt(0.001), 0.005,
            new Hint(1, "That is the corrected step. Without correction m = (1 − β₁)g and v = (1 − β₂)g²."),
            new Hint(0.1, "That is m/g alone; v is too small as well."),
            new Hint(0.1 / 0.001, "The root of v is missing: √(1 − β₂).", 0.5),
            new Hint(Math.Sqrt(0.001) / 0.1, "Upside down: m stands in the numerator."),
            new Hint(0.9 / Math.Sqrt(0.999), "The first gradient enters with 1 − β, not with β.")),
        new Part("β₂", 1 - 0.1 * 0.1, 0.0005,
            new Hint(0.9, "Then v is too small by 0.1 and its root by 0.32, but m by 0.1.", 0.004),
            new Hint(0.9 * 0.9, "1 − β₂ must be (1 − β₁)²; that is not 1 − β₁²."),
            new Hint(0.01, "That is 1 − β₂."),
            new Hint(Math.Sqrt(0.9), "1 − β₂ must be (1 − β₁)²: solve for β₂.")))
    {
        Right = "Right: √10 = 3.16, and 1 − β₂ = 0.1² gives β₂ = 0.99.",
    };

    /// <summary>A calculation: which way one round of Reddi's example goes.</summary>
    public static Exercise Round { get; } = new("round",
        "Gradients 3, −1, −1: the movement per round, with its sign and in units of η, (a) for Adam with β₁ = β₂ = 0; (b) for AMSGrad with v = 8.2072.",
        new Part("(a) Adam, β₂ = 0", 1, 5e-4,
            new Hint(-1, "A positive gradient moves the weight down: one step left, two steps right."),
            new Hint(0, "Three steps of the same length: one left, two right."),
            new Hint(-1.0 / 3, "That is the mean slope with its sign turned, plain descent per update. With β₂ = 0, v is g² itself, so each step is a sign.", 1e-3)),
        new Part("(b) AMSGrad", (-3 + 1 + 1) / Math.Sqrt(8.2072), 6e-4,
            new Hint(1 / Math.Sqrt(8.2072), "The sign: the three gradients add up to +1, and the weight moves against them."),
            new Hint(-1 / 8.2072, "The root of v is missing."),
            new Hint(-3 / Math.Sqrt(8.2072), "That is the large gradient's step alone; the two small ones go the other way."),
            new Hint(0.68, "That is Adam's. Under AMSGrad all three gradients have the same divisor.", 5e-3)))
    {
        Right = "Right: +1 and −0.349. With one divisor for all, the sum keeps its sign.",
    };

    /// <summary>A calculation: which of two copies of a column does the work.</summary>
    public static Exercise Copies { get; } = new("copies",
        "Column 2 is ten times column 1, both weights start at 0: the share of the prediction that comes from column 1, in percent, (a) under plain descent, (b) under AdaGrad.",
        new Part("(a) plain descent", 100.0 / 101, 0.15,
            new Hint(50, "The gradients differ: column 2 is larger, and so is the gradient of its weight."),
            new Hint(100.0 / 11, "The weights are as 1 to 10, and the columns are as well: the contributions are as 1 to 100.", 1),
            new Hint(10, "The weights are as 1 to 10, and the columns are as well: the contributions are as 1 to 100.", 0.5)),
        new Part("(b) AdaGrad", 100.0 / 11, 0.15,
            new Hint(50, "The weights are equal, but column 2 is ten times as large."),
            new Hint(100.0 / 101, "AdaGrad divides each gradient by its own size, so both weights take the same steps.", 0.1),
            new Hint(10, "Nearly: 1 part of 11, not of 10.", 0.5)))
    {
        Right = "Right: contributions as 1 to 100, and as 1 to 10.",
    };
}
