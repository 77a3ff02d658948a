namespace Anneal.Lessons;

/// <summary>Parts of a transformer that the reader writes: a step of attention with its cache, the way back through the softmax, accumulation.</summary>
public static class TransformerFromScratch
{
    static readonly double[] q1 = [1, -2, 3, 0.5, 2, -1], q2 = [2, 1, -1, 3, 0.5, 2], k1 = [0.5, 2, -1, 1, 3, -2], k2 = [1, -1, 2, 0.5, 1, 1.5], v1 = [4, -1, 2, 6, -3, 1];
    static readonly double[] scores = [1, -0.5, 2, 0.3, 1.2], values = [3, -1, 0.5, 2, -2];
    static readonly double[] x = [1, -2, 2, -1, 1, 2, 0.5, -1.5, 3], y = [2.5, -4, 2, -0.5, 0.5, 4, 1.5, -2, 5], sizes = [2, 1, 1, 3, 1, 1];
    static readonly double[] many = [.. Enumerable.Range(0, 41).Select(i => (i * 7 % 13 - 6) / 4.0)];
    static readonly double[] heights = [.. many.Select((v, i) => 1.5 * v + (i % 3 - 1))];

    /// <summary>One token's causal attention in one head: query, key and value of the token, keys and values of the tokens before it; the output. The cache takes in the token.</summary>
    public static CodingExercise<Func<double[], double[], double[], List<double[]>, List<double[]>, double[]>> CachedStep { get; } = new("cached-attention-from-scratch",
        "Write one step of causal attention with a cache: put the new key and value into it, and return the sum of all values, weighted by the softmax of q·k/√d.",
        (q, k, v, keys, values) => Attend(q, k, v, keys, values))
    {
        Step = "number",
        Trials =
        [
            new("the tokens shown", f => Decode(f, [q1, q2], [k1, k2], [v1]), new Input("q₁", q1), new Input("q₂", q2), new Input("k₁", k1), new Input("k₂", k2), new Input("v", v1)),
            new("values of three numbers, keys of four", f => Decode(f, [q1, q2, k1, v1], [k1, k2, q2, q1], [v1, k2, q1])),
            new("scores of some thousands", f => Decode(f, [Times(q1, 300), Times(q2, 200)], [Times(k1, 20), Times(k2, 10)], [v1])),
            new("60 tokens", f => Decode(f, [Noise(1), Noise(2), Noise(3)], [Noise(4), Noise(5), Noise(6)], [Noise(7), Noise(8)])),
        ],
        Slips =
        [
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, divisor: _ => 1), "The scores are not divided by √d, the root of the number of entries in a query."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, divisor: d => d), "The scores are divided by d. It is √d that divides them."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, late: true), "The token attends before its own key and value are in the cache. A token also sees itself: add first."),
            new((q, k, v, keys, values) => Attend(q, k, v, [], []), "The token sees nobody but itself: put its key and value into the lists that are given, and attend to all that stands there."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, share: (e, _) => e), "The shares do not add up to 1: divide each exponential by the sum of all."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, exponential: s => s, share: (s, _) => s), "The scores themselves weigh the values. Shares come from their softmax: e to the score, over the sum."),
            new((q, k, v, keys, values) => Attend(k, k, v, keys, values), "The key is compared with the keys. It is the query that is compared with them."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, share: (_, n) => 1.0 / n), "All values count alike. Their shares follow from the scores."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, turned: true), "Keys and values stand in different orders in the two lists: share j belongs to value j."),
            new((q, k, v, keys, values) => Attend(q, k, v, keys, values, shift: false), "The exponential of a large score is infinite. Subtract the largest score from all of them first: the shares stay the same."),
        ],
    };

    /// <summary>The way back through the attention of one token: its scores, the values (a number each), and the output's derivative; the derivative of each score.</summary>
    public static CodingExercise<Func<double[], double[], double, double[]>> ScoreGradient { get; } = new("score-gradient-from-scratch",
        "A token's output is o = Σ A_j·v_j with A = softmax(scores). Write the derivative of the loss with respect to each score, given ∂loss/∂o.",
        (scores, values, up) => Back(scores, values, (a, v, o, _) => up * a * (v - o)))
    {
        Step = "score",
        Trials =
        [
            new("the scores shown", f => f(scores, values, 2), new Input("score", scores), new Input("value", values), new("∂loss/∂o", 2)),
            new("another ∂loss/∂o", f => f(scores, values, -0.3), new Input("score", scores), new Input("value", values)),
            new("60 scores", f => f(Noise(1), Noise(2), 1.5)),
        ],
        Slips =
        [
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => up * a * v), "Raising one score lowers all other shares. Subtract what the token gets now: A_j·(v_j − o)."),
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => up * (v - o)), "The share is missing: a token that has almost no share gains almost none. The derivative is A_j·(v_j − o)."),
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => up * a * (1 - a) * v), "That is the effect on the token's own share alone. The other shares shrink at the same time; all effects together are A_j·(v_j − o)."),
            new((scores, values, up) => Back(scores, values, (a, v, o, mean) => up * a * (v - mean)), "You subtract the plain mean of the values. It is the weighted mean, the output o."),
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => a * (v - o)), "∂loss/∂o is missing: by the chain rule it multiplies everything."),
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => up * a * (o - v)), "The sign: a larger score pulls the output towards its value, v_j − o."),
            new((scores, values, up) => Back(scores, values, (a, v, o, _) => up * a), "That is the derivative with respect to the values. Asked are the scores."),
            new((scores, values, up) => [.. Back(scores, values, (a, v, o, _) => up * (v - o)).Zip(scores, (g, s) => g * s)], "The scores themselves stand where their softmax belongs."),
        ],
    };

    /// <summary>Gradient accumulation on the model θx: inputs, targets, samples in each part, parts of an update, rate; θ after each update, from 0.</summary>
    public static CodingExercise<Func<double[], double[], int[], int, double, double[]>> Accumulation { get; } = new("accumulation-from-scratch",
        "Write gradient accumulation for the model θx with the loss ½(θx − y)²: parts of the given sizes, in the order of the data; after every so many parts one update by the mean gradient of all their samples. θ after each update, from 0.",
        (x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate))
    {
        Trials =
        [
            new("the parts shown, two an update", f => f(x, y, Whole(sizes), 2, 0.1), new Input("x", x), new Input("y", y), new Input("sizes", sizes), new("parts of an update", 2), new("rate", 0.1)),
            new("three parts an update", f => f(x, y, Whole(sizes), 3, 0.05), new Input("x", x), new Input("y", y)),
            new("four an update, so that the last has fewer", f => f(x, y, Whole(sizes), 4, 0.1), new Input("x", x), new Input("y", y)),
            new("41 samples in 12 parts", f => f(many, heights, [1, 5, 2, 7, 3, 3, 6, 1, 1, 8, 2, 2], 3, 0.05), new Input("x", many), new Input("y", heights)),
        ],
        Slips =
        [
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, _) => all.Average(part => part.Average())), "You average the parts' means, so a sample in a small part counts more than one in a large part. Add up gradients and samples, and divide once."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, 1, rate), "There is an update after every part. Only collect; make the update after the last part of the batch."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, keep: true), "The sum is not cleared after an update, so old gradients come back."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, _) => all.Sum(part => part.Sum())), "The gradients are added up and never divided. Divide by the number of samples in the batch."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, _) => all.Sum(part => part.Sum()) / all.Count), "You divide by the number of parts. Divide by the number of their samples."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, _) => all.Sum(part => part.Average())), "You add up the parts' means: a batch of two parts then makes a step twice as long. Add up gradients and samples, and divide once."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, made) => all.Sum(part => part.Sum()) / (made + all.Sum(part => part.Length))), "The number of samples is not cleared after an update: it goes on growing."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes, parts, rate, mean: (all, _) => all[^1].Average()), "Only the last part of each batch counts: add to the sum, do not replace it."),
            new((x, y, sizes, parts, rate) => Accumulate(x, y, sizes[..(sizes.Length / parts * parts)], parts, rate), "The batch at the end has fewer parts. It is an update too."),
        ],
    };

    static IEnumerable<double> Decode(Func<double[], double[], double[], List<double[]>, List<double[]>, double[]> step, double[][] q, double[][] k, double[][] v)
    {
        List<double[]> keys = [], values = [];
        for (int t = 0; t < q[0].Length; t++)
            foreach (double number in step([.. q.Select(c => c[t])], [.. k.Select(c => c[t])], [.. v.Select(c => c[t])], keys, values))
                yield return number;
    }

    static double[] Attend(double[] q, double[] k, double[] v, List<double[]> keys, List<double[]> values,
        Func<double, double>? divisor = null, Func<double, double>? exponential = null, Func<double, int, double>? share = null, bool late = false, bool turned = false, bool shift = true)
    {
        if (!late)
            Add();
        double d = divisor?.Invoke(q.Length) ?? Math.Sqrt(q.Length);
        double[] s = [.. keys.Select(key => key.Zip(q, (a, b) => a * b).Sum() / d)];
        double max = shift && s.Length > 0 ? s.Max() : 0;
        double[] e = [.. s.Select(z => exponential?.Invoke(z) ?? Math.Exp(z - max))];
        double sum = e.Sum();
        double[] o = [.. v.Select((_, i) => values.Select((value, j) => (share?.Invoke(e[j], e.Length) ?? e[j] / sum) * value[i]).Sum())];
        if (late)
            Add();
        return o;

        void Add()
        {
            keys.Add(k);
            values.Insert(turned ? 0 : values.Count, v);
        }
    }

    static double[] Back(double[] scores, double[] values, Func<double, double, double, double, double> gradient)
    {
        double max = scores.Max();
        double[] e = [.. scores.Select(s => Math.Exp(s - max))];
        double sum = e.Sum(), o = e.Zip(values, (a, v) => a / sum * v).Sum(), mean = values.Average();
        return [.. e.Zip(values, (a, v) => gradient(a / sum, v, o, mean))];
    }

    /// <summary>θ after each update; mean makes the gradient from the samples' gradients, part by part, and the samples of earlier updates.</summary>
    static double[] Accumulate(double[] x, double[] y, int[] sizes, int parts, double rate, Func<List<double[]>, int, double>? mean = null, bool keep = false)
    {
        double theta = 0;
        int at = 0, made = 0;
        var path = new List<double>();
        var batch = new List<double[]>();
        for (int part = 0; part < sizes.Length; part++)
        {
            batch.Add([.. Enumerable.Range(at, sizes[part]).Select(i => x[i] * (theta * x[i] - y[i]))]);
            at += sizes[part];
            if ((part + 1) % parts != 0 && part + 1 < sizes.Length)
                continue;
            path.Add(theta -= rate * (mean?.Invoke(batch, made) ?? batch.Sum(p => p.Sum()) / (at - made)));
            made = at;
            if (!keep)
                batch.Clear();
        }
        return [.. path];
    }

    static double[] Times(double[] values, double factor) => [.. values.Select(v => factor * v)];

    static int[] Whole(double[] values) => [.. values.Select(v => (int)v)];

    static double[] Noise(ulong seed)
    {
        var draws = new SeededRandom(seed);
        return [.. Enumerable.Range(0, 60).Select(_ => draws.Normal())];
    }
}
