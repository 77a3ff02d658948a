using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Lessons;

/// <summary>Programs of lesson 16: Newton–Schulz, the rate of one form of Muon in another, and schedule-free's three iterates.</summary>
public static class ModernFromScratch
{
    static readonly double[] first = [0.6, 0.2, 0], second = [0.1, -0.3, 0.2];
    static readonly double[] rows = [48, 48, 10, 3072, 768, 1024], columns = [64, 48, 48, 768, 3072, 1024];
    static readonly double[] otherRows = [1, 32, 1000, 7, 4096], otherColumns = [32, 1, 7, 1000, 4096];

    /// <summary>Five of Jordan's Newton–Schulz steps: a matrix, its nearly orthogonal factor.</summary>
    public static CodingExercise<Func<Matrix<double>, Matrix<double>>> NewtonSchulz { get; } = new("newton-schulz-from-scratch",
        "Write five Newton–Schulz steps: X = G/‖G‖, then X ← aX + (bS + cS²)X with S = XXᵀ. The result's numbers, row by row.", Orthogonal)
    {
        Step = "number",
        Trials =
        [
            new("the matrix shown", f => ByRows(f(Matrix<double>.Build.DenseOfRowArrays(first, second))), new Input("row 1", first), new Input("row 2", second)),
            new("a tall matrix with large numbers", f => ByRows(f(Matrix<double>.Build.Dense(4, 2, [30, -10, 5, 2, 1, 40, 0, -7])))),
            new("singular values from 1 to 0.0001", f => f(Spread(6)).Svd().S),
        ],
        Slips =
        [
            new(g => Steps(g, 1), "The matrix is not divided by its length ‖G‖ first. Then large singular values run away."),
            new(g => Steps(g, g.Svd().S[0]), "You divide by the largest singular value. ‖G‖ is the root of the sum of all squares: larger, and free of any decomposition."),
            new(g => Steps(g, g.FrobeniusNorm(), square: s => s), "The last term has S² = S·S, a matrix product. You used S again."),
            new(g => Steps(g, g.FrobeniusNorm(), square: s => s.PointwiseMultiply(s)), "S² is the matrix product S·S. You squared each number."),
            new(g => Steps(g, g.FrobeniusNorm(), fixedGram: true), "S stays what it was at the start. Compute S = XXᵀ anew in every step."),
            new(g => Steps(g, g.FrobeniusNorm(), steps: 1), "That is one step. Repeat it five times."),
            new(g => Steps(g, g.FrobeniusNorm(), b: 2.0315, c: -4.7750), "b and c are swapped: b = −4.7750 belongs to S, c = 2.0315 to S²."),
            new(g => Steps(g, g.FrobeniusNorm(), a: 0), "The term aX is missing: it is the one that lifts small singular values."),
            new(g => g.Svd().U * Wide(g) * g.Svd().VT, "That is the exact orthogonal factor. Five of these steps only come near it: singular values between about 0.7 and 1.2."),
        ],
        Right = "Right, also for a tall matrix and for singular values from 1 down to 0.0001.",
    };

    /// <summary>The rate of Muon's original form that steps as far as AdamW at a given rate: rows, columns, AdamW's rate.</summary>
    public static CodingExercise<Func<int, int, double, double>> MuonRate { get; } = new("muon-rate-from-scratch",
        "Write the rate of Muon's original form whose step on a matrix is as long as the form matched to AdamW makes it.", (r, c, rate) => 0.2 * rate * Math.Sqrt(Math.Max(r, c)) / Jordan(r, c))
    {
        Step = "shape",
        Trials =
        [
            new("the shapes shown", f => For(rows, columns, (r, c) => f(r, c, 0.001)), new Input("rows", rows), new Input("columns", columns), new("AdamW's rate", 0.001)),
            new("another rate", f => For(rows, columns, (r, c) => f(r, c, 0.02)), new Input("rows", rows), new Input("columns", columns)),
            new("a single row, a single column", f => For(otherRows, otherColumns, (r, c) => f(r, c, 0.001)), new Input("rows", otherRows), new Input("columns", otherColumns)),
        ],
        Slips =
        [
            new((r, c, rate) => 0.2 * rate * Math.Sqrt(Math.Max(r, c)), "The original form multiplies by √max(1, rows/columns) itself. Divide by it, or tall matrices step too far."),
            new((r, c, rate) => rate * Math.Sqrt(Math.Max(r, c)) / Jordan(r, c), "The 0.2 is missing: it is the root mean square of AdamW's steps that this form aims at."),
            new((r, c, rate) => 0.2 * rate * Math.Sqrt(Math.Max(r, c)) * Jordan(r, c), "You multiply by the original form's own factor. It is already in the step, so divide by it."),
            new((r, c, rate) => 0.2 * rate * Math.Sqrt(Math.Max(r, c)) / Jordan(c, r), "Rows and columns are swapped in √max(1, rows/columns)."),
            new((r, c, rate) => 0.2 * rate * Math.Max(r, c) / Jordan(r, c), "The root is missing: an orthogonal matrix has a root mean square of 1/√max(rows, columns)."),
            new((r, c, rate) => rate * Jordan(r, c) / (0.2 * Math.Sqrt(Math.Max(r, c))), "That is the other way round: from the original form's rate to AdamW's."),
            new((r, c, rate) => 0.2 * rate * Math.Sqrt(Math.Min(r, c)) / Jordan(r, c), "It is the longer side that counts: √max(rows, columns)."),
        ],
        Right = "Right for every shape. Did you see that it is always 0.2·rate·√columns?",
    };

    /// <summary>Schedule-free gradient descent on a parabola, from 1: curvature, rate, β, updates; the average after each update.</summary>
    public static CodingExercise<Func<double, double, double, int, double[]>> ScheduleFree { get; } = new("schedule-free-from-scratch",
        "Write schedule-free descent on f = ½hθ²: y = (1 − β)z + βx, z ← z − η∇f(y), x ← x + (z − x)/k. Return x after each update k = 1, 2, …, with x = z = 1 before.", Averages)
    {
        Trials =
        [
            new("the parabola shown", f => f(2, 0.3, 0.9, 8), new Input("curvature", 2), new("rate", 0.3), new("β", 0.9), new("updates", 8)),
            new("β = 0.5", f => f(1, 0.5, 0.5, 30)),
            new("a steep parabola", f => f(50, 0.03, 0.98, 40)),
        ],
        Slips =
        [
            new((h, rate, beta, n) => Three(h, rate, n, (z, x) => x), "The gradient is taken at x. Take it at y = (1 − β)z + βx."),
            new((h, rate, beta, n) => Three(h, rate, n, (z, x) => z), "The gradient is taken at z: that is plain descent with an average. Take it at y."),
            new((h, rate, beta, n) => Three(h, rate, n, (z, x) => beta * z + (1 - beta) * x), "β and 1 − β are swapped in y: with β near 1, y lies near the average x."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), share: k => 1.0 / (k + 1)), "The share of z in the average is 1/k with k = 1 at the first update, so that x is then z. Yours is 1/(k + 1)."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), share: _ => 1 - beta), "That average fades, with the share 1 − β. Schedule-free weighs all z alike: the share is 1/k."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), early: true), "x takes in the old z. Move z first, then x."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), fromY: true), "z moves from y. It must move from where z itself was: z ← z − η∇f(y)."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), returned: (x, _, z) => z), "You return z, which takes the steps. Asked is the average x."),
            new((h, rate, beta, n) => Three(h, rate, n, Between(beta), returned: (_, y, _) => y), "You return y, where the gradient is taken. Asked is the average x."),
        ],
    };

    /// <summary>What Muon steps along without a memory.</summary>
    static Matrix<double> Orthogonal(Matrix<double> g)
    {
        var rule = new Muon(Beta: 0, Nesterov: false, Scale: MatrixScale.None, NewtonSchulz: new NewtonSchulz(Epsilon: 0));
        var weights = new double[g.RowCount * g.ColumnCount];
        rule.Step(rule.Start(Layout.Of(g.RowCount, g.ColumnCount)), weights, ByRows(g), 1);
        return Matrix<double>.Build.Dense(g.RowCount, g.ColumnCount, (i, j) => -weights[i * g.ColumnCount + j]);
    }

    static double[] ByRows(Matrix<double> m) => m.ToRowMajorArray();

    /// <summary>An n × n matrix with singular values from 1 to 0.0001 in equal factors, between two rotations.</summary>
    static Matrix<double> Spread(int n)
    {
        var draws = new SeededRandom(16);
        Matrix<double> Turn() => Matrix<double>.Build.Dense(n, n, (_, _) => draws.Normal()).QR().Q;
        return Turn() * Matrix<double>.Build.DenseDiagonal(n, n, i => Math.Pow(10, -4.0 * i / (n - 1))) * Turn();
    }

    static Matrix<double> Wide(Matrix<double> g) => Matrix<double>.Build.DenseDiagonal(g.RowCount, g.ColumnCount, 1);

    static Matrix<double> Steps(
        Matrix<double> g, double size, int steps = 5, double a = 3.4445, double b = -4.7750, double c = 2.0315, Func<Matrix<double>, Matrix<double>>? square = null, bool fixedGram = false)
    {
        var x = g / size;
        var gram = x * x.Transpose();
        for (int i = 0; i < steps; i++)
        {
            var s = fixedGram ? gram : x * x.Transpose();
            x = a * x + (b * s + c * (square is null ? s * s : square(s))) * x;
        }
        return x;
    }

    static double Jordan(double rows, double columns) => Math.Sqrt(Math.Max(1, rows / columns));

    static double[] For(double[] rows, double[] columns, Func<int, int, double> rate) => [.. rows.Zip(columns, (r, c) => rate((int)r, (int)c))];

    static double[] Averages(double curvature, double rate, double beta, int updates) =>
        [.. new ScheduleFreeSgd(beta).Path(new Constant(rate), y => [curvature * y[0]], [1], updates).Skip(1).Select(x => x[0])];

    static Func<double, double, double> Between(double beta) => (z, x) => (1 - beta) * z + beta * x;

    /// <summary>The three iterates with one thing wrong: where the gradient is taken, the share of z, what moves first and from where, or what is returned.</summary>
    static double[] Three(
        double h, double rate, int updates, Func<double, double, double> at, Func<int, double>? share = null, bool early = false, bool fromY = false,
        Func<double, double, double, double>? returned = null)
    {
        double x = 1, z = 1;
        return [.. Enumerable.Range(1, updates).Select(k =>
        {
            double y = at(z, x), before = z;
            z = (fromY ? y : z) - rate * h * y;
            x += ((early ? before : z) - x) * (share is null ? 1.0 / k : share(k));
            return returned is null ? x : returned(x, y, z);
        })];
    }
}
