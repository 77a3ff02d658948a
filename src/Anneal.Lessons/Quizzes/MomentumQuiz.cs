using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 05.</summary>
static class MomentumQuiz
{
    const string Memory = "What does memory do to a zig-zag?", Forms = "Why do two recipes differ by a factor of ten?", One = "What happens in one direction?", Roots = "Which rate and which memory do what?",
        Best = "What is the best that memory can do?", Ratio = "Why does a measured ratio mislead?", Look = "Where does Nesterov look?", Ahead = "What does looking ahead buy?", Noise = "Does memory average the noise away?",
        Hills = "Does it roll over local minima?";

    public static Quiz Quiz { get; } = new("05-momentum",
        Number("sums", Memory, draw =>
        {
            double beta = draw.OneOf(0.5, 0.6, 0.8, 0.9), size = draw.OneOf(1.0, 2, 3);
            return new($"The memory is u ← βu + g with β = {beta}. Where does it settle if every gradient is {size}, and at which size if they are {size}, −{size}, {size}, … in turn? (three decimals)",
                $"The sums are g/(1 − β) = {size / (1 - beta):0.###} and g/(1 + β) = {size / (1 + beta):0.###}.",
                new Part("all the same", size / (1 - beta), 1e-3 * size / (1 - beta), new Hint(size, "The old ones count too, with β, β², and so on. Add the geometric sum."),
                    new Hint(size / (1 + beta), "That is the alternating case."), new Hint(size * beta / (1 - beta), "The newest gradient counts in full.")),
                new Part("in turn", size / (1 + beta), 1e-3, new Hint(0, "The newest counts most, so they do not quite cancel."),
                    new Hint(size, "The one before has the other sign and still counts with β."), new Hint(size / (1 - beta), "That is the case in which all agree.")));
        }),
        Number("convert", Forms, draw =>
        {
            double beta = draw.OneOf(0.8, 0.9, 0.95), rate = draw.OneOf(0.2, 0.5, 1.0), gradient = draw.OneOf(2.0, 4);
            return new($"A recipe averages gradients, m ← βm + (1 − β)g, with β = {beta} and the rate {rate}. Which rate takes the same steps in the form that adds, u ← βu + g? And how long is a step once the memory of a steady gradient of {gradient} is full?",
                $"u is m/(1 − β), so the rate is {1 - beta:0.##} · {rate}. A full average of a steady {gradient} is {gradient}, so the step is {rate} · {gradient}.",
                new Part("rate", (1 - beta) * rate, 1e-4 * rate, new Hint(rate / (1 - beta), "Adding makes the memory larger, so the rate must be lower."),
                    new Hint(rate, "Then the steps would be 1/(1 − β) times as long."), new Hint(beta * rate, "The factor between the two memories is 1 − β.")),
                new Part("step", rate * gradient, 1e-3 * rate * gradient, new Hint((1 - beta) * rate * gradient, "That is the first step, while the memory is nearly empty."),
                    new Hint(rate * gradient / (1 - beta), "An average of equal numbers is that number.")));
        }),
        Choice("parting", Forms, "Two runs, one adding and one averaging, with the rates converted. What makes them part?",
            "Both memories are multiplied by the rate of now, but the conversion has one β in it.",
            Right("A change of β during the run."), Wrong("A rate that falls during the run.", "Both forms multiply their memory by the rate of now, so they stay together."),
            Wrong("Noise on the gradients.", "On the same gradients, noisy or not, one memory is always 1 − β times the other."),
            Wrong("A long valley.", "The forms see only gradients. On the same ones they take the same steps.")),
        Number("two-places", One, draw =>
        {
            var (beta, a) = draw.OneOf((0.5, 0.2), (0.9, 0.1), (0.8, 0.5), (0.5, 0.4));
            double first = 1 - a, second = (1 + beta - a) * first - beta;
            return new($"A ball is let go at rest at x = 1 on a parabola: β = {beta}, and rate times curvature is {a}. Where is it after one step, and after two?",
                $"x₁ = 1 − {a} = {first:0.##}, and x₂ = (1 + {beta} − {a})·{first:0.##} − {beta}·1 = {second:0.###}.",
                new Part("after one", first, 1e-4, new Hint(1 + beta - a, "At rest the memory is empty: the place before is 1 too."), new Hint(a, "That is the way covered. Where is the ball?")),
                new Part("after two", second, 1e-4, new Hint(first * first, "That is plain descent. A share β of the last movement comes on top."),
                    new Hint((1 + beta - a) * first, "The place before is missing: subtract β times it."),
                    new Hint(first * first + beta * a, "The last movement went down, from 1: its share has a minus.")));
        }),
        Choice("kinds", Roots, draw =>
        {
            var (beta, a, right) = draw.OneOf((0.25, 0.2, 0), (0.25, 1.0, 1), (0.25, 2.4, 2), (0.25, 3.0, 3), (0.36, 0.1, 0), (0.36, 1.2, 1), (0.36, 2.6, 2), (0.36, 3.1, 3));
            double root = Math.Sqrt(beta), low = (1 - root) * (1 - root), high = (1 + root) * (1 + root), edge = 2 + 2 * beta;
            string[] texts = ["It comes down and never passes 0.", "It ripples: it passes 0 now and then, and fades.", "It zig-zags: it changes sides at every step, and fades.", "It diverges."];
            string[] replies = [$"That needs ηh up to {low:0.##}.", $"That needs ηh between {low:0.##} and {high:0.##}.", $"That needs ηh between {high:0.##} and {edge:0.##}.", $"That needs ηh above {edge:0.##}."];
            return new($"The heavy ball with β = {beta}, and rate times curvature ηh = {a}. What does a run do?",
                $"The borders are (1 − √β)² = {low:0.##}, (1 + √β)² = {high:0.##} and 2 + 2β = {edge:0.##}.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Number("borders", Roots, draw =>
        {
            double a = draw.OneOf(0.04, 0.09, 0.16, 0.36), root = Math.Sqrt(a), high = draw.OneOf(2.4, 3.0, 3.6);
            return new($"(a) ηh = {a}: up to which β does the ball come down without passing 0? (b) ηh = {high}: from which β on does the run not diverge?",
                $"(a) √β = 1 − √{a} = {1 - root:0.#}, squared. (b) {high} = 2 + 2β.",
                new Part("(a)", (1 - root) * (1 - root), 1e-4, new Hint(1 - root, "That is √β."), new Hint(1 - a, "The border is ηh = (1 − √β)²: take the root first."),
                    new Hint((1 + root) * (1 + root), "That is above 1. The lower border is asked for.")),
                new Part("(b)", high / 2 - 1, 1e-4, new Hint(high - 2, "The edge is 2 + 2β, so halve it."),
                    new Hint((Math.Sqrt(high) - 1) * (Math.Sqrt(high) - 1), "There the zig-zag begins. It diverges only above 2 + 2β.")));
        }),
        Picture("ball", Roots, "A ball is let go at rest. β = 0.9, and rate times curvature is 0.25. Which curve is its place?",
            "0.25 lies between (1 − √0.9)² = 0.0026 and 3.8: ripples, with the factor √0.9 per step.",
            Right("waves that fade", Roll(0.25, 0.9)), Wrong("a slow slide", Roll(0.002, 0.9), "That needs a rate times curvature below (1 − √β)², which is 0.0026 here."),
            Wrong("an edge at every step", Roll(2.45, 0.25), "Changing sides at every step needs 3.797 or more here."),
            Wrong("waves that grow", Enumerable.Range(0, 60).Select(t => Math.Pow(1.04, t) * Math.Cos(t / 2.0)), "It diverges only above 2 + 2β = 3.8.")),
        Number("best", Best, draw =>
        {
            var (low, high) = draw.OneOf((1.0, 9.0), (1.0, 49.0), (4.0, 36.0), (1.0, 81.0));
            var (rate, beta) = QuadraticRates.BestHeavyBallSetting(low, high);
            double factor = Math.Sqrt(beta);
            return new($"The curvatures lie between {low} and {high}. What are the heavy ball's best rate, and its factor per step there? (four decimals)",
                $"η = 4/(√L + √μ)² = {rate:0.####}, and the factor is (√κ − 1)/(√κ + 1) = {factor:0.####}.",
                new Part("rate", rate, 6e-5, new Hint(2 / (low + high), "That is gradient descent's best rate."), new Hint(1 / high, "Memory allows a higher rate than 1/L."),
                    new Hint(4 / (low + high), "Add the roots, and square the sum.")),
                new Part("factor", factor, 6e-5, new Hint((high - low) / (high + low), "That is gradient descent's factor. With memory √κ takes the place of κ."),
                    new Hint(beta, "That is the best β. The factor is its root."), new Hint(1 - factor, "That is what a step takes away. How much is left?")));
        }),
        Choice("root-kappa", Best, draw =>
        {
            int times = draw.OneOf(100, 10_000);
            double root = Math.Sqrt(times);
            return new($"The condition number grows {times:#,0}-fold. What happens to the steps that the heavy ball needs at its best setting, for large κ?",
                "A factor e takes about √κ/2 steps, where gradient descent takes κ/2.",
                Right($"About {root:0} times as many."), Wrong($"About {times:#,0} times as many.", "That is gradient descent. Memory buys the root."),
                Wrong("Nothing: in the ripples the factor is √β.", "It does not depend on the curvature there. But the best β goes up with κ."),
                Wrong("About as many, with a lower rate.", "The rate goes down and β must go up: then the ripples fade more slowly."));
        }),
        Order("fastest", Ahead, "A valley has the curvatures 1 and 25. Put the runs in order of their factor per step, the slowest first.", "The factors are 24/25, 12/13, 4/5 and 2/3.",
            "gradient descent at the rate 1/25", "gradient descent at its best rate, 1/13", "Nesterov at the rate 1/25, β = 2/3", "the heavy ball at its best setting"),
        Choice("settled", Ratio, "At the best setting, a run on κ = 25 is below 10⁻¹⁶, and its last two distances have the ratio 0.673. Is its factor 0.673?",
            "At the best setting two roots coincide, and the distance is (1 + ct)·ρᵗ: the ratio comes near ρ only like 1/t.",
            Right("No: the ratio is still about 1/t too large."), Wrong("Yes: the run has settled.", "A tiny distance says nothing about the ratio."),
            Wrong("No: at that size rounding decides.", "Rounding is relative to the distance, so small distances are as exact as large ones."),
            Wrong("Yes: the formula 2/3 holds only for one direction.", "The formula is exact. The eigenvalues of the step's matrix give 2/3.")),
        Formula("nesterov", Look, "Fill in Nesterov's momentum.", "It looks where the memory alone would take the weights, takes the gradient there, and then makes the step.",
            "u ← {0} · u + ∇f(θ − {1} · u), then θ ← θ − {2} · u",
            new Gap(Right("β"), Wrong("η", "The rate multiplies the whole memory at the step."), Wrong("1", "Then nothing would ever be forgotten.")),
            new Gap(Right("ηβ"), Wrong("β", "A memory is a sum of gradients, and a gradient is not a place: the rate is missing."),
            Wrong("−β", "That is the misprint: it looks back where the ball came from, and without the rate.")),
            new Gap(Right("η"), Wrong("ηβ", "The new memory already holds β times the old one."), Wrong("1 − β", "That would be a part of the averaging form."))),
        Number("edges-here", Ahead, draw =>
        {
            double beta = draw.OneOf(0.25, 0.5, 0.75), ball = 2 + 2 * beta, ahead = ball / (1 + 2 * beta);
            return new($"β = {beta}. Above which rate times curvature does the heavy ball diverge, and above which does Nesterov's momentum? (three decimals)",
                $"2 + 2β = {ball}, and (2 + 2β)/(1 + 2β) = {ahead:0.###}.",
                new Part("heavy ball", ball, 1e-3, new Hint(2, "That is without memory."), new Hint((1 + Math.Sqrt(beta)) * (1 + Math.Sqrt(beta)), "There the zig-zag begins. It still fades."),
                    new Hint(ahead, "That is Nesterov's.")),
                new Part("Nesterov", ahead, 1e-3, new Hint(ball, "That is the heavy ball's. Looking ahead has a price."), new Hint(2, "That is without memory."),
                    new Hint(2 / (1 + 2 * beta), "The numerator is the heavy ball's edge, 2 + 2β.")));
        }),
        Flaw("free-batch", Noise, "Momentum 0.9 in the adding form, at the rate of plain descent. Which sentence is the first that is false?",
            "The noise of a gradient is used ten times over too. The run settles as at ten times the rate.",
            Wrong("1. A full memory holds a steady gradient ten times over.", "1/(1 − 0.9) = 10."),
            Wrong("2. The mean of ten independent errors has a tenth of their variance.", "That is what a batch of ten buys."),
            Right("3. So the run settles nearer to the minimum than plain descent."),
            Wrong("4. A lower rate would let it settle nearer.", "The ball is about η/(1 − β) · σ²/(2μ). An earlier sentence fails.")),
        Number("ball-sizes", Noise, draw =>
        {
            double beta = draw.OneOf(0.9, 0.8, 0.5), rate = draw.OneOf(0.01, 0.02), like = rate / (1 - beta);
            return new($"A noisy parabola of curvature 1 and noise of variance 1, momentum β = {beta} in the adding form, rate {rate}. Like which rate of plain descent does it act, and where does E x² settle, roughly? (within 4 %)",
                $"Like η/(1 − β) = {like:0.###}, and E x² is about half of that, {like / 2:0.####}.",
                new Part("rate", like, 0.01 * like, new Hint(rate, "Each gradient is used again and again, in fading shares."), new Hint(rate * (1 - beta), "Memory adds up: divide by 1 − β."),
                    new Hint(rate / (1 + beta), "That is what happens to gradients that alternate.")),
                new Part("E x²", like / 2, 0.04 * like / 2, new Hint(rate / 2, "That is plain descent's. Memory does not leave the noise as it is."),
                    new Hint(like, "The ball is the rate times σ²/(2μ): halve it."), new Hint(rate * (1 - beta) / 2, "Memory does not average the noise away.")));
        }),
        Choice("hollows", Hills, "Does momentum help over local minima?", "A ball with enough memory rolls over a hollow. It does not know which hollow is the best.",
            Right("Sometimes, but it may roll over the lowest point as well."), Wrong("Always, if β is high enough.", "Above β = 0.94 the end in the example jumps from hollow to hollow."),
            Wrong("Never, since it follows the gradient.", "On the bumps, β = 0.9 rolled through and reached the lowest point."),
            Wrong("Only if the gradients are noisy enough to lift it out of a hollow.", "The bumps of the lesson have no noise.")));

    /// <summary>The places of a ball let go at rest at 1, at this rate times curvature.</summary>
    static double[] Roll(double a, double beta)
    {
        var x = new double[60];
        x[0] = 1;
        for (int t = 1; t < x.Length; t++)
            x[t] = (1 + beta - a) * x[t - 1] - beta * x[Math.Max(0, t - 2)];
        return x;
    }
}
