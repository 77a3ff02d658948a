using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 10.</summary>
static class ShapesQuiz
{
    const string Spend = "How much rate does a shape spend?", Never = "What if the rate never changes?", Known = "How do you come down when the end is known?", Stairs = "And in stairs?",
        Decides = "What if the loss decides?", Unknown = "How do you come down when no end is known?", Climb = "Why climb first?", Hill = "Up once, and down?", Cycles = "Up and down, again and again?",
        Moves = "What if the end may still move?", After = "What comes after the end?", Together = "How are shapes put together?", Take = "Which one should I take?";

    public static Quiz Quiz { get; } = new("10-schedule-gallery",
        Number("mean", Spend, draw =>
        {
            var (shape, mean, why) = draw.OneOf(("(1 − x)³", 0.25, "∫ u³ du from 0 to 1 is ¼"), ("1 − √x", 1 / 3.0, "1 − ∫ √x dx = 1 − ⅔"), ("1 − x²", 2 / 3.0, "1 − ∫ x² dx = 1 − ⅓"), ("(1 − x)²", 1 / 3.0, "∫ u² du from 0 to 1 is ⅓"));
            return new($"A rate falls from its peak to 0 as {shape}, with x from 0 to 1. What is its mean, in per cent of the peak?", $"The mean is the integral: {why}.",
                new Part("per cent", 100 * mean, 0.6, new Hint(50, "That is the line's and the cosine's.", 0.6), new Hint(100 * (1 - mean), "That is what is lost. How much remains?", 0.6)));
        }),
        Picture("root", Spend, "Which of these is 1 − √x?", "The root falls steeply at first and slowly later; its mean is a third.",
            Right("A", Enumerable.Range(0, 60).Select(t => 1 - Math.Sqrt(t / 59.0))),
            Wrong("B", Enumerable.Range(0, 60).Select(t => 1 - t / 59.0 * (t / 59.0)), "That stays high and falls at the end: 1 − x²."),
            Wrong("C", Enumerable.Range(0, 60).Select(t => 1 - t / 59.0), "That is the line."),
            Wrong("D", Enumerable.Range(0, 60).Select(t => (1 + Math.Cos(Math.PI * t / 59)) / 2), "That is the cosine, flat at both ends.")),
        Choice("why-fall", Never, "On the noisy parabola a falling rate beats every fixed one. Which two facts make it pay?", "Without noise the best fixed rate would do, and without an end nothing would have to be finished.",
            Right("There is noise, and the run has an end."), Wrong("The start is far away, and the curvature is high.", "Without noise a fixed rate below 2/L arrives, and fast."),
            Wrong("The loss is convex, and the rate is small.", "Neither makes a fixed rate stop short. What does?"), Wrong("There are many weights, and they differ.", "It pays with one weight already.")),
        Choice("cut-off", Known, "A cosine over T updates is cut off at three quarters of T. What is lost?", "14.6 % of the peak is left there, and the quiet updates never come.",
            Right("The quiet updates at the end, which the plan was made for."), Wrong("Nothing much: the rate is almost 0 by then.", "At three quarters 14.6 % of the peak is left."),
            Wrong("A quarter of the learning rate's sum.", "Only about a twentieth of the sum comes after that. What counts is which updates they are."), Wrong("The warm-up.", "That lies at the start.")),
        Number("stairs", Stairs, draw =>
        {
            double peak = draw.OneOf(0.1, 0.4), factor = draw.OneOf(0.5, 0.1);
            int every = draw.OneOf(1_000, 2_000), at = every * 2 + every / 2;
            return new($"A rate of {peak} is multiplied by {factor} after every {every:#,0} updates. What is it at t = {at:#,0}?", $"Two drops have come: {peak} · {factor}².",
                new Part("rate", peak * factor * factor, peak * factor * factor / 1_000,
                    new Hint(peak * Math.Pow(factor, 2.5), "That is the smooth exponential. Stairs count whole drops."), new Hint(peak * Math.Pow(factor, 3), "The third drop has not come yet."), new Hint(peak * factor, "How many times do the updates of one stair fit into t?")));
        }),
        Choice("gamma", Stairs, "“Use γ = 0.5.” What is missing before the advice means anything?", "A factor says little without the number of drops in the run.",
            Right("How many drops there are in the run."), Wrong("The loss.", "The stairs look only at the clock."), Wrong("The floor.", "Stairs have none."), Wrong("Whether the run uses momentum.", "That changes the best peak, not what a factor means.")),
        Number("patience", Decides, draw =>
        {
            bool more = draw.OneOf(true, false);
            return new($"Losses 2.0, 1.8, 1.8, 1.9, 1.7, 1.7, 1.8, 1.7. The patience is 2, and only a smaller loss counts as better. After which report is the first cut, if {(more ? "there must be more than two bad reports in a row" : "two bad reports in a row are enough")}?",
                more ? "Reports 3 and 4 are two bad ones, and report 5 is better. Reports 6, 7 and 8 are three in a row." : "Report 3 equals the best, which is not better; report 4 is the second bad one.",
                new Part("report", more ? 8 : 4, 0.25,
                    new Hint(more ? 4 : 8, more ? "There only two bad ones have come; a third is needed." : "Two are enough: that comes earlier."), new Hint(3, "That is the first bad report, the first of a row."), new Hint(7, more ? "Reports 6 and 7 are two bad ones." : "Two bad ones in a row come earlier, at 3 and 4.")));
        }),
        Choice("feedback", Decides, "Why is reduce-on-plateau not a function of t?", "It is feedback: the rate depends on all the reports so far.",
            Right("Its rate depends on the losses that were reported."), Wrong("It falls in stairs.", "Step decay falls in stairs too, and is a function of t."), Wrong("It has no floor.", "It may have one; that changes nothing."), Wrong("It counts epochs, not updates.", "One can be turned into the other.")),
        Number("half-life", Unknown, draw =>
        {
            int warm = draw.OneOf(1_000, 4_000, 10_000), times = draw.OneOf(2, 4, 10);
            return new($"Warm-up over {warm:#,0} updates, then 1/√t: peak·√({warm:#,0}/t). At which t is the rate a {(times == 2 ? "half" : times == 4 ? "quarter" : "tenth")} of its peak?", $"√(W/t) = 1/{times} gives t = {times * times}·W.",
                new Part("t", (double)times * times * warm, 0.5, new Hint((double)times * warm, "The root: the time goes with the square."), new Hint((double)times * times * warm + warm, "t is counted from the start of the run, the warm-up included.")));
        }),
        Choice("why-warm-up", Climb, "On x⁴/4 a warm-up ends with a much lower loss. What pays?", "The far start forbids a high rate, the flat bottom needs one.",
            Right("The higher peak that it allows."), Wrong("The low rates at the start.", "They cost a little. Without the higher peak after them nothing is gained."), Wrong("The larger sum of rates before the peak.", "A climb spends less than a run at the peak."), Wrong("It removes noise.", "There is no noise in this example.")),
        Flaw("ten-percent", Climb, "How long should a warm-up be? Which sentence is the first that does not follow?", "On the toy loss what decides is how fast the largest stable rate grows, and in real runs published lengths and shares both differ widely.",
            Wrong("1. Published warm-ups range from 0.6 to 6 % of the run.", "That is what the table shows."), Wrong("2. In updates they range from about 800 to 10,000.", "That is what the table shows too."),
            Right("3. So 10 % of the run is a safe choice for any run."), Wrong("4. One can measure how long a run needs.", "Lessons 13 and 15 do. An earlier sentence fails.")),
        Number("effective", Hill, draw =>
        {
            var (beta, factor) = draw.OneOf((0.9, 10.0), (0.95, 20.0), (0.8, 5.0));
            double rate = draw.OneOf(0.01, 0.04);
            return new($"Momentum {beta} and the rate {rate}: how large is the effective rate for a steady gradient?", "A steady gradient adds up to g/(1 − β).",
                new Part("effective rate", rate * factor, rate * factor / 100, new Hint(rate * (1 - beta), "Divide by 1 − β: memory adds steps up."), new Hint(rate / beta, "It is 1 − β that divides."), new Hint(rate, "Only without momentum.")));
        }),
        Number("restart", Cycles, draw =>
        {
            int first = draw.OneOf(5, 10, 20), growth = draw.OneOf(2, 3);
            return new($"The first cosine cycle lasts {first} epochs, and each next one {growth} times as long. In which epoch is the third restart?", $"The first three cycles last {first}, {first * growth} and {first * growth * growth} epochs.",
                new Part("epoch", first * (1 + growth + growth * growth), 0.25, new Hint(first * (1 + growth), "That is the second one."), new Hint(first * growth * growth, "That is the length of the third cycle. Add the two before it."), new Hint(3 * first, "The cycles grow.")));
        }),
        Formula("wsd", Moves, "Fill in the cooldown of warm-up, stable, decay for t ≥ T − D, with a straight line to 0.", "The cooldown has its own clock, which starts at T − D.",
            "η(t) = peak · ( {0} − t ) / {1}", new Gap(Right("T"), Wrong("D", "At the end of the run, t = T, the rate must be 0."), Wrong("W", "The warm-up is long over.")),
            new Gap(Right("D"), Wrong("T", "At the start of the cooldown, t = T − D, the rate must be the peak."), Wrong("T − W", "The level part is not part of the cooldown."))),
        Choice("wsd-promise", Moves, "What does warm-up, stable, decay need that a cosine does not?", "A cooldown from any kept checkpoint of the level part gives a finished model.",
            Right("Checkpoints of its level part."), Wrong("The length of the run before it starts.", "It is the cosine that needs it."), Wrong("A higher peak.", "Its peak is somewhat lower: the level part runs there all the time."), Wrong("Restarts.", "It has none.")),
        Choice("after", After, "A run makes 20 updates more than its schedule has. What happens?", "Libraries hold, loop, continue the formula or refuse. Look up yours.",
            Right("That depends on the library."), Wrong("The rate stays at the floor.", "In Keras and optax it does. PyTorch's cosine comes back up."), Wrong("The rate is 0.", "Only if the floor is 0 and the library holds it."), Wrong("The run stops with an error.", "PyTorch's one-cycle refuses; most others go on.")),
        Order("choose", Take, "Put these in order of how much must be known about the end before the run starts: least first.", "1/√t never needs an end, WSD decides late, reduce-on-plateau does without one but needs reports; the cosine must know T at the start.",
            "1/√t: no end at all", "WSD: the end is decided before the cooldown", "cosine: the end is fixed at the first update"),
        Choice("then-or-times", Together, "`warmup.Then(cosine)` and `warmup * cosine.AsFactor()`: what is the difference?", "Then starts b at its own step 0; a product runs on one common clock.",
            Right("With Then the cosine has a clock of its own."), Wrong("There is none.", "In the product the cosine has already been falling during the warm-up."), Wrong("With Then the warm-up is repeated.", "It comes once; Repeat repeats."), Wrong("The product is always higher.", "A factor of at most 1 can only lower it.")));
}
