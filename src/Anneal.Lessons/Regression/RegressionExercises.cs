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

    /// <summary>A derivation: what does DecreaseLearningRate do in five passes?</summary>
    public static Exercise Decrease { get; } = MakeDecrease();

    /// <summary>A derivation: which ridge is ML.NET's L2?</summary>
    public static Exercise Ridge { get; } = MakeRidge();

    /// <summary>A derivation: a line asked per update, and per pass.</summary>
    public static Exercise PerPass { get; } = MakePerPass();

    /// <summary>A prediction: how much higher a peak does a line want than a constant rate?</summary>
    public static Exercise PeakGuess { get; } = new("peak-guess",
        "The constant rate does best at about 0.003. Guess: how many times as high is the line's best peak?",
        new Part("times", 8, 4.001,
            new Hint(2, "More. A factor of 2 makes up for the rate that the line spends less; but it also ends quietly, whatever its peak.", 0.6),
            new Hint(1, "The line ends at low rates whatever its peak, so it can afford a higher one.", 0.4),
            new Hint(100, "Not that much: near a hundred times, the line's gap is larger than the constant rate's at its best, and soon after that the run blows up.", 60)))
    {
        Right = "Right: eight times.",
        Wrong = "Not that. Somewhere between twice and thirty times: a high peak is fast, and the way down makes it quiet.",
    };

    /// <summary>A decision: what to change first.</summary>
    public static Exercise FirstChange { get; } = new("first-change",
        "R² is 0.44 after five passes with min-max. Which one change comes first? Its number, 1 to 5.",
        new Part("change", 4, 0.25,
            new Hint(1, "All schedules of the trial lie within 0.003 of R². There is 0.27 to be had elsewhere.", 0.25),
            new Hint(2, "Look at the first picture: a hundred passes of min-max stay behind five of the centred features.", 0.25),
            new Hint(3, "At that rate Adam moves the intercept by about 0.001 an update, and it has 23 to go.", 0.25),
            new Hint(5, "With averaging, ML.NET's L2 shrinks the intercept too: R² falls below 0. And there is no overfitting with six weights.", 0.25)))
    {
        Right = "Right: 4. Rate and coordinates first, together; the schedule after them.",
        Wrong = "There are five changes; give the number of one of them.",
    };

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
}
