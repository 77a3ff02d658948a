using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 15.</summary>
static class WarningsQuiz
{
    const string Log = "What can you log?", Diverged = "When has a run diverged?", Before = "What happens before the loss rises?", Warns = "Which number warns, and how often in vain?",
        Twenty = "How much depends on the twenty runs?", Cures = "What do warm-up, clipping and QK-norm buy?", Curvature = "What about curvature?", Rings = "What do you do when it rings?";

    public static Quiz Quiz { get; } = new("15-warning-signs",
        Number("first-update", Log, draw =>
        {
            int side = draw.OneOf(30, 64, 100);
            double rate = draw.OneOf(0.001, 0.002), whole = rate * side;
            return new($"Adam without decay, the rate {rate}, a matrix of {side} × {side} weights. Which norm should the very first update have? And which norm would you measure if only a quarter of the weights moved?",
                $"Every weight moves by {rate}, so the norm is {rate} · √({side}²) = {whole:0.###}. A quarter of the weights have half of it.",
                new Part("expected", whole, 0.005 * whole, new Hint(rate, "That is how far each weight moves. A norm adds up squares."), new Hint(rate * side * side, "A norm is the root of the sum of squares.")),
                new Part("measured", whole / 2, 0.005 * whole, new Hint(whole / 4, "Squares are added up: the root of a quarter is a half."), new Hint(whole * Math.Sqrt(0.75), "That is if three quarters moved.")));
        }),
        Choice("compare", Log, "The loss falls. In the gains of the norms the measured update is 0, and elsewhere it is what the rule says. What do you check first?", "The gains are 1, and bfloat16 has no other number that close to 1. The rule asks for a step, and storage swallows it.",
            Right("How many bits a weight is stored with."), Wrong("Whether the rate is too low for the gains.", "A low rate makes small updates. It never makes one of exactly 0."),
            Wrong("Whether the gradient of the gains has vanished.", "Adam moves a weight by the rate, however small its gradient."),
            Wrong("Nothing, as the loss falls.", "It falls because other tensors learn. It tells nothing about these.")),
        Number("onset", Diverged, draw =>
        {
            var (losses, rise) = draw.OneOf((new[] { 3, 2.6, 2.4, 2.5, 2.65, 2.5, 2.9, 3 }, 4), (new[] { 3, 2.7, 2.4, 2.3, 2.55, 2.4, 2.35, 2.3 }, 5), (new[] { 3.1, 2.8, 2.5, 2.45, 2.6, 2.5, 2.7, 2.9 }, 5));
            int onset = Onset(losses);
            return new($"Losses, each the mean of 20 updates: {string.Join(", ", losses.Select(loss => $"{loss:0.0#}"))}. With which of them, counted from 1, does the run's divergence begin? Type 0 if the run is healthy.",
                onset == 0 ? "There is a spike, but the run ends at its lowest loss: it has healed." : $"Number {onset}, {losses[onset - 1]:0.0#}, is the first that is 0.2 above the lowest so far, {losses[..onset].Min():0.0#}. The run ends higher still.",
                new Part("loss", onset, 0.25, new Hint(rise, onset == 0 ? "There it spikes, and then it comes back down." : "It rises there, but by less than 0.2."),
                    new Hint(8, onset == 0 ? "It ends at its lowest loss." : "There it is that high as well. When was it for the first time?"),
                    new Hint(0, "It ends more than 0.2 above its lowest loss.")));
        }),
        Order("death", Before, "Put the lesson's account of the lost run in order.", "Nothing pulls the logits back once one share is 1, and the loss tells last.",
            "queries and keys grow with the weights", "one logit is far above the others", "one share is 1 and all others are 0", "the gradient of the logits vanishes", "the loss rises"),
        Number("logit", Cures, draw =>
        {
            double times = draw.OneOf(3.0, 4, 5);
            int size = draw.OneOf(16, 64, 100);
            return new($"Queries and keys have {size} numbers, and both grow {times}-fold. By which factor does a logit grow? How large can a logit be with QK-norm, while its gains are 1?",
                $"A logit is q · k/√d, so it grows by {times}². With QK-norm the lengths of q and k are √{size}, and {size}/√{size} is the most.",
                new Part("factor", times * times, 1e-6, new Hint(times, "Both grow: their product grows with the square."), new Hint(2 * times, "It is a product of the two, not their sum.")),
                new Part("largest", Math.Sqrt(size), 1e-6, new Hint(size, "That is q · k. Divide by √d."), new Hint(1, "The root mean square is 1, so the length is √d.")));
        }),
        Number("judge", Warns, draw =>
        {
            double[] leads = draw.OneOf(new[] { 40.0, 15, 5, 0, 30 }, new[] { 5.0, 60, 0, 25, 20 }, new[] { 15.0, 5, 0, 5, 35 });
            int rang = draw.OneOf(2, 3, 5);
            return new($"In five diverged runs an alarm rings {string.Join(", ", leads)} updates before the onset; 0 means too late. Of 20 healthy runs, {rang} cross its threshold once. How many per cent of the diverged runs are warned, how many per cent of the healthy ones give a false alarm, and what is the median lead?",
                $"A warning comes at least 10 updates before the onset. {rang} of 20 healthy runs ring, and a single crossing counts. The median is the third of the five in order.",
                new Part("warned, %", 20.0 * leads.Count(lead => lead >= 10), 0.5, new Hint(20.0 * leads.Count(lead => lead > 0), "A warning must come at least 10 updates before the onset.")),
                new Part("false alarms, %", 5.0 * rang, 0.5, new Hint(4.0 * rang, "Of the healthy runs, not of all 25."), new Hint(0, "One crossing is enough for a false alarm.")),
                new Part("median lead", leads.Order().ElementAt(2), 0.25, new Hint(leads.Average(), "That is the mean. The median is the middle one in order."), new Hint(leads[2], "Put them in order first.")));
        }),
        Choice("never-late", Warns, "Update over weights warned of 93 % of the diverged runs, 400 updates ahead. Why is it a poor alarm all the same?", "It rang in 31 % of the healthy runs, mostly in the first 50 updates, so it says nothing about what happens later.",
            Right("It rings at the start, in healthy runs too."), Wrong("It costs a forward pass.", "Weights and update are there anyway. It costs none."),
            Wrong("400 updates are too long to do anything about it.", "A long lead would be welcome, if it meant something."),
            Wrong("It says the same as the loss, only in other units.", "It rings long before the loss. But it rings in healthy runs as well.")),
        Choice("rate-row", Warns, "Why is the rate itself judged as an alarm?", "The rate is known before the run. As an alarm it warned of 88 % with 33 % false alarms.",
            Right("A signal that does no better has told nothing new."), Wrong("It is the cheapest signal, and it also has the longest lead.", "Its lead was not the longest. It sees nothing of what happens in a run."),
            Wrong("Its threshold is 2/L, the limit of stability.", "Its threshold was set by the twenty runs, like every other."),
            Wrong("It changes during a run and so warns at the right time.", "It is known beforehand. It sees nothing of the run.")),
        Number("rings", Warns, draw =>
        {
            double diverge = draw.OneOf(2.0, 5, 10), hit = draw.OneOf(60.0, 80), wrong = draw.OneOf(5.0, 10);
            double rings = diverge * hit + (100 - diverge) * wrong, silent = diverge * (100 - hit) + (100 - diverge) * (100 - wrong);
            return new($"An alarm rings in {hit} % of the runs that diverge and in {wrong} % of the healthy ones. {diverge} runs in 100 diverge. With what chance, in per cent, does a run diverge in which it rings, and one in which it stays silent (one decimal)?",
                $"Of 100 runs {diverge * hit / 100:0.##} diverge and ring, and {(100 - diverge) * wrong / 100:0.##} are healthy and ring.",
                new Part("it rings", 100 * diverge * hit / rings, 0.06, new Hint(hit, "That is how often it rings if a run diverges. The question is the other way round."),
                    new Hint(100 - wrong, "That is how often a healthy run is silent."), new Hint(diverge * hit / 100, "So many of 100 runs diverge and ring. Of how many that ring?")),
                new Part("silent", 100 * diverge * (100 - hit) / silent, 0.06, new Hint(100 - hit, "That is how often it is silent if a run diverges. The question is the other way round."),
                    new Hint(diverge, "That is before one has listened."), new Hint(diverge * (100 - hit) / 100, "So many of 100 runs diverge in silence. Of how many silent ones?")));
        }),
        Flaw("all-four", Warns, "About the four signals that were named beforehand, in the runs of 240 updates. Which sentence is the first that does not follow?", "A lead is one number of an alarm. The other is how many healthy runs it rings in.",
            Wrong("1. All four ring earlier than the loss, on average.", "Each does in more than 80 % of the draws."), Wrong("2. After Holm's correction no P is above 0.001, so chance does not explain the leads.", "That is what such a P says."),
            Right("3. So each of the four is a better alarm than the loss."), Wrong("4. An alarm has to be tested on healthy runs too.", "It has to. An earlier sentence fails.")),
        Picture("threshold", Twenty, "You lower the threshold of a good alarm. How does its median lead depend on the share of false alarms, from a few per cent to half?", "A lower threshold is crossed earlier, in diverged runs and in healthy ones. A longer lead costs false alarms.",
            Right("A", Enumerable.Range(0, 60).Select(i => Math.Sqrt(i + 1.0))),
            Wrong("B", Enumerable.Range(0, 60).Select(i => Math.Sqrt(60.0 - i)), "A lower threshold is crossed earlier, never later."),
            Wrong("C", Enumerable.Range(0, 60).Select(i => 5 + 1e-3 * i), "Then a lead would come for free: the highest threshold would do."),
            Wrong("D", Enumerable.Range(0, 60).Select(i => Math.Sin(Math.PI * i / 59)), "A lower threshold is crossed earlier, so the lead cannot fall again.")),
        Choice("clipping", Cures, "On top of a warm-up, the gradients were clipped at 0.5. What did that do to the largest stable rate?", "At 600 updates it doubled, from 0.08 to 0.16, where five healthy runs of six are asked for, and stayed at 0.08 where all six are. In the runs of 240 updates it did not move. Clipping is made for spikes, and what kills these runs grows slowly.",
            Right("A factor of 1 or 2, depending on size and criterion."), Wrong("Nothing, at either size: Adam undoes what shortens every gradient.", "Adam hardly notices steady clipping. Yet at 600 updates the rate doubled where five healthy runs of six are asked for."),
            Wrong("It doubled it, at either size and however one asks.", "In the runs of 240 updates it stayed at 0.08, and so it did at 600 where all six must be healthy."),
            Wrong("As much as QK-norm: a factor of 4 or 8.", "QK-norm bounds the logits, which these runs seem to die of. Clipping shortens gradients.")),
        Formula("product", Curvature, "Fill in the product of the Hessian with a direction v, from two gradients.", "It is the difference quotient of the gradient along v, taken on both sides.",
            "Hv ≈ ( {0} − {1} ) / {2}",
            new Gap(Right("∇f(θ + hv)"), Wrong("f(θ + hv)", "H is the derivative of the gradient: take gradients, not losses."), Wrong("∇f(θ) + hv", "The step is made in the weights, and the gradient taken there.")),
            new Gap(Right("∇f(θ − hv)"), Wrong("∇f(θ)", "That is the one-sided quotient, which is divided by h and less exact."), Wrong("f(θ − hv)", "H is the derivative of the gradient: take gradients, not losses.")),
            new Gap(Right("2h"), Wrong("h", "The two points are 2h apart."), Wrong("h²", "That belongs to second differences of the loss."))),
        Number("limits", Curvature, draw =>
        {
            double rate = draw.OneOf(0.001, 0.002, 0.01);
            return new($"The rate is {rate}. Above which largest curvature is gradient descent unstable, and above which one full-batch Adam, measured after its division?", "The limits are 2/η and 38/η.",
                new Part("gradient descent", 2 / rate, 0.5, new Hint(1 / rate, "There one step arrives. It is unstable above 2/η."), new Hint(rate / 2, "A lower rate allows more curvature."), new Hint(38 / rate, "That is Adam's.")),
                new Part("Adam", 38 / rate, 5, new Hint(2 / rate, "That is gradient descent's. Adam's curvature is that after its division."), new Hint(rate / 38, "A lower rate allows more curvature.")));
        }),
        Choice("palm", Rings, "PaLM went back before each spike and left out some batches. From another checkpoint the same batches did no harm. What does that tell?", "Neither the data alone nor the weights alone were to blame.",
            Right("It took this batch in this state."), Wrong("The batches held broken data.", "Broken data would do harm from any checkpoint."),
            Wrong("The spikes came by chance, and going back was enough.", "They left out the batches too, so that is not shown."),
            Wrong("The checkpoint was damaged before the spike.", "The run went on from it, with other batches.")));

    /// <summary>The first loss, counted from 1, that is 0.2 above the lowest so far; 0 where the last one is not.</summary>
    static int Onset(double[] losses)
    {
        bool Risen(int i) => losses[i] >= losses[..(i + 1)].Min() + 0.2;
        return Risen(losses.Length - 1) ? 1 + Enumerable.Range(0, losses.Length).First(Risen) : 0;
    }
}
