namespace Anneal.Lessons;

/// <summary>Gradient descent on a loss of one weight, and when to stop it: written by the reader, from the loss's derivative.</summary>
public static class DescentFromScratch
{
    static readonly double[] starts = [4, 1, 0.01, -2, -0.3, 0];

    static double Bowl(double x) => 10 * x;
    static double Shifted(double x) => 2 * (x - 3);
    static double TwoValleys(double x) => 4 * x * x * x - 4 * x + 0.5;

    /// <summary>Gradient descent: derivative, start, rate, number of updates.</summary>
    public static CodingExercise<Func<Func<double, double>, double, double, int, double[]>> Descend { get; } = new("descent-from-scratch",
        "Write gradient descent: the weight after each update. Run it here on the derivative 10x.",
        (derivative, start, rate, steps) => Walk(start, steps, (x, _) => x - rate * derivative(x)))
    {
        Trials =
        [
            new("derivative 10x", f => f(Bowl, 4, 0.15, 8), new Input("start", 4), new("rate", 0.15), new("updates", 8)),
            new("derivative 2(x − 3), start 0", f => f(Shifted, 0, 0.1, 40)),
            new("two valleys, start 1.6", f => f(TwoValleys, 1.6, 0.05, 60)),
        ],
        Slips =
        [
            new((derivative, start, rate, steps) => Walk(start, steps, (x, _) => x + rate * derivative(x)), "The sign: that climbs. Subtract the derivative, times the rate."),
            new((derivative, start, rate, steps) => Walk(start, steps, (x, _) => x - rate * derivative(start)), "The derivative is taken at the start every time. Take it where the weight stands now."),
            new((derivative, start, rate, steps) => Walk(start, steps, (x, _) => start - rate * derivative(x)), "Each update starts at the start again. It must start where the one before it ended."),
            new((derivative, start, rate, steps) => Walk(start, steps, (x, _) => x - derivative(x)), "The rate is missing: the step is the rate times the derivative."),
            new((derivative, start, rate, steps) => Walk(start, steps, (x, _) => x - rate * x), "The step uses the weight itself. It must use the derivative there."),
            new((derivative, start, rate, steps) => Walk(start, steps, (x, k) => x - rate / k * derivative(x)), "The rate shrinks like 1/k. Here it stays the same at every update."),
        ],
    };

    /// <summary>When to stop: derivative, start, rate, tolerance, most updates; the number of updates made.</summary>
    public static CodingExercise<Func<Func<double, double>, double, double, double, int, int>> UpdatesUntilFlat { get; } = new("stopping-from-scratch",
        "Count the updates until the derivative is at most the tolerance in size, and stop after the most that are allowed. Run it here on the derivative 10x, once for each start.",
        (derivative, start, rate, tolerance, most) => Count(start, most, x => x - rate * derivative(x), x => Math.Abs(derivative(x)) <= tolerance))
    {
        Step = "row",
        Trials =
        [
            new("derivative 10x", f => starts.Select(x => (double)f(Bowl, x, 0.05, 0.2, 1_000)),
                new Input("start", starts), new("rate", 0.05), new("tolerance", 0.2), new("most", 1_000)),
            new("two valleys", f => starts.Select(x => (double)f(TwoValleys, x, 0.02, 1e-6, 10_000)), new Input("start", starts)),
            new("a rate at which the run diverges", f => starts.Select(x => (double)f(Bowl, x, 0.3, 0.2, 50)), new Input("start", starts)),
        ],
        Slips =
        [
            new((derivative, start, rate, tolerance, most) => Count(start, most, x => x - rate * derivative(x), x => derivative(x) <= tolerance),
                "A negative derivative is below every tolerance. Compare its size: Math.Abs."),
            new((derivative, start, rate, tolerance, most) => Math.Min(most, 1 + Count(start - rate * derivative(start), most, x => x - rate * derivative(x), x => Math.Abs(derivative(x)) <= tolerance)),
                "One update is always made. Test first: a start that is flat already needs none."),
            new((derivative, start, rate, tolerance, most) => Count(start, most, x => x - rate * derivative(x), x => Math.Abs(rate * derivative(x)) <= tolerance),
                "That tests the length of the step. A low rate makes every step short; test the derivative."),
            new((derivative, start, rate, tolerance, most) => Count(start, most, x => x - rate * derivative(x), x => Math.Abs(x) <= tolerance),
                "That tests the weight. Nobody knows where the minimum is; the derivative is what a run can see."),
            new((derivative, start, rate, tolerance, most) => Count(start, 100_000, x => x - rate * derivative(x), x => !(Math.Abs(derivative(x)) > tolerance)),
                "There is no end for a run that never arrives. Stop after `most` updates."),
        ],
    };

    static double[] Walk(double start, int steps, Func<double, int, double> update)
    {
        double x = start;
        return [.. Enumerable.Range(1, steps).Select(k => x = update(x, k))];
    }

    static int Count(double start, int most, Func<double, double> update, Func<double, bool> flat)
    {
        double x = start;
        int made = 0;
        for (; made < most && !flat(x); made++)
            x = update(x);
        return made;
    }
}
