using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 11.</summary>
static class ScheduleTrialQuiz
{
    const string Contestants = "Who is on trial?", Decided = "What decided the first verdict?", Corrected = "How are p-values corrected?", Six = "What do the six questions say?", WrongRate = "What does a wrong rate cost?",
        Test = "Does the test set notice?", Theorem = "Can a theorem rank schedules?", Shapes = "What does it say about shapes?", Predicts = "Does it predict the runs?",
        Take = "Which one should I take?", Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("11-schedules-on-trial",
        Number("travel", Contestants, draw =>
        {
            double end = draw.OneOf(0.1, 0.01, 0.001), cooldown = draw.OneOf(0.1, 0.2, 0.4), exponential = (1 - end) / -Math.Log(end), level = 1 - cooldown / 2;
            return new($"Peak 1. What is the mean rate over the run of the exponential that falls to {end * 100:0.#} %, and of a level rate that comes down to 0 in a straight line over the last {cooldown * 100:0} %? (three decimals)",
                $"(1 − {end})/ln {1 / end:#,0} = {exponential:0.000}, and {1 - cooldown:0.#} + ½ · {cooldown} = {level:0.##}.",
                new Part("exponential", exponential, 6e-4, new Hint((1 + end) / 2, "That is the middle of its ends, as for a line. The exponential sags below it."),
                    new Hint(Math.Sqrt(end), "That is its rate at half-time. The mean is higher, because of the beginning."),
                    new Hint(1 / -Math.Log(end), "Take off what lies beyond the end of the run.")),
                new Part("level", level, 6e-4, new Hint(1 - cooldown, "The cooldown travels too: half of its share."), new Hint(1, "The last part is not level."),
                    new Hint(0.5, "That is a line over the whole run.")));
        }),
        Choice("start-at-0", Decided, "The intercept starts at 0, the mean label is 152, and each update moves it by exactly the rate. What did this start reward?",
            "From the mean label, with little way to go, the winner fell to seventh place.",
            Right("A high peak, which gets there first."), Wrong("A low floor, which ends quietly.", "From the mean label that counts more. From 0 the way there comes first."),
            Wrong("A long warm-up, which is safe.", "None was needed: an absolute loss keeps the length of its gradients."),
            Wrong("Averaging, which removes the noise.", "The averaging method was last from 0.")),
        Flaw("within-margin", Decided, "Cosine less line: 95 % interval −0.1 to 0.3, p = 0.4. The margin named beforehand was 0.25. Which sentence is the first that does not follow?",
            "Equal within the margin needs the whole interval inside it, and 0.3 is outside.",
            Wrong("1. The sign of the difference is open.", "The interval contains 0."), Wrong("2. The trial did not show a difference.", "p = 0.4 says so, and no more."),
            Right("3. So the two are equal within the margin."), Wrong("4. More seeds would make the interval narrower.", "They would. An earlier sentence fails.")),
        Number("two-starts", Corrected, draw =>
        {
            var (first, second) = draw.OneOf((0.002, 0.003), (0.001, 0.004), (0.0005, 0.002));
            int questions = draw.OneOf(5, 6), attempts = 2 * questions;
            return new($"{questions} questions on two problems, each from two starts that must agree. The smallest p-value belongs to a question with p = {first} from one start and p = {second} from the other, with the same sign. What is it after Holm's correction?",
                $"The larger of the two starts' counts, and chance has {attempts} attempts: {attempts} · {second}.",
                new Part("corrected p", attempts * second, 1e-5, new Hint(attempts * first, "It must hold from both starts: the larger p counts."),
                    new Hint(second, "Chance has many attempts: multiply."), new Hint(questions * second, "There are two problems."),
                    new Hint(2 * attempts * second, "The two starts are not two attempts: both must agree.")));
        }),
        Choice("passed", Six, "Which of these passed, from both starts and corrected for twelve questions?", "On the digits the line beat the constant rate by about 10 thousandths from both starts.",
            Right("On the digits the line beats the constant rate."),
            Wrong("On diabetes the line beats the constant rate.", "It gains 1.31 from 0 and 0.18 from the mean label, and the second does not pass."),
            Wrong("On the digits the exponential beats the line.", "It loses to it from both starts."),
            Wrong("On diabetes a floor of 10 % beats the line to 0.", "It made no difference that could be seen.")),
        Choice("half-peak", WrongRate, "Which mistake costs the line most, on both problems?", "Half the best peak cost 0.93 and 10.8 thousandths. The five common shapes lie within 0.26 and 1.8.",
            Right("Half of the peak that suits it best."), Wrong("Taking a cosine in its place.", "At their best peaks the five common shapes differ little."),
            Wrong("A floor of 10 %.", "It made no difference that could be seen."), Wrong("A cooldown at the end only.", "WSD was as good on diabetes, and better on the digits.")),
        Choice("other-digits", Test, "“Accuracy 95.0 ± 0.2 points, from twelve seeds.” What does this interval leave out?",
            "359 other digits would change the accuracy as well: with both, it is about 1.6 points.",
            Right("What other test digits would change."), Wrong("What other seeds would change.", "That is what it holds, and all that it holds."),
            Wrong("That the loss and the accuracy differ.", "An accuracy does not claim to be a loss."),
            Wrong("Nothing, as twelve seeds are enough.", "However many seeds, the test set stays the same 359 digits.")),
        Number("two-updates-case", Theorem, draw =>
        {
            var (first, last, distance) = draw.OneOf((1.0, 1.0, 2.0), (0.5, 0.5, 1.0), (2.0, 1.0, 3.0), (1.0, 0.5, 3.0));
            double whole = first + last, noise = first * first + last * last, average = (distance * distance + noise) / (2 * whole), price = 0.5 * first / last * noise / whole;
            return new($"Two updates with the rates {first} and {last}, the distance D = {distance}, G = 1. What are the bound on the average, (D² + B₁)/(2A₁), and the bound Ω on the last weights? (two decimals)",
                $"A₁ = {whole}, B₁ = {noise}, A₂ = {last}: {average:0.###}, and the price of the first update is ½ · {first}/{last} · {noise}/{whole} = {price:0.###}.",
                new Part("average", average, 0.006, new Hint((distance + noise) / (2 * whole), "The distance enters squared."), new Hint(2 * average, "Divide by 2A₁."),
                    new Hint(average + price, "That is the bound on the last weights.")),
                new Part("Ω", average + price, 0.006, new Hint(average, "The price of using the last weights is missing."), new Hint(average + 2 * price, "The sum has a ½ before it."),
                    new Hint(price, "Add the bound on the average."), new Hint(average + 0.5 * first / whole * noise / whole, "The divisor is A₂, the rate that still comes after.")));
        }),
        Formula("omega", Theorem, "Fill in the bound on the last weights.", "Distance and noise for the average, and for each update a price: a rate is expensive if little rate comes after it.",
            "Ω = ( {0} + B₁ ) / (2A₁) + ½ Σ ηₖ / {1} · Bₖ / {2}",
            new Gap(Right("D²"), Wrong("D", "It is multiplied out from a squared distance."), Wrong("T", "The length of the run is in the sums.")),
            new Gap(Right("Aₖ₊₁"), Wrong("A₁", "The whole run's rate does not say how much still comes."), Wrong("η₁", "What counts is all the rate after update k.")),
            new Gap(Right("Aₖ"), Wrong("G²", "G² is inside Bₖ."), Wrong("D²", "The distance enters once, at the start."))),
        Order("by-bound", Shapes, "Put the shapes in order of their bound at the best peak, 400 updates, the lowest first.",
            "High rates near the end cost most. Ω√T is 2.01, 2.07, 2.19, 2.45 and 2.75.",
            "line to 0", "cosine", "level, then a line over the last 20 %", "1/√t", "constant"),
        Picture("cooldown", Shapes, "A level rate, then straight down to 0. Which curve is the bound at the best peak, over the length of the cooldown from nothing to the whole run?",
            "A cooldown over 8 % of the run buys half of what a whole line buys, 20 % three quarters.",
            Right("steep, then nearly level", Enumerable.Range(0, 60).Select(i => LastIterateBound.Of(new WarmupStableDecay(1, 400, 0, 400.0 * i / 59), 400).Best)),
            Wrong("a straight fall", Enumerable.Range(0, 60).Select(i => 60.0 - i), "A short cooldown does most of it."),
            Wrong("nearly level, then steep", Enumerable.Range(0, 60).Select(i => -Math.Pow(i / 59.0, 4)), "It is the last rates that are expensive, and a short cooldown lowers these."),
            Wrong("down, then up", Enumerable.Range(0, 60).Select(i => Math.Pow(i / 59.0 - 0.4, 2)), "A longer cooldown never does harm to the bound: the line is the best of them.")),
        Number("harmonics", Shapes, draw =>
        {
            int updates = draw.OneOf(2, 3, 4, 5);
            double h = Enumerable.Range(1, updates - 1).Sum(i => 1.0 / i), bound = Math.Sqrt(1 + h);
            return new($"For a constant rate at its best, Ω√T = √(1 + H) with H = 1 + ½ + … + 1/(T − 1). What is it for T = {updates}? (three decimals)",
                $"H = {h:0.####}, and the root of {1 + h:0.####} is {bound:0.000}.",
                new Part("Ω√T", bound, 6e-4, new Hint(1 + h, "Take the root."), new Hint(Math.Sqrt(h), "The 1 is missing: it comes from the bound on the average."),
                    new Hint(Math.Sqrt(1 + h + 1.0 / updates), "The last term of H is 1/(T − 1)."), new Hint(bound / Math.Sqrt(updates), "That is Ω itself.")));
        }),
        Number("spearman-way", Predicts, draw =>
        {
            var (ranks, squares) = draw.OneOf(("2, 1, 4, 3", 4), ("1, 3, 4, 2", 6), ("1, 4, 3, 2", 8), ("1, 2, 4, 3", 2));
            double correlation = 1 - 6.0 * squares / (4 * 15);
            return new($"Four schedules have the ranks 1, 2, 3, 4 by their bounds and {ranks} by their runs. What is Spearman's rank correlation?",
                $"The squared differences add up to {squares}: 1 − 6 · {squares}/(4 · 15) = {correlation:0.#}.",
                new Part("correlation", correlation, 1e-3, new Hint(1 - squares / 60.0, "The sum is multiplied by 6."), new Hint(1 - correlation, "Subtract it from 1."),
                    new Hint(1 - 6.0 * squares / 64, "The divisor is n(n² − 1)."), new Hint(1, "That is for the same order.")));
        }),
        Choice("ten-shapes", Predicts, "Each shape at its own best: the bound's rank correlation with the runs is 0.61, with the interval −0.22 to 0.99. What may be said?",
            "The interval redraws shapes as well as seeds, and it holds nearly everything from no relation to the same order.",
            Right("Ten shapes are too few to tell."), Wrong("The bound ranks the best runs rather well.", "The interval contains 0."),
            Wrong("The bound is of no use.", "Over all rates it orders well, and its best peaks have the right scale."),
            Wrong("More seeds would settle it.", "The interval redraws the shapes too: more shapes are needed.")),
        Choice("open-length", Take, "The length of a run is still open. What does the lesson advise?", "The cooldown can start whenever the end is decided; most of the rate is spent before it.",
            Right("WSD with a cooldown of 20 %, and a lower peak than a line's."), Wrong("A cosine over a length that is guessed.", "A run that stops early never sees its low rates."),
            Wrong("The exponential, as it won on diabetes.", "It won from one of two starts, and lost on the digits."),
            Wrong("A constant rate, and the last weights.", "With the last weights a constant rate was worst on the digits.")),
        Number("three-quarters-up", Errata, draw =>
        {
            var (share, left) = draw.OneOf((0.75, 1.0), (0.9, 0.5), (0.85, 0.75), (0.95, 0.25));
            double cosine = (1 + Math.Cos(Math.PI * share)) / 2;
            return new($"The schedule page prints a cosine under WSD. After {share * 100:0} % of the run, which part of the peak is left by WSD with a straight cooldown over the last 20 %, and by the printed cosine? (three decimals)",
                $"WSD has {(share > 0.8 ? $"(1 − {share})/0.2 = {left}" : "not begun to come down")}, the cosine (1 + cos {share}π)/2 = {cosine:0.000}.",
                new Part("WSD", left, 1e-3, new Hint(1 - share, "That is the line's. WSD is level for 80 % of the run."), new Hint(cosine, "That is the cosine's."),
                    new Hint(1 - left, "That is what the cooldown has taken away.")),
                new Part("cosine", cosine, 6e-4, new Hint(1 - share, "That is the line's. The cosine is below it in the second half."), new Hint(1 - cosine, "That is what it has lost."),
                    new Hint(left, "That is WSD's.")));
        }));
}
