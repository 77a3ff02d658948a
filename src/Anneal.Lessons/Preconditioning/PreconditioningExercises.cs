namespace Anneal.Lessons;

/// <summary>The exercises of lesson 04, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class PreconditioningExercises
{
    /// <summary>A prediction: what a condition number of 100 costs.</summary>
    public static Exercise StepsGuess { get; } = new("steps-guess",
        "κ = 100, the best fixed rate: how many steps until the distance is a millionth of what it was? A guess from half of the right number to one and a half times it counts.",
        new Part("steps", 691, 346,
            new Hint(6, "Six decades, but not one step each: with κ = 100 a step takes only about 2 % of the distance.", 3),
            new Hint(14, "ln 10⁶ is 13.8, and it counts; but it is multiplied by something like κ.", 4.5),
            new Hint(100, "κ steps bring the distance down by about e², not by a million.", 20),
            new Hint(138, "That is √κ·ln 10⁶, the speed of the momentum of lesson 05. Without memory it is worse.", 17),
            new Hint(1_382, "Close: that is κ·ln 10⁶, the rate 1/L. The best rate is nearly twice as large and needs about half of it.", 300)))
    {
        Right = "Right: 691, about κ/2 · ln 10⁶.",
        Wrong = "Guess the share of the distance that one step takes, about 2/κ, then ask how many such steps make a millionth.",
    };

    /// <summary>A derivation: the best rate, its factor, and the steps for three decades.</summary>
    public static Exercise BestRate { get; } = new("best-rate",
        "The curvatures of a bowl lie between 2 and 18. The best fixed rate, the factor by which the distance then shrinks per step, and the steps until it is a thousandth.",
        new Part("best rate", 0.1, 1e-6,
            new Hint(1.0 / 18, "That is 1/L: the steep direction arrives at once, but the flat one is slower than it need be.", 1e-3),
            new Hint(1.0 / 9, "That is 2/L, where the steep direction jumps from wall to wall for ever.", 1e-3),
            new Hint(0.05, "1/(L + μ): twice as much may be had. Set 1 − ημ equal to ηL − 1.", 1e-6)),
        new Part("factor", 0.8, 1e-6,
            new Hint(-0.8, "That is the steep direction with its sign. The factor of the distance is its size.", 1e-6),
            new Hint(0.2, "That is the share a step takes; asked is the share that it leaves.", 1e-6),
            new Hint(8.0 / 9, "(κ − 1)/κ belongs to the rate 1/L. At the best rate it is (κ − 1)/(κ + 1).", 1e-3)),
        new Part("steps", 31, 0.5,
            new Hint(13.4, "ln and log₁₀ were mixed: divide ln 1,000 by ln 1.25.", 0.5),
            new Hint(62, "κ·ln 1,000 is for the rate 1/L. Use the factor of the best rate.", 0.8),
            new Hint(30, "After 30 steps a little more than a thousandth is left: 0.8³⁰ = 0.00124. Round up.", 0.5),
            new Hint(3, "Three decades; one step takes only a fifth.", 0.5)))
    {
        Right = "Right: 2/(18 + 2), (9 − 1)/(9 + 1), and ln 1,000 / ln 1.25 = 30.96, so 31.",
    };

    /// <summary>A derivation: where the ½ goes.</summary>
    public static Exercise OneStep { get; } = new("where-the-half-goes",
        "f(x) = x₁² + 4x₂² − 2x₁ + 4x₂ and P = Q⁻¹ for Q = diag(1, 4): the minimiser, the rate that arrives in one step, and the share of the distance left after one step of rate 0.3.",
        new Part("x₁ of the minimiser", 1, 1e-9,
            new Hint(2, "That is −Q⁻¹c, the minimiser of ½xᵀQx + cᵀx. Here the gradient is 2Qx + c.", 1e-9),
            new Hint(-1, "Mind the sign: 2x₁ − 2 = 0.", 1e-9)),
        new Part("x₂ of the minimiser", -0.5, 1e-9,
            new Hint(-1, "That is −Q⁻¹c. The derivative of 4x₂² is 8x₂.", 1e-9),
            new Hint(0.5, "Mind the sign: 8x₂ + 4 = 0.", 1e-9)),
        new Part("rate", 0.5, 1e-9,
            new Hint(1, "1 belongs to ½xᵀQx. Here the second derivatives are 2Q.", 1e-9)),
        new Part("share left at rate 0.3", 0.4, 1e-9,
            new Hint(0.7, "1 − η belongs to ½xᵀQx. Here it is 1 − 2η.", 1e-9),
            new Hint(0.16, "That is the share of the loss; asked is the share of the distance.", 1e-9)))
    {
        Right = "Right: (1, −½), ½, and 1 − 2·0.3.",
    };

    /// <summary>A derivation: Newton's map on a function that is no quadratic.</summary>
    public static Exercise NewtonMap { get; } = new("newton-map",
        "Newton's method on f(x) = √(1 + x²): x after one step and after two steps from 0.5, and the largest start from below which it arrives.",
        new Part("after one step", -0.125, 1e-6,
            new Hint(0.125, "The size is right; the step goes past 0.", 1e-6),
            new Hint(0.5 - 0.5 / Math.Sqrt(1.25), "That is a plain gradient step of rate 1; divide the slope by the second derivative (1 + x²)^(−3/2).", 1e-3),
            new Hint(0, "One step is enough only on a quadratic.", 1e-9)),
        new Part("after two steps", Math.Pow(0.5, 9), 5e-6,
            new Hint(-Math.Pow(0.5, 9), "Each step changes the sign: after two it is positive again.", 5e-6),
            new Hint(Math.Pow(0.5, 6), "Cube the −0.125 again; the exponents multiply, 3 · 3 = 9.", 1e-4)),
        new Part("border", 1, 1e-6,
            new Hint(0.5, "From 0.5 it arrives. For which x is |−x³| as large as |x|?", 1e-6)))
    {
        Right = "Right: x ← −x³, so −1/8, then 1/512, and it arrives from |x| < 1.",
    };

    /// <summary>A prediction: what a diagonal leaves of κ = 25 on a turned bowl.</summary>
    public static Exercise Turned { get; } = new("turned",
        "Curvatures 1 and 25, P = diag(1/Q₁₁, 1/Q₂₂): guess the condition number that is left with the axes turned by 30° and by 45°. A guess within 5 counts.",
        new Part("κ left at 30°", LeftOf(7, 19), 5,
            new Hint(19.0 / 7, "That is Q₂₂/Q₁₁. P makes these two equal; the eigenvalues of P^½QP^½ are 1 ± r with r² = Q₁₂²/(Q₁₁Q₂₂).", 0.05),
            new Hint(1, "That is so only along the axes: here Q₁₂ is not 0.", 0.05),
            new Hint(25, "Some help is left: only at 45° there is none.", 0.05),
            new Hint((1 + 108.0 / 133) / (1 - 108.0 / 133), "108/133 is r². Take its root.", 0.1)),
        new Part("κ left at 45°", 25, 5,
            new Hint(1, "At 45° Q₁₁ = Q₂₂ = 13: P is a multiple of the unit matrix, and that is only another rate.", 0.05),
            new Hint(13, "13 is Q₁₁ = Q₂₂. P divides by it in both directions alike.", 0.05),
            new Hint(5, "That is √25. P does nothing here but change the rate.", 0.05)))
    {
        Right = "Right: they are 19.2 and 25.",
    };

    /// <summary>A decision: which cure for which matrix of second derivatives?</summary>
    public static Exercise WhichCure { get; } = new("which-cure",
        "Three losses with the second derivatives A = diag(1, 10⁶), B = (1, 0.9; 0.9, 1) and C = 5·I. The cheapest cure that makes κ equal to 1: 1 nothing, 2 a rate per weight, 3 a full matrix.",
        new Part("A", 2, 0.1,
            new Hint(1, "κ is a million: one step per million of the way.", 0.1),
            new Hint(3, "A full matrix does it too, but A is diagonal: two numbers are enough.", 0.1)),
        new Part("B", 3, 0.1,
            new Hint(2, "The diagonal of B is 1 already, so a rate per weight does nothing: κ stays 1.9/0.1 = 19.", 0.1),
            new Hint(1, "Its eigenvalues are 1.9 and 0.1: κ is 19.", 0.1)),
        new Part("C", 1, 0.1,
            new Hint(2, "κ is 1 already. The same rate for both weights is only a rate.", 0.1),
            new Hint(3, "κ is 1 already. Set the rate to 1/5 and be done.", 0.1)))
    {
        Right = "Right: 2, 3, 1. A has units to mend, B has weights that act together, C has only a rate to choose.",
    };

    /// <summary>A prediction: a preconditioner made from the same sample can turn the mean step round.</summary>
    public static Exercise Direction { get; } = new("direction",
        "g is −1 with probability ¾ and +5 with probability ¼. The mean of g, and the mean of P·g with P = 1/|g| made from the same g.",
        new Part("mean of g", 0.5, 1e-9,
            new Hint(2, "The two are not equally likely: weigh −1 by ¾ and 5 by ¼.", 1e-9),
            new Hint(-0.5, "−¾ + 5/4 is positive.", 1e-9)),
        new Part("mean of P·g", -0.5, 1e-9,
            new Hint(0.5, "P·g is the sign of g: −1 three times out of four.", 1e-9),
            new Hint(0.4, "That is E[P]·E[g]: the mean of a product is not the product of the means when P depends on g.", 1e-9)))
    {
        Right = "Right: +½ and −½. The gradient says that x must fall; the mean step raises it.",
    };

    /// <summary>What is left of the condition number of a 2 × 2 matrix with determinant 25 when its diagonal is scaled to 1.</summary>
    static double LeftOf(double q11, double q22)
    {
        double r = Math.Sqrt(1 - 25 / (q11 * q22));
        return (1 + r) / (1 - r);
    }
}
