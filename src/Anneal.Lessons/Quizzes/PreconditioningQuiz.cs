using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 04.</summary>
static class PreconditioningQuiz
{
    const string Valley = "What does a valley do to gradient descent?", Steps = "How many steps does the condition number cost?", Coordinates = "Can we choose better coordinates?",
        Arrives = "Which rate arrives in one step?", Diagonal = "When is one rate per weight enough?", Newton = "What does Newton's method do?", Noisy = "What changes when the gradient is noisy?",
        Same = "What if the preconditioner is made from the same sample?", Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("04-preconditioning",
        Choice("slow", Valley, "Why is gradient descent slow in a long valley?", "The steep direction allows at most 2/L, and at that rate the flat one still moves slowly.",
            Right("The steep direction limits the rate, and the flat one then moves slowly."), Wrong("The gradient is small everywhere in a valley.", "Across the valley it is large. That is why the rate must be low."),
            Wrong("The valley floor has many local minima.", "A bowl has one minimum, however long it is."), Wrong("The gradient points straight at the minimum, but the steps are random.", "Without noise nothing is random, and the gradient does not point at the minimum.")),
        Number("best-rate", Steps, draw =>
        {
            var (mu, steepest) = draw.OneOf((1.0, 9.0), (2.0, 18.0), (1.0, 19.0), (2.0, 6.0));
            double factor = (steepest - mu) / (steepest + mu);
            return new($"The curvatures of a bowl lie between {mu} and {steepest}. Which fixed rate is best, and by which factor does the distance then shrink per step?", "At 2/(L + μ) the flattest and the steepest direction shrink alike, by (κ − 1)/(κ + 1).",
                new Part("rate", 2 / (steepest + mu), 5e-4, new Hint(2 / steepest, "There the steep direction jumps without end."), new Hint(1 / steepest, "That serves the steep direction alone. A little more helps the flat one."), new Hint(1 / (steepest + mu), "Twice that.")),
                new Part("factor", factor, 5e-4, new Hint(mu / steepest, "That is 1/κ. The factor is (κ − 1)/(κ + 1)."), new Hint(1 - mu / steepest, "That is what 1/L leaves in the flat direction. The best rate is higher."), new Hint(1 - factor, "That is what is lost per step. How much is kept?")));
        }),
        Choice("tenfold", Steps, draw =>
        {
            int times = draw.OneOf(10, 100);
            return new($"The condition number grows by a factor of {times}. What happens to the steps that gradient descent needs at its best rate?", "A millionth takes about κ/2 · ln 10⁶ steps: proportional to κ.",
                Right($"About {times} times as many."), Wrong($"About {Math.Sqrt(times):0.0} times as many.", "The root comes with momentum, in lesson 05."), Wrong("About the same number, at a lower rate.", "A lower rate makes the flat direction slower still."), Wrong($"About {times * times} times as many.", "For large κ the factor is 1 − 2/κ: the steps go with κ itself."));
        }),
        Order("derive", Coordinates, "Put the derivation of preconditioned descent in order.", "Choose coordinates, write the loss and its gradient in them, step there, come back.",
            "write x = P^½ w", "the gradient in w is P^½ ∇f(x)", "take a gradient step in w", "multiply by P^½", "x ← x − η P ∇f(x)"),
        Choice("best-p", Coordinates, "In the new coordinates the second derivatives are P^½ Q P^½. Which P is best, and why?", "With P = Q⁻¹ the matrix is the identity: all curvatures are 1 and κ = 1.",
            Right("Q⁻¹: all curvatures become 1."), Wrong("Q: it cancels the curvature.", "Q^½ Q Q^½ is Q²: the condition number would be squared."), Wrong("Q^−½: its root appears twice.", "Then Q^½ is left, with the condition number √κ."), Wrong("The identity: it adds nothing.", "It leaves Q as it is.")),
        Number("one-step", Arrives, draw =>
        {
            bool half = draw.OneOf(true, false);
            double rate = draw.OneOf(0.2, 0.3, 0.4), curvature = half ? 1 : 2;
            return new($"The loss is {(half ? "½xᵀQx" : "xᵀQx")}, preconditioned with P = Q⁻¹. Which rate arrives in one step, and which share of the distance is left after one step of rate {rate}?", $"In w the curvature is {curvature}, so one step of rate {1 / curvature:0.#} arrives, and a step of rate η leaves 1 − {curvature}η.",
                new Part("rate", 1 / curvature, 1e-6, new Hint(curvature == 1 ? 0.5 : 1, curvature == 1 ? "That belongs to xᵀQx. The ½ cancels the 2 of the square." : "That belongs to ½xᵀQx. Here the second derivatives are 2Q.")),
                new Part("share", 1 - curvature * rate, 1e-6, new Hint(curvature * rate, "That is the share covered."), new Hint(1 - (3 - curvature) * rate, "What is the curvature in the new coordinates?")));
        }),
        Number("diagonal", Diagonal, draw =>
        {
            double r = draw.OneOf(0.5, 0.8, 0.9, 0.6), left = (1 + r) / (1 - r);
            return new($"Q has the diagonal 1, 1 and {r} off it. Which condition number is left after dividing each gradient by its diagonal entry?", $"The diagonal is 1 already. The eigenvalues stay 1 ± {r}.",
                new Part("κ", left, 5e-3 * left, new Hint(1, "A diagonal cannot turn axes: the entries off the diagonal stay."), new Hint(1 / (1 - r * r), "Divide the largest eigenvalue by the smallest, 1 + r by 1 − r.")));
        }),
        Choice("cure", Diagonal, "Two inputs are given in metres and in millimetres. Which cure is cheapest?", "Units are what a rate per weight fixes. Standardising the features does the same.",
            Right("One rate per weight, or standardised features."), Wrong("A full matrix.", "It works, but it is more than is needed: the axes are not turned."), Wrong("A lower rate for all weights.", "Then the flat direction waits a million times longer."), Wrong("Nothing: units do not matter to gradient descent.", "They enter squared: κ grows to a million.")),
        Picture("turned", Diagonal, "A valley with κ = 25 is turned from 0° to 90°. How does the condition number that a diagonal leaves depend on the angle?", "Along the axes the diagonal is the inverse. At 45° both entries are equal, and all of κ is left.",
            Right("A", Enumerable.Range(0, 60).Select(i => Left(i * Math.PI / 118))),
            Wrong("B", Enumerable.Range(0, 60).Select(i => 26 - Left(i * Math.PI / 118)), "The other way round: along the axes a diagonal is all one needs."),
            Wrong("C", Enumerable.Range(0, 60).Select(i => 1 + 24 * i / 59.0), "At 90° the valley lies along the other axis, and the diagonal is right again."),
            Wrong("D", Enumerable.Range(0, 60).Select(i => 10 + 1e-3 * i), "It depends on the angle: a diagonal cannot turn axes.")),
        Choice("digits", Newton, draw =>
        {
            int have = draw.OneOf(2, 3, 4);
            return new($"Near a minimum Newton's method has {have} right digits. About how many after two more steps?", "The error is squared at each step: the digits double.",
                Right($"{4 * have}"), Wrong($"{have + 2}", "That would be gradient descent at one digit per step."), Wrong($"{2 * have}", "That is after one step."), Wrong($"{3 * have}", "They double, and double again."));
        }),
        Number("cubing", Newton, draw =>
        {
            double start = draw.OneOf(0.5, 0.2, 2.0);
            return new($"For √(1 + x²) Newton's map is x ← −x³. Where is x after two steps from {start}?", $"{start}³ is {Math.Pow(start, 3):0.###}, with a minus; its cube changes the sign back.",
                new Part("x", Math.Pow(start, 9), Math.Abs(Math.Pow(start, 9)) * 1e-2, new Hint(-Math.Pow(start, 9), "Two sign changes cancel."), new Hint(-Math.Pow(start, 3), "That is one step."), new Hint(Math.Pow(start, 6), "Cube twice: the power is 9.")));
        }),
        Flaw("newton-flaw", Newton, "“Newton's method is the best optimizer.” Which sentence is the first that is false?", "It looks for gradient 0. Near a saddle it turns uphill where the curvature is negative.",
            Wrong("1. It does not depend on the coordinates.", "That is true of every linear change of variables."), Wrong("2. Near a minimum the digits double at each step.", "That is quadratic convergence."),
            Right("3. It always goes downhill."), Wrong("4. For a million weights it is too expensive.", "A million million second derivatives: true. An earlier sentence fails.")),
        Choice("noise", Noisy, "A fixed P = Q⁻¹ and a noisy gradient. What does P cure?", "P lengthens the noise with the step. A falling rate is still needed, and may now start high in all directions.",
            Right("The geometry, not the noise."), Wrong("The noise, not the geometry.", "The covariance becomes PΣP: the noise is stretched, not removed."), Wrong("Both.", "A small or falling rate is still needed for the noise."), Wrong("Neither.", "All directions are equally fast now.")),
        Number("biased", Same, draw =>
        {
            var (p, high) = draw.OneOf((0.75, 5.0), (0.8, 6.0), (0.6, 4.0));
            double mean = -p + (1 - p) * high, sign = -p + (1 - p);
            return new($"A gradient is −1 with probability {p} and +{high} with probability {1 - p:0.##}. What is its mean, and the mean of g/|g|?", "g/|g| is the sign of g: it forgets how large the rare gradients are.",
                new Part("mean of g", mean, 5e-3, new Hint(-mean, "The sign: the rare gradients are the large ones."), new Hint((high - 1) / 2, "The two are not equally likely.")),
                new Part("mean of g/|g|", sign, 5e-3, new Hint(mean > 0 ? 1 : -1, "Take the mean of the signs, not the sign of the mean."), new Hint(-sign, "−1 is the more likely one.")));
        }),
        Formula("root-side", Errata, "On which sides does the root stand?", "x = P^½ w puts the root on both sides of Q; with Q^½ on the right, nothing would be gained.",
            "f(P^½ w) = ½ wᵀ {0} Q {1} w, for P = Q⁻¹", new Gap(Right("Q^−½"), Wrong("Q^½", "P^½ is the root of the inverse."), Wrong("Q⁻¹", "The root of P appears, once on each side.")),
            new Gap(Right("Q^−½"), Wrong("Q^½", "Then it would undo the first: Q^−½ Q Q^½ is Q."), Wrong("Q⁻¹", "The root of P appears, once on each side."))));

    /// <summary>What the diagonal leaves of κ = 25 when the valley is turned by this angle.</summary>
    static double Left(double angle)
    {
        double c = Math.Cos(angle), s = Math.Sin(angle), q11 = c * c + 25 * s * s, q22 = s * s + 25 * c * c, r = Math.Abs(24 * s * c) / Math.Sqrt(q11 * q22);
        return (1 + r) / (1 - r);
    }
}
