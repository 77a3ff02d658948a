namespace Anneal.Lessons;

/// <summary>The exercises of lesson 09, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class CosineExercises
{
    static readonly CosineDecay lecture = new(Peak: 0.002, Steps: 5_000, Floor: 0.0001);

    /// <summary>A prediction: how much of the peak is left after a quarter of the run?</summary>
    public static Exercise Quarter { get; } = new("quarter",
        "A cosine decay falls from its peak to 0. Guess: what percentage of the peak is left after a quarter of the steps?",
        new Part("percent left", 100 * Share(0.25), 3,
            new Hint(75, "That is the straight line. A cosine is flat at its top, so it has hardly begun to fall.", 3),
            new Hint(50, "Half is left at half-time, not at a quarter of it."),
            new Hint(25, "25 % is the share of the steps that are over."),
            new Hint(100 * (1 - Share(0.25)), "That much has been lost already; asked is what is left."),
            new Hint(100 * Math.Sqrt(Share(0.25)), "That is cos(π/8). The scale factor is its square.", 1)))
    {
        Right = "Right: 85.4 %. The first quarter of the steps costs only 14.6 % of the peak.",
        Wrong = "Not that. Is the curve above or below the straight line there? Think of the top of a hill.",
    };

    /// <summary>The exercise of lecture 002, section 8.8.</summary>
    public static Exercise FiveRates { get; } = new("five-rates",
        "Cosine decay from 0.002 to 0.0001 over 5,000 steps: the rate at these five steps, to six decimals.",
        [.. new double[] { 0, 1_250, 2_500, 3_750, 5_000 }.Select(t => Ask(lecture, t).ToPart(decimals: 6))])
    {
        Right = "All five right.",
    };

    /// <summary>A derivation: the curve is symmetric about its middle point.</summary>
    public static Exercise Mirror { get; } = MakeMirror();

    /// <summary>Counting: which t does the n-th update use?</summary>
    public static Exercise NthUpdate { get; } = new("nth-update",
        "Cosine decay from 0.1 to 0 over 8 steps: the rates of the third and of the eighth, the last update, to six decimals.",
        Ask(new(0.1, 8), 2).ToPart(decimals: 6) with { Label = "third update" },
        new Part("eighth update", new CosineDecay(0.1, 8).At(7), 5e-7,
            new Hint(0, "The floor belongs to t = 8. Eight updates use t = 0 … 7, so none of them runs at the floor."),
            new Hint(new CosineDecay(0.1, 8).At(6), "That is t = 6. The eighth update follows seven others: t = 7.")))
    {
        Right = "Right: the n-th update uses t = n − 1, and no update uses t = T.",
    };

    /// <summary>The flaw in a calculation: which clock does a cosine read after a warm-up?</summary>
    public static Exercise TwoClocks { get; } = MakeTwoClocks();

    /// <summary>A prediction: how much of the budget is spent at half-time?</summary>
    public static Exercise HalfBudget { get; } = new("half-budget",
        "A cosine decay falls from 0.002 to 0.0001 over 5,000 steps. Guess: what percentage of the sum of all its rates is spent after 2,500 steps?",
        new Part("percent spent", 100 * lecture.Integral(0, 2_500) / lecture.Integral(0, 5_000), 4,
            new Hint(50, "That is the share of the steps that are over. They were the ones with the high rates.", 8),
            new Hint(72.6, "That is about the straight line's. In the first half the cosine lies above it.", 2),
            new Hint(85.4, "That is the share of the peak left after a quarter of a run. Here the rates are added up.", 2),
            new Hint(95.2, "That is the share of the rate that is taken away in the end, not of the sum.", 3)))
    {
        Right = "Right: 78.8 %. The second half of the steps gets the other fifth.",
        Wrong = "Not that. The first half has the high rates: is its share nearer to a half, or to the whole?",
    };

    /// <summary>A derivation: the sum of all rates, not only the area.</summary>
    public static Exercise Budget { get; } = MakeBudget();

    /// <summary>A derivation: does a warm-up make a run cheaper?</summary>
    public static Exercise EqualBudget { get; } = new("equal-budget",
        "Warm-up from 0 to 0.001 over 1,000 steps, then cosine to 0 at step 10,000. Which constant rate has the same area over the 10,000 steps?",
        new Part("constant rate", 0.0005, 5e-7,
            new Hint(0.00045, "That is the cosine's share alone: the warm-up's triangle, ½ · 1,000 · 0.001, belongs to it too."),
            new Hint(0.00055, "The warm-up was counted at the full peak: a triangle has half the area of its rectangle."),
            new Hint(5, "That is the area. Divide it by the 10,000 steps."),
            new Hint(0.001, "That is the peak; only a rate that never leaves it has that average.")))
    {
        Right = "Right: the warm-up averages half the peak, and so does the cosine. Swapping one for the other costs nothing.",
    };

    /// <summary>A derivation: the slope, and how it compares with a straight line.</summary>
    public static Exercise Steepest { get; } = new("steepest",
        "Derive η′(t). How many times steeper than the straight line from peak to floor is the cosine where it is steepest? To three decimals.",
        new Part("factor", Math.PI / 2, 5e-4 * (1 + 1e-9),
            new Hint(Math.PI, "The ½ in front of 1 + cos is still there after differentiating."),
            new Hint(1, "The straight line's slope is the average of the cosine's; where the cosine is steepest it must be more.", 1e-2),
            new Hint(0.5, "The angle π·t/T has a derivative too: the chain rule brings a factor π/T."),
            new Hint(2, "The sine is at most 1; look at the factors in front of it once more.", 1e-2),
            new Hint(-Math.PI / 2, "Both slopes are negative, so their ratio is not.")))
    {
        Right = "Right: π/2, at t = T/2.",
    };

    /// <summary>The inverse question: when does the rate reach a value?</summary>
    public static Exercise Crossing { get; } = MakeCrossing();

    /// <summary>As many new questions as one likes.</summary>
    /// <param name="seed">The same seed gives the same questions.</param>
    /// <param name="count">How many.</param>
    public static Exercise Generated(int seed, int count) => new("generated",
        $"Generated questions, seed {seed}: each rate to seven decimals.",
        [.. CosineQuestion.Generate(seed, count).Select(q => q.ToPart(decimals: 7) with { Label = q.ToString() })])
    {
        Right = "All right. Change the seed for more.",
    };

    static Exercise MakeMirror()
    {
        var curve = new CosineDecay(Peak: 0.6, Steps: 900, Floor: 0.02);
        double known = Math.Round(curve.At(200), 6);
        return new("mirror",
            "A cosine decay from 0.6 to 0.02 over 900 steps has η(200) = 0.532153. Without another cosine: what is η(700)? To six decimals.",
            new Part("η at t = 700", curve.At(700), 1e-6,
                new Hint(curve.Peak - known, "The two rates add up to peak + floor, not to the peak."),
                new Hint(known, "The curve falls all the way: the mirror turns it upside down as well."),
                new Hint(curve.Peak - curve.Floor - known, "The two rates add up to peak + floor: the floor is added, not taken away."),
                new Hint((curve.Peak + curve.Floor) / 2, "That is the middle point itself, at t = 450."),
                new Hint(curve.Peak + (curve.Floor - curve.Peak) * 700 / 900, "That is the straight line from peak to floor.")))
        {
            Right = "Right: η(t) + η(T − t) = peak + floor.",
        };
    }

    static Exercise MakeTwoClocks()
    {
        const double peak = 0.0008, floor = 0.00008, warmup = 500, total = 4_500, at = 1_500;
        double Cosine(double t, double steps) => new CosineDecay(peak, steps, floor).At(t);
        var inner = new CosineQuestion(peak, floor, total - warmup, at - warmup);
        return new("two-clocks",
            "Warm-up from 0 to 0.0008 over 500 steps, then a cosine down to 0.00008 at step 4,500. Which of the colleague's five lines is the first wrong one? And what is the rate at t = 1,500, to eight decimals?",
            new Part("first wrong line", 2, 0.25,
                new Hint(1, "Line 1 is right: the cosine gets the steps that the warm-up leaves."),
                new Hint(3, "Line 3 is right for the 0.375 it is given. That number comes from an earlier line."),
                new Hint(4, "Line 4 is right: the cosine spans peak − floor."),
                new Hint(5, "Line 5 is right for the 0.6913 it is given. That number comes from an earlier line.")),
            new Part("η at t = 1500", inner.Rate, 5e-9,
            [
                new Hint(Cosine(at, total - warmup), "The cosine starts at its own step 0 when the warm-up ends: it is asked at t − W."),
                new Hint(Cosine(at - warmup, total), "The cosine has only T − W steps: the warm-up has used the others."),
                new Hint(Cosine(at, total), "The cosine was run on the whole clock, t/T: both t and T must lose the W steps of the warm-up."),
                .. CosineMistakes.Of(inner, decimals: 8),
            ]))
        {
            Right = "Right: line 2, and 0.00069456. The cosine's own clock says 1,000 of 4,000 steps.",
        };
    }

    static Exercise MakeBudget()
    {
        double steps = lecture.Steps, area = steps * (lecture.Peak + lecture.Floor) / 2, half = (lecture.Peak - lecture.Floor) / 2;
        return new("budget",
            "Derive the sum of the rates of all 5,000 updates, t = 0 … 4999, of the decay from 0.002 to 0.0001. Give it to five decimals.",
            new Part("sum of all rates", area + half, 5e-6,
                new Hint(area, "That is the area under the curve. The sum takes each step at its left end, where the rate is higher: it is larger."),
                new Hint(area - half, "That is the sum over t = 1 … 5000. The first update uses t = 0."),
                new Hint(area + half + lecture.Floor, "That sum has 5,001 terms: t = 5000 is used by no update."),
                new Hint(steps * (lecture.Peak - lecture.Floor) / 2, "That is the area above the floor; the floor itself adds T · floor.", 2e-3),
                new Hint(steps * lecture.Peak / 2, "The average rate is (peak + floor)/2: the floor is missing from yours.", 2e-3),
                new Hint(steps * (lecture.Peak + lecture.Floor), "The average of peak and floor needs the ½.", 2e-3),
                new Hint(steps * lecture.Peak, "That would be the budget of a constant rate at the peak.", 2e-3)))
        {
            Right = "Right: T · (peak + floor)/2 + (peak − floor)/2.",
        };
    }

    static Exercise MakeCrossing()
    {
        const double rate = 0.0005;
        double Step(double share) => 2 * lecture.Steps / Math.PI * Math.Acos(Math.Sqrt(share));
        double exact = Step((rate - lecture.Floor) / (lecture.Peak - lecture.Floor));
        return new("crossing",
            "Cosine decay from 0.002 to 0.0001 over 5,000 steps: which is the first t whose rate is 0.0005 or less? A whole number.",
            new Part("first t", Math.Ceiling(exact), 0.25,
                new Hint(Math.Floor(exact), "There the rate is still a little above 0.0005: the step has to be rounded up."),
                new Hint(exact, "That is where the curve crosses; updates come at whole steps, so take the next one.", 0.49),
                new Hint(Step(rate / (lecture.Peak - lecture.Floor)), "The floor has to be taken off the rate before it is divided by the range.", 1),
                new Hint(Step(rate / lecture.Peak), "The cosine spans peak − floor, not the whole peak: take the floor off both.", 1),
                new Hint(lecture.Steps - exact, "That is counted from the end: the angle starts at 0 at the peak.", 1),
                new Hint(lecture.Steps * (lecture.Peak - rate) / (lecture.Peak - lecture.Floor), "That is where the straight line crosses.", 1),
                new Hint(exact * 180 / Math.PI, "The arc cosine came out in degrees.", 60)))
        {
            Right = "Right: t = (2T/π) · arccos √s, rounded up.",
        };
    }

    static CosineQuestion Ask(CosineDecay schedule, double t) => new(schedule.Peak, schedule.Floor, schedule.Steps, t);

    static double Share(double progress) => Math.Pow(double.CosPi(progress / 2), 2);
}
