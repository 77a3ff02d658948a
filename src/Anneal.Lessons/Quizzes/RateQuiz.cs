using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 01.</summary>
static class RateQuiz
{
    const string OneStep = "What can one step do to one weight?", Time = "How long does it take?", TwoWeights = "What if two weights share one rate?",
        Search = "Can the computer find the rate itself?", Stop = "When do you stop?", Flat = "What if it is flat where there is no minimum?",
        Which = "Which minimum will it find?", Ball = "How near does a fixed rate get?", Both = "Why can no fixed rate be fast and precise?",
        Wins = "Does a schedule always win?";

    public static Quiz Quiz { get; } = new("01-what-a-rate-does",
        Number("factor", OneStep, draw =>
        {
            double curvature = draw.OneOf(2.0, 4, 8, 20), share = draw.OneOf(0.25, 0.5, 1.25, 1.5), rate = share / curvature;
            return new($"Gradient descent runs on a parabola of curvature {curvature} with the rate {rate}. By which factor does one update multiply the distance x (with its sign)?",
                $"The factor is 1 − ηL = 1 − {rate} · {curvature} = {1 - share}.",
                new Part("factor", 1 - share, 1e-9,
                    new Hint(share - 1, "The sign: what is left is 1 minus ηL, not ηL minus 1."),
                    new Hint(Math.Abs(1 - share), "The size is right. Which side of the minimum does x land on?"),
                    new Hint(share, "That is ηL, the share of the way that a step takes. What is left of the distance?"),
                    new Hint(1 - rate, "The curvature is missing: the gradient is L times x.")));
        }),
        Choice("behaviour", OneStep, draw =>
        {
            double curvature = draw.OneOf(10.0, 50, 200);
            var (rate, right) = draw.OneOf((0.1, 0), (1.0, 1), (1.5, 2), (2.5, 3));
            string[] texts = ["It stays on one side and creeps in.", "It arrives in one update.", "It jumps from side to side and comes down.", "It jumps from side to side and grows."];
            string[] replies =
            [
                "It would creep with ηL far below 1.", "One update is enough only at ηL = 1.", "It oscillates and comes down for ηL between 1 and 2.", "It diverges only for ηL above 2.",
            ];
            return new($"The curvature is {curvature} and the rate {rate / curvature}. What does the run do?", $"Only ηL counts. Here it is {rate}.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Choice("high-or-low", OneStep, "Is 0.001 a high rate?", "Only ηL counts: 0.001 creeps at curvature 1, and diverges at any curvature above 2,000.",
            Right("It depends on the curvature of the loss."),
            Wrong("No. Rates below 0.01 are low.", "At the curvature 5,000 it diverges. No number is low by itself."),
            Wrong("Yes, for any loss with a curvature above 1.", "The border is 2/L. At the curvature 100 it is 0.02, far above 0.001."),
            Wrong("It depends on how far away the start is.", "On a parabola the start drops out: every update multiplies the distance by the same factor.")),
        Number("updates", Time, draw =>
        {
            double share = draw.OneOf(0.1, 0.2, 0.05);
            int power = draw.OneOf(2, 3, 4);
            double left = Math.Pow(10, -power), exact = Math.Log(left) / Math.Log(1 - share);
            return new($"ηL = {share}. After how many updates is |x| at most a {(power == 2 ? "hundredth" : power == 3 ? "thousandth" : "ten-thousandth")} of what it was?",
                $"Each update leaves {1 - share}. ln {left} / ln {1 - share} = {exact:0.0}, rounded up.",
                new Part("updates", Math.Ceiling(exact), 0.5,
                    new Hint(Math.Round(power * Math.Log(10) / share), "Nearly: that takes ln(1 − ηL) for −ηL. Use the exact factor.", 0.5),
                    new Hint(Math.Floor(exact), "After that many it is not quite there: round up.", 0.4),
                    new Hint(1 / share, "After 1/(ηL) updates about 37 % is left.", 0.5)));
        }),
        Picture("rate-curve", Time, "The updates that a run needs, over the rate on a logarithmic axis from L-thousandth steps to 2/L. Which curve is it?",
            "Ten times too low costs about ten times the updates. Just below 2/L the count shoots up, and above it no run arrives.",
            Right("a slope and a wall", Enumerable.Range(0, 60).Select(i => UpdatesAt(2 * Math.Pow(10, -2 + i / 30.0) * 0.995))),
            Wrong("a wall and a slope", Enumerable.Range(0, 60).Select(i => UpdatesAt(2 * Math.Pow(10, -(i / 30.0)) * 0.995)), "It is the high end that has the wall: one step above 2/L never arrives."),
            Wrong("a valley with equal sides", Enumerable.Range(0, 60).Select(i => 1 + Math.Pow((i - 30) / 15.0, 2)), "On a plain axis it is a mirror image around 1/L. The logarithmic axis stretches the low side."),
            Wrong("a steady fall", Enumerable.Range(0, 60).Select(i => 60.0 - i), "A higher rate helps only up to 1/L.")),
        Number("two-curvatures", TwoWeights, draw =>
        {
            double steep = draw.OneOf(10.0, 20, 50, 100), flat = draw.OneOf(1.0, 2, 0.5), limit = 2 / steep;
            return new($"A loss has the curvature {flat} in one direction and {steep} in the other. Above which rate does gradient descent diverge, and which share of its distance does the flat weight keep per update at that rate?",
                "The steepest direction sets the limit 2/L, the flattest sets the time.",
                new Part("rate", limit, 0.001 * limit,
                    new Hint(1 / steep, "At 1/L the steep weight arrives in one update. It may jump a little farther."),
                    new Hint(2 / flat, "That is the limit of the flat direction. The steep one diverges long before."),
                    new Hint(2 / (steep + flat), "That is the best rate for both, not the limit.")),
                new Part("share", 1 - limit * flat, 1e-3,
                    new Hint(limit * flat, "That is what it loses. How much is kept?"),
                    new Hint(-1, "That is the factor of the steep weight.")));
        }),
        Choice("backtracking", Search, "Why does training seldom search for the rate at every update by backtracking?",
            "A search needs the exact loss. In training there is only the loss on a few samples, and each trial costs a large part of an update.",
            Right("The exact loss is too costly, and a step that lowers the loss of a few samples can raise that of the others."),
            Wrong("Backtracking needs the curvature, which is not known.", "It never asks for the curvature. It compares losses."),
            Wrong("It finds rates above 2/L, and the run diverges.", "It accepts only rates up to 1/L on a parabola."),
            Wrong("It works only with one weight.", "It looks along one direction, however many weights there are.")),
        Flaw("short-step", Stop, "Somebody minimises 5x² from 4 with the rate 0.00002. Which sentence is the first that is false?",
            "The derivative at the start is 40. The step is short because the rate is low.",
            Wrong("1. A step is the rate times the derivative.", "That is the rule of gradient descent itself."),
            Wrong("2. The first step is shorter than 0.001.", "0.00002 · 40 = 0.0008: that is true."),
            Right("3. So the derivative is small."),
            Wrong("4. Where the derivative is small, a minimum is near.", "A saddle would make it false. But an earlier sentence fails already.")),
        Choice("criteria", Stop, "Which of these tells you most directly what you want to know, and can still be fooled?",
            "The loss on held-out data is what training is for. Noise fools it if you are impatient.",
            Right("The loss on held-out data no longer improves."),
            Wrong("The last step was short.", "A low rate makes every step short."),
            Wrong("The gradient of the training loss is small.", "It tells you that the training loss is flat here, perhaps at a saddle."),
            Wrong("The budget is used up.", "It cannot be fooled, but it says nothing about the model.")),
        Number("saddle", Flat, draw =>
        {
            double curvature = draw.OneOf(1.0, 2, 0.5), rate = draw.OneOf(0.1, 0.2), growth = 1 + rate * curvature;
            int power = draw.OneOf(4, 6);
            double exact = Math.Log(Math.Pow(10, power - 1)) / Math.Log(growth);
            return new($"At a saddle the curvature along y is −{curvature}, and the rate is {rate}. After about how many updates has y grown from 10^−{power} to 0.1?",
                $"Each update multiplies y by 1 + {rate} · {curvature} = {growth}: ln 10^{power - 1} / ln {growth} = {exact:0.0}.",
                new Part("updates", Math.Ceiling(exact), 1.5,
                    new Hint(Math.Log(Math.Pow(10, power)) / Math.Log(growth), "That is the time to 1. The question stops at 0.1.", 1.5),
                    new Hint(Math.Pow(10, power - 1), "The way is 10^n times as long, but it grows by a factor per update: take logarithms.", 1.5)));
        }),
        Choice("sieve", Which, "A run with a fixed rate settled in the wide valley of a loss and never in the narrow one. What explains it best?",
            "A run can rest in a valley only if the curvature there is below 2/η.",
            Right("In the narrow valley the curvature is above 2/η."),
            Wrong("The narrow valley has a higher loss.", "Gradient descent sees only the slope where it stands. It cannot compare two valleys."),
            Wrong("A narrow valley has no gradient.", "Its walls are steep: the gradient there is large."),
            Wrong("The rate was too low to leave the wide valley.", "Then it would have settled in the first valley it met, wide or narrow.")),
        Number("ball", Ball, draw =>
        {
            double mu = draw.OneOf(1.0, 2), variance = draw.OneOf(1.0, 4), rate = draw.OneOf(0.1, 0.2, 0.5), ball = rate * variance / (mu * (2 - rate * mu));
            return new($"Curvature {mu}, noise of variance {variance} on the gradient, fixed rate {rate}. Where does the mean of x² settle? (four decimals)",
                $"E x² = ησ²/(μ(2 − ημ)) = {ball:0.0000}.",
                new Part("E x²", ball, 6e-5,
                    new Hint(rate * variance / (2 * mu), "That is the rule for small rates, ησ²/(2μ). Keep the term −ημ."),
                    new Hint(rate * Math.Sqrt(variance) / (mu * (2 - rate * mu)), "The variance is given, not the standard deviation: do not take its root."),
                    new Hint(mu / 2 * ball, "That is the mean loss. The question asks for the mean of x².")));
        }),
        Formula("ball-formula", Ball, "Fill in the size of the noise ball.", "The first term of the recursion forgets the start, the second brings new noise; they balance at this value.",
            "E x² = η · {0} / ( {1} · (2 − {2}) )",
            new Gap(Right("σ²"), Wrong("σ", "The noise enters squared."), Wrong("μ²", "What drives the ball is the noise.")),
            new Gap(Right("μ"), Wrong("σ", "A steeper valley holds the run closer: the curvature divides."), Wrong("η", "The rate stands in the numerator.")),
            new Gap(Right("ημ"), Wrong("η", "The rate alone has a unit. Only the product with the curvature is a pure number."), Wrong("μ", "Only the product with the rate is a pure number."))),
        Order("trade", Both, "Noise on a parabola, fixed rates far below 2/L. Put these runs in order of where they end: lowest loss first, after very many updates.",
            "The ball is proportional to the rate. After very many updates the wait no longer counts.",
            "rate 0.001", "rate 0.01", "rate 0.05", "rate 0.3"),
        Choice("bounce", Ball, "A loss curve bounces. Which experiment tells noise from a rate above 2/L?",
            "Bouncing from noise stops with the whole data set, bouncing beyond 2/L goes on. A lower rate calms both, so it tells nothing.",
            Right("Keep the rate and use the whole data set."),
            Wrong("Halve the rate.", "Both kinds of bouncing get calmer with a lower rate."),
            Wrong("Start from another point.", "Both kinds come back wherever the run starts."),
            Wrong("Run it longer.", "Noise keeps bouncing, and so does a run between two walls.")),
        Flaw("shared-peak", Wins, "A comparison of a fixed rate with a straight line to 0. Which sentence is the first that does not follow?",
            "At one shared peak the falling rate may become too low too soon. Each plan needs its own best peak.",
            Wrong("1. Both plans were run from 300 starts at the peak 0.06.", "That is what was done."),
            Wrong("2. The fixed rate ended lower, with an interval that excludes 0.", "That was measured."),
            Right("3. So the fixed rate is the better plan for this loss."),
            Wrong("4. A better plan for this loss may still be worse for another.", "That is a fair caution. An earlier sentence fails.")));

    /// <summary>The base-10 logarithm of the updates that bring |x| from 4 to 0.001 at this ηL.</summary>
    static double UpdatesAt(double share) => Math.Log10(Math.Max(1, Math.Ceiling(Math.Log(0.001 / 4) / Math.Log(Math.Max(1e-6, Math.Abs(1 - share))))));
}
