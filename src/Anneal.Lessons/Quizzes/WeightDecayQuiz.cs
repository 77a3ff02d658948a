using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 07.</summary>
static class WeightDecayQuiz
{
    const string Worse = "Why can a worse fit be a better model?", Picks = "Which weights does decay choose?", Same = "Is weight decay the same as an L2 penalty?",
        Scales = "Who scales it: λ, or η times λ?", Table = "Can a table tell λ?", Sign = "What is Lion, and how far can its weights go?", Layers = "What does LAMB add for large batches?",
        Errata = "What do the lectures get wrong?";

    public static Quiz Quiz { get; } = new("07-weight-decay",
        Picture("two-errors", Worse, "The error against the truth, over the decay on a logarithmic axis. Which curve is it?", "Too little decay learns the noise, too much suppresses the truth.",
            Right("down, then up", Enumerable.Range(0, 60).Select(i => Off(Math.Pow(10, -2.5 + i / 12.0)))),
            Wrong("up all the way", Enumerable.Range(0, 60).Select(i => 1 / (1 + Math.Pow(10, 2.5 - i / 12.0))), "So goes the error on the data: the fit only gets worse there."),
            Wrong("down all the way", Enumerable.Range(0, 60).Select(i => 1 / (1 + Math.Pow(10, -2.5 + i / 12.0))), "With very much decay the fit is flat, and the truth is gone too."),
            Wrong("up, then down", Enumerable.Range(0, 60).Select(i => -Off(Math.Pow(10, -2.5 + i / 12.0))), "That would mean that some decay is worse than none and worse than very much.")),
        Choice("two-scores-now", Worse, draw =>
        {
            var (seen, unseen, right) = draw.OneOf((99, 71, 0), (62, 60, 1), (97, 68, 0), (58, 57, 1));
            string[] texts = ["It overfits: more decay may help.", "It underfits: less decay may help.", "All is well, since training beats the test.", "Nothing can be said without the training loss itself."];
            string[] replies = ["Then the training score would be good, and the other much worse.", "Then both scores would be poor.", "Training beats the test nearly always. What counts is both levels and the gap.", "Two scores are enough for a first reading."];
            return new($"{seen} % right on the training samples and {unseen} % on unseen ones, where 95 % can be reached. What does it look like?",
                "Good on seen samples and much worse on unseen ones is overfitting; two poor scores are underfitting.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Number("twins", Picks, draw =>
        {
            var (first, second, sum) = draw.OneOf((4.0, -1.0, 2.0), (5.0, 1.0, 2.0), (3.0, -1.0, 6.0), (1.0, -3.0, 4.0));
            double end = (sum + first - second) / 2;
            return new($"Two columns are equal, and any two weights with the sum {sum} fit perfectly. Plain descent starts at ({first}, {second}). Where does weight 1 end without decay, and where with a very small decay?",
                $"Both weights get the same gradient, so the difference {first - second} stays and the sum becomes {sum}: {end}. The data do not care about the difference, so decay takes it away: {sum / 2}.",
                new Part("without", end, 1e-3, new Hint(sum / 2, "Nothing takes the difference away: both weights move alike."),
                    new Hint(first, "The sum must become right, and each weight makes half of the way."), new Hint(sum - end, "That is weight 2."),
                    new Hint(sum - second, "Weight 2 moves too, and by as much.")),
                new Part("with", sum / 2, 0.02, new Hint(end, "Decay shrinks what the data do not hold: the difference."),
                    new Hint(0, "A very small decay hardly touches what the data ask for, the sum.")));
        }),
        Choice("least-shrunk", Same, "Adam with an L2 penalty. Which weight feels the penalty least?", "λθ is divided by √v̂ with the rest, and that is large where gradients are large.",
            Right("The one with large gradients."), Wrong("The one with the smallest gradients.", "There √v̂ is small, and the penalty is blown up."),
            Wrong("The one that was started nearest to 0.", "λθ is small there, but so is the weight: its relative shrinking is what counts."),
            Wrong("All feel it alike.", "That is decoupled decay, as in AdamW.")),
        Formula("adamw", Same, "Fill in AdamW.", "The moments see the loss's gradient alone. The decay stands outside the division and is multiplied by the rate.",
            "m ← β₁m + (1 − β₁) · {0}, then θ ← θ − {1} · ( m̂/(√v̂ + ε) + {2} )",
            new Gap(Right("g"), Wrong("(g + λθ)", "That is Adam with an L2 penalty."), Wrong("g²", "Squares belong to v.")),
            new Gap(Right("η"), Wrong("ηλ", "λ belongs to the decay alone."), Wrong("1", "Then no schedule could act.")),
            new Gap(Right("λθ"), Wrong("λθ/√v̂", "Decoupled means that it is not divided."), Wrong("λg", "Decay shrinks the weight, whatever the gradient is."))),
        Number("balances", Scales, draw =>
        {
            var (rate, decay) = draw.OneOf((0.03, 0.01), (0.01, 0.04), (0.3, 0.1), (0.05, 0.2));
            return new($"Plain descent on ½(θ − 1)² with η = {rate} and λ = {decay}. Where does it stand still if each update shrinks by λθ, and where if it shrinks by ηλθ? (three decimals)",
                $"η(θ − 1) + λθ = 0 gives η/(η + λ) = {rate / (rate + decay):0.###}. With ηλθ the rate drops out: 1/(1 + λ) = {1 / (1 + decay):0.###}.",
                new Part("λθ", rate / (rate + decay), 6e-4, new Hint(1 / (1 + decay), "That is the form with the rate."), new Hint(decay / (rate + decay), "That is the share that is lost."),
                    new Hint(1 - decay, "Set the pull η(1 − θ) equal to the shrink λθ.")),
                new Part("ηλθ", 1 / (1 + decay), 6e-4, new Hint(rate / (rate + decay), "That is the form without the rate. Here η stands on both sides."),
                    new Hint(1 - decay, "Nearly: set (1 − θ) equal to λθ."), new Hint(1 - rate * decay, "That is the factor of one update. Where do pull and decay balance?"),
                    new Hint(1, "Decay leaves a small gap.")));
        }),
        Number("carry-overs", Scales, draw =>
        {
            var (rate, decay, next) = draw.OneOf((0.1, 0.0005, 0.001), (0.2, 0.0001, 0.0004), (0.05, 0.0002, 0.001), (0.1, 0.0002, 0.0005));
            double product = rate * decay;
            return new($"A recipe has η = {rate} and λ = {decay}, decoupled. What is the time scale of its decay in updates? Which λ keeps it at the rate {next}?",
                $"1/(ηλ) = {1 / product:#,0} updates, and λ = {product:0.#######}/{next} = {product / next:0.###}.",
                new Part("time scale", 1 / product, 1e-3 / product, new Hint(1 / decay, "The decay is multiplied by the rate: 1/(ηλ)."),
                    new Hint(product, "That is the share lost per update. Turn it over."), new Hint(1 / rate, "λ is missing: 1/(ηλ).")),
                new Part("λ", product / next, 1e-3 * product / next, new Hint(decay, "Kept as it is, the decay would nearly vanish with the rate."),
                    new Hint(decay * next / rate, "A lower rate asks for a larger λ: the product stays."), new Hint(product, "That is ηλ. Divide by the new rate.")));
        }),
        Order("half-gone", Scales, "Decay times the rate. Put the recipes in order of how fast a weight fades that is left to itself, the fastest first.",
            "The time scales 1/(ηλ) are 10,000, 33,333, 100,000 and 1,000,000 updates.",
            "η = 0.001, λ = 0.1", "η = 0.0003, λ = 0.1", "η = 0.1, λ = 0.0001", "η = 0.01, λ = 0.0001"),
        Choice("cooling", Scales, "A shrink of λθ without the rate, under a cosine that falls to 0. What happens near the end?",
            "The steps along the gradient fade with the rate and the decay does not, so the balance moves towards 0.",
            Right("Decay goes on and pulls the weights to 0."), Wrong("Decay fades together with the steps.", "That is what ηλθ does."),
            Wrong("The weights grow, as the gradient wins.", "The gradient's step is multiplied by a rate that goes to 0."),
            Wrong("Nothing, since the weights have settled by then.", "They settled in a balance, and one side of it fades.")),
        Number("best-decay-up", Table, draw =>
        {
            var (samples, noise, weight) = draw.OneOf((1_000, 4.0, 2.0), (2_000, 9.0, 3.0), (500, 1.0, 0.5), (4_000, 16.0, 0.5));
            double star = noise / (samples * weight * weight), extra = 3 * noise;
            return new($"A linear model with {samples:#,0} samples, inputs of variance 1, a true weight of {weight} and label noise of variance {noise}. Which λ is best? And which, if a part of the label that the model cannot express adds the variance {extra}?",
                $"λ* = σ²/(n·w²) = {star:0.#####}. To this model the other part is noise too, so the variances add up: {4 * star:0.#####}.",
                new Part("λ", star, 0.01 * star, new Hint(star * weight, "The weight enters squared."), new Hint(1 / star, "The other way round: more data, less decay."),
                    new Hint(star * samples, "Divide by the number of samples.")),
                new Part("with the part", 4 * star, 0.04 * star, new Hint(3 * star, "The noise is still there: add the variances."),
                    new Hint(star / 2, "That is the table's factor for complex data. Here the direction is the other one."),
                    new Hint(star, "To this model, what it cannot express looks like noise.")));
        }),
        Choice("more-data", Table, draw =>
        {
            int times = draw.OneOf(10, 100);
            string share = times == 10 ? "tenth" : "hundredth";
            return new($"{times} times the samples, all else the same. How does the best λ of a linear model change?", $"λ* = σ²/(n·w²) is proportional to 1/n.",
                Right($"It falls to a {share}."),
                Wrong(times == 10 ? "It falls to about a third." : "It falls to a tenth.", times == 10 ? "That would be the root. λ* goes with 1/n itself." : "That is the table's step, or the root. λ* goes with 1/n itself."),
                Wrong("It stays as it is: it depends on the model.", "It depends on the model and on the data."),
                Wrong($"It grows to {times} times as much.", "More data need less help against noise."));
        }),
        Flaw("by-data", Table, "Which sentence is the first that is false?", "On the same 150 digits a decay of 0.1 hurt the linear model and helped the deep one.",
            Wrong("1. Decay holds back what a model could otherwise memorise.", "That is what it is for."),
            Wrong("2. How much a model can memorise depends on its size and on the data.", "A linear model cannot memorise what a deep network can."),
            Right("3. So one factor for complex data fits every model."),
            Wrong("4. A published recipe is a better start than the table.", "GPT-3's 0.1 is far from the table's value. An earlier sentence fails.")),
        Number("no-end", Sign, draw =>
        {
            double size = draw.OneOf(2.0, 4, 8), decay = draw.OneOf(0.05, 0.1, 0.2);
            return new($"The gradient is −{size} at every update, and λ = {decay} is multiplied by the rate. Where does the weight end, from 0, under plain descent and under Lion?",
                $"Plain descent stops where {size} = λθ, Lion where 1 = λθ.",
                new Part("plain descent", size / decay, 1e-3 * size / decay, new Hint(1 / decay, "That is Lion's. Plain descent feels the size of the gradient."),
                    new Hint(size * decay, "Set the gradient equal to λθ.")),
                new Part("Lion", 1 / decay, 1e-3 / decay, new Hint(size / decay, "Lion's pull is a sign: its size is 1."), new Hint(decay, "Set 1 equal to λθ."),
                    new Hint(2 / decay, "The box reaches from −1/λ to 1/λ.")));
        }),
        Number("lion-step-down", Sign, draw =>
        {
            var (memory, gradient) = draw.OneOf((1, -5), (1, -12), (-2, 10), (-1, 20));
            double mixed = 0.9 * memory + 0.1 * gradient, next = 0.99 * memory + 0.01 * gradient;
            return new($"Lion with β₁ = 0.9, β₂ = 0.99 and no decay. m is {memory} and the gradient {gradient}. By how much does the weight move, with its sign, in units of η? And what is m then?",
                $"u = 0.9 · ({memory}) + 0.1 · ({gradient}) = {mixed:0.##}, and the step goes against its sign. Then m = 0.99 · ({memory}) + 0.01 · ({gradient}) = {next:0.##}.",
                new Part("move", -Math.Sign(mixed), 1e-3, new Hint(Math.Sign(mixed), "The step goes against the direction: θ − η · sign u."), new Hint(-mixed, "Only the sign of u counts.")),
                new Part("m", next, 1e-3, new Hint(mixed, "That is u. The memory is mixed with β₂."), new Hint(0.01 * memory + 0.99 * gradient, "β₂ is the share that is kept."),
                    new Hint(0.99 * memory + 0.01 * Math.Sign(gradient), "That is the misprint: the gradient itself goes into m.")));
        }),
        Number("trust", Layers, draw =>
        {
            double weight = draw.OneOf(0.02, 0.05, 0.1, 0.5), rate = draw.OneOf(0.01, 0.002);
            return new($"All weights of a layer are {weight}, and η = {rate}. By which share of its own length does the first step move the layer, in per cent: under Adam, and under LAMB?",
                $"Adam moves every weight by η, which is {rate}/{weight} of it. LAMB sets the step to the share η of the layer's length.",
                new Part("Adam", 100 * rate / weight, 0.01 * 100 * rate / weight, new Hint(100 * rate, "That is LAMB's. Adam's step does not know how large the weights are."),
                    new Hint(rate / weight, "As a share that is right. In per cent?"), new Hint(100 * rate * weight, "The step is η, whatever the weight. Divide it by the weight.")),
                new Part("LAMB", 100 * rate, rate, new Hint(100 * rate / weight, "That is Adam's. The trust ratio brings the layer's own length in."),
                    new Hint(rate, "As a share that is right. In per cent?"), new Hint(100, "It is multiplied by η.")));
        }),
        Number("vote", Errata, draw =>
        {
            var (low, many, high) = draw.OneOf((1.0, 4, 6.0), (2.0, 3, 7.0), (3.0, 4, 13.0), (0.0, 3, 5.0));
            double mean = (many * low + (5 - many) * high) / 5;
            return new($"Five samples, {many} of them {low} and {(many == 4 ? "one" : "two")} {high}; one is drawn per update, with the loss ½(θ − y)². Near which value does Lion stay as it is printed in (14), and near which in the paper's form?",
                $"The signs of single gradients vote, and a vote finds the median, {low}. The paper's form takes the sign of a mean, and stays near {mean}.",
                new Part("as printed", low, 0.1, new Hint(mean, "That is the paper's. A vote of signs does not see how far away a sample is."), new Hint(high, "The few are outvoted.")),
                new Part("paper", mean, 0.3, new Hint(low, "That is the median. The paper's form averages the gradients before it takes the sign."),
                    new Hint((low + high) / 2, "The samples are not equally many.", 0.05)));
        }));

    /// <summary>The expected error over the decay where the best decay is 1.</summary>
    static double Off(double decay) => (decay * decay + 1) / ((1 + decay) * (1 + decay));
}
