namespace Anneal.Lessons;

/// <summary>The exercises of lesson 10, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class ShapesExercises
{
    const double Peak = 0.1;

    /// <summary>A prediction: how much rate does a root spend on its way down?</summary>
    public static Exercise AverageGuess { get; } = new("average-guess",
        "From the peak to 0 along 1 − √x. Guess: which percentage of the peak is the mean rate?",
        new Part("mean rate, percent of the peak", 100 / 3.0, 5,
            new Hint(50, "That is the line's and the cosine's. The root falls steeply at first, so it lies below both.", 8),
            new Hint(200 / 3.0, "That is the mean of √x. What is left is one minus it.", 8)))
    {
        Right = "Right: a third. Line and cosine spend half of the peak, the root a third, 1 − x² two thirds.",
        Wrong = "Not that. After a quarter of the way √x is already a half: is the curve above or below the line?",
    };

    /// <summary>Stairs and the smooth curve through their corners.</summary>
    public static Exercise Stairs { get; } = MakeStairs();

    /// <summary>Bookkeeping: after which report does a plateau cut?</summary>
    public static Exercise Plateau { get; } = new("plateau",
        "Losses 3.0, 2.5, 2.3, 2.3, 2.31, 2.29, 2.3, 2.3, 2.3, patience 2: after which report is the first cut, if two bad ones are enough, and if there must be more than two?",
        new Part("two are enough", 5, 0.25,
            new Hint(4, "Report 4 is the first bad one: equal is not better."),
            new Hint(6, "Report 6 is better than all before it: nothing is cut there."),
            new Hint(9, "That is where more than two bad ones have come in a row.")),
        new Part("more than two", 9, 0.25,
            new Hint(5, "That is where two bad reports have come; a third is needed."),
            new Hint(6, "Report 6 is better than all before it, and the count starts again."),
            new Hint(8, "Reports 7 and 8 are two bad ones; a third is needed.")))
    {
        Right = "Right: 5 and 9. One sign of difference in the counting, four reports in the cut.",
    };

    /// <summary>A derivation: the root schedule of the first transformers.</summary>
    public static Exercise RootDecay { get; } = MakeRootDecay();

    /// <summary>Bookkeeping of restarts that grow.</summary>
    public static Exercise Restarts { get; } = MakeRestarts();

    /// <summary>A prediction: what a short climb costs, and what the higher rate after it gains.</summary>
    public static Exercise WarmGuess { get; } = new("warm-guess",
        "Two runs of 1,000 updates on x⁴/4, from x = 3: constant 0.2, or a climb to 0.5 over 20 updates. Guess: how many times lower does the second loss end? From half of the right number to one and a half times it counts.",
        new Part("times lower", 5.9, 2.95,
            new Hint(1, "For 980 updates the second rate is 2.5 times as high.", 0.5),
            new Hint(2.5, "That is the ratio of the rates. The loss is a power of x.", 0.4),
            new Hint(0.4, "The climb is slower, yes. 980 updates are left after it.", 0.09),
            new Hint(39, "That is 2.5⁴. But x falls only like 1/√(2ηt).", 5)))
    {
        Right = "Right: about 5.9. The climb costs little, and the high rate lasts.",
        Wrong = "Not that. How does x⁴/4 depend on the rate of the last 980 updates?",
    };

    /// <summary>A decision: which shape does a situation ask for?</summary>
    public static Exercise Choose { get; } = new("choose-shape",
        "1 a line or a cosine to 0 · 2 warm-up, level, cooldown · 3 1/√t · 4 one-cycle · 5 reduce on plateau · 6 restarts. Which number for each situation?",
        new Part("(a) the end may move", 2, 0.25,
            new Hint(1, "It would reach 0 after the first 100,000 updates. If the money comes, the run has to climb again from there."),
            new Hint(3, "It can go on at any time, but it is never finished: a cooldown is still needed before each model is handed over."),
            new Hint(4, "One hill needs its end from the first update on, as a cosine does."),
            new Hint(5, "Nobody can afford to have the rate cut for good by one noisy report, weeks before the end."),
            new Hint(6, "A restart throws away the low rates that have just been paid for. What fits needs no jump.")),
        new Part("(b) every night", 1, 0.25,
            new Hint(2, "It works, but a level part buys an end that can move, and this end never moves."),
            new Hint(3, "It never ends, and this run ends after 3,000 updates."),
            new Hint(4, "One hill climbs to a very high peak first. That is for training from scratch, not for weights that are good already."),
            new Hint(5, "At night nobody looks. A plan that hangs on noisy reports gives another run each night."),
            new Hint(6, "One model a night is wanted, not several.")),
        new Part("(c) length unknown, validation cheap", 5, 0.25,
            new Hint(1, "It needs the number of updates, and nobody knows it."),
            new Hint(2, "Possible, but somebody has to say when to cool down. Here the validation loss can say it."),
            new Hint(3, "It needs no end, but it ignores the reports, which cost next to nothing here."),
            new Hint(4, "It needs the number of updates, and nobody knows it."),
            new Hint(6, "Restarts need the length of the first cycle, and they ignore the reports.")))
    {
        Right = "Right: 2, 1, 5. Ask first whether the end is known, then whether the loss may decide.",
    };

    /// <summary>The shortest cooldown, as a share of 400 updates, that takes the bound this part of the way from constant to linear.</summary>
    static double ShareForGain(double part)
    {
        const int steps = 400;
        double At(int cooldown) => LastIterateBound.Of(new WarmupStableDecay(1, steps, 0, cooldown), steps).Best;
        double level = At(0), linear = At(steps);
        return Enumerable.Range(0, steps + 1).First(c => level - At(c) >= part * (level - linear)) / (double)steps;
    }

    static Exercise MakeStairs()
    {
        const double factor = 0.5, every = 2_000, at = 9_000, aim = 0.001;
        var stairs = new StepDecay(Peak, factor, every);
        var smooth = new ExponentialDecay(Peak, factor, every);
        long first = stairs.FirstAtOrBelow(aim, 0, 100_000)!.Value;
        return new("stairs",
            "Step decay from 0.1, halved every 2,000 updates: the rate at t = 9,000, the first t with a rate of 0.001 or less, and the rate of the smooth exponential at t = 9,000 (five decimals).",
            new Part("rate at t = 9000", stairs.At(at), 5e-6,
                new Hint(smooth.At(at), "That is the smooth curve: the whole number of halvings counts, ⌊4.5⌋ = 4."),
                new Hint(stairs.At(at + every), "Five halvings have not happened yet: ⌊4.5⌋ = 4."),
                new Hint(stairs.At(at - every), "The fourth halving comes at t = 8,000, before 9,000."),
                new Hint(Peak * factor * at / every, "Halving multiplies again and again: γ stands to the power of ⌊t/s⌋.", 1e-3)),
            new Part("first t", first, 0.25,
                new Hint(first - every, "There six halvings leave 0.0015625, still above 0.001."),
                new Hint(Math.Ceiling(every * Math.Log(aim / Peak) / Math.Log(factor)), "That is where the smooth curve gets there; the stairs wait for the next landing.", 1),
                new Hint(first / every, "That is the number of halvings. Each takes 2,000 updates."),
                new Hint(first - 1, "The update before it still has the old rate.")),
            new Part("smooth rate at t = 9000", smooth.At(at), 5.001e-6,
                new Hint(stairs.At(at), "Those are the stairs again; the smooth curve has no ⌊ ⌋."),
                new Hint(stairs.At(at + every), "The exponent is 4.5, not 5.")))
        {
            Right = "Right: 0.00625, 14,000 and 0.00442.",
        };
    }

    static Exercise MakeRootDecay()
    {
        const double width = 512, warmup = 4_000;
        double peak = 1 / Math.Sqrt(width * warmup);
        return new("root-decay",
            "η(t) = d^(−½) · min(t^(−½), t · W^(−3/2)) with d = 512, W = 4,000: the peak to seven decimals, and the t at which the rate is back at half of it.",
            new Part("peak", peak, 5.001e-8,
                new Hint(1 / Math.Sqrt(width), "That is d^(−½) alone; at the peak t^(−½) = W^(−½) comes in.", 1e-4),
                new Hint(1 / Math.Sqrt(warmup), "That is W^(−½) alone; d^(−½) is missing.", 1e-4),
                new Hint(1 / (width * warmup), "The roots are missing: both stand to the power −½.", 1e-8)),
            new Part("t of half the peak, after it", 4 * warmup, 0.25,
                new Hint(2 * warmup, "That would be 1/t. A root needs four times the time for half the rate."),
                new Hint(3 * warmup, "Counted from the peak, yes; t counts from the start of the run."),
                new Hint(warmup / 2, "That is on the way up. Asked is the way down.")))
        {
            Right = "Right: 1/√(512 · 4,000) = 0.0006988, and √(W/t) = ½ at t = 4W.",
        };
    }

    static Exercise MakeRestarts()
    {
        var restarts = new CosineRestarts(Peak, Steps: 10, LengthFactor: 2);
        double at100 = restarts.At(100), progress = (100 - 70) / 80.0;
        return new("restarts",
            "Cosine from 0.1 to 0 over 10 epochs, each next cycle twice as long: the epoch of the third restart, the rate at epoch 100 (five decimals), and the shortest run of 100 epochs or more that ends on a floor.",
            new Part("epoch of the third restart", 70, 0.25,
                new Hint(40, "That is the length of the third cycle. Restarts come at the sums of the lengths."),
                new Hint(30, "That is the second one: 10, 10 + 20, …"),
                new Hint(80, "That is the length of the fourth cycle, which the third restart begins."),
                new Hint(150, "That is the fourth: 10 + 20 + 40 + 80.")),
            new Part("rate at epoch 100", at100, 5.001e-6,
                new Hint(Peak * (1 - progress), "That is a straight line. The cycle is a cosine."),
                new Hint(Peak - at100, "That is what has been lost; asked is what is left."),
                new Hint(Peak * Math.Cos(Math.PI / 2 * progress), "The cosine of the half angle enters squared."),
                new Hint(Peak * Math.Pow(double.CosPi(0.5 * 100 / 150), 2), "The clock starts anew with each cycle: 30 of its 80 epochs are over."),
                new Hint(0, "Epoch 100 lies inside a cycle that began at 70 and ends at 150.", 1e-6)),
            new Part("length of the run", 150, 0.25,
                new Hint(70, "That is shorter than 100."),
                new Hint(160, "Cycles last 10, 20, 40, 80; they end at the sums of these."),
                new Hint(100, "At epoch 100 the rate is still above two thirds of the peak.")))
        {
            Right = "Right: 70, 0.06913 and 150.",
        };
    }
}
