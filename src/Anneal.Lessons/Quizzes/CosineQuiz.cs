using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 09.</summary>
static class CosineQuiz
{
    const string Left = "How much is left after a quarter of the run?", Formula = "What does the formula say?", Lines = "How is one rate worked out, line by line?",
        Halves = "Does one half tell you the other?", Tenth = "Which t does the tenth update use?", Warm = "What does a warm-up change?", Cost = "What does a whole run cost?",
        Fast = "How fast does it fall?", When = "When has the rate fallen to a tenth?", Digits = "Why do two right programs print different last digits?",
        Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("09-cosine-by-hand",
        Picture("shape", Left, "Which curve is a cosine decay from a peak to a floor?", "Flat at both ends, steepest at half-time.",
            Right("A", Ask.Curve(new CosineDecay(1, 59, 0.1), 59)),
            Wrong("B", Ask.Curve(new LinearDecay(1, 59, 0.1), 59), "That is the straight line. The cosine is flat at both ends."),
            Wrong("C", Enumerable.Range(0, 60).Select(t => Math.Pow(0.1, t / 59.0)), "That falls steeply at once: an exponential decay."),
            Wrong("D", Enumerable.Range(0, 60).Select(t => 0.55 + 0.45 * Math.Cos(2 * Math.PI * t / 59)), "That comes back up: a whole wave. The decay is half of one.")),
        Order("five-lines", Formula, "Put the five lines of a cosine's rate in order.", "Read the formula from the inside out: how far, angle, cosine, scale factor, rate.",
            "divide t by T", "multiply by π", "take the cosine", "add 1 and halve", "multiply by the range and add the floor"),
        Formula("half-wave", Formula, "Fill in the cosine decay.", "It starts at the peak, because cos 0 = 1, and ends at the floor, because cos π = −1.",
            "η(t) = floor + ( {0} ) · ( 1 {1} cos( π · {2} ) ) / 2",
            new Gap(Right("peak − floor"), Wrong("peak", "With a floor above 0 the run would start above its peak."), Wrong("floor − peak", "Then it would start at the floor minus something.")),
            new Gap(Right("+"), Wrong("−", "1 − cos 0 is 0: the run would start at the floor.")),
            new Gap(Right("t/T"), Wrong("T/t", "At t = 0 that is no number."), Wrong("t", "Then the wave would not know how long the run is."))),
        Number("five-places", Lines, draw =>
        {
            double peak = draw.OneOf(0.001, 0.002, 0.01), floor = draw.OneOf(0, 0.1, 0.25) * peak;
            int steps = draw.OneOf(6_000, 12_000, 24_000), at = steps / 3;
            double rate = new CosineDecay(peak, steps, floor).At(at), unit = peak / 1_000;
            return new($"A cosine decay falls from {peak} to {floor} over {steps:#,0} steps. What is the rate at t = {at:#,0}?",
                $"The angle is π/3, its cosine ½, the scale factor ¾: {floor} + {peak - floor:0.######} · 0.75.",
                new Part("rate", rate, unit / 2,
                    new Hint(floor + (peak - floor) * 2 / 3, "That is the straight line. The cosine has more left."),
                    new Hint(peak * 0.75, "The floor is missing: the factor stretches the range, and the floor is added."),
                    new Hint(floor + (peak - floor) / 2, "The cosine of π/3 is ½. Add 1 and halve."),
                    new Hint(floor + peak * 0.75, "Multiply the range, peak − floor, not the peak.")));
        }),
        Choice("after-the-end", Formula, "What is the most fragile assumption of a cosine decay?", "T must be the length of the run, in the unit of t. A run that stops early never sees the low rates.",
            Right("That T is the length of the run."), Wrong("That the floor is 0.", "Any floor will do; it only lifts the end."),
            Wrong("That the loss is a parabola.", "The schedule knows nothing of the loss."), Wrong("That the peak comes first.", "A warm-up before it changes nothing about the wave.")),
        Number("mirror", Halves, draw =>
        {
            int steps = draw.OneOf(1_000, 4_000), at = draw.OneOf(100, 300, 350);
            double peak = draw.OneOf(0.01, 0.4), floor = peak / 20, rate = Math.Round(new CosineDecay(peak, steps, floor).At(at), 6);
            return new($"A cosine decay from {peak} to {floor} over {steps:#,0} steps has the rate {rate} at t = {at}. Without another cosine: what is it at t = {steps - at:#,0}?",
                $"The two steps add up to T, so the two rates add up to peak + floor: {peak} + {floor} − {rate}.",
                new Part("rate", peak + floor - rate, 2e-6,
                    new Hint(peak - rate, "The two rates add up to peak plus floor. The floor is missing."),
                    new Hint(rate, "The curve is not the same from both ends. It is turned by half a turn about its middle.")));
        }),
        Number("which-t", Tenth, draw =>
        {
            int n = draw.OneOf(10, 100, 250);
            return new($"Which t does update number {n} use?", "t counts the updates already made, so the first update has t = 0.",
                new Part("t", n - 1, 0.25, new Hint(n, "Before the first update none has been made: it uses t = 0."), new Hint(n + 1, "Count from the first update, which uses t = 0.")));
        }),
        Flaw("two-clocks", Warm, "A warm-up of 500 steps, then a cosine that reaches 0 at step 4,500; the peak is 0.8. Which sentence is the first that is false?",
            "The cosine has a clock of its own: it has made 1,500 − 500 of its steps.",
            Wrong("1. The cosine has 4,000 steps.", "4,500 − 500: that is true."),
            Right("2. At step 1,500 it has gone 1,500 of them."),
            Wrong("3. A quarter of the way leaves about 85 % of the peak.", "True of every cosine with the floor 0."),
            Wrong("4. The rate at step 4,500 is 0.", "That is how the run was set up.")),
        Number("warm", Warm, draw =>
        {
            int warm = draw.OneOf(500, 1_000), rest = draw.OneOf(4_000, 8_000), at = warm + rest / 2;
            double peak = draw.OneOf(0.3, 0.6);
            return new($"Warm-up from 0 to {peak} over {warm:#,0} steps, then a cosine to 0 that ends at step {warm + rest:#,0}. What are the rates at t = {warm / 2} and at t = {at:#,0}?",
                "Half of the ramp is half of the peak; half of the cosine's own steps is half of the peak too.",
                new Part($"at {warm / 2}", peak / 2, 1e-6, new Hint(peak, "That is the end of the ramp."), new Hint(0, "That is its start.")),
                new Part($"at {at:#,0}", peak / 2, 1e-6,
                    new Hint(new CosineDecay(peak, warm + rest).At(at), "That is a cosine over the whole run. After a warm-up it has a clock of its own."),
                    new Hint(peak, "The peak comes where the warm-up ends.")));
        }),
        Number("budget", Cost, draw =>
        {
            double peak = draw.OneOf(0.002, 0.01), floor = peak * draw.OneOf(0.0, 0.1);
            int steps = draw.OneOf(2_000, 10_000);
            double area = steps * (peak + floor) / 2;
            return new($"What is the area under a cosine decay from {peak} to {floor} over {steps:#,0} steps?", "By the symmetry its mean is (peak + floor)/2, the same as a straight line's.",
                new Part("area", area, 1e-3 * area,
                    new Hint(steps * peak, "That would be a constant rate at the peak."),
                    new Hint(steps * (peak - floor) / 2, "The mean is half of the peak plus the floor, not of their difference.")));
        }),
        Choice("cheaper", Cost, "A linear warm-up from 0 is put before a cosine with the floor 0; peak and total length stay. What happens to the mean rate?",
            "The ramp averages half the peak, and so does the cosine.",
            Right("It stays the same."), Wrong("It falls, because the ramp is low.", "The ramp averages half the peak. So did the cosine steps that it replaces."),
            Wrong("It rises, because the cosine gets shorter.", "A shorter cosine has the same mean as a long one."), Wrong("That depends on the length of the warm-up.", "Both parts have the same mean, however long each is.")),
        Choice("steepest", Fast, "Where does a cosine fall fastest, and how does it compare with the straight line there?", "The slope goes with the sine: 0 at both ends, π/2 times the line's in the middle.",
            Right("At half-time, π/2 times as steep."), Wrong("At the start, twice as steep.", "At the start the sine is 0: the curve is flat."),
            Wrong("At the end, π times as steep.", "It lands softly: the slope at the end is 0."), Wrong("At half-time, and exactly as steep as the straight line.", "Flat ends must be made up for in the middle.")),
        Number("tenth", When, draw =>
        {
            int steps = draw.OneOf(1_000, 3_000, 9_000);
            double share = draw.OneOf(0.25, 0.75), exact = steps / Math.PI * Math.Acos(2 * share - 1);
            return new($"A cosine decay to 0 over {steps:#,0} steps: at which t is {share * 100:0} % of the peak left?", $"t = T/π · arccos(2s − 1) with s = {share}; the angle is {(share == 0.25 ? "2π/3" : "π/3")}.",
                new Part("t", exact, 0.6,
                    new Hint(steps * (1 - share), "That is the straight line's answer. Undo the cosine.", 0.6),
                    new Hint(steps - exact, "Mirrored: is more or less than half left?", 0.6)));
        }),
        Choice("cancel", Digits, "One step before the end of a long run, two right programs print rates that differ from the sixth digit on. Why?",
            "1 + cos x subtracts two numbers that agree in nearly every digit; the half-angle formula does not.",
            Right("One of them computes 1 + cos x where the cosine is almost −1."),
            Wrong("One of them counts its steps from 1.", "Then the rates would differ by far more than the sixth digit."),
            Wrong("One of them uses degrees.", "Then every rate would be wrong, from the first step on."),
            Wrong("Floating-point numbers have only six digits.", "Doubles have almost sixteen. They were lost in a subtraction.")),
        Choice("jump", Errata, "`else: lr = normal_schedule(step)` after a warm-up of 1,000 steps. What happens at step 1,000?",
            "The schedule has been counting from step 0, so it is already 1,000 steps down its curve.",
            Right("The rate jumps down, since the schedule is already on its way."), Wrong("Nothing: the two meet at the peak.", "They meet there only if the schedule starts at its own step 0."),
            Wrong("The rate jumps to 0.", "It jumps by the share that the schedule has already gone."), Wrong("The warm-up starts again.", "The branch is taken once and for the rest of the run.")));
}
