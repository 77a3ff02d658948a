using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 06.</summary>
static class AdaptiveQuiz
{
    const string Sum = "What does AdaGrad do?", Matrix = "A preconditioner that nobody has to provide", Fall = "How fast does an own rate fall?", Tune = "Is there nothing left to tune?",
        Forget = "Why forget? RMSProp", Without = "Can the rate be left out? AdaDelta", Adds = "What does Adam add?", Wander = "What does Adam do with noise alone?", Converge = "Does Adam always converge?",
        Proved = "What is proved about Adam?", Copies = "To which of two copies does the weight go?", Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("06-adaptive-rules",
        Choice("rare-word", Sum, "Why does the weight of a rare word gain from a rate of its own?", "The sum of squares, which divides η, grows only when the word comes up.",
            Right("Its rate falls only when the word is seen, so it is still high then."), Wrong("Its gradients are larger than the others'.", "They are rarer, not larger."),
            Wrong("It is given a higher η than a common word.", "η is one number for all. The divisors differ."),
            Wrong("The common words wait until it has been seen often enough.", "No weight waits for another. Each has a clock of its own.")),
        Number("two-steps", Sum, draw =>
        {
            var (first, second, root) = draw.OneOf((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 6, 10));
            double rate = draw.OneOf(0.1, 0.2);
            return new($"AdaGrad with η = {rate} and ε = 0. The gradients are {first} and then {second}. How long is the first step, and how long the second? (four decimals)",
                $"The first step is η, as √s is the size of the gradient. Then √({first}² + {second}²) = {root}, and the second is {rate} · {second}/{root} = {rate * second / root:0.####}.",
                new Part("first", rate, 6e-5, new Hint(rate * first, "It is divided by the root of its own square."),
                    new Hint(rate / first, "That is the own rate. Times the gradient it is the step.")),
                new Part("second", rate * second / root, 6e-5, new Hint(rate, "Only the first step is η: now s holds both squares."),
                    new Hint(rate * second / (first + second), "Add the squares and take the root, not the gradients themselves."),
                    new Hint(rate / root, "That is the own rate. Times the gradient it is the step."), new Hint(rate * second / (root * root), "Divide by the root of the sum.")));
        }),
        Choice("louder", Matrix, "The loss is multiplied by 1,000. What changes under AdaGrad with ε = 0?", "g and √s grow by the same factor, and it cancels in the step.",
            Right("Nothing: √s grows as g does, and the path stays."), Wrong("The steps get 1,000 times longer.", "So they would under plain descent. Here √s grows with g."),
            Wrong("The steps get 1,000 times shorter.", "The own rates do, and the gradients make up for it."),
            Wrong("The own rates stay, and the path changes.", "The own rates fall by 1,000, and the steps stay.")),
        Number("limit", Fall, draw =>
        {
            var (rho, root) = draw.OneOf((0.6, 0.8), (0.8, 0.6));
            double first = draw.OneOf(1.0, 2, 4), rate = draw.OneOf(0.1, 0.2), limit = rate * root / first;
            return new($"AdaGrad with η = {rate}. The first gradient is {first}, and each is {rho} times the one before. To which value does the own rate tend?",
                $"The squares add up to {first}²/(1 − {rho}²), so the own rate tends to η√(1 − ρ²)/|g₀| = {rate} · {root}/{first} = {limit:0.####}.",
                new Part("own rate", limit, 1e-3 * limit, new Hint(rate * root * root / first, "Divide by the root of the sum of squares."),
                    new Hint(rate * Math.Sqrt(1 - rho) / first, "The squares shrink by ρ², not by ρ."),
                    new Hint(rate / first, "That is the first own rate. The sum still grows a little."), new Hint(0, "The sum of the squares is finite, so the rate stops falling.", 1e-4),
                    new Hint(rate * root, "The size of the first gradient is missing.")));
        }),
        Flaw("no-tuning", Tune, "“AdaGrad needs no tuning.” Which sentence is the first that is false?", "The own rates adapt to each other. Their common factor η decides how far all of them go.",
            Wrong("1. AdaGrad gives every weight a rate of its own.", "η/(√s + ε), with the weight's own s."),
            Wrong("2. These rates adapt to each other.", "A weight with larger gradients gets a smaller rate."),
            Right("3. So any η leads to about the same loss."),
            Wrong("4. One enormous gradient at the start brakes its weight for the rest of the run.", "A sum never shrinks: that is true. An earlier sentence fails.")),
        Number("swing", Forget, draw =>
        {
            double rate = draw.OneOf(0.02, 0.04, 0.2), curvature = draw.OneOf(1.0, 10, 100);
            return new($"RMSProp with β = 0.9, ε = 0 and the constant rate {rate} runs without end on a parabola of curvature {curvature}. How far to either side does it swing?",
                $"In the end √s is the size of the gradient, so every step is η = {rate} long: from +a to −a is 2a.",
                new Part("swing", rate / 2, rate / 200, new Hint(rate, "That is a step, from one side to the other."),
                    new Hint(0, "The gradient goes down with the distance, and √s goes down with it.", rate / 200), new Hint(rate / (2 * curvature), "The curvature cancels: it is in g and in √s.")));
        }),
        Picture("no-rest", Forget, "The last 60 updates of a very long run of RMSProp on a parabola, at a constant rate and without noise. Which curve is the weight?",
            "Where the gradient is small, its mean square is small too. Their quotient stays 1 in size.",
            Right("side to side, always as far", Enumerable.Range(0, 60).Select(t => t % 2 == 0 ? 0.05 : -0.05)),
            Wrong("side to side, less and less", Enumerable.Range(0, 60).Select(t => (t % 2 == 0 ? 1 : -1) * Math.Pow(0.93, t)), "The step does not go to 0 with the gradient. Only a falling rate lets it come to rest."),
            Wrong("a line at rest", Enumerable.Range(0, 60).Select(t => 0.0), "It seems to rest for a while, until its memory has faded."),
            Wrong("a slow approach", Enumerable.Range(0, 60).Select(t => Math.Exp(-t / 15.0)), "So plain descent comes down at a low rate.")),
        Choice("first-delta", Without, "AdaDelta has no rate. What sets the size of its first step?", "At the start x is 0, and the gradient nearly cancels against its own mean square.",
            Right("ε and β, through √(ε/(1 − β))."), Wrong("The size of the first gradient.", "It cancels, unless it is as small as √ε."),
            Wrong("The root mean square of its past steps.", "There are none yet: x is 0."), Wrong("Nothing: the first step is 0.", "ε stands under the root with x, and lets it begin.")),
        Number("no-correction", Adds, draw =>
        {
            var (beta1, beta2, factor) = draw.OneOf((0.9, 0.9999, 10.0), (0.8, 0.99, 2.0), (0.5, 0.99, 5.0), (0.9, 0.9975, 2.0));
            return new($"Adam without bias correction, β₁ = {beta1}, β₂ = {beta2}, ε = 0. How long is its first step, in units of η? And with the correction?",
                $"m₁ is {1 - beta1:0.#}·g and √v₁ is √{1 - beta2:0.####}·|g|: the quotient is {factor}. Corrected, the first step is η.",
                new Part("without", factor, 0.01 * factor, new Hint(1, "That is the corrected one."), new Hint(1 / factor, "The other way round: √v₁ is the one that is far too small."),
                    new Hint((1 - beta1) / (1 - beta2), "v is a square: take the root of 1 − β₂."), new Hint(beta1 / Math.Sqrt(beta2), "At the first update the new gradient counts with 1 − β.")),
                new Part("with", 1, 1e-3, new Hint(factor, "The correction divides m₁ by 1 − β₁ and v₁ by 1 − β₂.")));
        }),
        Formula("adam", Adds, "Fill in the k-th step of Adam.", "The corrected mean gives the direction, the root of the corrected mean square the size.",
            "θ ← θ − η · {0} / ( {1} + ε ), where m̂ = m / ( {2} )",
            new Gap(Right("m̂"), Wrong("g", "That is RMSProp."), Wrong("m", "Then the start at 0 would not be corrected.")),
            new Gap(Right("√v̂"), Wrong("v̂", "v̂ has the unit of a squared gradient."), Wrong("|m̂|", "Then every step would have the length η, whatever the noise.")),
            new Gap(Right("1 − β₁ᵏ"), Wrong("1 − β₁", "That is right for the first update only."), Wrong("β₁ᵏ", "It tends to 0: late in the run the step would explode."))),
        Order("one-update", Adds, "Put one update of Adam in order.", "The memories first, then their corrected copies, then the quotient, then the rate.",
            "mix the gradient into m, and its square into v", "divide m and v by 1 − βᵏ, into new numbers", "divide m̂ by √v̂ + ε", "multiply by η and subtract from the weight"),
        Number("wandering", Wander, draw =>
        {
            var (beta1, step) = draw.OneOf((0.6, 0.5), (0.28, 0.75), (0.8, 1 / 3.0));
            double size = draw.OneOf(0.001, 1.0, 50);
            return new($"Adam with β₁ = {beta1} and a very long memory of squares sees nothing but noise of size {size}. How long is its typical step, in units of η? (two decimals)",
                $"m averages the noise to √((1 − {beta1})/(1 + {beta1})) = {step:0.##} of its size, and √v is its size.",
                new Part("step", step, 0.006, new Hint(step * size, "The size cancels: √v is that large too."), new Hint(step * step, "That is the variance of m. Take the root."),
                    new Hint(Math.Sqrt(1 - beta1), "Divide by 1 + β₁: the shares are 1 − β₁, times β₁, times β₁², and so on."), new Hint(0, "The mean is 0, but single steps are not.")));
        }),
        Number("round", Converge, draw =>
        {
            int n = draw.OneOf(4, 5, 10);
            double root = draw.OneOf(2.0, 4, 5);
            return new($"The slopes come in rounds of {n}: one is {n}, the other {n - 1} are −1. How far does a round move the weight, with its sign, in units of η: (a) if each step is the sign of its gradient with a minus, (b) if all are divided by the root of the largest v so far, {root * root}?",
                $"(a) One step left, {n - 1} right. (b) (−{n} + {n - 1})/{root}: one divisor for all keeps the sign of the sum.",
                new Part("(a)", n - 2, 1e-3, new Hint(2 - n, "The step goes against the gradient: −1 moves the weight to the right."), new Hint(n - 1, "One of them goes left."),
                    new Hint(-1, "Signs forget how large the slope is.")),
                new Part("(b)", -1 / root, 1e-3, new Hint(1 / root, "The sum of the slopes is +1, and a step goes against it."), new Hint(-1 / (root * root), "Divide by the root of v."),
                    new Hint((n - 2) / root, "Here the sizes count: the large slope outweighs the others.")));
        }),
        Choice("long-memory", Proved, "Adam goes the wrong way because the large gradients that tell the truth are rare. Which change helps?",
            "A long memory of gradients averages over the truth and the lies before anything is divided.",
            Right("A higher β₁, for a longer memory of gradients."),
            Wrong("A lower β₂, so that large squares are forgotten.", "Then a large gradient is divided by itself all the more. A higher β₂ helps."),
            Wrong("A lower η, so that no step does much harm.", "It makes the steps to both sides shorter, alike."),
            Wrong("A start nearer to the best place.", "The slopes do not depend on the place in this problem.")),
        Number("two-copies", Copies, draw =>
        {
            int times = draw.OneOf(2, 3, 4, 5);
            double plain = 100.0 / (1 + times * times), own = 100.0 / (1 + times);
            return new($"Column 2 is {times} times column 1, and both weights start at 0. Which share of the prediction comes from column 1 in the end, in per cent: under plain descent, and under AdaGrad? (one decimal)",
                $"Plain descent makes weights as 1 to {times}, so contributions as 1 to {times * times}: {plain:0.0} %. AdaGrad makes equal weights: {own:0.0} %.",
                new Part("plain descent", plain, 0.06, new Hint(own, $"Its weights differ too: the gradients are as 1 to {times}."), new Hint(50, "The gradients differ, and so do the weights."),
                    new Hint(100 - plain, "That is column 2's.")),
                new Part("AdaGrad", own, 0.06, new Hint(plain, "That is plain descent's. AdaGrad's steps are equal in both weights."), new Hint(50, "The weights are equal; the columns are not."),
                    new Hint(100 - own, "That is column 2's.")));
        }),
        Number("under-the-root", Errata, draw =>
        {
            int power = draw.OneOf(6, 8, 10, 12);
            return new($"An ε of 10^−{power} stands under the root, η/√(v + ε). For tiny v it acts like which ε beside the root, η/(√v + ε)? Give the exponent of 10.",
                $"√(v + ε) is √ε where v is tiny: 10^−{power / 2}.",
                new Part("exponent", -power / 2.0, 0.1, new Hint(-power, "Under the root it is compared with g², beside it with |g|."),
                    new Hint(-2.0 * power, "The other way: the root of a small number is larger."), new Hint(power / 2.0, "The sign: the exponent is below 0.")));
        }));
}
