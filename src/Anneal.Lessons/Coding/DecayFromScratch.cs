namespace Anneal.Lessons;

/// <summary>Rules with weight decay that the reader writes: from the gradients of one weight, which starts at 0, to the weight after each update.</summary>
public static class DecayFromScratch
{
    static readonly double[] shown = [0.5, -2, 0.1, 0.5, -0.5, -1, -0.5, -3];
    static readonly double[] leaning = [10, -1, -1, -1, -1, -1, -1, -1, -1, -1, 10, -1, -1, -1];

    /// <summary>Lion: gradients, rate, β₁, β₂, λ.</summary>
    public static CodingExercise<Func<double[], double, double, double, double, double[]>> Lion { get; } = new("lion-from-scratch",
        "Write Lion, u = β₁m + (1 − β₁)g, θ ← θ − η(sign u + λθ), then m ← β₂m + (1 − β₂)g: the weight after each update, from 0.",
        (gradients, rate, beta1, beta2, decay) => Reference(new Lion(beta1, beta2, decay), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 0.9, 0.5, 0.5), new Input("gradient", shown), new("rate", 0.1), new("β₁", 0.9), new("β₂", 0.5), new("λ", 0.5)),
            new("no decay", f => f(shown, 0.1, 0.9, 0.99, 0), new Input("gradient", shown)),
            new("rare large gradients", f => f(leaning, 0.01, 0.9, 0.99, 0.1), new Input("gradient", leaning)),
        ],
        Slips =
        [
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b2, (u, _, w) => rate * Math.Sign(u)), "The decay is missing: the weight also shrinks by ηλθ at each update."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b2, (u, _, w) => rate * (u + decay * w)), "The sign is missing: the step is η times the sign of u."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b2, (u, _, w) => rate * Math.Sign(u + decay * w)), "The decay stands inside the sign. It is added to the sign, so it keeps its size."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b2, (u, _, w) => rate * Math.Sign(u) + decay * w), "The decay is not multiplied by the rate: it is ηλθ, not λθ."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b1, (u, _, w) => rate * (Math.Sign(u) + decay * w)), "The memory is updated with β₁. It has a β of its own, β₂."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b2, b1, (u, _, w) => rate * (Math.Sign(u) + decay * w)), "β₁ and β₂ are swapped: β₁ mixes the direction, β₂ keeps the memory."),
            new((gradients, rate, b1, b2, decay) => Walk([.. gradients.Select(g => (double)Math.Sign(g))], b1, b1, (u, _, w) => rate * (Math.Sign(u) + decay * w)),
                "That is the slides' form: the sign is taken of each gradient, before the mean. Lion takes it once, of the mixture."),
            new((gradients, rate, b1, b2, decay) => Walk(gradients, b1, b2, (_, g, w) => rate * (Math.Sign(g) + decay * w)), "The memory plays no part: the sign is that of u = β₁m + (1 − β₁)g, not that of g."),
        ],
    };

    static double[] Reference(Rule rule, double[] gradients, double rate)
    {
        int next = 0;
        return [.. rule.Path(new Constant(rate), _ => [gradients[next++]], [0], gradients.Length).Skip(1).Select(w => w[0])];
    }

    /// <summary>The weight after each update; step gives what is taken off, from the mixture, the gradient and the weight.</summary>
    static double[] Walk(double[] gradients, double mix, double keep, Func<double, double, double, double> step)
    {
        double m = 0, w = 0;
        return [.. gradients.Select(g =>
        {
            double u = mix * m + (1 - mix) * g;
            m = keep * m + (1 - keep) * g;
            return w -= step(u, g, w);
        })];
    }
}
