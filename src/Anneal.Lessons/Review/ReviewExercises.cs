namespace Anneal.Lessons;

/// <summary>The exercises of lesson 19, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class ReviewExercises
{
    /// <summary>A prediction: the wait after the fourth right answer.</summary>
    public static Exercise NextWait { get; } = new("next-wait",
        "The question was answered right on days 0, 2, 13 and 59. After how many days does it come back? Anything from 103 to 223 counts.",
        new Part("days", 163, 60,
            new Hint(46, "That was the last wait, and the memory has grown since.", 6),
            new Hint(59, "That is the day of the last answer. The waits so far are 2, 11 and 46 days.", 6),
            new Hint(92, "The waits do more than double.", 10),
            new Hint(500, "Not so fast: the waits grow by a smaller factor each time.", 250)))
    {
        Right = "Right: 163 days.",
        Wrong = "Not that. The waits so far are 2, 11 and 46 days. Continue the series.",
    };

    /// <summary>A prediction: what three answers on one evening bring.</summary>
    public static Exercise OneEvening { get; } = new("one-evening",
        "Stability after three right answers on one evening, divided by the stability after one: what is it? Anything from 0.75 to 1.25 counts.",
        new Part("times", 1, 0.25,
            new Hint(3, "Three times as often is not three times as long.", 0.6),
            new Hint(2, "Less. What had you forgotten when you answered again?", 0.35),
            new Hint(20, "That is what three answers bring if each waits until it is due.", 8)))
    {
        Right = "Right: nothing is gained.",
        Wrong = "Not that. What had you forgotten when you answered again?",
    };

    /// <summary>A prediction: what a high target costs.</summary>
    public static Exercise YearGuess { get; } = new("year-guess",
        "Answers in the first year at a target of 97 %, divided by those at 80 %: what is it? Anything from 1.9 to 3.1 counts.",
        new Part("times", 2.46, 0.6,
            new Hint(1.2, "That is about the ratio of the targets. The waits change by more.", 0.3),
            new Hint(15, "That is the ratio of the waits at the same stability. But every answer makes the next wait longer.", 5),
            new Hint(6, "Fewer: every answer makes the next wait longer, whatever the target.", 2.5)))
    {
        Right = "Right: 2.5 times as many.",
        Wrong = "Not that. The waits are shorter, but each answer still makes the next one longer.",
    };

    /// <summary>The first sentence of an argument that does not follow.</summary>
    public static Exercise TwiceAsFast { get; } = new("twice-as-fast",
        "Which sentence is the first that does not follow? A number from 1 to 4.",
        new Part("sentence", 3, 0.25,
            new Hint(1, "That is what was measured.", 0.25),
            new Hint(2, "That says the same once more, and only of this rate.", 0.25),
            new Hint(4, "It does not follow. But an earlier sentence fails already.", 0.25)))
    {
        Right = "Right: AdamW was not tuned.",
        Wrong = "Choose a number from 1 to 4.",
    };

    /// <summary>A decision: which measurement answers which open question first?</summary>
    public static Exercise FirstLook { get; } = new("first-look",
        "Which measurement do you make first for each question? (a), (b), (c): a number from 1 to 3 each.",
        new Part("(a)", 3, 0.25,
            new Hint(1, "Losses at the end say whether a warm-up helps, but not how.", 0.25),
            new Hint(2, "That tells which shape ends lower. The question is what happens in the first updates.", 0.25)),
        new Part("(b)", 1, 0.25,
            new Hint(2, "That keeps the width and changes the length.", 0.25),
            new Hint(3, "A reason would be nice. But first see whether the best rate moves at all.", 0.25)),
        new Part("(c)", 2, 0.25,
            new Hint(1, "That changes the width and keeps the shape.", 0.25),
            new Hint(3, "It may explain a difference. First see whether there is one.", 0.25)))
    {
        Right = "Right: the first updates, the width, the length.",
        Wrong = "Choose a number from 1 to 3 for each.",
    };
}
