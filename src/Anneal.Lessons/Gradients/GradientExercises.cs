namespace Anneal.Lessons;

/// <summary>The exercises of lesson 02, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class GradientExercises
{
    /// <summary>A prediction: what a larger batch buys.</summary>
    public static Exercise Batch { get; } = new("batch",
        "The gradient of one sample has the standard deviation 3. Roughly what is the standard deviation of the mean of 36 of them? By about which factor must a batch grow to halve that?",
        new Part("standard deviation", 0.5, 0.1,
            new Hint(0.25, "That is the variance, 9/36. Take the root.", 1e-9),
            new Hint(9.0 / 6, "The root belongs to the 9 as well.", 1e-9),
            new Hint(3.0 / 36, "The variance falls like 1/B, so the standard deviation falls like 1/√B.", 1e-9)),
        new Part("factor", 4, 0.5,
            new Hint(2, "That halves the variance. The standard deviation is its root.", 1e-9),
            new Hint(0.25, "The batch must grow: the other way round.", 1e-9)))
    {
        Right = "Right: 3/6, and four times the work for half the noise.",
    };

    /// <summary>Batches drawn without replacement.</summary>
    public static Exercise Drawn { get; } = new("drawn",
        "50 samples, variance 1, batches of 10 different samples: variance of the batch gradient? And for batches of 50?",
        new Part("10 of 50", 0.1 * 40 / 49, 5.1e-5,
            new Hint(0.1, "That is the variance with replacement. Different samples tell more."),
            new Hint(0.1 * 40 / 50, "Nearly: the factor is (n − B)/(n − 1), and n − 1 is 49."),
            new Hint(40.0 / 49, "The factor alone; multiply it with the 1/B.")),
        new Part("50 of 50", 0, 1e-9,
            new Hint(1.0 / 50, "All 50 different samples are the data set. What is left to chance?", 1e-9)))
    {
        Right = "Right: 40/490, and the whole set leaves nothing to chance.",
    };

    /// <summary>A flaw in an argument: a weight that has seen the data is put into a statement about a fixed weight.</summary>
    public static Exercise Flattery { get; } = new("flattery",
        "Which of the four sentences is the first that is false? And what is the empirical risk at its own minimum on average, for 20 samples (three decimals)?",
        new Part("sentence", 3, 1e-9,
            new Hint(1, "The mean of n sample losses has the mean of one. At a weight chosen beforehand this holds.", 1e-9),
            new Hint(2, "That is what training does.", 1e-9),
            new Hint(4, "It follows from the third. Is the third true?", 1e-9)),
        new Part("empirical risk", 0.5 * (1 - 1.0 / 20), 5.1e-4,
            new Hint(0.5, "That is the risk of the best weight. The fitted weight takes a part of the noise for signal."),
            new Hint(0.45, "That is for 10 samples."),
            new Hint(0.5 * (1 + 1.0 / 20), "That is about the risk there. The data set itself shows too little, not too much.")))
    {
        Right = "Right: the first sentence is about a weight chosen beforehand, and the fitted one was chosen by looking at the data.",
    };

    /// <summary>Shapes: how many numbers a network has.</summary>
    public static Exercise Shapes { get; } = new("shapes",
        "A network takes 64 inputs, has a hidden layer of 32 units and 10 outputs. How many rows has W⁽²⁾, how many columns, and how many numbers are weights and biases together?",
        new Part("rows of W⁽²⁾", 10, 1e-9,
            new Hint(32, "Rows are outputs of the layer: each unit has a row of weights.", 1e-9),
            new Hint(64, "That is the width of the input.", 1e-9)),
        new Part("columns of W⁽²⁾", 32, 1e-9,
            new Hint(10, "Columns are inputs of the layer: each row has one weight per unit of the layer before.", 1e-9),
            new Hint(64, "The second layer takes the hidden units, not the input.", 1e-9)),
        new Part("weights and biases", 64 * 32 + 32 + 32 * 10 + 10, 1e-9,
            new Hint(64 * 32 + 32 * 10, "Those are the weights. Each unit has a bias too.", 1e-9),
            new Hint(64 * 32 + 32 + 32 * 10, "The biases of the last layer are missing.", 1e-9),
            new Hint(64 * 32 + 32 * 10 + 64 + 32 + 10, "The input has no biases.", 1e-9)))
    {
        Right = "Right: 10 × 32, and 2,410 numbers in all.",
    };

    /// <summary>A prediction: thirty factors.</summary>
    public static Exercise Depth { get; } = new("depth",
        "On the way back each of 30 layers multiplies by 0.5, or by 1.5. To which power of 10 is the product nearest in each case? Give the exponents.",
        new Part("factor 0.5", -9, 1.5,
            new Hint(-30, "That is the exponent of 2. Three powers of 10 are about ten of 2.", 0.5),
            new Hint(9, "The product is small: its exponent is negative.", 0.5),
            new Hint(-1, "The factors multiply: 0.5 · 0.5 · … thirty times.", 0.5)),
        new Part("factor 1.5", 5, 1.5,
            new Hint(1, "30 · 1.5 would be a sum. The factors multiply.", 0.99),
            new Hint(-5, "The product is large: its exponent is positive.", 0.5),
            new Hint(9, "1.5 is nearer to 1 than 0.5 is: log₁₀ 1.5 = 0.176.", 0.5)))
    {
        Right = "Right: about 10⁻⁹ and 2·10⁵, which lie 14 powers of 10 apart.",
    };

    /// <summary>A derivation: forward and backward through two layers.</summary>
    public static Exercise Backward { get; } = new("backward",
        "x = 2, y = 1; z₁ = 1.5x − 1, a₁ = max(0, z₁), output −0.5a₁ + 0.5, loss ½(output − y)²: its derivatives with respect to w₂, w₁ and b₁.",
        new Part("∂ℓ/∂w₂", -3, 1e-9,
            new Hint(3, "The error is output − y = −1.5; its sign stays.", 1e-9),
            new Hint(-1.5, "That is the derivative with respect to b₂. For w₂ it is multiplied by what w₂ multiplies: a₁ = 2.", 1e-9)),
        new Part("∂ℓ/∂w₁", 1.5, 1e-9,
            new Hint(0.75, "That is the derivative with respect to b₁. For w₁ multiply by x.", 1e-9),
            new Hint(-1.5, "Two minus signs meet: the error −1.5 and w₂ = −0.5.", 1e-9),
            new Hint(-3, "On the way back to the first layer the error passes w₂: multiply by −0.5.", 1e-9),
            new Hint(0, "The ReLU lets z₁ = 2 through: its slope is 1 there.", 1e-9)),
        new Part("∂ℓ/∂b₁", 0.75, 1e-9,
            new Hint(1.5, "That is the derivative with respect to w₁. The bias is multiplied by 1, not by x.", 1e-9),
            new Hint(-1.5, "That is the error. It passes w₂ on its way back.", 1e-9)))
    {
        Right = "Right: δ₂ = −1.5, δ₁ = 0.75, and each weight takes its δ times its input.",
    };

    /// <summary>A derivation: three layers without a non-linearity.</summary>
    public static Exercise Collapse { get; } = new("collapse",
        "u = 2x + 1, v = −3u + 4, output 0.5v + 2. Write it as Wx + b.",
        new Part("W", 0.5 * -3 * 2, 1e-9,
            new Hint(0.5 - 3 + 2, "The weights multiply; they do not add.", 1e-9),
            new Hint(3, "The sign of −3 stays.", 1e-9),
            new Hint(-6, "That is after two layers; the third halves it.", 1e-9)),
        new Part("b", 0.5 * (-3 * 1 + 4) + 2, 1e-9,
            new Hint(1 + 4 + 2, "A bias passes through the layers after it: the 1 arrives as 0.5 · (−3) · 1.", 1e-9),
            new Hint(1, "That is after two layers. The third still halves it and adds 2.", 1e-9),
            new Hint(0.5 * 4 + 2, "The 1 of the first layer passes through the others too.", 1e-9),
            new Hint(0, "At x = 0 the output is b. Put 0 in.", 1e-9)))
    {
        Right = "Right: −3x + 2.5, one affine map; at 0 it gives 2.5, so it is not linear.",
    };
}
