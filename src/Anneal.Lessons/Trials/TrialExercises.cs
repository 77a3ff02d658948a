namespace Anneal.Lessons;

/// <summary>The exercises of lesson 11, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class TrialExercises
{
    /// <summary>A derivation: how far can two schedules travel at the same peak?</summary>
    public static Exercise Travel { get; } = MakeTravel();

    /// <summary>A decision: which sentence of a report survives?</summary>
    public static Exercise MayStay { get; } = new("may-stay",
        "Which single sentence of the report may stay? Its number, 1 to 5.",
        new Part("sentence", 3, 0.25,
            new Hint(1, "A large p says that this experiment could not tell them apart. A smaller experiment would have found \"equality\" even more easily. Equality needs a margin.", 0.25),
            new Hint(2, "Each gap is divided by the method's own best. The better a method is at its best, the larger its ratio. Compare the losses, at shared rates.", 0.25),
            new Hint(4, "66 questions at 0.05 each: chance alone gives 3.3 such pairs. Correct for the number of questions.", 0.25),
            new Hint(5, "With a factor of 10 between the rates, whoever's best lies near a grid point wins. The grid chose, not the shape.", 0.25)))
    {
        Right = "Right: 3. It names an interval and a margin, and the one lies inside the other.",
        Wrong = "There are five sentences; give the number of one of them.",
    };

    /// <summary>A prediction: how much does coming down gain?</summary>
    public static Exercise FallGuess { get; } = new("fall-guess",
        "By which percentage is the line's gap smaller than the constant rate's, each at its own best peak? Diabetes from the mean label, then digits from 0.",
        new Part("diabetes, %", 13, 6,
            new Hint(35, "That is nearer to what the start at 0 gives, where a high peak also saves travelling time. From the mean label there is less to gain.", 14.5),
            new Hint(0, "A little more than that: the constant rate pays for its noise to the end.", 6.5)),
        new Part("digits, %", 58, 10,
            new Hint(13, "More. On the digits a constant rate must choose between travelling far and ending quietly; the line does both.", 20),
            new Hint(90, "Less: the line pays too, because it spends half as much rate at the same peak.", 20)))
    {
        Right = "Right: about 13 % on diabetes and 58 % on the digits.",
        Wrong = "Not that. Think of what is left to do at the end of each run: travel, or calm down?",
    };

    /// <summary>A prediction: what does a peak cost that is four times too high?</summary>
    public static Exercise CommonRateGuess { get; } = new("common-rate-guess",
        "Digits, all methods at the peak 22.6, about four times what suits the line: how many times the line's gap is the constant rate's?",
        new Part("times", 16.5, 8.5,
            new Hint(2, "The line spends half as much rate, but that is not all: it also ends quietly, and the constant rate never does.", 0.6),
            new Hint(1, "The constant rate stays at that peak to the end; the line leaves it at once.", 0.4),
            new Hint(5, "More: the constant rate neither settles nor stops.", 2.5),
            new Hint(100, "Not quite that much: at that peak the line has trouble too.", 70)))
    {
        Right = "Right: between 16 and 17 times.",
        Wrong = "Not that. The constant rate stays at that peak for the whole run, the line spends its last quarter below a quarter of it.",
    };

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
