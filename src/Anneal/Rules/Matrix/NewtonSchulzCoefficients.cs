namespace Anneal.RuleOptions;

/// <summary>The coefficients of a <see cref="CoefficientSet"/>, and those that are computed for a given range of singular values.</summary>
public static class NewtonSchulzCoefficients
{
    static readonly NewtonSchulzStep[] jordan = [new(3.4445, -4.7750, 2.0315)];

    static readonly NewtonSchulzStep[] quintic =
    [
        new(4.0848, -6.8946, 2.9270), new(3.9505, -6.3029, 2.6377), new(3.7418, -5.5913, 2.3037), new(2.8769, -3.1427, 1.2046), new(2.8366, -3.0525, 1.2012),
    ];

    static readonly NewtonSchulzStep[] polarExpress = Slowed(1.01,
    [
        new(8.28721201814563, -23.595886519098837, 17.300387312530933), new(4.107059111542203, -2.9478499167379106, 0.5448431082926601),
        new(3.9486908534822946, -2.908902115962949, 0.5518191394370137), new(3.3184196573706015, -2.488488024314874, 0.51004894012372),
        new(2.300652019954817, -1.6689039845747493, 0.4188073119525673), new(1.891301407787398, -1.2679958271945868, 0.37680408948524835),
        new(1.8750014808534479, -1.2500016453999487, 0.3750001645474248), new(1.875, -1.25, 0.375),
    ]);

    static readonly NewtonSchulzStep[] polarExpressCushioned =
    [
        new(8.237312490495555, -23.157747414558198, 16.680568411445915), new(4.082441999064835, -2.893047735332586, 0.5252849256975648),
        new(3.9263479922546582, -2.8547468034765298, 0.5318022422894988), new(3.2982187133085143, -2.424541981026706, 0.48632008358844075),
        new(2.2970369434552573, -1.63662558125903, 0.4002628455953627), new(1.8763805351440397, -1.2347896577722228, 0.35891887501668385),
        new(1.8564423485617974, -1.2132449880935525, 0.3568003487825883), new(1.8749994008682747, -1.2499988017229169, 0.3749994008546422),
    ];

    static readonly NewtonSchulzStep[] polarExpressSafer =
    [
        new(8.156554524902461, -22.48329292557795, 15.878769915207462), new(4.0429299351667245, -2.808917465908704, 0.5000178451051299),
        new(3.8916678022926563, -2.7724841532176825, 0.5060648178503389), new(3.285753657755658, -2.3681294933425394, 0.46449024233003117),
        new(2.3005307116270983, -1.6111665557258408, 0.3833374427545273), new(1.8631210546382593, -1.2042160621002727, 0.3421879560523383),
        new(1.8382572152247512, -1.1779263289537742, 0.3396513038637379), new(1.8749999923301852, -1.2499999836060613, 0.374999991275876),
    ];

    static readonly NewtonSchulzStep[] polarExpressFive =
    [
        new(8.156554524902461, -22.48329292557795, 15.878769915207462), new(4.042929935166739, -2.808917465908714, 0.5000178451051316),
        new(3.8916678022926607, -2.772484153217685, 0.5060648178503393), new(3.285753657755655, -2.3681294933425376, 0.46449024233003106),
        new(2.3465413258596377, -1.7097828382687081, 0.42323551169305323),
    ];

    static readonly NewtonSchulzStep[] polarExpressRounded =
    [
        new(8.2051, -22.9019, 16.4607), new(4.0664, -2.8612, 0.5184), new(3.9096, -2.8234, 0.5250), new(3.2856, -2.4153, 0.4853),
        new(2.2779, -1.6198, 0.3985), new(1.8726, -1.2307, 0.3585), new(1.8564, -1.2132, 0.3568), new(1.8750, -1.2500, 0.3750),
    ];

    static readonly NewtonSchulzStep[] cans =
    [
        new(8.4703, -25.1081, 18.6293), new(4.1828, -3.1087, 0.5806), new(3.9619, -2.9541, 0.5630), new(3.2866, -2.4647, 0.5074), new(2.2737, -1.6447, 0.4162),
    ];

    static readonly NewtonSchulzStep[] almostOrthogonal =
        [new(4.0098, -7.0585, 2.4635), new(3.4585, -5.5479, 2.5959), new(2.7573, -3.2939, 1.4254), new(2.7215, -3.0494, 1.3169)];

    static readonly NewtonSchulzStep[] deepSeekV4 = [.. Enumerable.Repeat(jordan[0], 8), new(2, -1.5, 0.5), new(2, -1.5, 0.5)];

    static readonly NewtonSchulzStep[] cubic =
        [new(3.3656576, -3.3420992, 0), new(2.5744352, -1.4957376, 0), new(2.5368962, -1.4312570, 0), new(2.4418906, -1.2764040, 0), new(2.2230472, -0.9630650, 0)];

    /// <summary>The triples of a set, in order.</summary>
    public static IReadOnlyList<NewtonSchulzStep> Of(CoefficientSet set) => set switch
    {
        CoefficientSet.Jordan => jordan,
        CoefficientSet.Quintic => quintic,
        CoefficientSet.PolarExpress => polarExpress,
        CoefficientSet.PolarExpressCushioned => polarExpressCushioned,
        CoefficientSet.PolarExpressSafer => polarExpressSafer,
        CoefficientSet.PolarExpressFive => polarExpressFive,
        CoefficientSet.PolarExpressRounded => polarExpressRounded,
        CoefficientSet.Cans => cans,
        CoefficientSet.AlmostOrthogonal => almostOrthogonal,
        CoefficientSet.DeepSeekV4 => deepSeekV4,
        _ => cubic,
    };

    /// <summary>Divides the argument of every step but the last.</summary>
    static NewtonSchulzStep[] Slowed(double factor, NewtonSchulzStep[] steps) =>
        [.. steps[..^1].Select(s => new NewtonSchulzStep(s.A / factor, s.B / Math.Pow(factor, 3), s.C / Math.Pow(factor, 5))), steps[^1]];

    /// <summary>Polar Express for singular values from <paramref name="smallest"/> to 1: at every step the odd polynomial that is nearest to 1 on what is left.</summary>
    /// <remarks>
    /// <code>
    /// p = argmin over a, b, c of max |1 − p(s)| for s in [max(l, Cushion·u), u]      l ← p(l)     u ← 2 − l     from l = Smallest, u = 1
    /// </code>
    /// A cushion keeps the first steps from being so steep that they waste the middle of the range; the polynomial is then stretched so that p(l) and p(u) lie
    /// equally far from 1. Every step but the last divides its argument by <paramref name="safety"/>, so that rounding cannot push a singular value out of range.
    /// Amsel, Persson, Musco and Gower, <see href="https://arxiv.org/abs/2505.16932">The Polar Express</see> (2025), algorithm 1 and section 3.
    /// </remarks>
    /// <param name="smallest">The smallest singular value to be expected, above 0 and below 1.</param>
    /// <param name="steps">How many steps, 1 or above.</param>
    /// <param name="safety">1 or above.</param>
    /// <param name="cushion">Smallest ratio of the ends of a range that is planned for, 0 or above and below 1.</param>
    /// <param name="degree">5, or 3 for cubic steps.</param>
    public static IReadOnlyList<NewtonSchulzStep> PolarExpress(double smallest, int steps, double safety = 1, double cushion = 0, int degree = 5)
    {
        Require.Below(1, "1", Require.Positive(smallest), nameof(smallest));
        Require.AtLeast(1, steps);
        Require.AtLeast(1, safety);
        Require.BelowOne(cushion);
        if (degree is not (3 or 5))
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "degree must be 3 or 5.");
        var list = new NewtonSchulzStep[steps];
        double l = smallest, u = 1;
        for (int i = 0; i < steps; i++)
        {
            double low = Math.Max(l, cushion * u);
            var best = degree == 3 ? BestCubic(low, u) : BestQuintic(low, u);
            double stretch = low > l ? 2 / (best.At(l) + best.At(u)) : 1, slow = i < steps - 1 ? safety : 1;
            list[i] = new(best.A * stretch / slow, best.B * stretch / Math.Pow(slow, 3), best.C * stretch / Math.Pow(slow, 5));
            l = list[i].At(l);
            u = 2 - l;
        }
        return list;
    }

    /// <summary>The best odd cubic on [l, u]: it touches 1 + E at its top and 1 − E at both ends.</summary>
    static NewtonSchulzStep BestCubic(double l, double u)
    {
        double α = Math.Sqrt(3 / (u * u + l * u + l * l)), β = 4 / (2 + l * u * (l + u) * α * α * α);
        return new(1.5 * α * β, -0.5 * α * α * α * β, 0);
    }

    /// <summary>The best odd quintic on [l, u], by Remez's exchange: 1 − E at l and r, 1 + E at q and u, until q and r are its turning points.</summary>
    static NewtonSchulzStep BestQuintic(double l, double u)
    {
        // So near to a point the best polynomial is the one that is flat there, to the last digit.
        if (l / u >= 1 - 5e-6)
            return new(15 / (8 * u), -10 / (8 * u * u * u), 3 / (8 * Math.Pow(u, 5)));
        double q = (3 * l + u) / 4, r = (l + 3 * u) / 4, error = double.PositiveInfinity;
        for (int i = 0; i < 100; i++)
        {
            double before = error;
            var solved = Solve([Row(l, 1), Row(q, -1), Row(r, 1), Row(u, -1)]);
            var (a, b, c) = (solved[0], solved[1], solved[2]);
            error = solved[3];
            double root = Math.Sqrt(9 * b * b - 20 * a * c);
            (q, r) = (Math.Sqrt((-3 * b - root) / (10 * c)), Math.Sqrt((-3 * b + root) / (10 * c)));
            if (Math.Abs(before - error) <= 1e-15)
                return new(a, b, c);
        }
        throw new ArithmeticException($"The best polynomial on [{l}, {u}] was not found in 100 exchanges.");

        static double[] Row(double s, double sign) => [s, s * s * s, Math.Pow(s, 5), sign, 1];
    }

    /// <summary>The solution of a small linear system, its right side in the last column, by elimination with row exchanges.</summary>
    static double[] Solve(double[][] rows)
    {
        int n = rows.Length;
        for (int k = 0; k < n; k++)
        {
            int largest = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(rows[i][k]));
            (rows[k], rows[largest]) = (rows[largest], rows[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = rows[i][k] / rows[k][k];
                for (int j = k; j <= n; j++)
                    rows[i][j] -= factor * rows[k][j];
            }
        }
        var x = new double[n];
        for (int k = n - 1; k >= 0; k--)
        {
            double sum = rows[k][n];
            for (int j = k + 1; j < n; j++)
                sum -= rows[k][j] * x[j];
            x[k] = sum / rows[k][k];
        }
        return x;
    }
}
