namespace Anneal.Lessons;

/// <summary>The exercises of lesson 08, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class RuleTrialExercises
{
    /// <summary>A prediction: how far plain descent gets in a valley with steep walls.</summary>
    public static Exercise ValleyShare { get; } = new("valley-share",
        "√(1 + x²) − 1 + 50y² from x = −10, plain descent at its best rate 0.01. Guess the share of the way to x = 0 after 120 updates. A guess within 0.04 counts.",
        new Part("share of the way", 0.12, 0.0401,
            new Hint(1, "Its slope along x is about 1, so each update moves x by about the rate, 0.01."),
            new Hint(1.2, "That is the distance. The whole way is 10.", 0.1),
            new Hint(0.01, "That is the distance of one update; there are 120, and the way is 10.", 0.005),
            new Hint(0.001, "That is the share of one update; there are 120.", 0.0005)))
    {
        Right = "Right: about 0.12. 120 steps of about 0.01 are 1.2 of 10. The walls, with curvature 100, allow no rate above 0.02.",
    };

    /// <summary>A prediction: what 21 comparisons find where there is nothing to be found.</summary>
    public static Exercise FalseFindings { get; } = new("false-findings",
        "Seven names for one rule, 21 pairs, each called different where p < 0.05. Guess the mean number of false findings in a trial (within 0.3 counts), and the share of trials with at least one (within 0.1).",
        new Part("mean number", 1.05, 0.301,
            new Hint(0.05, "That is for one pair. There are 21.", 0.02),
            new Hint(0, "Each test is wrong in 5 % of all trials, by construction.", 0.02),
            new Hint(0.35, "There are 7 · 6 / 2 = 21 pairs, not 7.", 0.1)),
        new Part("share with at least one", 0.47, 0.1,
            new Hint(0.05, "That is the chance for one pair. The more pairs, the larger the chance."),
            new Hint(0.66, "That is 1 − 0.95²¹, for independent tests. The pairs share runs, so their errors come together, in fewer trials.", 0.08),
            new Hint(1, "The mean is 1.05, but errors cluster: some trials have many and most have none.", 0.2)))
    {
        Right = "Right: 21 · 0.05 = 1.05 on average, and almost half of the trials have at least one.",
    };

    /// <summary>A decision: which sentence the interval allows.</summary>
    public static Exercise Sentence { get; } = new("sentence",
        "Adam − Momentum: mean 0.004, 95 % interval −0.012 to 0.020; the margin agreed beforehand is 0.025. Which sentence holds: 1 Momentum is better; 2 they are equal; 3 they differ by no more than 0.025; 4 nothing can be said?",
        new Part("sentence", 3, 0.25,
            new Hint(1, "0 lies inside the interval, so the sign of the difference is open.", 0.25),
            new Hint(2, "The interval still holds differences of up to 0.020. Equality is claimed with a margin or not at all.", 0.25),
            new Hint(4, "The interval rules out differences above 0.020, which is less than the margin. That is something.", 0.25)))
    {
        Right = "Right: the whole interval lies within ±0.025, so that much is shown, and no more.",
        Wrong = "Enter 1, 2, 3 or 4.",
    };
}
