namespace Anneal.Lessons;

/// <summary>Programs of lesson 03: one noisy run, and what such runs do on average.</summary>
public static class ConvergenceFromScratch
{
    static readonly double[] shownNoise = [1, -1, -1, 1, 1, -1, 1, 1];
    static readonly double[] otherNoise = [-0.5, 2, 0, -1, 0.25, 0.25, -3, 1, 1, -1, 0.5, 2];
    static readonly double[] longNoise = [.. Coins(seed: 31, count: 80)];
    static readonly double[] shownRates = [1, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1, 0.05];
    static readonly double[] otherRates = [0.1, 0.2, 0.3, 0.5, 0.8, 1.3, 0.4, 0.2, 0.1, 0];
    static readonly double[] longRates = [.. Enumerable.Range(0, 100).Select(t => 0.6 / (t + 2))];

    /// <summary>One run of SGD on the noisy parabola: noise, c, curvature, start.</summary>
    public static CodingExercise<Func<double[], double, double, double, double[]>> NoisyDescent { get; } = new("noisy-descent-from-scratch",
        "Write SGD on the noisy parabola with the rate c/(t + 1): the weight after each update.",
        (noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x - c / (t + 1) * (mu * x + xi)))
    {
        Trials =
        [
            new("the noise shown", f => f(shownNoise, 0.8, 0.5, 5), new Input("noise ξ", shownNoise), new("c", 0.8), new("μ", 0.5), new("start", 5)),
            new("a large c", f => f(otherNoise, 6, 1, -2), new Input("noise ξ", otherNoise)),
            new("80 steps of a flat parabola", f => f(longNoise, 2, 0.1, 10), new Input("noise ξ", longNoise)),
        ],
        Slips =
        [
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x + c / (t + 1) * (mu * x + xi)), "The sign: the weight moves against the gradient, x ← x − ηg."),
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x - c / (t + 2) * (mu * x + xi)), "The rates start at c/2. The first update has t = 0 and so the rate c."),
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, _) => x - c * (mu * x + xi)), "The rate stays at c. Divide it by t + 1."),
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x - c / (t + 1) * mu * x - xi), "The noise is not multiplied by the rate. It is part of the gradient: g = μx + ξ."),
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x - c / (t + 1) * (x + xi)), "The curvature is missing: the slope of μx²/2 is μx."),
            new((noise, c, mu, start) => Walk(noise, start, (x, _, t) => x - c / (t + 1) * mu * x), "The noise is missing: that is gradient descent. SGD sees g = μx + ξ."),
            new((noise, c, mu, start) => Walk(noise, start, (x, xi, t) => x - c / Math.Sqrt(t + 1) * (mu * x + xi)), "The rate falls like 1/√(t + 1). Here it falls like 1/(t + 1)."),
            new((noise, c, mu, start) => Walk(noise, start, (_, xi, t) => start - c / (t + 1) * (mu * start + xi)), "Each update starts at the first point again. It must start where the one before it ended."),
        ],
    };

    /// <summary>The mean squared distance on the noisy parabola: rates, curvature, noise variance, start.</summary>
    public static CodingExercise<Func<double[], double, double, double, double[]>> ExpectedError { get; } = new("expected-error-from-scratch",
        "Write the recursion of E[x²] on the noisy parabola: E[x²] after each update, from a start that is known.",
        (rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => (1 - eta * mu) * (1 - eta * mu) * e + eta * eta * variance))
    {
        Trials =
        [
            new("the rates shown", f => f(shownRates, 0.5, 4, 3), new Input("rate", shownRates), new("μ", 0.5), new("σ²", 4), new("start", 3)),
            new("no noise", f => f(otherRates, 2, 0, 3), new Input("rate", otherRates)),
            new("a start at the optimum", f => f(otherRates, 1, 0.25, 0), new Input("rate", otherRates)),
            new("100 falling rates", f => f(longRates, 0.3, 2, -4), new Input("rate", longRates)),
        ],
        Slips =
        [
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => (1 - eta * mu) * e + eta * eta * variance), "The factor 1 − ημ belongs to x. E[x²] is multiplied by its square."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => Square(1 - eta * mu) * e + eta * variance), "The noise enters the step as ηξ, so its square enters as η²σ²."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => Square(1 - eta * mu) * e + Square(eta * variance)), "σ² is a variance already. Do not square it again."),
            new((rates, mu, variance, start) => Walk(rates, start, (e, eta, _) => Square(1 - eta * mu) * e + eta * eta * variance), "You start at x₀. The recursion is for squares: start at x₀²."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => Square(1 - eta * mu) * e + eta * eta * mu * variance), "μ multiplies x, not the noise: what is added is η²σ²."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => Square(1 - eta) * e + eta * eta * variance), "The curvature is missing in the factor 1 − ημ."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => Square(1 - eta * mu) * e), "The noise is missing: each step adds η²σ²."),
            new((rates, mu, variance, start) => Walk(rates, start * start, (e, eta, _) => mu / 2 * (Square(1 - eta * mu) * e + eta * eta * variance)), "That multiplies by μ/2 at each step. Asked is E[x²], not the loss."),
        ],
    };

    static double[] Walk(double[] inputs, double start, Func<double, double, int, double> next)
    {
        double x = start;
        return [.. inputs.Select((input, t) => x = next(x, input, t))];
    }

    static double Square(double x) => x * x;

    static IEnumerable<double> Coins(ulong seed, int count)
    {
        var coin = new SeededRandom(seed);
        return Enumerable.Range(0, count).Select(_ => coin.Below(2) == 0 ? 1.0 : -1.0).ToList();
    }
}
