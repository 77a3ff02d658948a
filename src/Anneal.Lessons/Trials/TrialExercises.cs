namespace Anneal.Lessons;

/// <summary>The exercises of lesson 11, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class TrialExercises
{
    /// <summary>A derivation: the bound by hand, for two updates at full rate and one at half.</summary>
    public static Exercise ThreeUpdates { get; } = MakeThreeUpdates();

    /// <summary>A derivation: how long is a gradient of the absolute loss?</summary>
    public static Exercise GradientLength { get; } = new("gradient-length",
        "Ten standardised features and a constant 1, absolute loss, one sample drawn at a time: the bound G on the length of a gradient (three decimals), and the same after all labels have been divided by 10.",
        new Part("G", Math.Sqrt(11), 5.001e-4,
            new Hint(11, "That is G². The root is still to be taken."),
            new Hint(Math.Sqrt(10), "The intercept has a gradient too: its feature is always 1."),
            new Hint(1, "That is the slope of |z| in z; by the chain rule it is multiplied by the features.", 0.01)),
        new Part("G with labels divided by 10", Math.Sqrt(11), 5.001e-4,
            new Hint(Math.Sqrt(11) / 10, "The gradient of an absolute error is ±(x, 1): the size of the error, and of the label, is not in it."),
            new Hint(Math.Sqrt(1.1), "The gradient of an absolute error is ±(x, 1): no label stands in it.", 0.01)))
    {
        Right = "Right: √11 = 3.317, and labels do not come into it. (They come into D, which would be a tenth.)",
    };

    /// <summary>The best constant rate that theory knows for the diabetes trial.</summary>
    public static Exercise BestConstant { get; } = MakeBestConstant();

    /// <summary>A rank correlation by hand.</summary>
    public static Exercise Ranks { get; } = new("ranks",
        "Theory ranks five schedules 1, 2, 3, 4, 5; the measurement ranks them 2, 1, 3, 5, 4. Spearman's rank correlation, and the same if theory had them exactly backwards.",
        new Part("rank correlation", 0.8, 0.005,
            new Hint(0.2, "That is 6·Σd²/(n(n² − 1)); it is taken off 1."),
            new Hint(1 - 24 / 125.0, "The denominator is n·(n² − 1) = 120, not n³."),
            new Hint(1 - 4 / 120.0, "The 6 in front of Σd² is missing.", 0.003),
            new Hint(0.6, "Σd² = 1 + 1 + 0 + 1 + 1 = 4, and 6 · 4 / 120 = 0.2.", 0.01)),
        new Part("backwards", -0.8, 0.005,
            new Hint(0.8, "Backwards turns every rank r into 6 − r, and the sign with it."),
            new Hint(-1, "Backwards of theory, not of the measurement: the two still disagree a little.", 0.01),
            new Hint(0, "0 is no relation at all. Backwards is a strong one, the wrong way round.", 0.01)))
    {
        Right = "Right: 0.8 and −0.8.",
    };

    /// <summary>Holm's correction by hand.</summary>
    public static Exercise Holm { get; } = new("holm",
        "Four comparisons, p = 0.030, 0.012, 0.500, 0.020. By Holm: the corrected p of the one with 0.020, of the one with 0.030, and how many are below 0.05.",
        new Part("corrected p of 0.020", 0.06, 5e-4,
            new Hint(0.08, "That is Bonferroni's factor 4. Holm's second smallest is multiplied by 3."),
            new Hint(0.04, "The smallest is multiplied by 4, the next one by 3, not by 2."),
            new Hint(0.02, "That is the raw p; one of four is larger by chance more often than one alone.")),
        new Part("corrected p of 0.030", 0.06, 5e-4,
            new Hint(0.03, "That is the raw p; it is the third smallest, so it is multiplied by 2."),
            new Hint(0.12, "That is Bonferroni's factor 4."),
            new Hint(0.09, "It is the third smallest of four: factor 2.")),
        new Part("how many below 0.05", 1, 0.25,
            new Hint(3, "Without correction it would be three: that is what the correction is for."),
            new Hint(2, "The second smallest becomes 3 · 0.020 = 0.06."),
            new Hint(0, "The smallest becomes 4 · 0.012 = 0.048.")))
    {
        Right = "Right: 0.06, 0.06 and one. Of three differences that looked significant, one is left.",
    };

    /// <summary>A derivation: how far can two schedules travel at the same peak?</summary>
    public static Exercise Travel { get; } = MakeTravel();

    /// <summary>A prediction: how many are as good as the best?</summary>
    public static Exercise TiedGuess { get; } = new("tied-guess",
        "Fourteen methods on the digits, each at its own best rate, 12 fresh seeds, Holm's correction. Guess: how many of the thirteen others can not be told apart from the best?",
        new Part("not told apart from the best", 3, 1,
            new Hint(13, "Some are far behind: the constant rate, for one.", 1),
            new Hint(0, "Twelve seeds are not that sharp: look at the intervals of the next few.", 0.5),
            new Hint(7, "Pairs of runs on the same batches tell more apart than the overlapping bars suggest.", 2)))
    {
        Right = "Right: three, and all of them are level rates with a cooldown.",
        Wrong = "Not that. The runs are compared in pairs, on the same batches, which makes small differences visible.",
    };

    /// <summary>A prediction: what does a rate cost that is four times too high?</summary>
    public static Exercise TooHighGuess { get; } = new("too-high-guess",
        "Level rate, then a straight cooldown over the last 20 % (WSD), on the digits. Guess: by which factor does the final gap grow if the rate is four times the best one?",
        new Part("factor", 27, 12,
            new Hint(4, "That would be a gap in proportion to the rate: the noise of a quiet run. This one is no longer quiet when the cooldown begins.", 8),
            new Hint(1.3, "That is how little the schedule-free method suffers.", 0.5),
            new Hint(100, "Not quite that bad: the cooldown repairs a good part.", 40)))
    {
        Right = "Right: about 27 times. The cooldown starts from weights that four times the best rate has thrown far off.",
        Wrong = "Not that. At four times its best rate the level part does not settle at all; a fifth of the run is left to come back.",
    };

    static Exercise MakeThreeUpdates()
    {
        var bound = LastIterateBound.Of(new MultiStep(1, [2], 0.5), 3);
        double scaled = bound.Best * Math.Sqrt(3);
        return new("three-updates",
            "Three updates with s = (1, 1, ½), D = G = 1: C to four decimals, and Ω·√T at the best scale to four decimals.",
            new Part("C", bound.Noise, 5.001e-5,
                new Hint(bound.Noise - 0.9, "The first term, B₁/A₁ = 2.25/2.5, is missing."),
                new Hint(0.9, "That is B₁/A₁ alone: the bound on the average. The sum over k = 1, 2 is still to come."),
                new Hint(0.9 + 0.6, "The sum goes to T − 1 = 2: the term s₂/A₃ · B₂/A₂ is missing."),
                new Hint(0.9 + 0.36 + 1 / 1.5 * 1.25 / 1.5, "In front of each term stands s_k/A_{k+1}: what comes after update k, not from k on.", 1e-3),
                new Hint(0.9 + 1 / 1.5 + 2, "B_k/A_k is missing: the squares of the rates weigh each term.", 1e-3)),
            new Part("Ω·√T", scaled, 5.001e-5,
                new Hint(bound.Best, "That is Ω; it is asked times √T = √3."),
                new Hint(scaled * scaled, "The root is still to be taken: Ω = D·√(C/A₁)."),
                new Hint(Math.Sqrt(bound.Noise), "Divide C by A₁ = 2.5 before the root, then times √3.", 1e-3),
                new Hint(Math.Sqrt(3 * 0.9 / 2.5), "That is the bound on the average of the three losses, not on the last.", 1e-3)))
        {
            Right = "Right: 0.9 + 0.6 + 5/3 = 3.1667, and √(3 · 3.1667/2.5) = 1.9494.",
        };
    }

    static Exercise MakeBestConstant()
    {
        const double distance = 166.54, steps = 400;
        double length = Math.Sqrt(11);
        var bound = LastIterateBound.Of(new Constant(1), (long)steps, distance, length);
        return new("best-constant",
            "Diabetes: D = 166.54, G² = 11, T = 400 updates at a constant rate, H₃₉₉ = 6.5674. The best rate (three decimals) and the bound there (one decimal).",
            new Part("best rate", bound.BestScale, 1.001e-3,
                new Hint(distance / (length * Math.Sqrt(steps)), "That leaves out C = 1 + H₃₉₉: it would be the best rate for the average of the weights.", 0.01),
                new Hint(distance / (11 * Math.Sqrt(steps * 7.5674)), "G stands to the first power: η = D/(G·√(T·(1 + H))).", 0.005),
                new Hint(distance / Math.Sqrt(steps * 7.5674), "G is missing: C = G²·(1 + H)."),
                new Hint(LastIterateBound.Of(new LinearDecay(1, steps), (long)steps, distance, length).BestScale, "That is the best peak of the line to 0.", 0.02)),
            new Part("Ω there", bound.Best, 0.0501,
                new Hint(bound.Best * 20, "That is Ω·√T; divide by √400 = 20.", 1),
                new Hint(2.751, "That is the value for D = G = 1, times √T. Here: 2.751 · D · G / √T.", 0.01),
                new Hint(distance * length / 20, "The factor √(1 + H₃₉₉) = 2.751 is missing.", 0.1),
                new Hint(bound.Best / length, "G is missing.", 0.1)))
        {
            Right = "Right: a rate of 0.913, and on average at most 76.0 above the optimum.",
        };
    }

    static Exercise MakeTravel()
    {
        double exponential = 0.99 / Math.Log(100), level = 0.9;
        return new("travel",
            "Peak 1. The mean rate over the run of the exponential that falls to 1 % (three decimals), of a level rate with a straight cooldown over the last 20 %, and how many times further the second can travel (two decimals).",
            new Part("exponential", exponential, 5.001e-4,
                new Hint(0.505, "That is the middle between 1 and 0.01, as for a straight line. The exponential sags far below it."),
                new Hint(1 / Math.Log(100), "Take off what lies beyond the end: (1 − 0.01)/ln 100."),
                new Hint(0.1, "That is the rate in the middle of the run. The mean is higher, because of the beginning.", 0.005),
                new Hint(0.99 * Math.Log(100), "Divide by ln 100: ∫ 0.01ˣ dx = −0.01ˣ/ln 100.", 0.01)),
            new Part("level with cooldown", level, 5.001e-4,
                new Hint(0.8, "The cooldown travels too: half of its 20 %."),
                new Hint(0.5, "That is a line over the whole run.")),
            new Part("times further", level / exponential, 0.0101,
                new Hint(exponential / level, "The other way round.", 0.01),
                new Hint(0.8 / exponential, "The cooldown travels too: half of its 20 %.", 0.02)))
        {
            Right = "Right: 0.215, 0.9 and 4.19 times.",
        };
    }
}
