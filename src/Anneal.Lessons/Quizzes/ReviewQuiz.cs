using Anneal.Live;
using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 19.</summary>
static class ReviewQuiz
{
    const string Why = "Why be asked, and not read again?", Wait = "How long may you wait?", Gain = "What does a right answer change?", Year = "And what does a year of it cost?",
        Page = "What does the review page do?", Open = "What does nobody know yet?", WarmUp = "Why does a warm-up help?", Edge = "Does training live at the edge of stability?",
        Muon = "Does Muon's lead survive growth?", Average = "Can an average replace the schedule?", Decay = "Is weight decay a time?", Batch = "Which batch is too large?",
        Carry = "How far does a rate carry over?", Bits = "How few bits are enough?";

    public static Quiz Quiz { get; } = new("19-review",
        Choice("week", Why, "Some students read a text again, others were tested on it. Readers knew more after five minutes. And after a week?",
            "Being asked makes a memory last. Reading again makes it feel as if it would.",
            Right("Those who were tested knew far more."),
            Wrong("Readers still knew more, because they had seen every sentence twice.", "After five minutes, yes. A week later it had turned round."),
            Wrong("Both knew the same.", "The difference after a week was large."),
            Wrong("Both had forgotten nearly everything.", "Those who were tested had not.")),
        Flaw("growing", Why, "Somebody argues for growing waits. Which sentence is the first that does not follow?",
            "Spread against massed is one question, growing against equal waits another. The meta-analysis finds no clear difference in the second.",
            Wrong("1. Questions spread over days are kept better than the same questions in a row.", "That is well supported: 0.74 standard deviations."),
            Wrong("2. So it pays to leave time between two answers.", "That says the same."),
            Right("3. So waits that grow are kept better than equal waits."),
            Wrong("4. So my third wait should be the longest.", "It rests on the sentence before, which does not follow.")),
        Number("wait", Wait, draw =>
        {
            double stability = draw.OneOf(20.0, 50, 200), target = draw.OneOf(0.7, 0.8, 0.95), days = new Fsrs { Retention = target }.Interval(stability);
            return new($"The curve is R = (1 + 0.98 t/S)^−0.1542. The stability is {stability} days, the target {100 * target:0} %. After how many days is the question due? (to 3 %)",
                $"t = S/0.98 · ({target}^−6.485 − 1) = {days} days.",
                new Part("days", days, 0.03 * days,
                    new Hint(stability, "That is the wait for a target of 90 %.", 0.03 * stability),
                    new Hint(stability * Math.Log(target) / Math.Log(0.9), "That is an exponential curve. This one is a power.", 0.03 * stability)));
        }),
        Picture("saw", Wait, "A question is answered right as soon as it is due. Which curve is the chance to remember, over the days?",
            "It falls to the target, jumps to 1, and falls more slowly than before.",
            Right("down to one level, each time more slowly", Saw(i => i switch { 0 => 4, 1 => 12, _ => 44 })),
            Wrong("down to one level, each time alike", Saw(_ => 20), "Each right answer makes the memory more stable, so the next fall is slower."),
            Wrong("down to one level, each time faster", Saw(i => i switch { 0 => 40, 1 => 14, _ => 6 }), "It is the other way round: the memory grows more stable."),
            Wrong("only down", Enumerable.Range(0, 60).Select(i => Fsrs.Recall(4, i)), "An answer brings the chance back to 1.")),
        Choice("year-alone", Wait, "You answer a new question right once, and never see it again. What is the chance to know it a year later, by this curve?",
            "The curve falls steeply at first and slowly later: 46 %.",
            Right("A little less than a half."),
            Wrong("Practically nothing.", "An exponential curve would say so. This one is a power, with a long tail."),
            Wrong("90 %, since that is the target.", "The target says when you are asked. If nobody asks, the chance falls further."),
            Wrong("About 75 %, the value after ten days.", "It has fallen to 77 % after ten days, and goes on falling.")),
        Choice("evening", Gain, "You answer a new question right three times within an hour. What does the scheduler make of it?",
            "What was nearly lost makes a memory grow. Within an hour nothing was.",
            Right("As much as one right answer."),
            Wrong("Three times the stability of one right answer.", "Nothing had been forgotten in between, so nothing was gained."),
            Wrong("Less than one right answer, since practice was massed.", "It does no harm. It just brings nothing."),
            Wrong("A stability twenty times as long.", "Three answers bring that if each waits until it is due.")),
        Order("worth", Gain, "The same question, stability 10 days. Put these right answers in order of how much they add, least first.",
            "The less likely the answer was, the more it adds, if it comes.",
            "after an hour", "after one day", "after 10 days", "after 60 days"),
        Formula("growth", Gain, "Fill in how a right answer changes the stability.",
            "Difficult questions gain less, strong memories by a smaller factor, and 1 − R is what was nearly lost.",
            "S′ = S · (1 + a · {0} · {1} · (exp(b · {2}) − 1))",
            new Gap(Right("(11 − D)"), Wrong("D", "A difficult question gains less."), Wrong("(D − 11)", "That would be negative.")),
            new Gap(Right("S^−c"), Wrong("S^c", "Strong memories grow by smaller factors."), Wrong("t^−c", "The days waited enter through R.")),
            new Gap(Right("(1 − R)"), Wrong("R", "Then an answer at once would be worth most."), Wrong("t", "The days enter through the chance, relative to the stability."))),
        Number("day", Year, draw =>
        {
            double questions = draw.OneOf(100.0, 200, 300), perDay = questions * 8.3 / 365;
            return new($"At a target of 90 % a question takes about 8.3 answers in its first year. You keep {questions} questions. How many answers is that a day, on average? (to 0.1)",
                $"{questions} · 8.3/365 = {perDay:0.0}.",
                new Part("answers", perDay, 0.11,
                    new Hint(questions * 8.3, "That is for the whole year.", 1),
                    new Hint(questions / 365, "That is one answer a year for each question. It takes 8.3.", 0.1),
                    new Hint(questions * 8.3 / 12, "That is a month's.", 1)));
        }),
        Choice("target", Year, "The target rises from 80 % to 97 %. What happens?",
            "At the same stability the waits are a fifteenth. But each answer still makes the next wait longer, so only 2.5 times as many answers are needed.",
            Right("Much shorter waits, and 2.5 times the answers in a year."),
            Wrong("17 % more answers in a year, since 97 − 80 = 17.", "Chances do not add up to answers. The waits change by a factor of fifteen."),
            Wrong("15 times the answers in a year.", "At one stability the waits differ so much. But stabilities grow with every answer."),
            Wrong("Longer waits.", "A higher target is reached sooner.")),
        Choice("bar", Page, "You have just answered half of a section's questions, all of them right. The section's bar stands at 50 %. Why?",
            "The bar is the mean over all questions of the section, and those never answered count as 0.",
            Right("The other half counts as 0."),
            Wrong("You will have forgotten half of it by tomorrow.", "The bar says what you know now."),
            Wrong("Half of a quiz can be guessed, so half is taken off for that.", "Nothing is taken off for guessing: a blind guesser gets a fifth at most."),
            Wrong("The target is not reached yet.", "The target says when you are asked. The bar is the mean chance.")),
        Number("due", Page, draw =>
        {
            bool right = draw.OneOf(true, false);
            return right
                ? new("A new question is answered right, for the first time. After how many days does the review page ask it again?", "The first stability is 2.3 days, and whole days count: two.",
                    new Part("days", 2, 0.35,
                        new Hint(1, "A first right answer is worth a little more.", 0.3),
                        new Hint(10, "Ten minutes is the wait after a wrong answer.", 0.3)))
                : new("A new question is answered wrong. After how many minutes does the review page ask it again?", "A wrong answer comes back after ten minutes.",
                    new Part("minutes", 10, 0.35,
                        new Hint(1440, "That would be a day. What was wrong comes back the same evening.", 10),
                        new Hint(1, "That is the first step in the authors' own default. The page waits longer.", 0.3)));
        }),
        Choice("belongs", Page, "Which of these is worth a place in a practice queue?",
            "Keep what you need while you think. What can be looked up in ten seconds need not be remembered.",
            Right("Which way a larger batch moves the best rate."),
            Wrong("The default of AdamW's β₂ in one framework, to all its digits.", "Look it up when you need it."),
            Wrong("The year in which a paper came out.", "Look it up. It helps no decision."),
            Wrong("The name of an option on the command line.", "The command tells you with --help.")),
        Choice("bound", Open, "In the bound of lesson 11, which shape loses ground as the run gets longer?",
            "Times √T, the constant rate's bound grows with the root of ln T. The others stay nearly level.",
            Right("The constant rate."),
            Wrong("The line to zero.", "Its bound tends to 2/√T, the lowest of the four."),
            Wrong("The cosine, since its end gets flatter and flatter with more updates.", "In shares of the run its end is the same at every length."),
            Wrong("Level with a cooldown over 20 % of the run.", "It stays near 2.2/√T.")),
        Choice("way", WarmUp, "Two explanations of warm-up: lower curvature, or updates that are no longer too long. What tells them apart first?",
            "They differ in what happens during the first updates. Both expect the run with warm-up to end lower.",
            Right("Curvature and update length over the first updates."),
            Wrong("The loss at the end, with and without a warm-up.", "Both explanations expect the same of it."),
            Wrong("A longer run.", "What is in question is over after the first updates."),
            Wrong("The best peak, because it rises with either explanation.", "Then it cannot tell them apart.")),
        Number("edge", Edge, draw =>
        {
            double rate = draw.OneOf(0.01, 0.02, 0.05);
            return new($"Gradient descent on full batches, rate {rate}. Near which sharpness does it hover at the edge of stability?",
                $"Near 2/η = {2 / rate}.",
                new Part("sharpness", 2 / rate, 0.01 / rate,
                    new Hint(1 / rate, "That is the rate that is best for one curvature. The edge lies at twice as much.", 0.01 / rate),
                    new Hint(2 * rate, "Divide by the rate.", 0.01)));
        }),
        Flaw("lead", Muon, "A report compares two rules. Which sentence is the first that does not follow?",
            "AdamW was not tuned. Its own best rate may need far fewer updates.",
            Wrong("1. At the rate 0.003, Muon needed 5,000 updates to a loss of 3.2, AdamW 10,000.", "That was measured."),
            Wrong("2. At this rate Muon leads by a factor of two.", "That says the same."),
            Right("3. So AdamW at its best rate needs twice as many updates, too."),
            Wrong("4. So at ten times the size Muon will save half.", "It does not follow either, but an earlier sentence fails.")),
        Choice("equal", Average, "What does “schedule-free is as good as a tuned decay” need, to be tested?",
            "Each side gets the same number of runs to be tuned with, or effort is compared and not the method.",
            Right("The same budget of runs for tuning both."),
            Wrong("The same rate for both, or the comparison would be unfair.", "Their best rates differ. One common rate favours one of them."),
            Wrong("One long run of each.", "One run has no interval, and an untuned one says little."),
            Wrong("A decay with the framework's defaults.", "“Tuned” stands in the claim.")),
        Number("time", Decay, draw =>
        {
            double rate = draw.OneOf(0.001, 0.002, 0.01), decay = draw.OneOf(0.1, 0.05);
            return new($"AdamW with the rate {rate} and the weight decay {decay}. Over about how many updates do its weights average?",
                $"1/(ηλ) = {1 / (rate * decay):0} updates.",
                new Part("updates", 1 / (rate * decay), 0.01 / (rate * decay),
                    new Hint(1 / decay, "The rate multiplies the decay.", 0.01 / decay),
                    new Hint(1 / rate, "The decay belongs there too.", 0.01 / rate)));
        }),
        Choice("critical", Batch, "What did direct measurements say about the critical batch during a run?",
            "It is near 0 at first, rises, and levels off. So a batch that grows with it loses nothing.",
            Right("It rises from near 0, then levels off."),
            Wrong("It is the same from the first update to the last.", "That would allow a large batch from the start."),
            Wrong("It falls, since the gradients get smaller and their noise dies out.", "The signal shrinks faster than the noise, so it rises."),
            Wrong("It follows the number of weights.", "It grew with the data, and hardly with the size of the model.")),
        Choice("minima", Carry, "You want to know whether a rate carries over to a wider model. What do you look at?",
            "Only where the minima lie says whether the best rate moves.",
            Right("Whether the minima of the U-curves move with the width."),
            Wrong("Whether the wider model ends lower.", "It nearly always does, at any reasonable rate."),
            Wrong("Whether the narrow model's rate diverges.", "A rate may be far from the best and still be stable."),
            Wrong("Whether both curves of the loss have the same shape over time.", "Each is one rate's curve. It says nothing about other rates.")),
        Choice("unmoved", Bits, "Fewer bits for the weights: which number shows first that they are too few?",
            "A step below half the gap to the next number is lost at once. The loss shows it much later.",
            Right("The share of weights that an update leaves where they were."),
            Wrong("The loss after the first update.", "One update's loss hardly shows which weights stood still."),
            Wrong("The gradient's norm.", "The gradient is computed all the same. It is the step that gets lost."),
            Wrong("The time per update, as fewer bits are faster and larger batches fit.", "That is the reason to want them, not a sign that they are too few.")));

    /// <summary>The chance to remember over 60 days, when a question is asked after these waits; each fall goes down to 0.9.</summary>
    static IEnumerable<double> Saw(Func<int, double> wait)
    {
        for (int d = 0, asked = 0, answers = 0; d < 60; d++)
        {
            if (d - asked > wait(answers))
                (asked, answers) = (d, answers + 1);
            yield return Fsrs.Recall(wait(answers), d - asked);
        }
    }
}
