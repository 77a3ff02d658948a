using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 03.</summary>
static class ConvergenceQuiz
{
    const string Cost = "What can one step cost?", Sums = "What do two sums buy?", Which = "Which schedules meet the conditions?", Constant = "What is wrong with a constant rate?",
        Travel = "How far does 1/t² travel?", Necessary = "Are the conditions necessary?", Line = "And the line that is used in practice?", Average = "Which weights do you keep, the last or an average?",
        Convexity = "What does convexity promise?", Speed = "How fast, and why 1/t?", Small = "What if c is too small?", Arrive = "Does gradient 0 mean that the weights arrive?";

    public static Quiz Quiz { get; } = new("03-sgd-convergence",
        Formula("descent", Cost, "One noisy step on a loss that never curves more than L. Fill in what it gains and what the noise costs.",
            "The gain is proportional to the rate, the price of the noise to its square.",
            "gain: {0} · (1 − Lη/2) · ‖∇f‖²,   price: ½ · {1} · {2} · σ²",
            new Gap(Right("η"), Wrong("η²", "The gain comes from the slope, and a step along it is η long."), Wrong("1/η", "A higher rate gains more, as long as it is small.")),
            new Gap(Right("L"), Wrong("μ", "The worst case counts: the largest curvature."), Wrong("1/L", "The more a loss curves, the more the noise costs.")),
            new Gap(Right("η²"), Wrong("η", "The noise moves the weights by ηξ, and the curvature charges its square."), Wrong("√η", "The noise moves the weights by ηξ, and the curvature charges its square."))),
        Number("one-step", Cost, draw =>
        {
            double steepest = draw.OneOf(4.0, 5, 10), gradient = draw.OneOf(2.0, 3, 6);
            return new($"Without noise, L = {steepest} and ‖∇f‖ = {gradient}. Which rate makes the gain that the lemma promises largest, and how large is it?",
                "The gain η(1 − Lη/2)‖∇f‖² is 0 at 0 and at 2/L, and largest half-way: ‖∇f‖²/(2L).",
                new Part("rate", 1 / steepest, 1e-4, new Hint(2 / steepest, "That is where the promise ends. It is largest half-way."), new Hint(1 / (2 * steepest), "Half-way between 0 and 2/L is 1/L.")),
                new Part("gain", gradient * gradient / (2 * steepest), 1e-3,
                    new Hint(gradient * gradient / steepest, "The bracket 1 − Lη/2 is ½ there."), new Hint(gradient / (2 * steepest), "The gradient enters squared.")));
        }),
        Choice("halve", Cost, "With noise, you halve a rate that is already small. What happens to one step?", "The gain is proportional to η, the price of the noise to η².",
            Right("About half the progress, a quarter of the damage."), Wrong("Half the progress and half the damage.", "The damage goes with the square of the rate."),
            Wrong("A quarter of the progress, half the damage.", "The other way round: the progress is the linear part."), Wrong("The same progress with half the damage.", "A shorter step along the same slope gains less.")),
        Choice("far-enough", Sums, "What goes wrong if the sum of all rates is finite?", "The weights travel at most that sum times the largest gradient.",
            Right("A start too far away is never left behind."), Wrong("The noise never dies out.", "That is what the other sum is about, the sum of squares."),
            Wrong("The run diverges.", "It stops too early. Diverging takes rates that are too high."), Wrong("Nothing: finite sums are what the conditions ask for.", "They ask for an infinite sum of rates and a finite sum of squares.")),
        Number("powers", Which, draw =>
        {
            return new("For rates (t + 1)^−p both conditions hold for p above one number, up to another. Which two?", "Σ t^−p is infinite up to p = 1; Σ t^−2p is finite above p = ½.",
                new Part("above", 0.5, 1e-9, new Hint(1, "That is where the sum of the rates stops being infinite."), new Hint(0, "At p = 0.4, for example, the sum of squares Σ t^−0.8 is infinite.")),
                new Part("up to", 1, 1e-9, new Hint(2, "At p = 2 the sum of the rates is finite: the run stops on the way."), new Hint(0.5, "Between ½ and 1 both conditions hold.")));
        }),
        Choice("fails-second", Which, "Which of these schedules keeps both conditions of Robbins and Monro?", "Only the tail counts, and t^−0.8 lies between ½ and 1.",
            Right("0.1 / (t + 1)^0.8"), Wrong("a cosine with restarts", "It comes back to its peak again and again: the sum of squares is infinite."),
            Wrong("0.1 · 0.999^t", "An exponential decay travels only so far: the sum of the rates is finite."), Wrong("1/√t down to a floor of 10⁻⁶", "From the floor on it is a constant rate, however low.")),
        Number("ball", Constant, draw =>
        {
            double mu = draw.OneOf(0.5, 1, 2), rate = draw.OneOf(0.1, 0.2, 0.4), ball = rate / (mu * (2 - rate * mu));
            return new($"A noisy parabola, μ = {mu} and σ² = 1, constant rate {rate}. Where does the mean of x² settle? (four decimals)", $"ησ²/(μ(2 − ημ)) = {ball:0.0000}.",
                new Part("mean of x²", ball, 6e-5, new Hint(rate / (2 * mu), "That is the rule for small rates. Keep the term −ημ."), new Hint(Math.Sqrt(ball), "That is the radius. The question asks for its square.")));
        }),
        Choice("smaller-ball", Constant, "You want a noise ball of half the radius. By how much do you lower a small constant rate?", "The squared radius is about ησ²/(2μ): half the radius is a quarter of its square.",
            Right("To a quarter."), Wrong("To a half.", "That halves the squared radius; the radius shrinks by √2 only."), Wrong("By the factor √2.", "The root goes the other way: the radius goes with √η."), Wrong("No rate will do; only less noise helps.", "The ball shrinks with the rate. It only costs time.")),
        Number("share-left", Travel, draw =>
        {
            var (mu, text) = draw.OneOf((0.25, "1/4"), (1.0 / 9, "1/9"), (1.0 / 16, "1/16"));
            double angle = Math.PI * Math.Sqrt(mu), share = Math.Sin(angle) / angle;
            return new($"Without noise, with the rate 1/t² for t = 1, 2, … and curvature {text}: which share of the start is left forever? (three decimals)", "The product of all factors 1 − μ/t² is sin(π√μ)/(π√μ).",
                new Part("share", share, 6e-4, new Hint(1 - share, "That is the share that is covered."), new Hint(1 - mu, "That is after the first step. The others take some more."),
                    new Hint(Math.Sin(Math.PI * mu) / (Math.PI * mu), "The root of μ enters, not μ itself.")));
        }),
        Flaw("trap", Travel, "Somebody tests whether 1/t² is too short. Which sentence is the first that does not follow?", "At μ = 1 one step happens to land on the optimum. A test with one curvature proves nothing.",
            Wrong("1. The test used the curvature 1, the rates 1/t² and no noise.", "That describes the test."),
            Wrong("2. After the first step the weight was exactly 0.", "1 − 1/1² is 0: that is true."),
            Right("3. So 1/t² is long enough."),
            Wrong("4. If it is long enough for a parabola, it may still be too short for other losses.", "A fair caution; an earlier sentence fails.")),
        Choice("necessary", Necessary, "1/√t fails the second condition. What happens on the noisy parabola?", "Old noise has shrunk since; the error follows the ball of the present rate, which goes to 0.",
            Right("The error goes to 0 all the same, only more slowly."), Wrong("The error stops at a fixed noise ball.", "The ball belongs to a rate, and this rate goes to 0."),
            Wrong("The run diverges, because the noise adds up without end.", "The parabola shrinks old noise at every step."), Wrong("The run stops on the way.", "Its sum of rates is infinite: it travels as far as it must.")),
        Choice("floor", Line, "A straight line down to a small rate, which then stays. What does it buy, and what does it fail?", "From then on it is a constant rate: a small ball, reached without the small rate's long way.",
            Right("A small noise ball without the long way; it is never quiet."), Wrong("Convergence to the optimum; it fails nothing.", "A constant tail ends in a ball."),
            Wrong("More distance; its sum of rates is finite.", "A constant tail has an infinite sum."), Wrong("A smaller ball than its last rate allows.", "The ball is that of the last rate.")),
        Choice("average", Average, "Why can the average of many weights be better than the last one, even at a constant rate?", "The noise ball has its middle at the optimum. In a bent valley that is no longer true.",
            Right("The ball's middle is the optimum, so the noise averages out."), Wrong("Early weights are closer to the optimum.", "They are farther away. One averages the last part of the run."),
            Wrong("An average always has a lower loss.", "On the floor of a bent valley the point half-way between two good ones can be bad."), Wrong("It has a lower rate.", "The rate drops out: the average of n weights comes down to about σ²/(nμ²).")),
        Choice("convex", Convexity, "What does convexity promise where the gradient is 0?", "The tangent there is level, and a convex loss lies above its tangents.",
            Right("A global minimum."), Wrong("A strict minimum, the only one.", "A convex loss can have a flat floor with many minima."), Wrong("A local minimum, but perhaps not the lowest.", "The whole loss lies above the level tangent."), Wrong("A saddle or a minimum.", "No direction of a convex loss curves downwards.")),
        Order("derivation", Speed, "Put the steps that lead to the recursion of the squared distance in order.", "Subtract, square, average, then one assumption for each of the two terms that are left.",
            "subtract the optimum from the update", "square both sides", "average over the noise", "bound the middle term by strong convexity", "bound the last term by G²"),
        Number("slope", Small, draw =>
        {
            double product = draw.OneOf(0.1, 0.2, 0.3, 2.0);
            double slope = product < 0.5 ? -2 * product : -1;
            return new($"The rate is c/(t + 1) with cμ = {product}, on the noisy parabola. Which slope does the error E x² have on logarithmic axes, after many updates?",
                "Above cμ = ½ the noise of all steps decides: slope −1. Below, the start is forgotten too slowly: slope −2cμ.",
                new Part("slope", slope, 1e-6,
                    new Hint(-slope, "It falls: mind the sign."), new Hint(-product, "That is the slope of x itself. The error is its square."),
                    new Hint(product < 0.5 ? -1 : -2 * product, product < 0.5 ? "Slope −1 needs cμ above ½." : "The start would fall that fast. The noise does not: it gives −1.")));
        }),
        Flaw("weights-arrive", Arrive, "Loss ln(1 + e^−x), rates 1/(t + 1), bounded noise. Which sentence is the first that does not follow?", "The loss falls towards 0 and never gets there. The weight runs away.",
            Wrong("1. Both conditions hold for this schedule.", "1/(t + 1) keeps both."), Wrong("2. The mean squared gradient comes as close to 0 as you like.", "The loss is smooth, bounded below, and the noise bounded: it does."),
            Wrong("3. Where the gradient of a convex loss is 0, there is a global minimum.", "That is what convexity promises."), Right("4. So the weight converges to a minimum.")));
}
