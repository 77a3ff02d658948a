namespace Anneal.Lessons;

/// <summary>Update rules that the reader writes: from the gradients of one weight, which starts at 0, to the weight after each update.</summary>
/// <remarks>Each is checked against the library's rule; the slips are those that readers, slides and first drafts make.</remarks>
public static class RulesFromScratch
{
    static readonly double[] shown = [3, -1, 2, 0.5, -2, 1, 0, 4];
    static readonly double[] large = [1_000, -400, 250, 250, -900, 10, 1, 1];
    static readonly double[] small = [1e-3, 2e-3, -5e-4, 1e-3, 0, 3e-3];
    static readonly double[] noisy = [.. Noise(seed: 20, count: 60)];

    /// <summary>Plain gradient descent: the first exercise, and the shape that all others have.</summary>
    public static CodingExercise<Func<double[], double, double[]>> GradientDescent { get; } = new("gradient-descent-from-scratch",
        "Write gradient descent: the weight after each update, from 0.",
        (gradients, rate) => Path(new Sgd(), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1), new Input("gradient", shown), new("rate", 0.1)),
            new("another rate", f => f(shown, 0.01), new Input("gradient", shown)),
            new("60 noisy gradients", f => f(noisy, 0.05), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate) => Walk(gradients, (g, _) => -rate * g), "The sign: the weight moves against the gradient, θ ← θ − ηg."),
            new((gradients, rate) => [.. gradients.Select(g => -rate * g)], "Each update starts at 0 again. It must start where the one before it ended."),
            new((gradients, rate) => Walk(gradients, (g, _) => g), "The rate is missing: the step is η times the gradient."),
            new((gradients, rate) => Walk(gradients, (g, k) => rate * g / k), "The rate shrinks like 1/k. Here it stays the same at every update."),
        ],
    };

    /// <summary>Heavy-ball momentum: gradients, rate, β.</summary>
    public static CodingExercise<Func<double[], double, double, double[]>> HeavyBall { get; } = new("heavy-ball-from-scratch",
        "Write momentum as a heavy ball, u ← βu + g and θ ← θ − ηu: the weight after each update, from 0.",
        (gradients, rate, beta) => Path(new Momentum(beta), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 0.9), new Input("gradient", shown), new("rate", 0.1), new("β", 0.9)),
            new("β = 0", f => f(shown, 0.1, 0), new Input("gradient", shown)),
            new("60 noisy gradients, β = 0.5", f => f(noisy, 0.05, 0.5), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate, beta) => Memory(gradients, (u, g) => beta * u + (1 - beta) * g, u => rate * u),
                "That is the moving average, u ← βu + (1 − β)g. The heavy ball adds the whole gradient."),
            new((gradients, rate, beta) => Memory(gradients, (u, g) => u + g, u => rate * u), "The memory is not multiplied by β, so nothing is ever forgotten."),
            new((gradients, rate, beta) => Memory(gradients, (_, g) => g, u => rate * u), "The memory is empty at every update: declare u outside the loop."),
            new((gradients, rate, beta) => Late(gradients, beta, rate), "The weight moves before the memory takes in the new gradient: update u first, then θ."),
            new((gradients, rate, beta) => Looking(gradients, beta, rate), "That is Nesterov's form: its step is g + βu with the new u. The heavy ball's step is u."),
            new((gradients, rate, beta) => Memory(gradients, (u, g) => beta * u - g, u => rate * u), "Two signs: with u ← βu − g the weight moves by +ηu."),
        ],
    };

    /// <summary>AdaGrad: gradients, rate, ε.</summary>
    public static CodingExercise<Func<double[], double, double, double[]>> AdaGrad { get; } = new("adagrad-from-scratch",
        "Write AdaGrad, s ← s + g² and θ ← θ − ηg/(√s + ε): the weight after each update, from 0.",
        (gradients, rate, epsilon) => Path(new AdaGrad(epsilon), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 1e-10), new Input("gradient", shown), new("rate", 0.1), new("ε", 1e-10)),
            new("gradients as small as ε", f => f(small, 0.1, 1e-3), new Input("gradient", small)),
            new("large gradients", f => f(large, 0.5, 1e-8), new Input("gradient", large)),
            new("60 noisy gradients", f => f(noisy, 0.05, 1e-8), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, _) => s + g * g, s => rate / (s + epsilon)), "You divide by s. It is the root of s that divides the rate."),
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, _) => s + g, s => rate / (Math.Sqrt(Math.Abs(s)) + epsilon)), "s adds up the gradients. It must add up their squares."),
            new((gradients, rate, epsilon) => Scaled(gradients, (_, g, _) => g * g, s => rate / (Math.Sqrt(s) + epsilon)), "s holds the last square alone: declare it outside the loop and add to it."),
            new((gradients, rate, epsilon) => Before(gradients, rate, epsilon), "The weight moves before s takes in the new gradient. Add g² first: then the first step is η, whatever g is."),
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, k) => s + (g * g - s) / k, s => rate / (Math.Sqrt(s) + epsilon)), "s is the mean of the squares. AdaGrad divides by the root of their sum, so its steps shrink."),
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, _) => 0.9 * s + 0.1 * g * g, s => rate / (Math.Sqrt(s) + epsilon)), "That is RMSProp: a fading mean. AdaGrad forgets nothing."),
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, _) => s + g * g, s => rate / Math.Sqrt(s + epsilon)), "ε stands under the root. Here it is added to the root."),
            new((gradients, rate, epsilon) => Scaled(gradients, (s, g, _) => s + g * g, s => s == 0 ? 0 : rate / Math.Sqrt(s)), "ε is left out. It matters as soon as gradients are as small as it is."),
        ],
    };

    /// <summary>RMSProp: gradients, rate, β, ε.</summary>
    public static CodingExercise<Func<double[], double, double, double, double[]>> RmsProp { get; } = new("rmsprop-from-scratch",
        "Write RMSProp, s ← βs + (1 − β)g² and θ ← θ − ηg/(√s + ε): the weight after each update, from 0.",
        (gradients, rate, beta, epsilon) => Path(new RmsProp(beta, epsilon), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 0.9, 1e-8), new Input("gradient", shown), new("rate", 0.1), new("β", 0.9), new("ε", 1e-8)),
            new("gradients as small as ε", f => f(small, 0.1, 0.9, 1e-3), new Input("gradient", small)),
            new("60 noisy gradients, β = 0.99", f => f(noisy, 0.05, 0.99, 1e-8), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, _) => s + g * g, s => rate / (Math.Sqrt(s) + epsilon)), "That is AdaGrad's sum. RMSProp keeps the share β of its memory and adds 1 − β of the new square."),
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, _) => beta * s + g * g, s => rate / (Math.Sqrt(s) + epsilon)), "The new square is not multiplied by 1 − β, so s grows to ten times the mean square when β = 0.9."),
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, _) => (1 - beta) * s + beta * g * g, s => rate / (Math.Sqrt(s) + epsilon)), "β and 1 − β are swapped: β is the share of the memory that is kept."),
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, _) => beta * s + (1 - beta) * g * g, s => rate / (s + epsilon)), "You divide by s. It is the root of s that divides the rate."),
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, k) => beta * s + (1 - beta) * g * g, s => rate / (Math.Sqrt(s) + epsilon), (s, k) => s / (1 - Math.Pow(beta, k))),
                "That is Adam's bias correction. Plain RMSProp has none, and its first steps are long."),
            new((gradients, rate, beta, epsilon) => Scaled(gradients, (s, g, _) => beta * s + (1 - beta) * g * g, s => rate / Math.Sqrt(s + epsilon)), "ε stands under the root. Here it is added to the root."),
        ],
    };

    /// <summary>Adam: gradients, rate, β₁, β₂, ε.</summary>
    public static CodingExercise<Func<double[], double, double, double, double, double[]>> Adam { get; } = new("adam-from-scratch",
        "Write Adam with bias correction: the weight after each update, from 0.",
        (gradients, rate, beta1, beta2, epsilon) => Path(new Adam(beta1, beta2, epsilon), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 0.9, 0.999, 1e-8), new Input("gradient", shown), new("rate", 0.1), new("β₁", 0.9), new("β₂", 0.999), new("ε", 1e-8)),
            new("other memories", f => f(shown, 0.1, 0.5, 0.7, 1e-8), new Input("gradient", shown)),
            new("gradients as small as ε", f => f(small, 0.1, 0.9, 0.999, 1e-3), new Input("gradient", small)),
            new("60 noisy gradients", f => f(noisy, 0.05, 0.9, 0.99, 1e-8), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, e, (m, v, _) => (m, v)), "The bias correction is missing: divide m by 1 − β₁ᵏ and v by 1 − β₂ᵏ, where k counts the updates from 1."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, e, (m, v, _) => (m / (1 - b1), v / (1 - b2))), "The correction never changes: it divides by 1 − βᵏ, with the number of the update in the exponent."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, e, (m, v, k) => (m / (1 - Math.Pow(b1, k + 1)), v / (1 - Math.Pow(b2, k + 1)))), "The exponent is one too large: at the first update it is 1."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, e, (m, v, k) => (m / (1 - Math.Pow(b1, k)), v)), "m is corrected and v is not. Both start at 0, so both need it."),
            new(Overwriting, "The corrected values overwrite the memory, so the next update corrects them again. Keep m and v as they are, and use m̂ and v̂ for the step alone."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b2, b1, e, (m, v, k) => (m / (1 - Math.Pow(b2, k)), v / (1 - Math.Pow(b1, k)))), "β₁ and β₂ are swapped: β₁ belongs to m, β₂ to v."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, e, (m, v, k) => (m / (1 - Math.Pow(b1, k)), Math.Pow(v / (1 - Math.Pow(b2, k)), 2))), "The root is missing: the step is m̂/(√v̂ + ε)."),
            new((gradients, rate, b1, b2, e) => AdamLike(gradients, rate, b1, b2, 0, (m, v, k) => (m / (1 - Math.Pow(b1, k)), v / (1 - Math.Pow(b2, k)) + e)), "ε stands under the root. Here it is added to the root."),
        ],
    };

    /// <summary>AdamW: gradients, rate, β₁, β₂, ε, λ.</summary>
    public static CodingExercise<Func<double[], double, double, double, double, double, double[]>> AdamW { get; } = new("adamw-from-scratch",
        "Write AdamW, whose decay shrinks the weight by the factor 1 − ηλ beside Adam's step: the weight after each update, from 0.",
        (gradients, rate, beta1, beta2, epsilon, decay) => Path(new AdamW(beta1, beta2, epsilon, decay), gradients, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.1, 0.9, 0.999, 1e-8, 0.5),
                new Input("gradient", shown), new("rate", 0.1), new("β₁", 0.9), new("β₂", 0.999), new("ε", 1e-8), new("λ", 0.5)),
            new("no decay", f => f(shown, 0.1, 0.9, 0.999, 1e-8, 0), new Input("gradient", shown)),
            new("60 noisy gradients", f => f(noisy, 0.05, 0.9, 0.99, 1e-8, 0.1), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, rate, b1, b2, e, decay) => Decayed(gradients, rate, b1, b2, e, 0, 0), "The decay is missing: the weight also shrinks by ηλθ at each update."),
            new((gradients, rate, b1, b2, e, decay) => Decayed(gradients, rate, b1, b2, e, 0, decay), "That is L2: λθ is added to the gradient and divided by √v̂ with it. AdamW's decay stands beside the rule."),
            new((gradients, rate, b1, b2, e, decay) => Decayed(gradients, rate, b1, b2, e, decay, 0), "The decay is not multiplied by the rate: it is ηλθ, not λθ."),
            new((gradients, rate, b1, b2, e, decay) => Decayed(gradients, rate, b1, b2, e, -rate * decay, 0), "The sign of the decay: it pulls the weight towards 0."),
        ],
    };

    static IEnumerable<double> Noise(ulong seed, int count)
    {
        var draws = new SeededRandom(seed);
        return Enumerable.Range(0, count).Select(_ => draws.Below(2_000) / 500.0 - 1.7).ToArray();
    }

    static double[] Path(Rule rule, double[] gradients, double rate)
    {
        int next = 0;
        return [.. rule.Path(new Constant(rate), _ => [gradients[next++]], [0], gradients.Length).Skip(1).Select(w => w[0])];
    }

    /// <summary>The weight after each update; step gives what is taken off, from the gradient and the update's number.</summary>
    static double[] Walk(double[] gradients, Func<double, int, double> step)
    {
        double w = 0;
        return [.. gradients.Select((g, i) => w -= step(g, i + 1))];
    }

    static double[] Memory(double[] gradients, Func<double, double, double> remember, Func<double, double> step)
    {
        double u = 0;
        return Walk(gradients, (g, _) => step(u = remember(u, g)));
    }

    static double[] Late(double[] gradients, double beta, double rate)
    {
        double u = 0;
        return Walk(gradients, (g, _) =>
        {
            double step = rate * u;
            u = beta * u + g;
            return step;
        });
    }

    static double[] Looking(double[] gradients, double beta, double rate)
    {
        double u = 0;
        return Walk(gradients, (g, _) => rate * (g + beta * (u = beta * u + g)));
    }

    static double[] Scaled(double[] gradients, Func<double, double, int, double> remember, Func<double, double> rate, Func<double, int, double>? correct = null)
    {
        double s = 0;
        return Walk(gradients, (g, k) =>
        {
            s = remember(s, g, k);
            return g * rate(correct is null ? s : correct(s, k));
        });
    }

    static double[] Before(double[] gradients, double rate, double epsilon)
    {
        double s = 0;
        return Walk(gradients, (g, _) =>
        {
            double step = rate * g / (Math.Sqrt(s) + epsilon);
            s += g * g;
            return step;
        });
    }

    static double[] AdamLike(double[] gradients, double rate, double beta1, double beta2, double epsilon, Func<double, double, int, (double M, double V)> correct)
    {
        double m = 0, v = 0;
        return Walk(gradients, (g, k) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            var hat = correct(m, v, k);
            return rate * hat.M / (Math.Sqrt(hat.V) + epsilon);
        });
    }

    static double[] Overwriting(double[] gradients, double rate, double beta1, double beta2, double epsilon)
    {
        double m = 0, v = 0;
        return Walk(gradients, (g, k) =>
        {
            m = (beta1 * m + (1 - beta1) * g) / (1 - Math.Pow(beta1, k));
            v = (beta2 * v + (1 - beta2) * g * g) / (1 - Math.Pow(beta2, k));
            return rate * m / (Math.Sqrt(v) + epsilon);
        });
    }

    /// <summary>Adam with a share of the weight taken off at each update, and with L2 in the gradient.</summary>
    static double[] Decayed(double[] gradients, double rate, double beta1, double beta2, double epsilon, double share, double penalty)
    {
        double m = 0, v = 0, w = 0;
        return [.. gradients.Select((gradient, i) =>
        {
            double g = gradient + penalty * w;
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            double step = rate * m / (1 - Math.Pow(beta1, i + 1)) / (Math.Sqrt(v / (1 - Math.Pow(beta2, i + 1))) + epsilon);
            return w = w - share * w - step;
        })];
    }
}
