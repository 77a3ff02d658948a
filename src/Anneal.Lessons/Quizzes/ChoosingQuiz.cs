using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 18.</summary>
static class ChoosingQuiz
{
    const string Tables = "What are the lectures' tables worth?", Adviser = "What can an adviser know?", Test = "Can a short test find the rate?", Fails = "When does it fail?",
        Cost = "What does advice cost?", Search = "How do you spend ten runs?", Width = "Does the rate carry over to a wider network?", Explore = "Do high rates explore?", Setting = "What do you set, then?";

    public static Quiz Quiz { get; } = new("18-choosing",
        Number("units", Tables, draw =>
        {
            double factor = draw.OneOf(10.0, 100, 1000);
            return new($"You measure one feature in a unit {factor} times smaller, so its numbers are {factor} times as large. By which factor does the largest curvature of the squared loss grow, if this feature dominates it, and by which must the largest stable rate of plain descent shrink?",
                $"The curvature goes with the square of the feature: {factor}² = {factor * factor}. The edge is 2/L, so it shrinks by the same factor.",
                new Part("curvature", factor * factor, 0.5,
                    new Hint(factor, "The feature enters twice: once in the prediction, once in the gradient."),
                    new Hint(Math.Sqrt(factor), "It grows by more than the feature itself, not by less.", 0.01)),
                new Part("rate", factor * factor, 0.5,
                    new Hint(factor, "The edge is 2/L. What has L become?"),
                    new Hint(1 / (factor * factor), "Give the factor by which it shrinks, a number above 1.", 1e-9)));
        }),
        Choice("missing", Tables, "A table says: “Adam: 0.0001 to 0.001.” What does it leave out that decides most?",
            "Language models of 20 million to 20 billion weights are trained inside it. The small networks here did best at 16 to 512 times its upper end.",
            Right("The size of the model and the scale of the data."),
            Wrong("The value of β₁, which changes the step by a factor of ten.", "Adam divides by the gradient's size, so β₁ hardly changes the length of a step."),
            Wrong("The number of classes.", "It changes the loss at the start, not the rate."),
            Wrong("The brand of the accelerator.", "The best rate does not depend on it.")),
        Flaw("tenth", Tables, "A run with the peak 0.016 is unstable. Which sentence is the first that does not follow?",
            "Nothing says how far the edge lies below 0.016. On the small transformers, with a warm-up, a quarter of the best peak cost 0.08 nats, twice the best peak at most 0.013.",
            Wrong("1. A lower peak is more stable.", "That is true: the edge is somewhere above."),
            Wrong("2. The edge may lie just below 0.016.", "It may. Nothing says how far below."),
            Right("3. So a tenth of the peak is the right size."),
            Wrong("4. Half of it may turn out to be stable.", "It may. But an earlier sentence fails.")),
        Choice("verdict", Tables, "“Deeper network: rate × 0.5.” Why is this row not testable?",
            "Deeper than what, and by how much? Whatever a trial shows, the row could mean something else.",
            Right("It does not say deeper than what."),
            Wrong("Deep networks are too expensive to train here.", "Small deep networks are cheap. The sentence itself is the trouble."),
            Wrong("A factor of 0.5 is smaller than the spread over seeds.", "A factor of two in the rate is easy to see."),
            Wrong("Published runs disagree about it.", "Disagreement would be evidence about it. Here nothing can be evidence.")),
        Choice("grade", Adviser, "The adviser says: “peak 0.001, range 0.0002 to 0.02, low”. What should you do?",
            "A wide range with a low grade says that nobody knows. A few short runs do.",
            Right("Try it and its neighbours."),
            Wrong("Take 0.001: it is the default of the framework, and many people use it.", "Many people's data are not yours. The grade says so."),
            Wrong("Take the middle of the range.", "On a logarithmic axis the middle of 0.0002 and 0.02 is 0.002. Nothing speaks for it more than for 0.001."),
            Wrong("Take the upper end, as too high costs less.", "On the networks here it would have been better than 0.001. But only a run can tell you so.")),
        Choice("settle", Adviser, "Two sources contradict each other about the weight decay. What does the adviser do?",
            "Among equally sure rows, the one whose conditions fit the case most closely decides. The others are listed.",
            Right("It takes one, shows the other, and says why."),
            Wrong("It takes the mean of the two, since each may be right.", "A mean of two recipes is a recipe that nobody has tried."),
            Wrong("It takes the newer one.", "Age is no argument in its tables."),
            Wrong("It asks which one you like better.", "It asks for facts about the run, not for taste.")),
        Number("middle", Test, draw =>
        {
            var (low, high) = draw.OneOf((0.01, 1.0), (0.001, 0.1), (0.02, 0.5), (0.04, 0.09));
            double middle = Math.Sqrt(low * high);
            return new($"The rate {low} holds, {high} does not. Which rate does bisection try next? (three significant digits)", $"The geometric middle, √({low} · {high}) = {middle:0.####}.",
                new Part("rate", middle, 0.006 * middle,
                    new Hint((low + high) / 2, "That is the middle on a plain axis. Rates are compared by factors.", 0.004 * high),
                    new Hint(low * high, "Take the root of the product.", 1e-4 * low)));
        }),
        Number("tries", Test, draw =>
        {
            double ratio = draw.OneOf(4.0, 16, 100, 1000), exact = Math.Log2(Math.Log(ratio) / Math.Log(1.1));
            return new($"High over low is {ratio}. How many tries does bisection make until the two are within a factor of 1.1?",
                $"Each try takes the root of the ratio: after n of them it is {ratio}^(1/2ⁿ), at most 1.1 from n = {Math.Ceiling(exact)} on.",
                new Part("tries", Math.Ceiling(exact), 0.4,
                    new Hint(Math.Floor(exact), "After that many the ratio is still above 1.1.", 0.4),
                    new Hint(Math.Ceiling(Math.Log(ratio) / Math.Log(1.1)), "That many steps of 1.1 lead from one to the other. Bisection halves them each time.", 0.4)));
        }),
        Picture("test-curve", Test, "The smoothed loss in a range test, over the rate on a logarithmic axis. Which curve is it?",
            "Far too low rates do nothing, then the loss falls, and past the edge it shoots up.",
            Right("level, down, up", Enumerable.Range(0, 60).Select(i => 2 - 1.5 / (1 + Math.Exp((30 - i) / 4.0)) + (i > 50 ? 0.2 * (i - 50) : 0))),
            Wrong("down, then level", Enumerable.Range(0, 60).Select(i => 0.5 + 1.5 * Math.Exp(-i / 12.0)), "That is a run at a fixed rate. Here the first rates are far too low to do anything."),
            Wrong("up, then down", Enumerable.Range(0, 60).Select(i => 1 + Math.Exp(-(i - 20) * (i - 20) / 100.0)), "Low rates do no harm: the loss stays level at first."),
            Wrong("level, then up", Enumerable.Range(0, 60).Select(i => i < 40 ? 2.0 : 2 + 0.2 * (i - 40)), "Between doing nothing and blowing up there are rates that train.")),
        Choice("low", Fails, "Why does the steepest point of a range test lie so far below the best rate of the full run?",
            "The test sees only the first fall. A run of 400 updates whose rate falls to zero tolerates far more, and gains by it.",
            Right("The loss first falls at low rates, and the test knows nothing of the later run."),
            Wrong("Smoothing moves the curve to the left.", "Smoothing is symmetric in the logarithm of the rate. It moves nothing by a factor of ten."),
            Wrong("It is measured on one batch.", "Every update has a batch of its own."),
            Wrong("The seeds were unlucky.", "It happened in all 80 tests.")),
        Order("suggestions", Fails, "Put these suggestions in order of the median rate they gave, lowest first.",
            "Half of the steepest points were at least 28 times too low. The best short run is typically a third of the best rate. The edge lies far above it.",
            "the steepest point", "the best short run", "the best rate of the full run", "the largest stable rate"),
        Number("regret", Cost, draw =>
        {
            double start = draw.OneOf(2.0, 4, 10), best = draw.OneOf(0.5, 1), lost = draw.OneOf(0.05, 0.1, 0.3), loss = best + lost * (start - best);
            return new($"The loss starts at {start}. The tuned best ends at {best}, the table's rate at {loss:0.####}. What is the regret in percent of the fall?",
                $"({loss:0.####} − {best}) / ({start} − {best}) = {100 * lost:0} %.",
                new Part("percent", 100 * lost, 0.1,
                    new Hint(100 * (loss - best), "Divide by the fall from the start to the tuned best.", 0.1),
                    new Hint(100 * (loss - best) / best, "That is in percent of the best loss. A best near 0 would make it huge; take the fall.", 0.1),
                    new Hint(100 * (start - loss) / (start - best), "That is what was gained. What was thrown away?", 0.1)));
        }),
        Choice("blew-up", Cost, "Momentum's best rate by five seeds blew up on one of ten others. What is the lesson?",
            "The loss falls right up to the edge, and where the edge is depends on the seed. Leave a step of room.",
            Right("A rate beside the edge needs room above it."),
            Wrong("Five seeds are enough, as nine of ten went well.", "One lost run in ten is too many, and nobody knew it beforehand."),
            Wrong("Momentum is not for networks.", "With a step of room it trains them well."),
            Wrong("The judging seeds were chosen badly.", "Nobody chose them: they are the next ten numbers.")),
        Number("next", Search, draw =>
        {
            double rate = draw.OneOf(0.001, 0.002, 0.01);
            return new($"You tried {rate}, {4 * rate} and {16 * rate}; the last was the best. Which rate comes next in the search from coarse to fine?",
                $"The best lies at the end of what was tried: go on to {64 * rate}.",
                new Part("rate", 64 * rate, 1e-3 * rate,
                    new Hint(32 * rate, "That refines. First go on past the end by the coarse factor."),
                    new Hint(8 * rate, "That refines, on the side that was worse. Go on past the end."),
                    new Hint(20 * rate, "By factors, not by sums.")));
        }),
        Formula("width", Width, "Fill in the rule of wide layers for AdamW's hidden matrices.",
            "In a wide layer many weights move an output together, each by η. Dividing η by the width keeps the movement fixed.",
            "best rate ∝ {0}, since the output moves by about {1} when all weights agree",
            new Gap(Right("1/width"), Wrong("1/√width", "That would be for steps with random signs."), Wrong("√width", "A wider layer wants less, not more.")),
            new Gap(Right("η · width"), Wrong("η · √width", "Steps of one sign add up in full."), Wrong("η", "That is one weight alone."))),
        Flaw("explore", Explore, "Somebody argues from a trial. Which sentence is the first that does not follow?",
            "Softmax regression has one minimum. What helps there is no exploring.",
            Wrong("1. On softmax regression a falling line ended lower than a constant rate.", "That was measured."),
            Wrong("2. The same line backwards ended much higher.", "That was measured too."),
            Right("3. So the high rates at the start found a better valley."),
            Wrong("4. The low rates at the end calm the noise.", "That is what happens, lesson 01 computes it. An earlier sentence fails.")),
        Choice("units-labels", Setting, "You train a network with AdamW to predict incomes in dollars, around 50,000. What do you do before you tune the rate?",
            "AdamW moves every weight by about the rate, whatever the loss. In steps of 0.001, 50,000 is far too long a way.",
            Right("Standardise the labels."),
            Wrong("Divide the rate by 50,000, because the gradients are so large.", "AdamW divides by the gradients' size already. The way is too long for such small steps."),
            Wrong("Use a larger batch.", "It makes the gradient less noisy, but the way no shorter."),
            Wrong("Clip the gradient.", "AdamW has divided its size out already.")));
}
