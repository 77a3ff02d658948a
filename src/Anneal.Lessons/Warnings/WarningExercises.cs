namespace Anneal.Lessons;

/// <summary>The exercises of lesson 15, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class WarningExercises
{
    const double Warned = 0.96, False = 0.18, Diverges = 0.02;

    /// <summary>A prediction: how early does the largest logit warn?</summary>
    public static Exercise LeadGuess { get; } = new("lead-guess",
        "The threshold for the largest attention logit lets two healthy runs in ten ring. How many updates before the onset does it ring, in the median diverged run of 600 updates? From 30 to 100 counts.",
        new Part("updates", 65, 35,
            new Hint(1_000, "No run here is that long: they have 600 updates, and most diverge near update 430.", 600),
            new Hint(250, "That early the logits of many healthy runs are just as large.", 150),
            new Hint(15, "A little earlier: the logits grow for a long time before the loss does.", 15)))
    {
        Right = "Right: 50 updates, a twelfth of the run. The loss, with as many false alarms, rings 40 updates ahead. The rate itself: 80.",
        Wrong = "Not that. The runs have 600 updates, most diverge near update 430, and the threshold must let eight healthy runs in ten pass.",
    };

    /// <summary>A computation: how sure is one after an alarm?</summary>
    public static Exercise BaseRate { get; } = new("alarm-base-rate",
        "An alarm warns of 96 % of the runs that diverge, and rings in 18 % of the healthy ones. Of 100 runs, 2 diverge. It rings. With what chance, in percent, will this run diverge? And if it does not ring? One decimal.",
        new Part("it rings, percent", 100 * Diverges * Warned / (Diverges * Warned + (1 - Diverges) * False), 0.0501,
            new Hint(96, "That is the chance of an alarm given that the run diverges. Asked is the other way round."),
            new Hint(82, "That is the chance that a healthy run stays silent."),
            new Hint(100 * Warned / (Warned + False), "That would hold if half of all runs diverged. Only 2 in 100 do.", 0.06),
            new Hint(100 * Diverges * Warned, "That is the share of all runs that diverge and ring. Divide it by the share of all runs that ring.", 0.03)),
        new Part("silent, percent", 100 * Diverges * (1 - Warned) / (Diverges * (1 - Warned) + (1 - Diverges) * (1 - False)), 0.0151,
            new Hint(4, "That is the chance of silence given that the run diverges. Asked is the other way round."),
            new Hint(2, "That is what one knew before. Silence makes divergence a little less likely."),
            new Hint(100 * Diverges * (1 - Warned), "Divide by the share of all runs that stay silent, and round only at the end.", 0.004)))
    {
        Right = "Right: 9.8 % and 0.1 %. Nine alarms in ten are false.",
    };

    /// <summary>A flaw: which step of the argument does not follow?</summary>
    public static Exercise Flaw { get; } = new("alarm-flaw",
        "Which is the first sentence that does not follow? Its number, 1 to 4.",
        new Part("sentence", 3, 0.25,
            new Hint(1, "This one is measured: all but three of 51.", 0.25),
            new Hint(2, "This one is measured too.", 0.25),
            new Hint(4, "Sentences before it are wrong already.", 0.25)))
    {
        Right = "Right: sentence 3. Nearly all diverged runs pass 100, but so do seven in ten of the healthy ones.",
        Wrong = "There are four sentences; give the number of one of them.",
    };

    /// <summary>A prediction: what does QK-norm buy?</summary>
    public static Exercise QkGuess { get; } = new("qk-guess",
        "Without a warm-up: how many times as high is the largest stable rate with QK-norm as without? From 2.5 to 6 counts.",
        new Part("times", 4.25, 1.75,
            new Hint(1, "More: without QK-norm the logits grow with the square of the weights, and nothing bounds them.", 1.4),
            new Hint(16, "Less: other things go wrong at rates that high.", 9)))
    {
        Right = "Right: 4 times, from 0.08 to 0.32, on a grid whose steps are factors of 2.",
        Wrong = "Not that. Rates were tried in steps of 2; think of one step, two, or three.",
    };

    /// <summary>A decision: what is to be done?</summary>
    public static Exercise Decide { get; } = new("alarm-decision",
        "What do you do? (a), (b), (c): a number from 1 to 4 each.",
        new Part("(a)", 2, 0.25,
            new Hint(1, "The loss may be the last to tell. The logit has grown tenfold without stopping: go back while there is a good checkpoint.", 0.25),
            new Hint(3, "Here updates and rule agree; it is the weights that go the wrong way.", 0.25),
            new Hint(4, "Nothing is wrong with the data: a logit that grows for a hundred updates is no single batch.", 0.25)),
        new Part("(b)", 1, 0.25,
            new Hint(2, "It has healed, and nothing else has moved. To go back would cost more than it saves.", 0.25),
            new Hint(3, "The updates are as long as the rule says, apart from one.", 0.25),
            new Hint(4, "Once is no pattern. Leave batches out when a spike comes back at the same place.", 0.25)),
        new Part("(c)", 3, 0.25,
            new Hint(1, "Nothing diverges, but a third of the weights does not learn, and no later update will cure that.", 0.25),
            new Hint(2, "A lower rate makes updates that vanish even smaller.", 0.25),
            new Hint(4, "The data have no part in it: gradients arrive, and the weights do not move.", 0.25)))
    {
        Right = "Right. (a) Go back and change what grows. (b) Go on. (c) The program does not do what the rule says.",
        Wrong = "Give one of the numbers 1 to 4.",
    };
}
