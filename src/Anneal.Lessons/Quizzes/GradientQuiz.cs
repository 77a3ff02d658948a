using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 02.</summary>
static class GradientQuiz
{
    const string Small = "Which loss do we want small?", Unbiased = "Which gradient is unbiased for what?", Drawing = "How does one draw a batch?", Larger = "What does a larger batch buy?",
        Cost = "What does a batch cost?", Network = "How does a network get its gradient?", Depth = "Why does depth need a non-linearity?", Vanish = "Why do gradients vanish or explode?",
        Errata = "What the lectures get wrong";

    public static Quiz Quiz { get; } = new("02-which-gradient",
        Number("flattery-case", Small, draw =>
        {
            int weights = draw.OneOf(2, 4, 5), samples = draw.OneOf(10, 20, 40);
            double share = (double)weights / samples;
            return new($"Labels have noise of variance 1, and the loss is half the squared error. A linear model with {weights} weights is fitted to {samples} samples. What is its training loss on average? (three decimals)",
                $"The fit explains {weights} of the {samples} directions of the noise away: ½ · (1 − {weights}/{samples}) = {(1 - share) / 2:0.####}.",
                new Part("training loss", (1 - share) / 2, 6e-4,
                    new Hint(0.5, "That is the least possible risk. The training loss flatters itself."),
                    new Hint(1 - share, "That is the mean square of the residuals. The loss is half of it."),
                    new Hint((1 + share) / 2, "Fitted weights make the training loss too low, not too high."),
                    new Hint((1 - 1.0 / samples) / 2, "One weight explains one direction away. How many weights are there?")));
        }),
        Choice("targets", Unbiased, draw =>
        {
            var (drawn, right) = draw.OneOf(("fresh from the world", 0), ("from the data set, each equally likely", 1));
            string[] texts = ["The gradient of the risk.", "The gradient of the empirical risk.", "The value of the empirical risk.", "Nothing, as one sample alone is too noisy."];
            string[] replies =
            [
                "That takes samples fresh from the world.", "That takes samples drawn from the data set.", "The mean of gradients is a gradient, not a loss.", "Noise is not bias: the mean over many draws is right, however noisy one of them is.",
            ];
            return new($"One sample is drawn {drawn}. For what is its gradient unbiased?", "It is unbiased for the gradient of the mean loss over whatever the sample was drawn from.",
                [.. texts.Select((text, i) => i == right ? Right(text) : Wrong(text, replies[i]))]);
        }),
        Flaw("second-epoch", Unbiased, "A data set is shuffled and gone through twice. Which sentence is the first that is false?",
            "From the second pass on the weights have seen every sample. Its gradient aims at the empirical risk, shuffled or not.",
            Wrong("1. In the first epoch every sample is fresh.", "Each is used once, and the weights have not seen it before."),
            Wrong("2. So each gradient is unbiased for the gradient of the risk.", "For fresh samples that is true."),
            Right("3. In the second epoch they are so again, thanks to the shuffling."),
            Wrong("4. The mean gradient over all samples is the gradient of the empirical risk.", "The derivative of a mean is the mean of the derivatives. An earlier sentence fails.")),
        Number("sorted-case", Unbiased, draw =>
        {
            double theta = draw.OneOf(0.0, 1, 2, 2.5), slope = theta - 1.5;
            return new($"The inputs −2, −1, 1, 2 come in this order, each with the targets 1.5x + 1 and 1.5x − 1. The model is θx, the loss ½(θx − y)². The eight pairs are cut in order into batches of 2. At θ = {theta}: what is the gradient of the first batch, and the mean of all four?",
                $"The ±1 cancels in each batch and x²(θ − 1.5) is left: 4 · ({slope}) for x = −2, and 2.5 · ({slope}) on average.",
                new Part("first batch", 4 * slope, 1e-6,
                    new Hint(slope, "That is the batch of x = −1. The first has x = −2, so x² is 4."), new Hint(-4 * slope, "The sign: the gradient of a sample is x(θx − y)."),
                    new Hint(8 * slope, "Take the mean of the two, not their sum."), new Hint(2.5 * slope, "That is the mean over all batches.")),
                new Part("mean of all", 2.5 * slope, 1e-6,
                    new Hint(4 * slope, "That is the first batch's. The inner two have x² = 1."), new Hint(-2.5 * slope, "The sign: the gradient of a sample is x(θx − y)."),
                    new Hint(10 * slope, "That is the sum of the four. Divide by 4.")));
        }),
        Number("epochs-way", Drawing, draw =>
        {
            var (samples, size) = draw.OneOf((1_000, 64), (500, 32), (1_797, 128));
            int epochs = draw.OneOf(3, 10), perEpoch = (samples + size - 1) / size;
            return new($"{samples:#,0} samples, batches of {size}, cut from a deck that is shuffled anew in each epoch; the last batch of an epoch may be shorter. How many updates are {epochs} epochs?",
                $"One epoch is {samples:#,0}/{size}, rounded up to {perEpoch}, and {epochs} of them are {epochs * perEpoch}.",
                new Part("updates", epochs * perEpoch, 0.4,
                    new Hint(Math.Ceiling((double)epochs * samples / size), "Every epoch ends with a shorter batch: round up in each of them.", 0.4),
                    new Hint(epochs * (samples / size), "The rest of the deck is a batch too: round up.", 0.4), new Hint(epochs * samples, "That is one update per sample.", 0.4),
                    new Hint(epochs, "That is the whole set in each update.", 0.4)));
        }),
        Number("deviation", Larger, draw =>
        {
            double one = draw.OneOf(3.0, 6, 12);
            int size = draw.OneOf(4, 16, 25, 100), times = draw.OneOf(2, 3, 10);
            double root = Math.Sqrt(size);
            return new($"The gradient of one sample has the standard deviation {one}. What is that of the mean gradient of {size} independent samples, and by which factor must that batch grow to make it {times} times smaller?",
                $"It falls with the root of the batch size: {one}/{root} = {one / root:0.####}, and {times}² = {times * times} times the samples.",
                new Part("standard deviation", one / root, 1e-3,
                    new Hint(one / size, "The variance falls like 1/B, the standard deviation like its root."), new Hint(one * one / size, "That is the variance. Take the root."),
                    new Hint(one, "A mean of independent samples is less noisy than one of them.")),
                new Part("factor", times * times, 1e-3, new Hint(times, "That would do for the variance."),
                    new Hint(Math.Sqrt(times), "The other way: the standard deviation falls slower than the batch grows.", 0.02)));
        }),
        Number("different", Larger, draw =>
        {
            var (set, size, variance) = draw.OneOf((21, 5, 2.0), (11, 2, 5.0), (41, 8, 4.0), (51, 10, 3.0));
            double with = variance / size, without = with * (set - size) / (set - 1);
            return new($"A data set has {set} samples, and the gradient of one has the variance {variance}. What is the variance of the mean gradient of {size} different ones? (three decimals)",
                $"Without replacement σ²/B is multiplied by (n − B)/(n − 1): {with:0.####} · {set - size}/{set - 1} = {without:0.####}.",
                new Part("variance", without, 6e-4,
                    new Hint(with, "That holds with replacement. Different samples depend on each other."), new Hint(with * (set - size) / set, "The divisor is n − 1: with B = 1 nothing may change."),
                    new Hint(variance * (set - size) / (set - 1), "The 1/B of the mean is missing.")));
        }),
        Choice("cheaper", Cost, "Why does a sample in a batch of 64 cost less time than a sample alone?",
            "A batch multiplies the same matrix by many vectors at once. A single sample does not keep the processor busy.",
            Right("Each weight is read once for all of them."), Wrong("Their gradients are averaged, which saves work.", "A mean adds a little work. The gradients must be there first."),
            Wrong("The way back needs no activations.", "It needs every activation of every sample: the memory grows with the batch."),
            Wrong("Similar samples are computed only once.", "No sample is left out.")),
        Number("shapes", Network, draw =>
        {
            int inputs = draw.OneOf(10, 20, 30), hidden = draw.OneOf(5, 8), outputs = draw.OneOf(3, 4), all = inputs * hidden + hidden + hidden * outputs + outputs;
            return new($"A network has {inputs} inputs, one hidden layer of {hidden} units and {outputs} outputs. How many rows has W⁽²⁾, and how many numbers are all its weights and biases?",
                $"W⁽²⁾ has one row per output. In all {inputs}·{hidden} + {hidden} + {hidden}·{outputs} + {outputs} = {all}.",
                new Part("rows of W⁽²⁾", outputs, 0.25, new Hint(hidden, "That is its columns: one per input of the layer."), new Hint(inputs, "That is the columns of W⁽¹⁾.")),
                new Part("numbers", all, 0.25,
                    new Hint(inputs * hidden + hidden * outputs, "The biases are missing: one per unit."), new Hint(inputs * hidden + hidden, "That is the first layer alone."),
                    new Hint(inputs * hidden * outputs, "Add the layers; do not multiply them."), new Hint(all + inputs, "The inputs have no biases.")));
        }),
        Order("way-back", Network, "A network with one hidden layer gets the gradient of its first weights. Put the steps in order.",
            "Forward first, as the way back needs the activations; then from the output to the input.",
            "walk forward and keep the activations", "subtract the target from the output", "multiply by the transpose of the last weights", "multiply by the slopes of the hidden units", "multiply by the inputs"),
        Number("relu", Network, draw =>
        {
            var (x, w1, b1, w2, b2, y) = draw.OneOf((2.0, 1.0, 1.0, -0.5, 0.5, 1.0), (3.0, 0.5, 0.5, 2.0, -1.0, 1.0), (1.0, 2.0, -1.0, 3.0, 0.0, 1.0), (4.0, 1.0, -1.0, 0.5, 0.0, 2.0));
            double a = Math.Max(0, w1 * x + b1), error = w2 * a + b2 - y, delta = w2 * error;
            return new($"One ReLU unit, a = max(0, w₁x + b₁), then the output w₂a + b₂, with w₁ = {w1}, b₁ = {b1}, w₂ = {w2}, b₂ = {b2}. The loss is half the squared error, at x = {x} and y = {y}. What are its derivatives with respect to w₂ and to w₁?",
                $"Forward a = {a}, output {w2 * a + b2}, error {error}. Each weight takes its δ times its input: {error} · {a} and {delta} · {x}.",
                new Part("w₂", error * a, 1e-6, new Hint(-error * a, "The error is the output minus the target."), new Hint(error, "That is δ of the last layer. Multiply by the input of w₂."),
                    new Hint(error * x, "The input of w₂ is a, not x."), new Hint(delta, "That is δ of the first layer.")),
                new Part("w₁", delta * x, 1e-6, new Hint(-delta * x, "The error is the output minus the target."),
                    new Hint(delta, "That is δ of the first layer, or the derivative for b₁. Multiply by the input of w₁."), new Hint(error * x, "On the way back the error passes through w₂."),
                    new Hint(delta * a, "The input of w₁ is x, not a.")));
        }),
        Choice("fifty", Depth, "Fifty layers without activation functions: what can they compute?", "One affine map put into another is an affine map again, and so on for all fifty.",
            Right("What a single layer can: one affine map."), Wrong("Any continuous function, with enough units.", "That needs a bend. Without one every layer can be merged with the next."),
            Wrong("Polynomials up to the degree 50.", "No layer multiplies x by x, only by weights."),
            Wrong("XOR, because there is more than one layer.", "The best affine map answers ½ for all four pairs of XOR.")),
        Number("exponents", Vanish, draw =>
        {
            double factor = draw.OneOf(0.5, 0.25, 2.0);
            int layers = draw.OneOf(10, 20, 40);
            double exponent = layers * Math.Log10(factor);
            return new($"On the way back each of {layers} layers multiplies the length of δ by {factor}. Which power of 10 is the product nearest to? Give the exponent.",
                $"The factor stands to the power {layers}: {layers} · log₁₀ {factor} = {exponent:0.0}.",
                new Part("exponent", Math.Round(exponent), 0.4,
                    new Hint(-Math.Round(exponent), "The sign: does a factor like this make δ longer or shorter?", 0.4),
                    new Hint(exponent > 0 ? layers : -layers, "That would be a factor of 10 per layer.", 0.4),
                    new Hint(Math.Round(Math.Log10(factor * layers)), "The factors multiply: take the power, not the product with the number of layers.", 0.4)));
        }),
        Picture("thirty", Vanish, "The length of δ on the way back through 30 layers, each with the same factor below 1. The axis of lengths is logarithmic. Which curve is it?",
            "A fixed factor per layer is a straight line on a logarithmic axis.",
            Right("down a straight line", Enumerable.Range(0, 60).Select(i => 60.0 - i)),
            Wrong("steep, then level", Enumerable.Range(0, 60).Select(i => Math.Exp(-i / 12.0)), "So it looks on a plain axis. The logarithm of a power is a straight line."),
            Wrong("level, then a cliff", Enumerable.Range(0, 60).Select(i => 1 - Math.Pow(i / 59.0, 6)), "Every layer takes the same share, the first as much as the last."),
            Wrong("level all the way", Enumerable.Range(0, 60).Select(i => 0.5), "That is the factor 1, which initial weights of the right size aim at.")),
        Formula("batch", Errata, "Fill in the gradient of a mini-batch of B out of n samples.", "A sample has a loss, the batch has their sum, and 1/B makes it a mean.",
            "g = {0} · {1} {2}",
            new Gap(Right("1/B"), Wrong("1/n", "Only B gradients are added up: the step would be n/B times too short."), Wrong("B", "A mean divides by the number of samples.")),
            new Gap(Right("Σ over the batch of"), Wrong("Σ over the data set of", "That is batch gradient descent, and with 1/B its step would be far too long."),
            Wrong("one sample's", "That is the misprint: B samples are loaded, and one is used.")),
            new Gap(Right("∇ℓ(θ; x, y)"), Wrong("∇R*(θ)", "One sample has a loss, not a risk. Nobody can compute the gradient of the risk."),
            Wrong("ℓ(θ; x, y)", "A step follows the derivative, not the loss."))),
        Choice("no-sum-case", Errata, draw =>
        {
            int size = draw.OneOf(8, 32, 64);
            return new($"A program loads {size} samples, takes the gradient of the first and divides it by {size}. What does it run?",
                $"On average its gradient is the right one divided by {size}. The rate has silently become {size} times smaller.",
                Right($"SGD with the rate divided by {size}."), Wrong($"Mini-batch SGD with batches of {size}.", "The sum over the batch is missing."),
                Wrong($"SGD with {size} times less noise at the same rate.", "Signal and noise are divided alike. Less noise at the same step takes the mean of many gradients."),
                Wrong("Batch gradient descent on a smaller data set.", "One sample counts in each update, and it is another one each time."));
        }));
}
