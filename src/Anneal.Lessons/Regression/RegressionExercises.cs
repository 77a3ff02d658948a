namespace Anneal.Lessons;

/// <summary>The exercises of lesson 12, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class RegressionExercises
{
    /// <summary>Rows of the cars' data that are complete.</summary>
    const int Rows = 392;

    /// <summary>A prediction: how long does single precision last?</summary>
    public static Exercise OverflowGuess { get; } = new("overflow-guess",
        "Raw features, rate 0.1. Guess: after how many updates is the error too large for a 32-bit number?",
        new Part("updates", 7, 2,
            new Hint(Rows, "It does not last a pass. Each update multiplies the error by a million: how often may it do so below 10³⁸?", 100),
            new Hint(1, "One update leaves an error of some ten millions, which a 32-bit number can hold.", 1.5),
            new Hint(38, "That would be a factor of 10 per update. It is about a million, so count in steps of six zeros.", 10)))
    {
        Right = "Right: seven updates, of 392 in the first pass.",
        Wrong = "Not that. Take the zeros of the largest 32-bit number, 38, and divide by the zeros that each update adds.",
    };

    /// <summary>A derivation: what the mean of one feature does to the condition number.</summary>
    public static Exercise Coupling { get; } = MakeCoupling();

    /// <summary>A prediction: what does DecreaseLearningRate do in five passes?</summary>
    public static Exercise Decrease { get; } = MakeDecrease();

    /// <summary>A derivation: which ridge is ML.NET's L2?</summary>
    public static Exercise Ridge { get; } = MakeRidge();

    /// <summary>A prediction: what the average makes of the intercept.</summary>
    public static Exercise Intercept { get; } = MakeIntercept();

    /// <summary>A derivation: a line asked per update, and per pass.</summary>
    public static Exercise PerPass { get; } = MakePerPass();

    /// <summary>A derivation: the noise ball of a constant rate, in the unit of the loss.</summary>
    public static Exercise Ball { get; } = MakeBall();

    /// <summary>A prediction: how long does Adam need at the least?</summary>
    public static Exercise AdamPasses { get; } = new("adam-passes",
        "Adam moves a weight by about its rate per update, and the intercept must go from 0 to 23.45. At the rate 0.001: how many updates at the least, and how many whole passes of 392 rows?",
        new Part("updates", 23_450, 100,
            new Hint(23.45, "Those are miles per gallon. Divide by what one update moves.", 0.5),
            new Hint(23_450 / (double)Rows, "Those are passes; asked first are updates.", 0.5)),
        new Part("passes", 60, 0.5,
            new Hint(10, "Ten passes have 3,920 updates, which move it by less than 4."),
            new Hint(59, "After 59 passes, 23,128 updates, it is not there yet.")))
    {
        Right = "Right: 23,450 updates, 60 passes. The range of a table knows nothing of the distance that you have to travel.",
    };

    /// <summary>Bookkeeping of a cross-validation.</summary>
    public static Exercise FoldLength { get; } = MakeFoldLength();

    static Exercise MakeCoupling()
    {
        const double m = 0.96;
        double scaled = (1 + m) / (1 - m), centred = 1 / (1 - m * m);
        return new("coupling",
            "A feature is scaled so that the mean of its square is 1; its mean is m = 0.96. The condition number of the loss in weight and intercept, and after the mean is taken off (two decimals)?",
            new Part("κ with the mean", scaled, 5.001e-3,
                new Hint(1 / (1 - m), "The largest eigenvalue is not 1 but 1 + m.", 0.1),
                new Hint(1 + m, "That is the largest eigenvalue. Divide by the smallest."),
                new Hint(scaled * scaled, "That is the square. The eigenvalues of H are 1 + m and 1 − m already.", 1),
                new Hint(1, "That would be so if the mean were 0.")),
            new Part("κ without the mean", centred, 5.001e-3,
                new Hint(1, "Almost: what is left of the feature has the variance 1 − m², not 1. Only dividing by its root makes 1.", 0.1),
                new Hint(1 / (1 - m), "The variance is 1 − m², not 1 − m.", 0.1),
                new Hint(1 - m * m, "That is the curvature along w. Divide the larger one, 1, by it.")))
        {
            Right = "Right: 49.00 and 12.76. Centring alone takes a factor of four; dividing by what is left makes it 1.",
        };
    }

    static Exercise MakeDecrease()
    {
        double last = 0.1 / Math.Sqrt(5 * Rows);
        return new("decrease",
            "LearningRate 0.1, DecreaseLearningRate on, 5 passes of 392 rows. The rate of the last update with averaging (five decimals), and without?",
            new Part("with averaging", last, 5.001e-6,
                new Hint(0.1 / Math.Sqrt(5), "That would be one step down per pass; the counter counts rows.", 1e-3),
                new Hint(0.1 / (5 * Rows), "The root is missing.", 1e-6),
                new Hint(0.1 / Math.Sqrt(Rows), "That is the last rate of the first pass; the counter goes on.", 1e-4),
                new Hint(0.1, "That is the first rate.")),
            new Part("without averaging", 0.1, 1e-6,
                new Hint(last, "Look at who counts: the counter belongs to the average, and stands still without it.", 1e-4)))
        {
            Right = "Right: 0.00226 and 0.1. Without averaging the switch does nothing.",
        };
    }

    static Exercise MakeRidge()
    {
        const double l2 = 0.001;
        double At(double rate) => l2 / (rate * (1 - 2 * l2));
        return new("ridge",
            "L2Regularization = 0.001. To which ridge strength λ does it lead at LearningRate 0.005, and at 0.0005 (three decimals)?",
            new Part("λ at 0.005", At(0.005), 5.001e-4,
                new Hint(l2, "That is L2Regularization itself. The shrinking is not multiplied by the rate, so the rate must divide.", 5e-4),
                new Hint(2 * l2 / 0.005, "The gradient is twice as long too: both twos cancel.", 5e-3),
                new Hint(l2 * 0.005, "The other way round: the slower the steps, the more the shrinking wins.", 1e-6)),
            new Part("λ at 0.0005", At(0.0005), 5.001e-4,
                new Hint(l2 / 0.0005, "Almost: the step is shrunk as well, so divide by 1 − 2 · L2 = 0.998 too."),
                new Hint(2 * l2 / 0.0005, "The gradient is twice as long too: both twos cancel.", 0.02),
                new Hint(At(0.005), "A tenth of the rate, the same shrinking: ten times the λ.", 5e-3),
                new Hint(At(0.005) / 10, "The other way round: a smaller rate makes the pull stronger.", 5e-3)))
        {
            Right = "Right: 0.200 and 2.004. Halve the rate, and you have doubled the ridge.",
        };
    }

    static Exercise MakeIntercept()
    {
        const double keep = 1 - 2 * 0.001;
        double end = Math.Pow(keep, Rows), mean = (1 - end) / (Rows * (1 - keep));
        return new("intercept",
            "The weights' scale s starts each pass at 1 and is multiplied by 1 − 2 · 0.001 in every update. Its value after 392 updates, its mean over them, and 23.45 times that mean (two decimals)?",
            new Part("s at the end of the pass", end, 5.001e-3,
                new Hint(Math.Pow(0.999, Rows), "The factor is 1 − 2 · L2 = 0.998.", 5e-3),
                new Hint(1 - Rows * 0.002, "The factor multiplies; it is not taken off each time.", 5e-3)),
            new Part("mean of s", mean, 5.001e-3,
                new Hint((1 + end) / 2, "That is the middle of start and end; s falls faster at first. Sum the geometric series.", 5e-3)),
            new Part("23.45 times the mean", 23.45 * mean, 0.15,
                new Hint(23.45 * end, "That takes the end of the pass. The average takes all of it.", 0.2)))
        {
            Right = "Right: 0.46, 0.69 and 16.3. That is the intercept that the default will give.",
        };
    }

    static Exercise MakePerPass()
    {
        const double peak = 0.02;
        const int passes = 10, updates = passes * Rows;
        double update = peak * (updates + 1) / 2.0, pass = peak * Rows * (passes + 1) / 2.0;
        return new("per-pass",
            "A line from 0.02 to 0 over 10 passes of 392 rows. The sum of the rates if it is asked at every update, and if it is asked at the start of every pass (two decimals)? How many times higher is the last rate per pass?",
            new Part("sum per update", update, 5.001e-3,
                new Hint(peak * updates / 2, "That is the triangle's area. A sum of steps that starts at the peak has half a step more.", 1e-3),
                new Hint(pass, "That is the sum per pass.")),
            new Part("sum per pass", pass, 5.001e-3,
                new Hint(update, "That is the sum per update."),
                new Hint(peak * (passes + 1) / 2, "Each of the ten rates is used 392 times.", 1e-3),
                new Hint(peak * Rows * passes / 2.0, "1 + 0.9 + … + 0.1 is 5.5, not 5.")),
            new Part("ratio of the last rates", Rows, 0.5,
                new Hint(passes, "That is how far the last pass's rate is below the peak. Compare it with the last update's.")))
        {
            Right = "Right: 39.21, 43.12 and 392. Per pass it travels a tenth further, and stops 392 times too high.",
        };
    }

    static Exercise MakeBall()
    {
        const double variance = 17.76, trace = 6;
        double At(double rate) => rate * variance * trace / 4;
        return new("ball",
            "Residual variance 17.76, trace of H 6. By which amount is the half mean square above its minimum, on average, at the constant rates 0.016 and 0.004 (three decimals)?",
            new Part("at 0.016", At(0.016), 2e-3,
                new Hint(2 * At(0.016), "That is ½ησ² tr H: the covariance ½ησ²I enters the loss with another half.", 5e-3),
                new Hint(0.016 * variance / 2, "That is ½ησ², the variance of one weight. All six weights cost, each by half its curvature.", 5e-3)),
            new Part("at 0.004", At(0.004), 1e-3,
                new Hint(At(0.016) / 16, "The ball's loss grows with the rate, not with its square.", 2e-3),
                new Hint(At(0.016) / 2, "A quarter of the rate is a quarter of the loss.", 2e-3)))
        {
            Right = "Right: 0.426 and 0.107.",
        };
    }

    static Exercise MakeFoldLength()
    {
        const int fold = 314, planned = 10 * Rows, made = 10 * fold;
        return new("fold-length",
            "A fold leaves 314 of 392 rows to learn from. 10 passes: how many updates? Which percentage of the peak is left when they end, on a line laid out for 3,920?",
            new Part("updates", made, 0.5,
                new Hint(planned, "Those are the updates of all 392 rows."),
                new Hint(fold, "That is one pass.")),
            new Part("percent of the peak", 100.0 * (planned - made) / planned, 0.3,
                new Hint((planned - made) / (double)planned, "That is the fraction. As a percentage it is a hundred times as much.", 0.005),
                new Hint(0, "The line reaches 0 at update 3,920; this run ends before.", 0.1),
                new Hint(100.0 * made / planned, "That is what has been lost; asked is what is left.", 1)))
        {
            Right = "Right: 3,140 updates, and a fifth of the peak is left.",
        };
    }
}
