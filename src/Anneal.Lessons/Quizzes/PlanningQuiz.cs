using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 13.</summary>
static class PlanningQuiz
{
    const string Updates = "How many updates is that?", Peak = "How high may the peak be?", Climb = "Why climb first, and for how long?", Batch = "What is a larger batch worth?",
        Shape = "Which shape, and when does it come down?", GoOn = "What if the run must go on?", Clock = "What else runs on the rate's clock?";

    public static Quiz Quiz { get; } = new("13-planning-a-long-run",
        Number("tokens", Updates, draw =>
        {
            int length = draw.OneOf(1_024, 2_048), devices = draw.OneOf(4, 8, 16), parts = draw.OneOf(2, 4), tokens = length * 4 * devices * parts;
            double updates = Math.Ceiling(1e9 / tokens);
            return new($"10⁹ tokens in sequences of {length:#,0}. Each of {devices} devices takes 4 sequences at a time, and {parts} such steps are accumulated. How many tokens has an update, and how many updates has the run?",
                $"An update has {length:#,0} · 4 · {devices} · {parts} tokens. The run's tokens divided by that are rounded up.",
                new Part("tokens", tokens, 0.5, new Hint(tokens / parts, "Accumulated steps make one update together."), new Hint(tokens / devices, "All devices work on the same update."), new Hint(tokens / length, "Those are sequences.")),
                new Part("updates", updates, 0.25, new Hint(updates - 1, "Round up: the last, smaller batch makes an update too."), new Hint(Math.Ceiling(1e9 * parts / tokens), "The schedule must not notice accumulation.", parts),
                    new Hint(Math.Ceiling(1e9 * devices / tokens), "All devices work on the same update.", devices)));
        }),
        Number("epochs", Updates, draw =>
        {
            int samples = draw.OneOf(3_000, 5_000, 10_000);
            double batches = Math.Ceiling(Math.Ceiling(samples / 8.0) / 4), perEpoch = Math.Ceiling(batches / 4), run = 3 * perEpoch;
            return new($"{samples:#,0} samples, batches of 8 on each of 4 devices, 4 accumulated, 3 epochs, a warm-up of 3 %. How many updates has the run as Transformers counts them, and its warm-up?",
                $"Rounded up at every line: {batches} batches and {perEpoch} updates an epoch, three times that, and 3 % of it.",
                new Part("updates", run, 0.25, new Hint(Math.Ceiling(3 * samples / 128.0), "Each epoch ends with an update of its own: round up there."), new Hint(3 * batches, "Four batches make one update."),
                    new Hint(3 * Math.Floor(samples / 128.0), "Round up, not down.")),
                new Part("warm-up", Math.Ceiling(0.03 * run), 0.25, new Hint(Math.Floor(0.03 * run), "This line is rounded up too."), new Hint(Math.Ceiling(0.03 * 3 * batches), "Four batches make one update.")));
        }),
        Order("rounding", Updates, "Put the lines in the order in which Transformers counts updates. Every line is rounded up.", "Each line divides or multiplies the rounded result of the one before.",
            "samples / batch of a device", "/ devices", "/ accumulation", "× epochs", "share for the warm-up"),
        Number("misread", Updates, draw =>
        {
            int parts = draw.OneOf(2, 3, 4);
            double left = 50 * (1 + Math.Cos(Math.PI / parts));
            return new($"A cosine to 0 without a warm-up, and {parts} steps are accumulated to an update. If its length is counted before accumulation: how many per cent of the peak are left at the end? If the scheduler steps {parts} times an update: for how many per cent of the run is the rate 0?",
                $"The first cosine has gone 1/{parts} of its way at the end. The second is over after 1/{parts} of the run.",
                new Part("left", left, 0.6, new Hint(100 * (1 - 1.0 / parts), "That is what a line leaves. Take the cosine."), new Hint(0, "That is the run as it was planned."), new Hint(100 - left, "That is how far it has come down.")),
                new Part("at rate 0", 100 - 100.0 / parts, 0.6, new Hint(100.0 / parts, "That is the part before the rate is 0."), new Hint(0, "That is the run as it was planned.")));
        }),
        Choice("wrong-side", Peak, "You do not know the best peak. Which mistake ruined a run in the lesson's trial?", "Without a warm-up the gap rose from 0.07 to more than 0.2 at twice the best peak. With one, beside 0.008, half cost the line 0.016 and the cosine 0.018, twice 0.013 and 0.024.",
            Right("Twice the best peak, without a warm-up."), Wrong("Twice the best peak, with a warm-up.", "It cost the line 0.013 and the cosine 0.024, more than half of it on one seed of ten."),
            Wrong("Half the best peak, with a warm-up.", "It cost the line 0.016 in the larger model, 0.034 in the smaller one."),
            Wrong("Any peak that is not within 10 % of the best.", "With a warm-up even a factor of two seldom ruined a run.")),
        Choice("two-rules", Peak, "Two published rules give peaks for your run that are a factor of 5 apart. What does the lesson do?", "Each rule was fitted to its own model, data, batch and length. Three runs of a tenth decide, and the best goes on.",
            Right("It tries three peaks in short runs, the low one among them."), Wrong("It takes the lower one, which is always safe.", "Too low a peak costs too: a quarter of the best cost the line 0.08 at both sizes."),
            Wrong("It takes the newer one, fitted to more runs.", "A rule holds for its own model, data, batch and length."),
            Wrong("It takes their geometric mean.", "Both may be wrong on the same side.")),
        Number("first-update", Climb, draw =>
        {
            double deviation = draw.OneOf(0.02, 0.05, 0.1), rate = draw.OneOf(0.001, 0.002, 0.01);
            return new($"10,000 weights start with a deviation of {deviation}. Adam has no warm-up and the rate {rate}. How long is the first update beside the weights? Up to which rate would the ratio stay at 0.001?",
                $"Every weight moves by {rate}. Both lengths hold the root of the number of weights, so the ratio is {rate}/{deviation}.",
                new Part("ratio", rate / deviation, 0.01 * rate / deviation, new Hint(rate * 100, "That is the length of the update. Divide by that of the weights."), new Hint(rate, "That is how far each weight moves. How large is it?"),
                    new Hint(deviation / rate, "The update is divided by the weights.")),
                new Part("rate", 0.001 * deviation, 1e-5 * deviation, new Hint(0.001, "The ratio at that rate is 0.001 divided by the deviation."), new Hint(0.001 / deviation, "Ratio = rate/deviation. Solve it for the rate.")));
        }),
        Number("shortest", Climb, draw =>
        {
            int at = draw.OneOf(10, 20);
            double step = draw.OneOf(50.0, 100, 200), limit = draw.OneOf(0.01, 0.02), excess = 0.01 * step / (limit * 5), length = Math.Round(at * excess, 6);
            return new($"A log says for update {at}: the weights have the norm 5, Adam's step at rate 1 the norm {step}. The peak is 0.01, and update over weights may not exceed {limit}. How many updates must a straight warm-up have at the least, by this line?",
                $"At the peak the ratio would be {excess:0.##} times too high, so update {at} may only be at 1/{excess:0.##} of the ramp.",
                new Part("updates", length, 0.25, new Hint(excess, "So many times too high is the peak. At which update is the rate that much lower?"), new Hint(at / excess, "A higher ratio asks for a longer warm-up."),
                    new Hint(at, "There the ramp would be at its end, at the full peak.")));
        }),
        Choice("ten-times", Climb, "A run of 4,000 updates has a warm-up of 200. The same model is to train for 40,000. How long a warm-up?", "Adam settles after so many updates, however long the run is.",
            Right("About 200 updates, as before."), Wrong("2,000: the same share.", "Count updates, not per cent: Adam does not know the length of the run."),
            Wrong("630 updates: the share shrinks by the root.", "No share is needed. Adam settles after so many updates."),
            Wrong("20 updates: the peak of a long run is lower.", "The peak may be lower. Adam's first update is still the longest beside the weights.")),
        Number("noise-scale", Batch, draw =>
        {
            double gradient = draw.OneOf(1.0, 2, 4), variance = draw.OneOf(16.0, 48, 80), small = gradient + variance / 4, large = gradient + variance / 16;
            return new($"The mean squared norm of a batch's gradient is {small} for 4 sequences and {large} for 16. What is the variance of one sequence's gradient, and the noise scale?",
                $"The norms are the true one plus V/4 and V/16. So V = ({small} − {large})/(1/4 − 1/16) = {variance}, and {gradient} is left for the true one.",
                new Part("variance", variance, 0.05, new Hint(small - large, "That is V/4 less V/16, which is 3/16 of V."), new Hint(4 * small, "Part of the norm is the true gradient's."),
                    new Hint(4 * (small - large), "The larger batch has noise left: V/16.")),
                new Part("noise scale", variance / gradient, 0.05, new Hint(gradient / variance, "The variance is divided by the squared length of the true gradient."),
                    new Hint(variance, "Divide by the squared length of the true gradient."), new Hint(variance / small, "Divide by the true gradient's squared norm, without the noise.")));
        }),
        Flaw("large-batch", Batch, "Batches of 4 and of 64 are compared. Which sentence is the first that does not follow?", "With the tokens fixed, 64 makes a sixteenth as many updates. Each is worth more, but not sixteen times as much.",
            Wrong("1. All runs see the same number of tokens.", "That is how the trial was made."), Wrong("2. Batches of 64 end with the larger gap.", "That was measured: 0.176 against 0.054."),
            Right("3. So an update on 64 sequences brings less than one on 4."), Wrong("4. What a larger batch buys is time, on more devices.", "So it is. An earlier sentence fails.")),
        Choice("carries-over", Shape, "Which finding about warm-up, stable, decay carries over to larger runs?", "Larger runs find it equal to a cosine, and lesson 11's bound puts it behind. Rankings of shapes change with the scale.",
            Right("One may decide late when it comes down."), Wrong("Its gap is more than 10 % smaller than the cosine's.", "So it was in the smaller model. The larger one cannot tell, and larger runs find the two equal."),
            Wrong("It beats the line.", "A ranking of shapes does not carry over from scale to scale."),
            Wrong("Its best peak is lower than that of a cosine.", "What a small run tolerates says little about a large one.")),
        Choice("doubled", GoOn, "A cosine run has ended at 0. You double T in its configuration and resume. What does the rate do?", "A cosine of twice the length is at its middle there, with about half of its peak.",
            Right("It jumps to about half of the peak."), Wrong("It stays at 0.", "The formula knows only t and T. With the new T it is half-way."),
            Wrong("It jumps to the peak and comes down again.", "t goes on where it was. Only T has changed."),
            Wrong("It climbs slowly, as it did in its warm-up.", "The warm-up lies at the start, far behind.")),
        Number("branches", GoOn, draw =>
        {
            int first = draw.OneOf(1_000, 2_000, 5_000);
            return new($"One level run is to give three finished models, after {first:#,0}, {2 * first:#,0} and {3 * first:#,0} updates. Each comes down over the last fifth of its own length. How many updates are made in all, and how many would three separate runs take?",
                $"The trunk ends where the last branch leaves it, at {2.4 * first:#,0}. The branches add a fifth of each length.",
                new Part("in all", 3.6 * first, 0.5, new Hint(4.2 * first, "The trunk may stop where the last branch leaves it."), new Hint(2.4 * first, "The branches cost updates of their own."),
                    new Hint(3.0 * first, "Only the last branch lies on that way.")),
                new Part("separate", 6.0 * first, 0.5, new Hint(3.0 * first, "Each run begins at 0. Add all three lengths."), new Hint(3.6 * first, "That is the branched run.")));
        }),
        Formula("memories", Clock, "For about how many updates do weight decay and Adam's second moment remember?", "An update multiplies a weight by 1 − ηλ, and the second moment by β₂. Only the first knows the rate.",
            "decay: 1/({0}),   second moment: 1/({1})",
            new Gap(Right("ηλ"), Wrong("λ", "An update multiplies a weight by 1 − ηλ."), Wrong("η", "Without λ nothing decays.")),
            new Gap(Right("1 − β₂"), Wrong("β₂", "That would be about one update."), Wrong("η(1 − β₂)", "Adam's memory keeps its own time, whatever the rate."))),
        Choice("weights-alone", Clock, "An Adam run is resumed at the same rate, with its weights but without Adam's state. How long is the next update?", "Both moments come from one and the same gradient again, so every weight moves by the rate: 4.9 times as long as with the state in the smaller model.",
            Right("As long as the very first one."), Wrong("About as long as the one before.", "The steps had shortened because gradients disagreed in sign. That memory is gone."),
            Wrong("0: the mean gradient is 0.", "The bias correction takes care of that."),
            Wrong("Shorter: the mean gradient is still small.", "The correction makes it the gradient itself, divided by its own size.")));
}
