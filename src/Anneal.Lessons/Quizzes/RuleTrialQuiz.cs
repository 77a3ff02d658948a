using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 08.</summary>
static class RuleTrialQuiz
{
    const string Race = "Who wins the race?", Fair = "What does a fair comparison need?", Mistakes = "How does a comparison go wrong?", Chance = "How many differences does chance find?",
        Pairs = "Why compare in pairs?", Digits = "Does Adam win on real digits?";

    public static Quiz Quiz { get; } = new("08-rules-on-trial",
        Number("valley-way", Race, draw =>
        {
            double walls = draw.OneOf(100.0, 200), rate = 1 / walls, far = draw.OneOf(8.0, 10);
            int updates = draw.OneOf(100, 200);
            double share = updates * rate / far;
            return new($"In a long valley the slope along x is about 1, and the curvature of its walls is {walls}. Above which rate does plain descent diverge? And at half that rate, which share of the way from x = −{far} to 0 has it covered after {updates} updates, roughly?",
                $"The walls allow 2/{walls} = {2 * rate:0.###}. At {rate:0.###} each update moves x by about {rate:0.###}: {updates} of them make {updates * rate:0.##} of {far}.",
                new Part("rate", 2 * rate, 2e-3 * rate, new Hint(rate, "That is half of it: the border is 2 over the curvature."), new Hint(2, "The walls set the limit, not the slope along x.")),
                new Part("share", share, 0.04 * share, new Hint(2 * share, "Half of the largest rate is asked for."), new Hint(updates * rate, "That is the distance. Divide by the whole way."),
                    new Hint(rate / far, "That is one update's share.")));
        }),
        Choice("portrait", Race, "By the mean loss over the run one rule wins on Beale's function; by the distance at the end, two others do. What follows?",
            "The same runs, two scores, two winners. Neither score is wrong.",
            Right("The winner depends on the score as well."), Wrong("One of the two scores must be wrong.", "Each answers a question of its own."),
            Wrong("The two that end nearest are the better rules.", "On another landscape the order is another, and there is no noise here."),
            Wrong("The race was too short to have a winner.", "A longer race would still need a score.")),
        Choice("tries", Fair, "Rule A is tuned on 30 rates, rule B on 10; the losses are noisy. Whom does that favour?",
            "It would be so even if all the rates were equally good.",
            Right("A: the best of many noisy tries is lower than the best of few."),
            Wrong("B: with few tries it is less likely to find a poor rate.", "A poor rate costs nothing in tuning: only the best one counts."),
            Wrong("Neither, if both grids contain the best rate.", "Noise makes the best of 30 look better than the best of 10."),
            Wrong("Neither, as long as the seeds are the same.", "The number of tries differs all the same.")),
        Choice("edge", Fair, "A rule's best rate is the highest of the grid. What now?", "Beyond the edge it may be better still, and then the grid decides the comparison.",
            Right("Extend the grid until the best is inside."), Wrong("Take it, since all rules had the same grid.", "The same grid may hold one rule's best rate and miss another's."),
            Wrong("Leave the rule out.", "Then the grid would have decided who takes part."), Wrong("Take the middle of the grid, which is safer.", "Then the rule would not run at its best rate.")),
        Order("protocol", Fair, "Put a fair comparison in order.", "What is decided must be fixed before it can be influenced, and fresh seeds come last.",
            "name the comparisons and the margin", "run the grid of rates on tuning seeds", "refine the grid around each best rate", "run the chosen rates on fresh seeds", "correct the p-values and read the intervals"),
        Choice("one-rate", Mistakes, "At the common rate 0.01 SGD's loss is 13 times Adam's, at 1 Adam's is 18 times SGD's. What does a comparison at one common rate show?",
            "Whoever chooses the common rate chooses the winner.",
            Right("Which rule that common rate happens to suit."), Wrong("Which rule is the more robust one.", "One rate shows nothing about other rates."),
            Wrong("Which rule is better without tuning.", "Somebody has chosen the rate: that was the tuning."),
            Wrong("Which rule is faster at the same cost.", "The number of updates is the same, but the rate fits one of the two.")),
        Choice("lucky", Mistakes, "The best of eleven rates has the loss 0.13 on the three seeds that chose it, and twice that on ten fresh ones. Why?",
            "A rate next to a cliff is chosen when its seeds happen to be lucky. The same seeds must not score.",
            Right("Luck on those three seeds helped it to be chosen."),
            Wrong("The fresh seeds are harder ones by chance.", "Ten seeds are less a matter of chance than three, and the three were picked over."),
            Wrong("The network has overfitted the training digits.", "Both are training losses on the same digits."),
            Wrong("A rate must be lowered when the seeds change.", "A seed fixes start and batches. Nothing in it asks for another rate.")),
        Flaw("between", Mistakes, "Three rates each: 0.01, 0.1 and 1. Which sentence is the first that does not follow?", "A best rate may lie between two points of the grid, or beyond its end.",
            Wrong("1. Both rules got the same number of tries.", "Three each."), Wrong("2. At 0.1, its best of the three, Adam ended lower than SGD at 1, its best.", "That is what was measured."),
            Right("3. So each was compared at its best rate."), Wrong("4. A finer grid around both might turn the order round.", "It might. An earlier sentence fails.")),
        Number("digits-bar", Mistakes, draw =>
        {
            var (digits, share) = draw.OneOf((100, 0.9), (400, 0.9), (400, 0.8), (900, 0.9));
            double half = 196 * Math.Sqrt(share * (1 - share) / digits);
            return new($"A test set has {digits} digits, and {share * 100:0} % are right. By how many points, up or down, is that uncertain with 95 % from the size of the test set alone? (one decimal)",
                $"1.96 · √({share} · {1 - share:0.#}/{digits}) is {half:0.0} points.",
                new Part("points", half, 0.06, new Hint(half / 1.96, "That is one standard error. An interval of 95 % takes 1.96 of them."), new Hint(half / 100, "In points, that is in per cent."),
                    new Hint(100 * (1 - share), "That is the share of wrong ones."), new Hint(1.96 * 100 * share * (1 - share) / Math.Sqrt(digits), "The root is over p(1 − p) too.")));
        }),
        Number("chance-case", Chance, draw =>
        {
            int rules = draw.OneOf(4, 5, 6, 8), pairs = rules * (rules - 1) / 2;
            return new($"{rules} names for one rule, every pair tested at the 5 % level. How many pairs are there, and how many come out “significant” on average?",
                $"{rules} · {rules - 1} / 2 = {pairs} pairs, and 0.05 of each: means add up, whether or not the tests are independent.",
                new Part("pairs", pairs, 0.25, new Hint(rules * (rules - 1), "Each pair is counted twice."), new Hint(rules, "Every rule meets every other one."),
                    new Hint(rules * rules, "No rule is tested against itself, and each pair counts once.")),
                new Part("significant", 0.05 * pairs, 6e-3, new Hint(0.05, "That is for one pair."), new Hint(0, "A test at 5 % is wrong in 5 % of trials, by construction."),
                    new Hint(1 - Math.Pow(0.95, pairs), "That is the chance of at least one, for independent tests.", 6e-3)));
        }),
        Number("holm", Chance, draw =>
        {
            double[] p = draw.OneOf<double[]>([0.02, 0.01, 0.04], [0.03, 0.01, 0.02], [0.03, 0.004, 0.02], [0.03, 0.001, 0.2]);
            double[] corrected = Holm(p);
            return new($"Three p-values: {p[0]}, {p[1]} and {p[2]}. What are they after Holm's correction?",
                "The smallest times 3, the next times 2, the largest as it is, and none below the one before it.",
                [.. p.Select((value, i) => new Part($"for {value}", corrected[i], 1e-5,
                    new Hint(value, "It is multiplied, unless it is the largest; and none may end below a smaller one's."), new Hint(3 * value, "Only the smallest is multiplied by 3."),
                    new Hint(2 * value, "The second is multiplied by 2, and none may end below the one before it.")))]);
        }),
        Number("intervals", Pairs, draw =>
        {
            var (pairs, t) = draw.OneOf((4, 3.182), (16, 2.131), (25, 2.064));
            double mean = draw.OneOf(0.1, 0.3), spread = draw.OneOf(0.4, 0.8), root = Math.Sqrt(pairs), half = t * spread / root;
            return new($"{pairs} pairs of runs. Their differences have the mean {mean} and the standard deviation {spread}; t is {t}. What are the ends of the 95 % interval for the mean difference? (two decimals)",
                $"{mean} ± {t} · {spread}/{root} = {mean} ± {half:0.###}.",
                new Part("low", mean - half, 0.006, new Hint(mean - t * spread, "The mean of n is less uncertain than one: divide by √n."),
                    new Hint(mean - t * spread / pairs, "Divide by √n, not by n."), new Hint(mean - 1.96 * spread / root, "With few pairs t takes the place of 1.96."),
                    new Hint(-half, "The interval lies around the mean.")),
                new Part("high", mean + half, 0.006, new Hint(mean + t * spread, "The mean of n is less uncertain than one: divide by √n."),
                    new Hint(mean + t * spread / pairs, "Divide by √n, not by n."), new Hint(mean + 1.96 * spread / root, "With few pairs t takes the place of 1.96."),
                    new Hint(half, "The interval lies around the mean.")));
        }),
        Number("pair", Pairs, draw =>
        {
            double step = draw.OneOf(0.1, 0.2, 0.3), first = draw.OneOf(0.0, 0.1);
            double[] a = [1, 3, 2], d = [first, first + step, first + 2 * step];
            double mean = first + step;
            return new($"Three seeds. A ends at {a[0]}, {a[1]} and {a[2]}, B at {a[0] + d[0]:0.#}, {a[1] + d[1]:0.#} and {a[2] + d[2]:0.#}. What are the mean and the standard deviation of the paired differences B − A?",
                $"The differences are {d[0]:0.#}, {d[1]:0.#} and {d[2]:0.#}. The squares of their deviations add up to 2 · {step}², over n − 1 = 2.",
                new Part("mean", mean, 1e-4, new Hint(-mean, "B less A."), new Hint(3 * mean, "That is the sum. Divide by 3.")),
                new Part("standard deviation", step, 1e-3, new Hint(step * Math.Sqrt(2 / 3.0), "Divide by n − 1, not by n."), new Hint(step * step, "That is the variance."),
                    new Hint(1, "That is the spread of A's losses, which pairing takes away.")));
        }),
        Formula("paired", Pairs, "Fill in the 95 % interval of the mean paired difference.",
            "The standard deviation of the differences over √n is the standard error, and t is a little above 1.96 for few pairs.",
            "d̄ ± {0} · {1} / {2}",
            new Gap(Right("t"), Wrong("0.05", "That is the level. The interval takes a quantile of Student's distribution."), Wrong("p", "The p-value belongs to a test.")),
            new Gap(Right("s"), Wrong("s²", "The interval has the unit of the differences."), Wrong("(s_A + s_B)", "In pairs only the spread of the differences counts.")),
            new Gap(Right("√n"), Wrong("n", "Four times the pairs halve the interval."), Wrong("√(n − 1)", "n − 1 is already in s."))),
        Choice("verdict", Digits, draw =>
        {
            var (low, high, margin, right) = draw.OneOf((-0.01, 0.03, 0.05, 2), (0.01, 0.06, 0.02, 1), (-0.06, -0.01, 0.02, 0), (-0.05, 0.03, 0.02, 3));
            string[] texts = ["A's loss is the lower one.", "B's loss is the lower one.", $"They are no more than {margin} apart.", "At this size of the trial the sign is open, and so is equality."];
            string[] replies = ["The interval of A's loss less B's must lie below 0.", "The interval of A's loss less B's must lie above 0.", "The whole interval must lie within the margin.", "The interval does settle something here: look at 0 and at the margin."];
            return new($"A's loss less B's: the 95 % interval is {low} to {high}. The margin named beforehand is {margin}. What may be written?",
                "The sign is settled if the interval leaves out 0, and equality within the margin if all of it lies inside.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Choice("redrawn", Digits, "Why does the bootstrap redraw the tuning seeds as well as the fresh ones?", "The chosen rate is itself uncertain, and the interval should say so.",
            Right("Other tuning seeds might have chosen another rate."), Wrong("To have 2,000 runs in place of ten.", "Redrawing adds no information: it shows how uncertain ten seeds are."),
            Wrong("To make the interval narrower than the one of Student.", "It tends to make it wider: one more doubt is included."),
            Wrong("Because tuning seeds must score too.", "They must not. They only choose.")));

    /// <summary>Holm's correction of these p-values, in their order.</summary>
    static double[] Holm(double[] p)
    {
        var corrected = new double[p.Length];
        double before = 0;
        int rank = 0;
        foreach (int i in Enumerable.Range(0, p.Length).OrderBy(k => p[k]))
            corrected[i] = before = Math.Max(before, Math.Min(1, (p.Length - rank++) * p[i]));
        return corrected;
    }
}
