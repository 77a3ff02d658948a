namespace Anneal.Lessons;

/// <summary>The exercises of lesson 13, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class PlanningExercises
{
    const double Peak = 3e-4, Decay = 0.1, Updates = 3_815;

    /// <summary>A prediction: how does the best rate go with the batch?</summary>
    public static Exercise BatchGuess { get; } = new("batch-guess",
        "The batch grows from 4 to 64 sequences, the tokens in all stay the same. How many times as high is the best peak of AdamW? Anything from 2.5 to 6 counts.",
        new Part("times", 4.25, 1.75,
            new Hint(16, "That is the linear rule. It comes from SGD, whose update is proportional to the gradient; AdamW divides by the gradient's size.", 5),
            new Hint(8, "Less. That is between the square root and the linear rule.", 1.9),
            new Hint(1.4, "That was the smaller model's answer. In the larger one the best peak goes on rising.", 1),
            new Hint(0.2, "Not lower: a batch of 4 is very noisy, and noise asks for a low rate.", 0.19)))
    {
        Right = "Right: about 4, as the square root says. In the smaller model it was 1.4.",
        Wrong = "Not that. Two rules are on offer, the factor 16 itself and its square root; both are made for batches that are mostly noise.",
    };

    /// <summary>A prediction: what is it worth to come down?</summary>
    public static Exercise CooldownGuess { get; } = new("cooldown-guess",
        "One run stays at its peak to the end, another comes down along a line. Same length, same warm-up, each at its own best peak. By how many percent is the second one's gap smaller (positive) or larger (negative)? A guess within fifteen points counts.",
        new Part("percent", 50, 15,
            new Hint(3, "That was the smaller model's answer, after its short run. The longer run gets much closer to the best loss there is.", 11),
            new Hint(25, "More: after the longer run, to stay at the peak leaves about twice the gap.", 9.9),
            new Hint(80, "Less: half of the gap is left when the rate comes down. The model has not finished learning.", 14)))
    {
        Right = "Right: about half. The smaller model, after its short run, gains 2 to 4 %.",
        Wrong = "Not that. Think of how quiet each is at the end, and of how far both still are from the best loss.",
    };

    /// <summary>A computation: what else keeps time by the rate?</summary>
    public static Exercise Clocks { get; } = new("clocks",
        "Peak 3e-4, weight decay 0.1, 3,815 updates. After how many updates at the peak has decay alone shrunk a weight to 1/e? How many times the run is that (one decimal)? Which decay would make it exactly the run (three decimals)?",
        new Part("updates", 1 / (Peak * Decay), 40,
            new Hint(1 / Decay, "Decay is multiplied by the rate: the factor of an update is 1 − ηλ."),
            new Hint(1 / Peak, "The rate alone shrinks nothing: the factor of an update is 1 − ηλ.", 40),
            new Hint(Math.Log(2) / (Peak * Decay), "That is the half-life. Asked for is 1/e.", 60)),
        new Part("times the run", 1 / (Peak * Decay * Updates), 0.0501,
            new Hint(Peak * Decay * Updates, "The other way round.", 0.005)),
        new Part("decay", 1 / (Peak * Updates), 5.01e-4,
            new Hint(1 / Updates, "That is ηλ. Divide by the rate.", 1e-5)))
    {
        Right = "Right: 33,333 updates, 8.7 times the run; 0.874.",
    };

    /// <summary>A flaw: which line of a plan does not follow?</summary>
    public static Exercise Flaw { get; } = new("scaling-flaw",
        "Which is the first line that does not follow? Its number, 1 to 5.",
        new Part("line", 3, 0.25,
            new Hint(1, "This one is right: 8 · 4 · 4 = 128 sequences of 4,096 tokens are 524,288 tokens, and 2·10⁹ divided by that, rounded up, is 3,815.", 0.25),
            new Hint(2, "This one is right: twice the devices, twice the tokens of an update, half the updates, rounded up.", 0.25),
            new Hint(4, "Lines before it are wrong already.", 0.25),
            new Hint(5, "Lines before it are wrong already.", 0.25)))
    {
        Right = "Right: line 3. The linear rule belongs to SGD, and no rule holds above the noise scale.",
        Wrong = "There are five lines; give the number of one of them.",
    };

    /// <summary>A decision: how does a run go on?</summary>
    public static Exercise GoOn { get; } = new("go-on",
        "How does each run go on? (a), (b), (c): a number from 1 to 4 each.",
        new Part("(a)", 1, 0.25,
            new Hint(2, "No need to climb: the run is still at its peak. Go on level, and cool down before the new end.", 0.25),
            new Hint(3, "That pays for updates that have been made already. A level run has no end yet.", 0.25),
            new Hint(4, "The rate is at its peak, but the plan's end has moved, so the cooldown must move too.", 0.25)),
        new Part("(b)", 2, 0.25,
            new Hint(1, "The rate is 0 now: to go on level would mean to stand still.", 0.25),
            new Hint(3, "There is no checkpoint from before the decay.", 0.25),
            new Hint(4, "At rate 0 nothing moves, and a longer cosine would jump up in one update.", 0.25)),
        new Part("(c)", 4, 0.25,
            new Hint(1, "The plan has not changed. Any other rate makes another run.", 0.25),
            new Hint(2, "Nothing has come down, so nothing has to climb. Adam's memory is in the file: load it.", 0.25),
            new Hint(3, "The newest checkpoint serves: it has weights, optimizer state, step and place in the data.", 0.25)))
    {
        Right = "Right: go on level; climb to a part of the peak and come down again; load everything and change nothing.",
        Wrong = "Choose a number from 1 to 4 for each.",
    };
}
