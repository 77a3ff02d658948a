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

    /// <summary>Nesterov's look-ahead on a parabola, from 1: curvature, rate, β, updates.</summary>
    public static CodingExercise<Func<double, double, double, int, double[]>> LookAhead { get; } = new("look-ahead-from-scratch",
        "Write Nesterov's momentum, u ← βu + ∇f(θ − ηβu) and θ ← θ − ηu, on f = ½hθ²: the weight after each update, from 1.",
        (curvature, rate, beta, updates) => [.. new Nesterov(beta).Path(new Constant(rate), (w, g) => { g[0] = curvature * w[0]; return 0; }, [1], updates).Skip(1).Select(w => w[0])])
    {
        Trials =
        [
            new("the parabola shown", f => f(4, 0.1, 0.9, 8), new Input("curvature", 4), new("rate", 0.1), new("β", 0.9), new("updates", 8)),
            new("β = 0", f => f(4, 0.1, 0, 8)),
            new("a steep parabola, β = 0.5", f => f(100, 0.005, 0.5, 40)),
            new("a flat parabola", f => f(0.1, 0.5, 0.8, 40)),
        ],
        Slips =
        [
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, _ => 0), "That is the heavy ball: the gradient is taken at θ. Take it at θ − ηβu."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => beta * u), "That is the printed form, θ + βu: the sign looks back, and the rate is missing. Take the gradient at θ − ηβu."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => -beta * u), "The rate is missing in the look-ahead. A memory is a sum of gradients: only ηu may be added to θ."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => rate * beta * u), "The sign of the look-ahead: the memory leads to θ − ηβu."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => -rate * u), "The memory is faded before it moves the weight: look at θ − ηβu, not at θ − ηu."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => -rate * beta * u, stay: false), "The weight moves from the place that was looked at. It must move from θ, where it was."),
            new((h, rate, beta, updates) => Ahead(h, rate, beta, updates, u => -rate * beta * u, looked: true), "Those are the places looked at, which PyTorch keeps as its weights. Asked are the weights θ themselves."),
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

    /// <summary>AdaDelta, whose rate is 1: gradients, β, ε.</summary>
    public static CodingExercise<Func<double[], double, double, double[]>> AdaDelta { get; } = new("adadelta-from-scratch",
        "Write AdaDelta, whose step is g·√(x + ε)/√(s + ε) with the fading means s of squared gradients and x of squared steps: the weight after each update, from 0.",
        (gradients, beta, epsilon) => Path(new AdaDelta(beta, epsilon), gradients, 1))
    {
        Trials =
        [
            new("the gradients shown", f => f(shown, 0.9, 1e-2), new Input("gradient", shown), new("β", 0.9), new("ε", 1e-2)),
            new("the paper's ε", f => f(shown, 0.95, 1e-6), new Input("gradient", shown)),
            new("gradients as small as √ε", f => f(small, 0.9, 1e-6), new Input("gradient", small)),
            new("60 noisy gradients, β = 0.5", f => f(noisy, 0.5, 1e-4), new Input("gradient", noisy)),
        ],
        Slips =
        [
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, early: true), "The step uses the new x, which has taken in this very step. Use the old x."),
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, feed: (_, g) => g), "x is the mean of squared gradients. It must be the mean of the squared steps."),
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, feed: (_, _) => 0), "x stays 0, so every step is as short as the first. Let it take in the squared step."),
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, late: true), "s takes in the gradient after the step. Update s first, then step, then update x."),
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, beside: true), "ε stands beside the roots. In AdaDelta it is under both: √(x + ε) and √(s + ε)."),
            new((gradients, beta, epsilon) => Fed(gradients, beta, epsilon, root: x => x), "The roots are missing: √(x + ε) over √(s + ε)."),
            new((gradients, beta, epsilon) => Fed(gradients, 1 - beta, epsilon), "β and 1 − β are swapped: β is the share of the memory that is kept."),
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

    /// <summary>Momentum on ½hθ² with the gradient taken elsewhere; the step goes from θ unless it does not stay there.</summary>
    static double[] Ahead(double h, double rate, double beta, int updates, Func<double, double> look, bool stay = true, bool looked = false)
    {
        double u = 0, w = 1;
        var path = new double[updates];
        for (int i = 0; i < updates; i++)
        {
            double there = w + look(u);
            u = beta * u + h * there;
            w = (stay ? w : there) - rate * u;
            path[i] = looked ? w + look(u) : w;
        }
        return path;
    }

    /// <summary>AdaDelta with one thing wrong: what x takes in, when s and x do, the roots, or where ε stands.</summary>
    static double[] Fed(double[] gradients, double beta, double epsilon, Func<double, double, double>? feed = null, bool early = false, bool late = false, bool beside = false, Func<double, double>? root = null)
    {
        double s = 0, x = 0;
        root ??= Math.Sqrt;
        double Keep(double memory, double value) => beta * memory + (1 - beta) * value * value;
        double Root(double memory) => beside ? root(memory) + epsilon : root(memory + epsilon);
        return Walk(gradients, (g, _) =>
        {
            double before = s;
            s = Keep(s, g);
            double over = Root(late ? before : s), step = Root(x) / over * g;
            x = Keep(x, feed is null ? step : feed(step, g));
            return early ? Root(x) / over * g : step;
        });
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
