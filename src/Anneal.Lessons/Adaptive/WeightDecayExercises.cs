namespace Anneal.Lessons;

/// <summary>The exercises of lesson 07, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class WeightDecayExercises
{
    /// <summary>A prediction: decay shares a weight out among equal columns.</summary>
    public static Exercise Twins { get; } = new("twins",
        "Two equal columns, y = 2x, start (3, −2). Guess where gradient descent ends (a) without decay, (b) with a very small decay. A guess within 0.4 counts.",
        new Part("(a) weight 1", 3.5, 0.401,
            new Hint(3, "At (3, −2) the sum is 1 and should be 2, so both weights still move."),
            new Hint(1, "That is the even share. Both weights get the same gradient, so without decay their difference stays 5."),
            new Hint(4, "Both columns move, so each makes up half of what is missing."),
            new Hint(2, "The sum must be 2, and the difference stays what it was at the start: 5.")),
        new Part("(b) weight 1", 1, 0.401,
            new Hint(3.5, "That is (a). However small the decay is, it goes on shrinking the difference, which the data say nothing about."),
            new Hint(2, "Then weight 2 would be 0, and 2² + 0² is larger than 1² + 1²."),
            new Hint(0, "The decay is very small, so the sum stays next to 2.")))
    {
        Right = "Right: (3.5, −1.5) and (1, 1). The data fix the sum, and decay fixes the difference.",
    };

    /// <summary>A derivation: where decay and gradient balance.</summary>
    public static Exercise Balance { get; } = new("balance",
        "Plain descent on ½(θ − 1)², η = 0.02, λ = 0.01: where it stands still (a) with the shrink λθ, (b) with the shrink ηλθ. Four decimals.",
        new Part("(a) λθ", 0.02 / (0.02 + 0.01), 6e-5,
            new Hint(1, "That is without decay. The shrink pulls at every step; where do both pulls cancel?"),
            new Hint(1 / 1.01, "That is (b): here the shrink is not multiplied by the rate."),
            new Hint(0.99, "That is 1 − λ, the shrink of one step. Where do both pulls cancel?"),
            new Hint(1.0 / 3, "Upside down: η(1 − θ) = λθ gives θ = η/(η + λ)."),
            new Hint(0, "The gradient pulls towards 1 with η(1 − θ), the decay towards 0 with λθ.")),
        new Part("(b) ηλθ", 1 / 1.01, 6e-5,
            new Hint(0.99, "Close: that is 1 − λ; the balance is at 1/(1 + λ)."),
            new Hint(2.0 / 3, "That is (a): here the shrink is ηλθ, and η drops out."),
            new Hint(1 / 1.0002, "The rate multiplies both pulls and drops out.", 4e-5)))
    {
        Right = "Right: η/(η + λ) = 0.6667 and 1/(1 + λ) = 0.9901.",
    };

    /// <summary>A decision: another rate, the same time scale.</summary>
    public static Exercise TimeScale { get; } = new("time-scale",
        "From η = 0.1 with λ = 0.0005 to η = 0.0005, decay times the rate: the old time scale 1/(ηλ), and the λ that keeps it.",
        new Part("time scale (updates)", 1 / (0.1 * 0.0005), 10,
            new Hint(2_000, "That is 1/λ. The shrink of one update is ηλ."),
            new Hint(10, "That is 1/η. The shrink of one update is ηλ.", 1),
            new Hint(0.00005, "That is ηλ, the shrink of one update. The time scale is one over it.", 1e-6),
            new Hint(4_000_000, "That is the time scale if λ is carried over to the new rate.", 100)),
        new Part("new λ", 0.1, 1e-3,
            new Hint(0.0005, "Carried over unchanged, the decay has a time scale of four million updates. The product ηλ must stay."),
            new Hint(0.0000025, "The rate fell by 200, so λ must rise by 200, not fall.", 1e-7)))
    {
        Right = "Right: 20,000 updates, and λ = 0.1, two hundred times the old one.",
    };

    /// <summary>The best λ of a linear model, and what a part of the label does to it that the model cannot express.</summary>
    public static Exercise BestDecay { get; } = new("best-decay",
        "5,000 samples, weight ½, label noise σ² = 4: the best λ (a) where the label is linear, (b) where a part of variance 12 is beyond the model. Four decimals.",
        new Part("(a) linear", 4 / (5_000 * 0.25), 5.001e-5,
            new Hint(0.001, "That is the table's. Use σ²/(n·w²)."),
            new Hint(4 / (5_000 * 0.5), "w enters squared: ¼."),
            new Hint(4.0 / 5_000, "The weight's own size is missing: divide by w² = ¼.", 1e-5),
            new Hint(16 / (5_000 * 0.25), "σ² is 4 already.")),
        new Part("(b) with a part beyond the model", 16 / (5_000 * 0.25), 5.001e-5,
            new Hint(4 / (5_000 * 0.25), "That is (a). What the model cannot express looks like noise to it: variances add up."),
            new Hint(2 / (5_000 * 0.25), "That is the table's half. To a linear model the rest looks like more noise, so λ rises."),
            new Hint(12 / (5_000 * 0.25), "The label noise is still there: 4 + 12."),
            new Hint((4 + 144) / (5_000 * 0.25), "12 is a variance already.", 1e-3)))
    {
        Right = "Right: 0.0032 and 0.0128. The complex label asks for four times as much, not for half.",
    };

    /// <summary>A prediction: how far a weight can go.</summary>
    public static Exercise Reach { get; } = new("reach",
        "The gradient is −5 at every update, decay 0.1 times the rate. Guess where the weight ends with (a) plain descent, (b) Lion. A guess within a fifth of the right number counts.",
        new Part("(a) plain descent", 50, 10,
            new Hint(5, "The step is η(5 − λθ): it is 0 where λθ = 5.", 1),
            new Hint(0.5, "Divide by λ = 0.1, not by 10.", 0.1),
            new Hint(-50, "The gradient is negative, so the weight rises.")),
        new Part("(b) Lion", 10, 2,
            new Hint(50, "That is (a). Lion sees only the sign of the gradient, so its pull is 1, not 5.", 10),
            new Hint(5, "Lion's pull is the sign, 1. It is balanced where λθ = 1.", 1),
            new Hint(1, "That is Lion's pull. It is balanced where λθ = 1, so θ = 1/λ.", 0.5),
            new Hint(-10, "The gradient is negative, so the weight rises.")))
    {
        Right = "Right: 50 and 10. Under Lion no weight gets beyond 1/λ.",
    };
}
