using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 12.</summary>
static class RegressionQuiz
{
    const string Throws = "Why does it throw on raw features?", Normaliser = "Why is one normaliser so much better?", Mean = "Why does a mean slow the descent?",
        Decrease = "What does `DecreaseLearningRate` do?", Shrink = "What does `L2Regularization` do?", Pipeline = "How is a schedule put into a pipeline?",
        Which = "Which schedule, then?", Unseen = "And on cars it has not seen?", Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("12-regression-with-mlnet",
        Number("residual", Throws, draw =>
        {
            double square = draw.OneOf(20.0, 40, 80), rate = draw.OneOf(0.01, 0.02, 0.05), factor = 1 - 2 * rate * square;
            return new($"ML.NET's trainer sees a row with ‖a‖² = {square}, the intercept's 1 in it. By which factor does an update at the rate {rate} multiply that row's residual, and below which rate does every update shrink it?",
                $"The gradient of r² is 2ra, so the factor is 1 − 2η‖a‖², and 2η‖a‖² is {2 * rate * square:0.###}. Up to 1/‖a‖² the factor lies between −1 and 1.",
                new Part("factor", factor, 1e-3, new Hint(1 - rate * square, "The gradient of r² is 2ra. The 2 is missing."), new Hint(-factor, "The sign: what is left is 1 minus 2η‖a‖²."),
                    new Hint(2 * rate * square, "That is what is taken off. What is left?")),
                new Part("highest rate", 1 / square, 1e-4, new Hint(2 / square, "That belongs to ½r². The gradient of r² is twice as long."), new Hint(1 / (2 * square), "There the residual is 0 after one update. It may jump a little farther.")));
        }),
        Number("overflow", Throws, draw =>
        {
            int zeros = draw.OneOf(4, 5, 6, 9), updates = (int)Math.Ceiling((38.5 - 1) / zeros);
            return new($"An error of 10 is multiplied by −10^{zeros} at every update. The largest 32-bit number is 3.4·10³⁸. After how many updates is the error too large for it?",
                $"Every update adds {zeros} zeros, and 38.5 are enough: 1 + {zeros}n must pass 38.5.",
                new Part("updates", updates, 0.25, new Hint(updates - 1, "After that many it still fits."), new Hint(38, "That would be one zero an update.", 1)));
        }),
        Choice("low-rate", Normaliser, "On raw features you lower the rate to 10⁻⁸, and nothing throws any more. Is the problem solved?", "The rate suits the steepest direction. The flattest takes about κ times as long, and κ is 1.5·10⁹.",
            Right("No. The flattest direction hardly moves."), Wrong("No. It throws as well, only some passes later.", "Below 1/‖a‖² every update shrinks its row's residual. Nothing grows."),
            Wrong("Yes, if a few more passes are made.", "About κ times as many, and κ is more than a billion."), Wrong("Yes, if the weights have 64 bits instead of 32.", "Nothing overflows at this rate. What is left is slowness.")),
        Choice("fix-zero", Normaliser, "What does `NormalizeMeanVariance` do to a feature by default?", "In spite of its name it takes the mean off only with fixZero: false.",
            Right("It divides by the root of the mean square, and leaves the mean on."), Wrong("It takes the mean off and divides by the deviation.", "It does with fixZero: false. The default leaves the mean on."),
            Wrong("It takes the mean off and divides by nothing.", "It divides. The mean is what it leaves."), Wrong("It maps the least value to 0 and the largest to 1.", "That is min-max with fixZero: false.")),
        Number("coupling", Mean, draw =>
        {
            double m = draw.OneOf(0.5, 0.6, 0.8, 0.9);
            return new($"A feature is scaled so that the mean of its square is 1, and its mean is {m}. Give κ in weight and intercept, and κ after the mean is taken off with nothing divided (two decimals).",
                $"The eigenvalues are 1 ± {m}. Centred, the curvatures are 1 and 1 − {m}² = {1 - m * m:0.####}.",
                new Part("with its mean", (1 + m) / (1 - m), 6e-3, new Hint((1 - m) / (1 + m), "The largest eigenvalue is divided by the smallest."), new Hint(1 / (1 - m), "The largest eigenvalue is 1 + m."),
                    new Hint(1 / (1 - m * m), "That is without the coupling.")),
                new Part("centred", 1 / (1 - m * m), 6e-3, new Hint(1, "That takes a division by the deviation as well."), new Hint(1 - m * m, "Divide the largest curvature by the smallest: 1 by that."),
                    new Hint(1 / (1 - m), "What is left of the mean square is 1 − m².")));
        }),
        Choice("flat", Mean, "A feature is scaled so that the mean of its square is 1, and its own mean is near 1. Which change does the loss hardly notice?", "The prediction for the mean row stays as it is, because the intercept makes up for the weight.",
            Right("The weight up, the intercept down by as much."), Wrong("The weight and the intercept up by as much.", "That is the steep direction: both raise the prediction."),
            Wrong("The weight up, and the intercept left where it is.", "Alone, a weight changes every prediction."), Wrong("The intercept down, and the weight left where it is.", "Alone, the intercept shifts every prediction.")),
        Number("decrease", Decrease, draw =>
        {
            double rate = draw.OneOf(0.1, 0.2);
            int rows = draw.OneOf(400, 900), passes = draw.OneOf(4, 9);
            double last = rate / Math.Sqrt(rows * passes);
            return new($"ML.NET's trainer: `LearningRate` is {rate}, `DecreaseLearningRate` is on, {passes} passes over {rows} rows. What is the rate of the last update with averaging, and without (five decimals)?",
                $"With averaging it is {rate}/√{rows * passes:#,0}. Without it nothing counts the updates.",
                new Part("averaged", last, 6e-6, new Hint(rate, "That is what it stays without averaging."), new Hint(rate / Math.Sqrt(passes), "It falls with every update, not with every pass."),
                    new Hint(rate / (rows * passes), "It falls with the square root of the number of updates.")),
                new Part("not averaged", rate, 6e-6, new Hint(last, "The updates are counted by the code that averages. What if it does not run?")));
        }),
        Number("ridge", Shrink, draw =>
        {
            double l2 = draw.OneOf(0.001, 0.005, 0.01), rate = draw.OneOf(0.02, 0.05), ridge = l2 / (rate * (1 - 2 * l2));
            return new($"`L2Regularization` is {l2} and `LearningRate` is {rate}, constant. Which ridge λ is that (three decimals)?", "The shrinking is not multiplied by the rate, so λ = L2/(η(1 − 2·L2)).",
                new Part("λ", ridge, 6e-4, new Hint(l2, "The name promises that. The code does not multiply the shrinking by the rate."), new Hint(l2 * rate, "The other way round: a lower rate makes the ridge stronger."),
                    new Hint(2 * l2 / rate, "The 2 of the shrinking and the 2 of the gradient cancel.")));
        }),
        Choice("rate-to-zero", Shrink, "`L2Regularization` is above 0, and the rate of a long run falls towards 0. Where do the weights go?", "The ridge's strength is L2 divided by the rate, so it grows without end.",
            Right("Towards 0, wherever the data would have them."), Wrong("To the ridge of strength L2.", "The strength is L2/η, up to a factor near 1. It does not stay at L2."), Wrong("To exact least squares.", "The step towards it shrinks with the rate. The shrinking does not."),
            Wrong("Nowhere: they stop moving.", "The shrinking goes on at full strength at every update.")),
        Formula("per-pass", Pipeline, "A line from the peak to 0 over P passes of n rows, T = nP updates. Fill in its rate at update t, asked at every update and once per pass.", "Per pass the rate stays for n updates: the number of whole passes made, t/n rounded down, counts.",
            "per update: peak · (1 − {0}),   per pass: peak · (1 − {1})",
            new Gap(Right("t/T"), Wrong("⌊t/n⌋/P", "That changes once per pass."), Wrong("t/n", "That would be 1 after a single pass.")),
            new Gap(Right("⌊t/n⌋/P"), Wrong("t/T", "That changes at every update."), Wrong("⌊t/P⌋/n", "A pass has n updates: t/n counts passes."))),
        Number("sums", Pipeline, draw =>
        {
            int rows = draw.OneOf(100, 200, 400), passes = draw.OneOf(4, 5, 10);
            double peak = draw.OneOf(0.02, 0.05), perUpdate = peak * (rows * passes + 1) / 2, perPass = peak * rows * (passes + 1) / 2;
            return new($"A line from {peak} to 0, over {passes} passes of {rows} rows. What do its rates add up to, asked at every update and asked once per pass (two decimals)?",
                $"Per update {rows * passes:#,0} rates fall from {peak} to {peak} · 1/{rows * passes}. Per pass {passes} rates are used {rows} times each.",
                new Part("per update", perUpdate, 6e-3, new Hint(peak * rows * passes / 2, "Nearly. The first rate is the peak, and the last is not yet 0."), new Hint(perPass, "That is the sum per pass."),
                    new Hint(peak * rows * passes, "That is a constant rate.")),
                new Part("per pass", perPass, 6e-3, new Hint(perUpdate, "Each rate stays for a whole pass, so the sum is larger."), new Hint(peak * rows * passes / 2, "The rates per pass go from the peak to a last one above 0."),
                    new Hint(peak * (passes + 1) / 2, "Each of them is used for every row.")));
        }),
        Choice("peak", Which, "A line's best peak is eight times the best constant rate. Why?", "Whatever its peak, a line ends with low rates. So the peak can be chosen for speed.",
            Right("Its last rates are low in any case."), Wrong("Its mean must be the same as that of the constant rate.", "Then twice would do: the mean of a line is half of its peak."),
            Wrong("A constant rate at the same height would blow up.", "It would not. It would end farther from the minimum."), Wrong("It begins with a warm-up.", "It begins at its peak.")),
        Order("worth", Which, "How much R² is at stake on these cars? Put the changes in order, the largest first.", "0.27, 0.19, 0.07 and 0.003: rate and coordinates first, together; the schedule after them.",
            "from min-max to centred features, both at ML.NET's default rate", "a line from its best rate to a twenty-third of it", "from min-max to centred features, with six times the default rate for min-max", "from a constant rate to the best schedule"),
        Flaw("margin", Which, "The trial compares cosine and line. Which sentence is the first that does not follow?", "The margin is nearly all that coming down gains. A gap may differ a lot and stay inside it.",
            Wrong("1. The two gaps differ by less than the margin, from both starts.", "That is what the trial found."), Wrong("2. The margin is about as large as what a line gains on a constant rate.", "It is: 0.089 against 0.09."),
            Right("3. So the shape makes no difference to how near a run gets."), Wrong("4. For R² it hardly matters which of the two is taken.", "That is what the margin says: less than 0.003 of R².")),
        Choice("residuals", Unseen, "On new cars every trainer that finds the linear minimum has the same error. What can lower it?", "The residuals are above 0 at both ends and below it in the middle: the truth is bent, and no schedule changes that.",
            Right("Another model, such as e to the power of a linear one."), Wrong("A schedule with a longer, quieter end, so that the weights settle.", "They are at the minimum already. The minimum itself is not good enough."),
            Wrong("More passes, at a lower rate.", "They are at the minimum already."), Wrong("A normaliser that gives a smaller condition number than centring.", "That would bring them to the same minimum sooner.")),
        Number("distance", Errata, draw =>
        {
            double way = draw.OneOf(12.0, 20, 24), rate = draw.OneOf(0.001, 0.002);
            return new($"Adam moves a weight by about its rate at each update, at most. The intercept must go from 0 to {way}, at the rate {rate}. How many updates does that take at the least, and how many passes over 400 rows?",
                "Divide the distance by the rate. An adaptive rule's rate is about a distance per update.",
                new Part("updates", way / rate, 1, new Hint(way * rate, "Divide the distance by the distance per update."), new Hint(1 / rate, "That takes it a distance of 1.")),
                new Part("passes", way / rate / 400, 0.1, new Hint(way / rate, "Those are updates. A pass makes 400."), new Hint(way, "That is the distance."), new Hint(1 / rate / 400, "That takes it a distance of 1.")));
        }));
}
