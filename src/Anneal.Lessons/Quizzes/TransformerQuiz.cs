using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 14.</summary>
static class TransformerQuiz
{
    const string Predict = "How well can anybody predict?", Look = "How does a token look back?", Block = "What else is in a block?", Back = "How does the gradient get back?",
        Test = "How do you know that a gradient is right?", Cost = "What does a step cost?", Memory = "And in memory?", Parts = "What if the batch does not fit?",
        Bits = "How few bits are enough?", Write = "How does it write?", Names = "What does it write?";

    public static Quiz Quiz { get; } = new("14-transformer-from-scratch",
        Number("nats", Predict, draw =>
        {
            int words = draw.OneOf(20, 50, 100);
            double p = draw.OneOf(0.5, 0.25, 0.1);
            return new($"A language has {words} tokens. What is the loss, in nats, of a model that guesses among all of them, and of one that gives {p} to the token that comes (two decimals)?",
                $"The loss is −ln p. For the guess p is 1/{words}.",
                new Part("guess", Math.Log(words), 6e-3, new Hint(Math.Log2(words), "Those are bits. A nat takes the natural logarithm."), new Hint(Math.Log10(words), "A nat takes the natural logarithm."),
                    new Hint(1.0 / words, "That is the probability. Take −ln of it.")),
                new Part($"with {p}", -Math.Log(p), 6e-3, new Hint(Math.Log(p), "The sign: a loss is −ln p."), new Hint(-Math.Log2(p), "Those are bits."), new Hint(1 - p, "The loss is −ln p.")));
        }),
        Number("attend", Look, draw =>
        {
            int size = draw.OneOf(4, 16);
            double product = draw.OneOf(4.0, 8.0), share = First(product / Math.Sqrt(size));
            return new($"Queries have {size} numbers. A query's products with two keys are {product} and 0, and their values are 10 and 30. Which share does the first key get (three decimals), and what is the output (one decimal)?",
                $"The scores are {product / Math.Sqrt(size):0.#} and 0. The first share is 1/(1 + e^−{product / Math.Sqrt(size):0.#}), and the output the mean of 10 and 30 with the two shares.",
                new Part("share", share, 6e-4, new Hint(First(product), "The products are divided by √d first."), new Hint(First(product / size), "They are divided by √d, not by d."), new Hint(1 - share, "That is the other key's share.")),
                new Part("output", 30 - 20 * share, 0.06, new Hint(20, "That is the plain mean, with even shares."), new Hint(30 - 20 * First(product), "The products are divided by √d first."), new Hint(10 + 20 * share, "The shares are swapped.")));
        }),
        Choice("root-d", Look, "Why is q · k divided by √d?", "A sum of d products has the variance d. Large scores give all to one token, and a score without a share learns nothing.",
            Right("Scores would grow with √d, and then hardly learn."), Wrong("The shares would not add up to 1 without it.", "The softmax sees to that, for any scores."),
            Wrong("Queries and keys get the length 1 by it.", "They keep their length. Only the product is divided."),
            Wrong("It makes up for the number of tokens that are seen.", "d is the number of numbers in a query.")),
        Choice("mask", Look, "A program forgets the causal mask. What happens in training?", "Every token may look at the one that it has to predict.",
            Right("The loss falls below what anybody can reach."), Wrong("The loss stays at a guess, as the future is noise.", "The future holds the answer itself."),
            Wrong("Nothing much: later tokens get small shares.", "Nothing keeps their shares small, and they hold the answer."),
            Wrong("Every step takes longer, and the loss stays the same.", "It takes longer, but what is seen changes too: the answer.")),
        Order("way", Block, "Put what happens to a token in order, in a model with one block.", "Look up, mix the tokens, work on each alone, and compare with the embedding once more.",
            "take its row of the embedding, and add that of its place", "add attention's output", "add the MLP's output", "take the norm, and multiply by the embedding", "take the softmax"),
        Number("weights", Block, draw =>
        {
            int width = draw.OneOf(16, 64, 100), blocks = draw.OneOf(2, 4), words = draw.OneOf(50, 200);
            double block = 12.0 * width * width, all = blocks * block + words * width;
            return new($"Width {width}, {blocks} blocks, {words} tokens, tied weights, an MLP four times as wide, biases left out. How many weights do the matrices of one block have, and all matrices by which a token is multiplied?",
                $"4 · {width}² for attention and 2 · 4 · {width}² for the MLP; then {words} · {width} for the last matrix.",
                new Part("one block", block, 0.5, new Hint(8.0 * width * width, "That is the MLP. Attention has four square matrices."), new Hint(4.0 * width * width, "That is attention. The MLP has two matrices more."),
                    new Hint(6.0 * width * width, "The matrices of the MLP are four times as large."), new Hint(11.0 * width * width, "Attention has a fourth matrix, which mixes the heads' outputs.")),
                new Part("all", all, 0.5, new Hint(blocks * block, "The last matrix is missing: the embedding, used once more."), new Hint(all + words * width, "Looking up a row is no product, and the matrix is the same."),
                    new Hint(block + words * width, "That is with one block.")));
        }),
        Formula("scores", Back, "Fill in how the output changes with the score of token j.", "The share of j grows and all others shrink: what counts is how much better that value is than the present output.",
            "∂o/∂sⱼ = {0} · (vⱼ − {1})",
            new Gap(Right("Aⱼ"), Wrong("sⱼ", "A score that is near 0 may have a large share. The share counts."), Wrong("Aⱼ(1 − Aⱼ)", "That is how its own share grows. The bracket holds the rest already.")),
            new Gap(Right("o"), Wrong("Aⱼvⱼ", "That is its own part of the output. The others shrink too."), Wrong("the plain mean of all v", "The shares are not even: it is the mean with the shares."))),
        Number("step-size", Test, draw =>
        {
            int digits = draw.OneOf(9, 12, 15, 18);
            return new($"Losses are rounded to about 10^−{digits}. Which power of ten is the best step h of the two-sided difference quotient, and which power of ten is its error there? Give the exponents.",
                $"The quotient is off by h², rounding by 10^−{digits}/h. They meet at h³ = 10^−{digits}.",
                new Part("step", -digits / 3.0, 0.3, new Hint(-digits, "Then h itself is lost in the rounding."), new Hint(-digits / 2.0, "That is the one-sided quotient's, whose error falls like h."),
                    new Hint(digits / 3.0, "The sign: the step is small.")),
                new Part("error", -2 * digits / 3.0, 0.3, new Hint(-digits, "That is the rounding of the loss. It is divided by h."), new Hint(-digits / 3.0, "That is the step. The error is its square."),
                    new Hint(2 * digits / 3.0, "The sign: the error is small.")));
        }),
        Choice("checked", Test, "A gradient agrees with its difference quotient to 10⁻⁷. What may still be wrong?", "Both use the same forward pass. If that is wrong, both are. Compare with a program that somebody else wrote.",
            Right("The forward pass, in any of its lines."), Wrong("The way back through the softmax.", "It would show: the quotient knows nothing of the way back."),
            Wrong("The gradient of the layer norm's gains.", "A random direction has a part in every weight. It would show."),
            Wrong("Nothing: that is all the digits there are.", "It is as close as it gets, and says nothing about what both share.")),
        Number("operations", Cost, draw =>
        {
            double weights = draw.OneOf(100.0, 250, 1_000), tokens = draw.OneOf(2.0, 5, 20), operations = 6 * weights * tokens / 1_000;
            return new($"A model of {weights:#,0} million weights in matrices sees {tokens}·10⁹ tokens. How many operations does the training take, in units of 10¹⁸, and how many hours at 10¹⁴ operations a second?",
                $"6N operations a token: 6 · {weights / 1_000}·10⁹ · {tokens}·10⁹. Divided by 10¹⁴ and by 3,600 that gives hours.",
                new Part("operations", operations, 0.01 * operations, new Hint(operations / 3, "That is the forward pass. The way back takes twice as much again."), new Hint(operations / 2, "Each multiplication comes with an addition."),
                    new Hint(operations * 1_000, "Mind the powers of ten: 10⁶ · 10⁹ is 10¹⁵.", 10 * operations)),
                new Part("hours", operations / 0.36, 0.01 * operations / 0.36, new Hint(operations * 1e4, "Those are seconds.", 100 * operations), new Hint(operations / 0.006, "Those are minutes.", operations)));
        }),
        Number("memory", Memory, draw =>
        {
            int millions = draw.OneOf(1, 2, 4);
            double bytes = draw.OneOf(4_000.0, 8_000), sequences = 16e6 * millions / (100 * bytes);
            return new($"A model has {millions} million weights and keeps {bytes:#,0} bytes a token for the way back. How many megabytes do weights, gradient and Adam's memories take in single precision? How many sequences of 100 tokens take as much?",
                $"Four numbers of 4 bytes a weight: {16 * millions} MB. A sequence takes {100 * bytes / 1e6:0.#} MB.",
                new Part("megabytes", 16.0 * millions, 0.1, new Hint(4.0 * millions, "Those are the weights alone."), new Hint(12.0 * millions, "Weights, gradient and two memories are four numbers."),
                    new Hint(8.0 * millions, "Adam has two memories.")),
                new Part("sequences", sequences, 0.1, new Hint(100 * sequences, "Those are tokens. A sequence has 100."), new Hint(sequences / 4, "That is for the weights alone."), new Hint(sequences / 2, "Adam has two memories.")));
        }),
        Number("means", Parts, draw =>
        {
            double few = draw.OneOf(10.0, 20), many = draw.OneOf(30.0, 60), low = draw.OneOf(1.0, 2), high = low + 2, right = (few * low + many * high) / (few + many);
            return new($"A batch comes in two parts: {few} tokens with the mean loss {low}, and {many} with the mean loss {high}. What is the loss of the batch, and the mean of the two means (two decimals)?",
                $"Add up sums and divide once: ({few} · {low} + {many} · {high})/{few + many}.",
                new Part("batch", right, 6e-3, new Hint((low + high) / 2, "That counts a token of the short part too much."), new Hint(few * low + many * high, "That is the sum. Divide by the number of tokens."),
                    new Hint((few * high + many * low) / (few + many), "The numbers of tokens are swapped.")),
                new Part("mean of means", (low + high) / 2, 6e-3, new Hint(right, "That is the loss of the batch. The mean of the means knows no numbers of tokens.")));
        }),
        Choice("master", Bits, "Training in bfloat16 keeps float32 master weights. What for?", "A step below half a gap of bfloat16 counts in float32. When the master has moved by half a gap, the copy follows.",
            Right("Small steps add up there until the copy moves."), Wrong("The products are computed with them, to be more exact.", "The products read the rounded copies."),
            Wrong("They save memory.", "They cost four bytes a weight more."),
            Wrong("They hold what is too large for the range of bfloat16.", "Bfloat16 has about the range of float32. It lacks digits.")),
        Flaw("cache", Write, "About the cache of keys and values. Which sentence is the first that is false?", "It saves time, and its price is memory: two vectors per token and block.",
            Wrong("1. Keys and values of earlier tokens do not change when a token is appended.", "They do not, because nobody looks ahead."),
            Wrong("2. So with a cache each new token passes through the model once.", "That is what the cache is for."),
            Right("3. So a cache saves memory as well as time, however long the text is."), Wrong("4. The text that is written is the same, to the last bit.", "It is. An earlier sentence is false.")),
        Number("uncached", Write, draw =>
        {
            int tokens = draw.OneOf(31, 99, 199), blocks = draw.OneOf(12, 24), width = draw.OneOf(1_000, 2_000);
            return new($"A model writes {tokens} tokens. How many times as many tokens pass through it without a cache as with one? And how many bytes a token does the cache take, with {blocks} blocks of width {width:#,0} and 2 bytes a number?",
                $"1 + 2 + … + {tokens} in place of {tokens} is {(tokens + 1) / 2} times as many. A key and a value per block make 2 · {blocks} · {width:#,0} numbers.",
                new Part("times", (tokens + 1) / 2.0, 0.3, new Hint(tokens, "The first tokens have little before them: it is about half of that."),
                    new Hint(tokens * (tokens + 1) / 2.0, "Those are all tokens. Compare with how many pass with a cache.")),
                new Part("bytes", 4.0 * blocks * width, 0.5, new Hint(2.0 * blocks * width, "There are two vectors per block, a key and a value, of 2 bytes a number."), new Hint(4.0 * width, "That is one block."),
                    new Hint(blocks * width, "Two vectors per block, and 2 bytes a number.")));
        }),
        Choice("temperature", Names, "What does a temperature of 0.5 do before the softmax?", "Logits divided by 0.5 are twice as far apart, so what is likely becomes likelier still.",
            Right("It doubles all logits."), Wrong("It halves all logits.", "It divides by the temperature: they get larger, and choices less even."),
            Wrong("It halves the probability of whatever is unlikely.", "It works on logits. The less likely a token is, the more it loses."),
            Wrong("It takes the likeliest token in half of the cases.", "Always the likeliest, greedy, is the temperature 0.")));

    /// <summary>The share of the first of two tokens whose scores differ by this much.</summary>
    static double First(double ahead) => 1 / (1 + Math.Exp(-ahead));
}
