namespace Anneal.Lessons;

/// <summary>Programs of lesson 04: what a diagonal leaves of the condition number, and Newton's method with a line search.</summary>
public static class PreconditioningFromScratch
{
    static readonly double[] shownAngles = [0, 5, 15, 30, 45, 60, 90, 120];
    static readonly double[] otherAngles = [0, 1, 10, 22.5, 44, 80, 135, 170];

    /// <summary>The condition number that a diagonal preconditioner leaves: angles in degrees, both curvatures.</summary>
    public static CodingExercise<Func<double[], double, double, double[]>> DiagonalLeaves { get; } = new("diagonal-leaves-from-scratch",
        "Write what a diagonal preconditioner leaves: for each angle of the bowl's axes the condition number of P^½QP^½ with P = diag(1/Q₁₁, 1/Q₂₂).",
        (angles, mu, l) => Each(angles, mu, l, (q11, q12, q22) => Left(Math.Abs(q12) / Math.Sqrt(q11 * q22))))
    {
        Step = "row",
        Trials =
        [
            new("the angles shown", f => f(shownAngles, 1, 25), new Input("angle in degrees", shownAngles), new("μ", 1), new("L", 25)),
            new("a rounder bowl", f => f(otherAngles, 2, 3), new Input("angle in degrees", otherAngles)),
            new("a longer bowl", f => f(otherAngles, 0.5, 400), new Input("angle in degrees", otherAngles)),
        ],
        Slips =
        [
            new((angles, mu, l) => Each(angles, mu, l, (q11, q12, q22) => Left(q12 * q12 / (q11 * q22))), "You use r² where r belongs: take the root of Q₁₂²/(Q₁₁Q₂₂)."),
            new((angles, mu, l) => Each(angles, mu, l, (q11, q12, q22) => Left(q12 / Math.Sqrt(q11 * q22))), "Q₁₂ may be negative. The larger eigenvalue is 1 + |r|, and a condition number is at least 1."),
            new((angles, mu, l) => [.. angles.Select(_ => l / mu)], "That is κ without a preconditioner. Scale the diagonal to 1 first."),
            new((angles, mu, l) => Each([.. angles.Select(a => a * 180 / Math.PI)], mu, l, (q11, q12, q22) => Left(Math.Abs(q12) / Math.Sqrt(q11 * q22))), "Sine and cosine take radians: multiply the degrees by π/180."),
            new((angles, mu, l) => Each(angles, mu, l, (q11, _, q22) => Math.Max(q11, q22) / Math.Min(q11, q22)), "That compares the diagonal entries of Q, which P makes equal. Q₁₂ is what is left."),
            new((angles, mu, l) => Each(angles, mu, l, (q11, q12, q22) => 1 + Math.Abs(q12) / Math.Sqrt(q11 * q22)), "That is the larger eigenvalue. Divide it by the smaller one, 1 − |r|."),
            new((angles, mu, l) => Each(angles, mu, l, (q11, q12, q22) => Left(Math.Abs(q12) / Math.Max(q11, q22))), "r divides Q₁₂ by √(Q₁₁Q₂₂), the two roots of P on both sides of Q."),
        ],
    };

    /// <summary>Newton's method with a backtracking line search on √(1 + x²): start, updates.</summary>
    public static CodingExercise<Func<double, int, double[]>> BacktrackingNewton { get; } = new("backtracking-newton-from-scratch",
        "Write Newton's method with backtracking on f(x) = √(1 + x²): x after each update.",
        (start, steps) => Search(start, steps, NewtonDirection))
    {
        Trials =
        [
            new("the start shown", f => f(3, 5), new Input("start", 3), new("updates", 5)),
            new("a start where Newton's method alone runs away", f => f(1.05, 6), new Input("start", 1.05)),
            new("a start far away", f => f(-20, 8), new Input("start", -20)),
            new("a start near the minimum", f => f(0.3, 3), new Input("start", 0.3)),
        ],
        Slips =
        [
            new((start, steps) => Repeat(start, steps, x => x + NewtonDirection(x)), "No step is ever shortened. While f falls too little, halve s and look again."),
            new((start, steps) => Search(start, steps, NewtonDirection, keep: true), "s stays short once it was shortened. Begin each update with s = 1."),
            new((start, steps) => Search(start, steps, x => -Slope(x)), "That is gradient descent with a line search. The direction is −f′/f″."),
            new((start, steps) => Repeat(start, steps, x => x + NewtonDirection(x) / 2), "The step is halved once, or always. Begin each update with s = 1, and halve in a loop until f falls enough."),
            new((start, steps) => Search(start, steps, NewtonDirection, shrink: 0.1), "s is divided by ten. Here it is halved."),
            new((start, steps) => Repeat(start, steps, x => x - NewtonDirection(x)), "The sign: the direction is d = −f′/f″, downhill."),
        ],
    };

    /// <summary>One number per angle, from the entries of the turned matrix.</summary>
    static double[] Each(double[] degrees, double mu, double l, Func<double, double, double, double> of) => [.. degrees.Select(angle =>
    {
        var (sin, cos) = Math.SinCos(angle * Math.PI / 180);
        return of(mu * cos * cos + l * sin * sin, (mu - l) * sin * cos, mu * sin * sin + l * cos * cos);
    })];

    static double Left(double r) => (1 + r) / (1 - r);

    static double F(double x) => Math.Sqrt(1 + x * x);

    static double Slope(double x) => x / F(x);

    /// <summary><c>−f′/f″ = −x·(1 + x²)</c></summary>
    static double NewtonDirection(double x) => -x * (1 + x * x);

    static double Halvings(double x, double direction, double from, double shrink)
    {
        double s = from;
        while (F(x + s * direction) > F(x) + 1e-4 * s * Slope(x) * direction)
            s *= shrink;
        return s;
    }

    static double[] Search(double start, int steps, Func<double, double> direction, bool keep = false, double shrink = 0.5)
    {
        double s = 1;
        return Repeat(start, steps, x => x + (s = Halvings(x, direction(x), keep ? s : 1, shrink)) * direction(x));
    }

    static double[] Repeat(double start, int steps, Func<double, double> next)
    {
        double x = start;
        return [.. Enumerable.Range(0, steps).Select(_ => x = next(x))];
    }
}
