using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 17.</summary>
static class NumericsQuiz
{
    const string After = "Which number comes after 1?", Vanish = "Which steps vanish?", Freeze = "Does the memory freeze too?", Back = "How do you get the steps back?", Price = "What do they cost?",
        Half = "What changes in float16?", Constants = "Where do constants and ε lose their digits?", Sums = "Does the order of a sum matter?", End = "What does a schedule lose at its end?", Resumed = "Does a resumed run go on bit for bit?";

    public static Quiz Quiz { get; } = new("17-numerics",
        Number("gap", After, draw =>
        {
            double x = draw.OneOf(0.75, 3, 5, 10);
            return new($"How wide is the gap after {x} in bfloat16, and in float16? A fraction will do.", $"The gap is that of the power of 2 at or below {x}, {Power(x)}: a 128th of it in bfloat16, and a 1,024th in float16.",
                new Part("bfloat16", Power(x) / 128, 5e-3 * Power(x) / 128, new Hint(1.0 / 128, "That is the gap from 1 to 2. It changes at every power of 2."), new Hint(x / 128, "Between two powers of 2 the gap stays the same."),
                    new Hint(Power(x) / 256, "That is half a gap, or the gap just below the power of 2.")),
                new Part("float16", Power(x) / 1_024, 5e-3 * Power(x) / 1_024, new Hint(1.0 / 1_024, "That is the gap from 1 to 2. It changes at every power of 2."), new Hint(x / 1_024, "Between two powers of 2 the gap stays the same."),
                    new Hint(Power(x) / 128, "That is bfloat16's. Float16 has three bits more.")));
        }),
        Choice("tie", After, "Half a gap is added to 1 a million times, and each sum is rounded to nearest. What comes out?", "Half a gap beyond 1 is a tie, which goes to the neighbour whose last bit is 0. That is 1, every time.",
            Right("1, as at the start."), Wrong("1 and a single gap: then it stops.", "A tie does not always go up. Here 1 has the even last bit."),
            Wrong("1 and half a million gaps, as in exact arithmetic.", "Nothing that is rounded off is kept for the next addition."),
            Wrong("About 1 and a quarter of a million gaps, by chance.", "Rounding to nearest throws no dice.")),
        Number("smallest", Vanish, draw =>
        {
            double weight = draw.OneOf(0.3, 3, 6);
            return new($"A weight of about {weight} is to grow, and u = −1. From which rate on does it move, rounded to nearest, in bfloat16 and in float16 (three digits)?", $"Half a gap: {Power(weight)} · 2⁻⁸ in bfloat16, and {Power(weight)} · 2⁻¹¹ in float16.",
                new Part("bfloat16", Power(weight) / 256, 0.005 * Power(weight) / 256, new Hint(Power(weight) / 128, "That is a whole gap. Half of it is enough."), new Hint(weight / 256, "Take the power of 2 at or below the weight."),
                    new Hint(1.0 / 256, "That is for a weight of 1.")),
                new Part("float16", Power(weight) / 2_048, 0.005 * Power(weight) / 2_048, new Hint(Power(weight) / 1_024, "That is a whole gap. Half of it is enough."),
                    new Hint(weight / 2_048, "Take the power of 2 at or below the weight."), new Hint(Power(weight) / 256, "That is bfloat16's. Float16 has three bits more.")));
        }),
        Choice("share", Vanish, draw =>
        {
            var (part, right) = draw.OneOf((600, 0), (2_000, 0), (400, 1), (300, 1), (200, 2), (100, 2));
            string[] texts = ["It is lost, whatever the weight.", "That depends on where the weight lies.", "It moves the weight, whatever it is.", "It is lost for weights above 1 only."];
            string[] replies = ["Only steps below 1/512 of the weight are always lost.", "It depends only from 1/512 to 1/256 of the weight.", "Only steps above 1/256 of the weight always count.", "Gaps grow with the weights, in steps of 2. No size is safe."];
            return new($"A step is 1/{part:#,0} of its bfloat16 weight, which is rounded to nearest. What becomes of it?", "Half a gap is between 1/512 and 1/256 of the weight, between any two powers of 2.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Picture("sum", After, "To 0 add 0.001 again and again, 2,000 times, and round each sum to bfloat16. Which curve is it?", "It climbs until 0.001 is less than half a gap. From then on nothing changes any more.",
            Right("A", Enumerable.Range(0, 60).Select(i => Sum(Enumerable.Repeat(0.001, 34 * i)))),
            Wrong("B", Enumerable.Range(0, 60).Select(i => 0.001 * 34 * i), "That is the exact sum. Bfloat16 has 8 significant bits."),
            Wrong("C", Enumerable.Range(0, 60).Select(i => Math.Sqrt(i)), "It does not slow down little by little. Once a step is lost, all later ones are."),
            Wrong("D", Enumerable.Range(0, 60).Select(i => i % 30.0), "It never falls back. It stands still.")),
        Number("stops", After, draw =>
        {
            double step = draw.OneOf(0.003, 0.01, 0.1), brief = Math.Pow(2, Math.Floor(Math.Log2(step)) + 9), half = 8 * brief;
            return new($"A sum starts at 0. Then {step} is added without end, and each sum is rounded to nearest. Where does it stop in bfloat16, and where in float16?", $"It stops where half a gap exceeds {step}: at {brief}, half a gap of bfloat16 is {brief}/256. Float16 has three bits more.",
                new Part("bfloat16", brief, 1e-3 * brief, new Hint(brief / 2, "There half a gap is still smaller than the step."), new Hint(2 * brief, "It stops one power of 2 earlier: there half a gap exceeds the step already."),
                    new Hint(256 * step, "Right for a power of 2. The gap changes only at powers of 2.", 0.01 * brief)),
                new Part("float16", half, 1e-3 * half, new Hint(half / 2, "There half a gap is still smaller than the step."), new Hint(brief, "That is bfloat16's. Float16 has three bits more."),
                    new Hint(2_048 * step, "Right for a power of 2. The gap changes only at powers of 2.", 0.01 * half)));
        }),
        Choice("freeze", Freeze, draw =>
        {
            var (beta, right) = draw.OneOf((0.95, 0), (0.99, 0), (0.999, 1), (0.9995, 1));
            string[] texts = ["It follows them down.", "It never falls.", "It falls to the next power of 2 and stops.", "It is 0 at once."];
            string[] replies = ["It must lose at least half a gap each time, 1/512 to 1/256 of itself.", "It loses more than 1/256 of itself each time, which always counts.", "Half a gap is 1/512 to 1/256 of v at every size: no power of 2 is a special place.", "It loses the same share of itself each time."];
            return new($"Adam's v is kept in bfloat16, rounded to nearest, with β₂ = {beta}. Large gradients are followed by tiny ones. What does v do?", $"It should lose {1 - beta:0.####} of itself at each update. Half a gap is between 1/512 and 1/256 of it.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Number("chance", Back, draw =>
        {
            int part = draw.OneOf(256, 512, 1_024), steps = draw.OneOf(64, 96, 128);
            return new($"A bfloat16 weight starts at 1, and each of {steps} steps adds 1/{part:#,0}, rounded by chance. With which chance does the first step move it? Where is it after all of them, on average?", $"The gap is 1/128, and the step is 128/{part:#,0} of it. Rounding by chance is right on average: 1 + {steps}/{part:#,0}.",
                new Part("chance", 128.0 / part, 1e-3, new Hint(0, "That is rounding to nearest."), new Hint(1 - 128.0 / part, "That is the chance to stay."), new Hint(1.0 / part, "Divide the step by the gap, 1/128.")),
                new Part("on average", 1 + (double)steps / part, 1e-3, new Hint(1, "That is rounding to nearest."), new Hint(1 + steps / 128.0, "That is a whole gap at each step.")));
        }),
        Formula("kahan", Back, "Fill in Kahan's step.", "The next step makes up for what was lost. What is lost now is what y asked for less what the weight did.",
            "y = −ηu + {0},   θ′ = θ + y, rounded,   lost ← {1} − {2}",
            new Gap(Right("lost"), Wrong("θ", "The weight comes in the next line."), Wrong("−lost", "It must be made up for, not taken off once more.")),
            new Gap(Right("y"), Wrong("−ηu", "Then what was lost before is forgotten."), Wrong("θ′", "What was asked for comes first.")),
            new Gap(Right("(θ′ − θ)"), Wrong("(θ − θ′)", "The weight moved by new less old."), Wrong("θ′", "Take what the weight moved by, not where it is."))),
        Number("bytes", Price, draw =>
        {
            int billions = draw.OneOf(2, 3, 7);
            return new($"{billions} billion weights under AdamW, and 16-bit gradients. How many gigabytes take: a bfloat16 copy with a float32 master, and m and v in float32; or Kahan's bfloat16 weights, and m and v in bfloat16?",
                "2 + 2 + 4 + 8 = 16 bytes a weight, or five times 2 bytes.",
                new Part("master", 16.0 * billions, 0.1, new Hint(14.0 * billions, "The gradient or the copy is missing: 2 bytes a weight."), new Hint(12.0 * billions, "The master stands beside the copy, and the gradient takes room too."),
                    new Hint(8.0 * billions, "Those are m and v.")),
                new Part("Kahan", 10.0 * billions, 0.1, new Hint(8.0 * billions, "Weight, gradient, lost part, m and v are five numbers."), new Hint(16.0 * billions, "All five numbers have 2 bytes each."),
                    new Hint(20.0 * billions, "All five numbers have 2 bytes each.")));
        }),
        Number("loss-scale", Half, draw =>
        {
            int small = draw.OneOf(30, 34, 38), large = draw.OneOf(2, 4, 6);
            return new($"Float16 holds numbers from 2⁻²⁴ to just below 2¹⁶. The gradients of a run lie between 2^−{small} and 2^−{large}. Between which powers of 2 must the loss scale lie, so that none vanishes and none overflows? Give the exponents.",
                $"2^−{small} must become at least 2⁻²⁴, and 2^−{large} less than 2¹⁶.",
                new Part("least", small - 24, 0.25, new Hint(24 - small, "The sign: small gradients must become larger."), new Hint(small, "It is enough to bring them up to 2⁻²⁴.")),
                new Part("greatest", 15 + large, 0.25, new Hint(16 + large, "That brings the largest to 2¹⁶, which is too large by a little."),
                    new Hint(15 - large, "The exponents of scale and gradient add up, and the gradient's is below 0."), new Hint(15, "That is for a gradient of 1.")));
        }),
        Choice("skipped", Half, "An overflow makes float16 training skip an update. What else does it change?", "A skipped update is no update. The scale is halved for the next batch.",
            Right("The scale, and neither schedule nor correction."), Wrong("The scale, and the schedule goes on by one step.", "A skipped update is no update: the schedule does not count it."),
            Wrong("The scale, and Adam's bias correction goes on by one.", "Adam saw no gradient. Its correction does not count it."),
            Wrong("Nothing else.", "At the same scale the next batch would most likely overflow too: it is halved.")),
        Number("becomes-one", Constants, draw =>
        {
            bool brief = draw.OneOf(true, false);
            double half = brief ? 1.0 / 512 : 1.0 / 4_096;
            return new($"Adam's β₂ is kept in {(brief ? "bfloat16" : "float16")}. From which value on does it become 1 (five decimals)?", $"Below 1 the gap is half as wide as above, {(brief ? "1/256" : "1/2,048")}. From half of it on, 1 is the nearest number.",
                new Part("β₂", 1 - half, 1e-5, new Hint(1 - 2 * half, "That is the last number before 1. It stays what it is."), new Hint(1 - 4 * half, "Below 1 the gap is half as wide as above, and half of that is enough."),
                    new Hint(0.999, "See which number comes before 1, and go half-way.")));
        }),
        Flaw("threads", Sums, "About sums on many threads. Which sentence is the first that does not follow?", "Fix an order that does not depend on the threads, and they change nothing.",
            Wrong("1. Every partial sum is rounded to its own gap.", "It is."), Wrong("2. So (a + b) + c and a + (b + c) need not agree.", "They are rounded at different places."),
            Wrong("3. So splitting a sum among threads can change its last digits.", "It can: that is another order."),
            Right("4. So a program on two threads cannot give the same bits as on one.")),
        Order("cosine", End, "Three ways to write one cosine, in float32, just before the end of the run. Put them in order of their error, the smallest first.", "Counting from the end rounds nothing near 1, the square subtracts nothing, and 1 + cos cancels.",
            "sin²(π/2 · (T − t)/T)", "cos²(π/2 · t/T)", "(1 + cos(π · t/T))/2"),
        Choice("bits", Resumed, "A run rounds by chance. Why need no generator's state be saved for it to go on bit for bit?", "Philox makes the bits anew from these four. The seed must stay the same.",
            Right("Its bits are a function of seed, tensor, update and index."), Wrong("Rounding by chance is right on average, whichever bits are drawn.", "On average it is. Bit for bit it is another run."),
            Wrong("The bits are kept in the weights.", "A weight does not tell how it was rounded."),
            Wrong("The generator starts anew with each update, from the clock.", "Then no run could be repeated at all.")));

    /// <summary>The power of 2 at or below a number.</summary>
    static double Power(double x) => Math.Pow(2, Math.Floor(Math.Log2(x)));

    /// <summary>A sum of which every partial sum is rounded to bfloat16.</summary>
    static double Sum(IEnumerable<double> terms) => terms.Aggregate(0.0, (sum, term) => NumberFormat.BFloat16.Nearest(sum + term));
}
