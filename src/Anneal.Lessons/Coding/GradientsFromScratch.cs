namespace Anneal.Lessons;

/// <summary>Where gradients come from, written by the reader: mini-batches, and the way back through a network.</summary>
public static class GradientsFromScratch
{
    static readonly double[] x = [1, -2, 2, -1, 1, 2], y = [2.5, -4, 2, -0.5, 0.5, 4];
    static readonly double[] many = [.. Enumerable.Range(0, 40).Select(i => (i * 7 % 13 - 6) / 4.0)];
    static readonly double[] heights = [.. many.Select((v, i) => 1.5 * v + (i % 3 - 1))];
    static readonly double[] inputs = [2, -1, 0.5, 0, 1, 3];

    /// <summary>Mini-batch SGD on the model θx: inputs, targets, batch size, rate, epochs; θ after each update, from 0.</summary>
    public static CodingExercise<Func<double[], double[], int, double, int, double[]>> MiniBatches { get; } = new("mini-batches-from-scratch",
        "Write mini-batch SGD for the model θx with the loss ½(θx − y)²: θ after each update, from 0. Take the batches in the order of the data, and keep a shorter last one.",
        (x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, count) => miss / count))
    {
        Trials =
        [
            new("batches of 3", f => f(x, y, 3, 0.1, 3), new Input("x", x), new Input("y", y), new("batch size", 3), new("rate", 0.1), new("epochs", 3)),
            new("batches of 4, the last one shorter", f => f(x, y, 4, 0.1, 3), new Input("x", x), new Input("y", y)),
            new("single samples", f => f(x, y, 1, 0.05, 2), new Input("x", x), new Input("y", y)),
            new("40 samples in batches of 7", f => f(many, heights, 7, 0.05, 4), new Input("x", many), new Input("y", heights)),
        ],
        Slips =
        [
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, _) => miss), "The gradients are added up. Divide by the number of samples in the batch."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (first, _, count) => first / count), "One sample's gradient is divided by the size of the batch: equation (3) as printed. Add up the whole batch first."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, _) => miss / x.Length), "The mean divides by the size of the data set. Divide by the size of the batch."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, count) => -miss / count), "The sign: the weight moves against the gradient."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, count) => 2 * miss / count), "The 2 of the square cancels against the ½ of the loss."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, 1, (_, miss, count) => miss / count), "Only one epoch is run. Go through the data again, from the weight that the last one left."),
            new((x, y, size, rate, epochs) => Train(x, y, x.Length, rate, epochs, (_, miss, count) => miss / count), "There is one update per epoch. Make one per batch."),
            new((x, y, size, rate, epochs) => Train(x, y, size, rate, epochs, (_, miss, _) => miss / size), "The last batch can be shorter. Divide by the samples that it really has."),
            new((x, y, size, rate, epochs) => Train(x[..(x.Length / size * size)], y, size, rate, epochs, (_, miss, count) => miss / count), "The shorter batch at the end is left out. Keep it."),
        ],
    };

    /// <summary>The way back through two layers with one unit each: x, y, w₁, b₁, w₂, b₂; the four derivatives.</summary>
    public static CodingExercise<Func<double, double, double, double, double, double, double[]>> Backward { get; } = new("backward-from-scratch",
        "Write the way back through z₁ = w₁x + b₁, a₁ = tanh z₁, output w₂a₁ + b₂, loss ½(output − y)²: its derivatives with respect to w₁, b₁, w₂, b₂, in this order.",
        (x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2))
    {
        Step = "number",
        Trials =
        [
            new("the input shown", f => f(2, 1, 0.5, -0.2, -1.5, 0.3), new Input("x", 2), new("y", 1), new("w₁", 0.5), new("b₁", -0.2), new("w₂", -1.5), new("b₂", 0.3)),
            new("six inputs", f => inputs.SelectMany(x => f(x, 0.5 * x, 0.8, 0.1, 1.2, -0.4)), new Input("x", inputs)),
        ],
        Slips =
        [
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2, slope: (z, a) => 1), "The slope of tanh is missing: δ₁ is multiplied by 1 − tanh² z₁."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2, slope: (z, a) => 1 - Math.Tanh(a) * Math.Tanh(a)), "tanh is applied twice: with a₁ = tanh z₁ the slope is 1 − a₁²."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2, slope: (z, a) => 1 - z * z), "The slope of tanh is 1 − tanh² z₁, not 1 − z₁²."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, 1, b2, output: w2 * Math.Tanh(w1 * x + b1) + b2), "The error passes w₂ on its way back: multiply by it."),
            new((x, y, w1, b1, w2, b2) => [.. Back(x, y, w1, b1, w2, b2).Select(v => -v)], "The sign: the error is output − y."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2) is var d ? [d[1], d[1], d[2], d[3]] : [], "The derivative with respect to w₁ is δ₁ times its input x."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2) is var d ? [d[0], d[1], d[3], d[3]] : [], "The derivative with respect to w₂ is the error times its input a₁."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2) is var d ? [d[0], d[1], d[3] * (w1 * x + b1), d[3]] : [], "w₂ multiplies a₁, not z₁."),
            new((x, y, w1, b1, w2, b2) => Back(x, y, w1, b1, w2, b2) is var d ? [d[2], d[3], d[0], d[1]] : [], "The order is w₁, b₁, w₂, b₂."),
        ],
    };

    /// <summary>θ after each update; step makes the gradient from the first sample's, the sum over the batch, and its size.</summary>
    static double[] Train(double[] x, double[] y, int size, double rate, int epochs, Func<double, double, int, double> gradient)
    {
        double theta = 0;
        var path = new List<double>();
        for (int epoch = 0; epoch < epochs; epoch++)
            for (int from = 0; from < x.Length; from += size)
            {
                int to = Math.Min(from + size, x.Length);
                double[] each = [.. Enumerable.Range(from, to - from).Select(i => x[i] * (theta * x[i] - y[i]))];
                path.Add(theta -= rate * gradient(each[0], each.Sum(), each.Length));
            }
        return [.. path];
    }

    static double[] Back(double x, double y, double w1, double b1, double w2, double b2, Func<double, double, double>? slope = null, double? output = null)
    {
        double z = w1 * x + b1, a = Math.Tanh(z);
        double delta2 = (output ?? w2 * a + b2) - y;
        double delta1 = w2 * delta2 * (slope?.Invoke(z, a) ?? 1 - a * a);
        return [delta1 * x, delta1, delta2 * a, delta2];
    }
}
