namespace Anneal.Lessons;

/// <summary>The exercises of lesson 18, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class ChoosingExercises
{
    /// <summary>A prediction: how many of the slides' rows are contradicted?</summary>
    public static Exercise VerdictGuess { get; } = new("verdict-guess",
        "The optimizer slides' tables have 29 rows. How many of them are contradicted, here or by published runs? A guess up to three off counts.",
        new Part("rows", 13, 3,
            new Hint(29, "Not that bad: many rows are what people really do.", 6),
            new Hint(2, "That is how many say too little to be tested. More than that are contradicted.", 3),
            new Hint(20, "Not that many: about half of the rows are what people do, or hold here in part.", 2.9)))
    {
        Right = "Right: thirteen of 29.",
        Wrong = "Not that. Think of rows that give one number for all units and sizes.",
    };

    /// <summary>A decision: which advice to take as it stands?</summary>
    public static Exercise Trust { get; } = new("trust",
        "What do you do with each line? (a), (b), (c): a number from 1 to 3 each.",
        new Part("(a)", 1, 0.25,
            new Hint(2, "You could, but runs are scarce: many sources agree on it, and the range is narrow.", 0.25),
            new Hint(3, "Nothing is missing here.", 0.25)),
        new Part("(b)", 2, 0.25,
            new Hint(1, "The range spans a factor of a hundred, and the grade is low.", 0.25),
            new Hint(3, "Nothing you could find out beforehand decides it: try.", 0.25)),
        new Part("(c)", 3, 0.25,
            new Hint(1, "An open question stands beside it, and its answer changes the rate by ten.", 0.25),
            new Hint(2, "Trying costs runs; the question costs a look at the script.", 0.25)))
    {
        Right = "Right: leave it, try it, ask first.",
        Wrong = "Choose a number from 1 to 3 for each.",
    };

    /// <summary>A prediction: how often is the steepest point right?</summary>
    public static Exercise SteepestGuess { get; } = new("steepest-guess",
        "In how many of these 80 tests does the steepest point lie within a factor of two of the best rate? A guess up to eight off counts.",
        new Part("tests", 0, 8,
            new Hint(80, "Far fewer. In a short test the first fall of the loss comes at low rates.", 8),
            new Hint(40, "Fewer. In a short test the first fall of the loss comes at low rates.", 24)))
    {
        Right = "Right: in none of the 80.",
        Wrong = "Not that: give a number from 0 to 80.",
    };

    /// <summary>A prediction: how often does the table's rate lose more than a little?</summary>
    public static Exercise RegretGuess { get; } = new("regret-guess",
        "In how many of the eight problems does the table's rate throw away more than 2 % of the fall? A guess one off counts.",
        new Part("problems", 6, 1,
            new Hint(8, "Nearly: two problems are kind to tables. Which two share one curvature?", 0.4),
            new Hint(2, "That is how many are kind to tables.", 2)))
    {
        Right = "Right: in six of eight.",
        Wrong = "Not that: give a whole number from 0 to 8.",
    };

    /// <summary>A prediction: how much lower is the best rate of a wider network?</summary>
    public static Exercise WidthGuess { get; } = new("width-guess",
        "The best rate at width 20, divided by the best rate at width 80: what is it? Anything from 1.9 to 3.9 counts.",
        new Part("times", 2.9, 1,
            new Hint(1, "It moves: with the same rate for all, the widest network loses most.", 0.5),
            new Hint(4, "Nearly: that is the rule of wide layers. The measured factor is a little less.", 0.09),
            new Hint(0.35, "The other way round: a wide layer wants a lower rate.", 0.1),
            new Hint(16, "Less: that would be the square of the factor in width.", 8)))
    {
        Right = "Right: 2.8.",
        Wrong = "Not that. Many weights move an output together; how does their common step grow with the width?",
    };
}
