namespace Anneal.Lessons;

/// <summary>The exercises of lesson 14, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class TransformerExercises
{
    const double Width = 32, Layers = 2, Vocabulary = 31, Block = 12 * Width * Width;

    /// <summary>How many weights the matrices have.</summary>
    public static Exercise Weights { get; } = new("transformer-weights",
        "Width 32, two blocks, 31 tokens, tied weights: how many weights do the matrices of one block have, and how many all matrices that a token is multiplied by?",
        new Part("one block", Block, 0.5,
            new Hint(4 * Width * Width, "Those are the four matrices of the attention. The MLP has two more, each four times as large."),
            new Hint(8 * Width * Width, "That is the MLP alone. The attention has four matrices: queries, keys, values, output."),
            new Hint(11 * Width * Width, "The output of the attention has a matrix too, beside those of queries, keys and values."),
            new Hint(6 * Width * Width, "The MLP's two matrices are not square: each is 4 times as wide as the stream."),
            new Hint(12 * Width, "A square matrix of width 32 has 32 · 32 weights.")),
        new Part("all matrices", Layers * Block + Vocabulary * Width, 0.5,
            new Hint(Layers * Block, "The last matrix is missing, the one that makes logits: 31 rows of 32."),
            new Hint(Block + Vocabulary * Width, "There are two blocks."),
            new Hint(Layers * Block + 2 * Vocabulary * Width, "The weights are tied: one matrix serves as embedding and as the last matrix, and the embedding only looks a row up.")))
    {
        Right = "Right: 4w² for the attention and 8w² for the MLP, in each block.",
    };

    /// <summary>A prediction: the step of a difference quotient that shows the derivative best.</summary>
    public static Exercise Difference { get; } = new("difference-step",
        "The slope by (L(θ + h) − L(θ − h))/2h in double precision, with 16 digits: for which power of ten h is it most precise? Give the exponent; one more or less counts.",
        new Part("exponent", -5, 1.01,
            new Hint(-16, "Then θ + h and θ are the same number, or nearly: nothing is left of the difference."),
            new Hint(-12, "The losses agree in all but a few digits, and their difference keeps only those few.", 2),
            new Hint(-8, "That is the best step of the one-sided difference, whose own error is h and not h².", 1),
            new Hint(-2, "The error of the formula itself, h², is still some 1e-4 there.", 1.5),
            new Hint(5, "Exponents of small numbers are negative.", 4)))
    {
        Right = "Right: −5. The formula's own error falls like h², the rounding error grows like 1e-16/h, and they meet near 1e-5.",
    };

    /// <summary>A prediction: what the way back costs.</summary>
    public static Exercise WayBack { get; } = new("way-back",
        "Guess: how many times as many multiplications does a training step need as the forward pass alone? Half a time more or less counts.",
        new Part("times", 3, 0.51,
            new Hint(2, "The way back alone takes twice as many. The pass forward comes on top.", 0.25),
            new Hint(1, "That would make the way back free.", 0.5),
            new Hint(4, "Some training runs compute the forward pass twice to save memory; then it is 4. Here every activation is kept.", 0.25)))
    {
        Right = "Right: it is 3. Every matrix is used once on the way forward and twice on the way back, for the gradient of its input and for that of its weights.",
    };

    /// <summary>The cost of a run by the rule of six.</summary>
    public static Exercise RunCost { get; } = new("run-cost",
        "A model with 350 million weights sees 2·10⁹ tokens. How many floating-point operations is that, and how many hours at 10¹⁴ a second?",
        new Part("operations, in units of 10¹⁸", 4.2, 0.05,
            new Hint(0.7, "That is one operation per weight and token. A training step takes six."),
            new Hint(1.4, "That is the pass forward. The way back costs twice as much again."),
            new Hint(2.1, "Those are multiplications. Each comes with an addition, so there are twice as many operations."),
            new Hint(4.2e18, "Right, but asked in units of 10¹⁸.", 1e17)),
        new Part("hours", 11.7, 0.1,
            new Hint(42_000, "Those are seconds; an hour has 3,600.", 500),
            new Hint(700, "Those are minutes.", 10),
            new Hint(5.83, "That leaves the additions out."),
            new Hint(3.89, "That is the pass forward alone.")))
    {
        Right = "Right: 6 · 3.5·10⁸ · 2·10⁹ = 4.2·10¹⁸ operations, 42,000 seconds.",
    };

    /// <summary>The flaw in an argument about bfloat16.</summary>
    public static Exercise Master { get; } = new("master-weights",
        "Which of the five sentences about bfloat16 is the first that is false?",
        new Part("sentence", 5, 0.25,
            new Hint(1, "bfloat16 is the upper half of a float: 8 exponent bits, and 8 significant bits with the one that is not stored.", 0.25),
            new Hint(2, "With 8 significant bits the numbers from 1 to 2 are 1/128 apart, and those below 1 are 1/256 apart. That is right.", 0.25),
            new Hint(3, "Under a steady gradient each step of Adam has about the length of the rate. That is right.", 0.25),
            new Hint(4, "0.001 is less than half the gap on either side, 1/256 and 1/512, so 1 ± 0.001 rounds back to 1. That is right.", 0.25)))
    {
        Right = "Right: steps are added to float32 master weights, which keep them. Only the copy that is multiplied with is rounded.",
        Wrong = "Enter 1, 2, 3, 4 or 5.",
    };

    /// <summary>A prediction: what writing costs without a cache.</summary>
    public static Exercise Uncached { get; } = new("uncached",
        "A model writes 64 tokens, one at a time. Without a cache it reads the whole text again for each. Guess: how many times as many tokens pass through it as with a cache? From 25 to 40 counts.",
        new Part("times", 32.5, 7.51,
            new Hint(64, "That is so for the last token. The first ones have a short text before them: take the mean.", 2),
            new Hint(2_080, "That is the number of tokens: 1 + 2 + … + 64. With a cache there are 64.", 100),
            new Hint(2, "The text is read again for each of the 64 tokens, not once.", 0.5),
            new Hint(1, "Each new token makes the uncached model start again from the first one.", 0.4)))
    {
        Right = "Right: it is 32.5. 1 + 2 + … + 64 = 64 · 65/2 tokens in place of 64.",
    };
}
