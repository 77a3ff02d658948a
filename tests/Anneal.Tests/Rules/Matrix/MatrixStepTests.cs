namespace Anneal.Tests;

/// <summary>Muon and its relatives beside their formulas in plain loops, under options that no golden record has. What makes a matrix orthogonal is taken from the norm's own direction.</summary>
public class MatrixStepTests
{
    const double Rate = 0.1, Lambda = 0.3;

    static readonly (int Rows, int Columns)[] shapes = [(3, 5), (5, 3), (4, 4), (1, 6)];

    /// <summary>Without iterations it divides by 256 and does nothing else: no matrix here is longer.</summary>
    static NewtonSchulz Linear { get; } = new(Epsilon: 256, EpsilonForm: NormEpsilon.Clamped);

    static double[] Gradient(int t, int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(1.7 * i + t * t) * (1 + i % 3))];

    static double[] Start(int count) => [.. Enumerable.Range(0, count).Select(i => 1 + Math.Cos(3 * i))];

    static double Norm(IEnumerable<double> x) => Math.Sqrt(x.Sum(y => y * y));

    static double[] Flat(NewtonSchulz? form, int iterations, double[] x, int rows, int columns) => new SpectralNorm(iterations, SpectralScale.One, NewtonSchulz: form).Direction(x, rows, columns);

    /// <summary>Five steps of the rule and of the formula, which turns weights and a gradient into the next weights.</summary>
    static void Agree(Rule rule, int rows, int columns, Func<int, double[], double[], double[]> formula)
    {
        var state = rule.Start(Layout.Of(rows, columns));
        double[] weights = Start(rows * columns), expected = Start(rows * columns);
        for (int t = 1; t <= 5; t++)
        {
            double[] g = Gradient(t, weights.Length);
            rule.Step(state, weights, g, Rate);
            expected = formula(t, expected, g);
            // Sums in another order differ in the last digits, which five orthogonalisations make at most some hundred times larger.
            for (int i = 0; i < weights.Length; i++)
                Assert.True(Math.Abs(expected[i] - weights[i]) <= 1e-12, $"{rule}, {rows} × {columns}, step {t}, weight {i}: {weights[i]:R} instead of {expected[i]:R}");
        }
    }

    [Theory]
    [InlineData(MuonMomentum.Average, false)]
    [InlineData(MuonMomentum.Average, true)]
    [InlineData(MuonMomentum.Sum, false)]
    [InlineData(MuonMomentum.Sum, true)]
    [InlineData(MuonMomentum.BiasCorrected, false)]
    [InlineData(MuonMomentum.BiasCorrected, true)]
    public void Without_iterations_Muon_is_momentum(MuonMomentum momentum, bool nesterov)
    {
        const double β = 0.7;
        foreach (bool cautious in new[] { false, true })
        {
            double[] m = new double[15];
            Agree(new Muon(β, nesterov, 0, Lambda, NewtonSchulz: Linear, Scale: MatrixScale.None, Momentum: momentum, CautiousDecay: cautious), 3, 5, (t, w, g) =>
                [.. w.Select((x, i) =>
                {
                    double now = momentum == MuonMomentum.Sum ? 1 : 1 - β;
                    m[i] = β * m[i] + now * g[i];
                    double u = (momentum == MuonMomentum.BiasCorrected, nesterov) switch
                    {
                        (false, false) => m[i],
                        (false, true) => β * m[i] + now * g[i],
                        (true, false) => m[i] / (1 - Math.Pow(β, t)),
                        (true, true) => β * m[i] / (1 - Math.Pow(β, t + 1)) + now * g[i] / (1 - Math.Pow(β, t)),
                    };
                    return (cautious && x * u < 0 ? x : (1 - Rate * Lambda) * x) - Rate * u / 256;
                })]);
        }
    }

    public static TheoryData<MatrixScale> Scales => [.. Enum.GetValues<MatrixScale>()];

    [Theory, MemberData(nameof(Scales))]
    public void The_shape_scales_the_step(MatrixScale scale)
    {
        foreach (var (rows, columns) in new[] { (2, 8), (8, 2), (4, 4) })
        {
            double shape = scale switch
            {
                MatrixScale.Original => rows == 8 ? 2 : 1,
                MatrixScale.OriginalTransposed => columns == 8 ? 2 : 1,
                MatrixScale.RootLonger => rows == columns ? 2 : Math.Sqrt(8),
                MatrixScale.RmsToRms => rows == 8 ? 2 : rows == 4 ? 1 : 0.5,
                MatrixScale.InverseRootColumns => 1 / Math.Sqrt(columns),
                _ => 1,
            };
            Agree(new Muon(0, false, 0, NewtonSchulz: Linear, Scale: scale, ScaleFactor: 0.5), rows, columns, (_, w, g) => [.. w.Zip(g, (x, y) => x - Rate * 0.5 * shape * y / 256)]);
        }
    }

    [Fact]
    public void Muon_times_the_dual_norm_steps_by_the_sum_of_singular_values()
    {
        foreach (var (rows, columns) in shapes)
            Agree(new Muon(0, false, DualNorm: true, Scale: MatrixScale.None), rows, columns, (_, w, g) =>
            {
                double[] o = Flat(null, 5, g, rows, columns);
                double sum = o.Zip(g, (a, b) => a * b).Sum();
                return [.. w.Zip(o, (x, y) => x - Rate * sum * y)];
            });
    }

    [Fact]
    public void Cautious_Muon_divides_by_the_share_that_agrees()
    {
        const double β = 0.7;
        double[] m = new double[20];
        Agree(new Muon(β, false, 0, NewtonSchulz: Linear, Scale: MatrixScale.None, Cautious: true), 4, 5, (_, w, g) =>
        {
            for (int i = 0; i < m.Length; i++)
                m[i] = β * m[i] + (1 - β) * g[i];
            double share = m.Zip(g).Count(p => p.First * p.Second > 0) / 20.0;
            return [.. w.Select((x, i) => x - Rate * (m[i] * g[i] > 0 ? m[i] / share : 0) / 256)];
        });
        // Of 2,000 numbers one agrees: the share counts as a thousandth.
        var rule = new Muon(0.5, false, 0, NewtonSchulz: Linear, Scale: MatrixScale.None, Cautious: true);
        var state = rule.Start(Layout.Of(40, 50));
        double[] weights = new double[2_000], gradient = [.. Enumerable.Repeat(1e-4, 2_000)];
        rule.Step(state, weights, gradient, 0);
        gradient[7] = 1e-3;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] *= i == 7 ? 1 : -0.1;
        rule.Step(state, weights, gradient, Rate);
        Assert.Equal(-Rate * 0.5 * (0.5e-4 + 1e-3) / 1e-3 / 256, weights[7], 1e-15);
        Assert.All(weights.Where((_, i) => i != 7), w => Assert.Equal(0, w));
    }

    [Fact]
    public void On_a_sphere_a_step_is_the_rate_times_the_radius_before_the_length_is_restored()
    {
        foreach (var (rows, columns) in shapes)
            Agree(new Muon(0, false, Radius: 3), rows, columns, (_, w, g) =>
            {
                double[] o = Flat(null, 5, g, rows, columns);
                double[] moved = [.. w.Zip(o, (x, y) => x - Rate * 3 / Norm(o) * y)];
                return [.. moved.Select(x => x * 3 / Norm(moved))];
            });
    }

    [Fact]
    public void On_a_small_sphere_too_and_with_steps_that_are_short()
    {
        // Radius and step below 1: neither is taken for nothing.
        Agree(new Muon(0, false, 0, Radius: 0.5, NewtonSchulz: Linear), 3, 5, (_, w, g) =>
        {
            double[] moved = [.. w.Zip(g, (x, y) => x - Rate * 0.5 / Norm(g) * y)];
            return [.. moved.Select(x => x * 0.5 / Norm(moved))];
        });
    }

    /// <summary>Larger than the blocks of a product, beside plain loops.</summary>
    [Theory]
    [InlineData(40, 300)]
    [InlineData(300, 40)]
    [InlineData(150, 150)]
    public void A_large_matrix_is_made_orthogonal_like_a_small_one(int rows, int columns)
    {
        double[] g = Gradient(1, rows * columns), x = [.. g.Select(y => y / (Norm(g) + 1e-7))];
        bool tall = rows > columns;
        var (m, n) = tall ? (columns, rows) : (rows, columns);
        if (tall)
            x = Turned(x, rows, columns);
        foreach (var step in new NewtonSchulz().Steps(5))
        {
            double[] s = Loops(x, Turned(x, m, n), m, n, m), square = Loops(s, s, m, m, m);
            double[] move = Loops([.. s.Zip(square, (a, b) => step.B * a + step.C * b)], x, m, m, n);
            x = [.. x.Zip(move, (a, b) => step.A * a + b)];
        }
        double[] expected = tall ? Turned(x, m, n) : x, got = Flat(null, 5, g, rows, columns);
        Assert.InRange(expected.Zip(got, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-11);

        static double[] Loops(double[] x, double[] y, int rows, int inner, int columns)
        {
            double[] product = new double[rows * columns];
            for (int i = 0; i < rows; i++)
                for (int k = 0; k < inner; k++)
                    for (int j = 0; j < columns; j++)
                        product[i * columns + j] += x[i * inner + k] * y[k * columns + j];
            return product;
        }
    }

    [Fact]
    public void A_gradient_that_is_no_number_gives_weights_that_are_none_and_no_endless_search()
    {
        double[] weights = new double[6];
        var rule = new Muon(NewtonSchulz: new(Preconditioning: Preconditioning.Spectral));
        rule.Step(rule.Start(Layout.Of(2, 3)), weights, [1, 2, double.NaN, 3, 4, 5], Rate);
        Assert.All(weights, w => Assert.True(double.IsNaN(w)));
    }

    /// <summary>Numbers that each rule keeps, and the room it works in, for a wide matrix of 3 × 5, a tall one of 5 × 3 and a vector of 4.</summary>
    public static TheoryData<Rule, string> Memory => new()
    {
        { new Muon(), "m 15 15 4, v 0 0 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, kept 0 0 0" },
        { new Muon(Cautious: true), "m 15 15 4, v 0 0 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, kept 15 15 0" },
        { new Muon(DualNorm: true), "m 15 15 4, v 0 0 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, kept 15 15 0" },
        { new NorMuon(), "m 15 15 4, v 3 5 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, lines 3 5 0" },
        { new NorMuon(Lines: MomentLines.Longer), "m 15 15 4, v 5 5 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, lines 5 5 0" },
        { new AdaMuon(), "m 15 15 4, v 15 15 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0" },
        { new AdaMuon(Moment: AdaMuonMoment.PerMatrix), "m 15 15 4, v 1 1 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0" },
        { new Dion2(), "m 15 15 4, v 0 0 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, lines 5 5 0, whole 15 15 0" },
        { new Dion2(Beta2: 0.9), "m 15 15 4, v 3 5 4, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0, lines 5 5 0, whole 15 15 0" },
        { new Dion(Rank: 2), "m 15 15 4, q 6 6 0, v 0 0 4, whole 15 15 0, step 15 15 0, basis 6 6 0, tall 6 10 0, flat 10 6 0" },
        { new Dion(Rank: 2, TransposeWide: false), "m 15 15 4, q 10 6 0, v 0 0 4, whole 15 15 0, step 15 15 0, basis 10 6 0, tall 6 10 0, flat 10 6 0" },
        { new Scion(), "m 15 15 4, v 0 0 0, u 15 15 4, turned 0 15 0, next 15 15 0, a 9 9 0, b 9 9 0" },
        { new Scion(new SignNorm()), "m 15 15 4, v 0 0 0, u 15 15 4" },
        { new Scion(new RowNorm()), "m 15 15 4, v 0 0 0, u 15 15 4" },
        { new Scion(new RowNorm(Transposed: true)), "m 15 15 4, v 0 0 0, u 15 15 4, columns 5 3 0" },
        { new Scion(new ColumnNorm()), "m 15 15 4, v 0 0 0, u 15 15 4, columns 5 3 0" },
        { new Scion(new ColumnNorm(Transposed: true)), "m 15 15 4, v 0 0 0, u 15 15 4" },
        { new Shampoo(), "s 0 0 4, left 9 25 0, right 25 9 0, leftRoot 9 25 0, rightRoot 25 9 0" },
        { new VarianceReduced(new Sgd()), "previous 15 15 0, c 15 15 4" },
        { new AdamMini(Blocks: AdamMiniBlocks.PerRow), "m 15 15 4, v 3 5 4" },
        { new AdamMini(Blocks: AdamMiniBlocks.PerTensor), "m 15 15 4, v 1 1 1" },
        { new StableAdamW(), "m 15 15 4, v 15 15 4, ratio 15 15 4" },
        { new AdamAtan2(), "m 15 15 4, v 15 15 4" },
        { new AdamAtan2(Regeneration: 0.1), "m 15 15 4, v 15 15 4, x0 15 15 4" },
    };

    [Theory, MemberData(nameof(Memory))]
    public void A_rule_keeps_what_it_needs_and_no_more(Rule rule, string expected)
    {
        var layout = Layout.Of(("wide", [3, 5]), ("tall", [5, 3]), ("vector", [4]));
        Assert.Equal(expected, string.Join(", ", rule.Slots(layout).Select(slot => $"{slot.Name} {string.Join(' ', layout.Tensors.Select(t => slot.Size?.Invoke(t) ?? t.Count))}")));
        // Dion2 takes momentum as it is, without a look ahead.
        Assert.Equal(rule is SteepestDescent and not (Dion2 or Scion), rule is SteepestDescent { Nesterov: true });
    }

    public static TheoryData<AdaMuon> AdaMuons =>
    [
        new AdaMuon(0.8, Epsilon: 0.01, Decay: Lambda), new AdaMuon(0.8, 0.6, Signed: false, MatchLength: false, Epsilon: 0.02, Scale: MatrixScale.RootLonger, Decay: Lambda), new AdaMuon(0.8, BiasCorrection: true, Nesterov: false, MatchLength: false, Epsilon: 0.01, Decay: Lambda),
        new AdaMuon(0.8, 0.5, Moment: AdaMuonMoment.PerMatrix, Signed: false, MatchLength: false, Epsilon: 0.03, ScaleFactor: 0.7, Decay: Lambda), new AdaMuon(0.8, Moment: AdaMuonMoment.PerMatrix, BiasCorrection: true, MatchLength: false, Epsilon: 0.03, Decay: Lambda),
        new AdaMuon(0.8, 0.9, Moment: AdaMuonMoment.PerMatrix, Epsilon: 0.1, Iterations: 3, Decay: Lambda),
    ];

    [Theory, MemberData(nameof(AdaMuons))]
    public void AdaMuon_divides_by_its_second_moment(AdaMuon rule)
    {
        foreach (var (rows, columns) in shapes)
        {
            int n = rows * columns;
            double[] m = new double[n], v = new double[n];
            double β = rule.Beta, β2 = rule.Beta2 ?? β, whole = 0;
            Agree(rule, rows, columns, (t, w, g) =>
            {
                double[] u = [.. g.Select((x, i) => (m[i] = β * m[i] + (1 - β) * x, rule.Nesterov ? β * m[i] + (1 - β) * x : m[i]).Item2)];
                double[] o = Flat(null, rule.Iterations, rule.Signed ? [.. u.Select(x => (double)Math.Sign(x))] : u, rows, columns);
                double correct = rule.BiasCorrection ? 1 - Math.Pow(β2, t) : 1, scale = rule.ScaleFactor * (rule.Scale == MatrixScale.RootLonger ? Math.Sqrt(Math.Max(rows, columns)) : 1);
                if (rule.Moment == AdaMuonMoment.PerWeight)
                    for (int i = 0; i < n; i++)
                    {
                        v[i] = β2 * v[i] + (1 - β2) * o[i] * o[i];
                        o[i] /= Math.Sqrt(v[i] / correct) + rule.Epsilon;
                    }
                else
                {
                    whole = β2 * whole + (1 - β2) * g.Sum(x => x * x);
                    scale *= Norm(u) / (Math.Sqrt(whole / correct) + rule.Epsilon);
                }
                if (rule.MatchLength)
                    scale *= Math.Sqrt(n) / (Norm(o) + rule.Epsilon);
                return [.. w.Zip(o, (x, y) => (1 - Rate * Lambda) * x - Rate * scale * y)];
            });
        }
    }

    public static TheoryData<NorMuon> NorMuons =>
    [
        new NorMuon(0.8, 0.7, Epsilon: 0.01, LengthEpsilon: 0.1, Decay: Lambda), new NorMuon(0.8, 0.7, Lines: MomentLines.Longer, EpsilonIsFloor: true, Epsilon: 0.05, KeepsLength: false, Decay: Lambda), new NorMuon(0.8, 0.7, EqualRows: true, Scale: MatrixScale.RmsToRms, ScaledDecay: true, Decay: Lambda),
        new NorMuon(0.8, 0.7, UnitLength: true, Lines: MomentLines.Longer, ScaleFactor: 0.5, ScaledDecay: true, Decay: Lambda), new NorMuon(0.8, 0.7, UnitLength: true, EqualRows: true, Iterations: 2, Scale: MatrixScale.RootLonger, Decay: Lambda),
        new NorMuon(0.8, 0.7, Epsilon: 0.5, KeepsLength: false, Decay: Lambda),
    ];

    [Theory, MemberData(nameof(NorMuons))]
    public void NorMuon_makes_lines_equally_long(NorMuon rule)
    {
        foreach (var (rows, columns) in shapes)
        {
            int n = rows * columns;
            bool byRows = rule.Lines == MomentLines.Rows || rows >= columns;
            double[] m = new double[n], v = new double[byRows ? rows : columns];
            double β = rule.Beta, shape = rule.ScaleFactor * rule.Scale switch
            {
                MatrixScale.Original => Math.Sqrt(Math.Max(1, (double)rows / columns)),
                MatrixScale.RmsToRms => Math.Sqrt((double)rows / columns),
                _ => Math.Sqrt(Math.Max(rows, columns)),
            };
            Agree(rule, rows, columns, (t, w, g) =>
            {
                double[] u = [.. g.Select((x, i) => (m[i] = β * m[i] + (1 - β) * x, β * m[i] + (1 - β) * x).Item2)];
                if (rule.EqualRows)
                {
                    double mean = Norm(u) / Math.Sqrt(rows);
                    double[] lengths = [.. Enumerable.Range(0, rows).Select(r => Norm(u.Skip(r * columns).Take(columns)))];
                    u = [.. u.Select((x, i) => x * mean / lengths[i / columns])];
                }
                double[] o = Flat(null, rule.Iterations, u, rows, columns);
                double length = Norm(o);
                if (rule.UnitLength)
                {
                    double unit = Math.Sqrt(Math.Min(rows, columns));
                    o = [.. o.Select(x => x * unit / length)];
                    length = unit;
                }
                for (int k = 0; k < v.Length; k++)
                    v[k] = rule.Beta2 * v[k] + (1 - rule.Beta2) * o.Where((_, i) => (byRows ? i / columns : i % columns) == k).Average(x => x * x);
                o = [.. o.Select((x, i) =>
                {
                    double own = v[byRows ? i / columns : i % columns];
                    return x / (rule.EpsilonIsFloor ? Math.Sqrt(Math.Max(own, rule.Epsilon)) : Math.Sqrt(own) + rule.Epsilon);
                })];
                double scale = shape * (rule.KeepsLength ? length / (Norm(o) + rule.LengthEpsilon) : 1), decay = Lambda * (rule.ScaledDecay ? shape : 1);
                return [.. w.Zip(o, (x, y) => (1 - Rate * decay) * x - Rate * scale * y)];
            });
        }
    }

    [Fact]
    public void A_row_far_shorter_than_the_others_is_not_made_longer_without_end()
    {
        // Rows of 1 and of 1e-7, at right angles: the second is divided by 1e-6, a tenth of its due.
        var rule = new NorMuon(0, 0, false, 0, KeepsLength: false, EqualRows: true, EpsilonIsFloor: true, Epsilon: 1, NewtonSchulz: Linear, Scale: MatrixScale.None);
        double[] weights = new double[4];
        rule.Step(rule.Start(Layout.Of(2, 2)), weights, [1, 0, 0, 1e-7], 1);
        double mean = Math.Sqrt(1 + 1e-14) / Math.Sqrt(2);
        Assert.Equal([-mean / 256, 0, 0, -0.1 * mean / 256], weights, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    public static TheoryData<Dion2> Dion2s =>
    [
        new Dion2(0.5, 0.8, Decay: Lambda), new Dion2(0.3, 0.8, Scale: MatrixScale.RootLonger, ScaleFactor: 0.2, Decay: Lambda), new Dion2(0.5, 0.8, 0.7, Epsilon: 0.01, Decay: Lambda), new Dion2(0.01, 0.8, NewtonSchulz: new(CoefficientSet.Quintic), Decay: Lambda), new Dion2(1, 0.8, 0.9, 2, Decay: Lambda),
    ];

    [Theory, MemberData(nameof(Dion2s))]
    public void Dion2_steps_the_lines_that_have_gathered_most(Dion2 rule)
    {
        foreach (var (rows, columns) in shapes)
        {
            bool byRows = rule.Beta2 is not null || rows <= columns;
            int lines = byRows ? rows : columns, k = Math.Max(1, (int)Math.Ceiling(rule.Fraction * lines));
            double[] m = new double[rows * columns], v = new double[rows];
            int Line(int i) => byRows ? i / columns : i % columns;
            Agree(rule, rows, columns, (t, w, g) =>
            {
                for (int i = 0; i < m.Length; i++)
                    m[i] += g[i];
                int[] chosen = [.. Enumerable.Range(0, lines).OrderByDescending(l => m.Where((_, i) => Line(i) == l).Sum(Math.Abs)).Take(k).Order()];
                int[] places = [.. Enumerable.Range(0, m.Length).Where(i => chosen.Contains(Line(i)))];
                double[] o = Flat(rule.NewtonSchulz ?? new(CoefficientSet.PolarExpressFive, 1e-8, Safety: 1.02), rule.Iterations, [.. places.Select(i => m[i])], byRows ? k : rows, byRows ? columns : k);
                foreach (int i in places)
                    m[i] *= rule.Beta;
                double scale = rule.ScaleFactor * Math.Sqrt(rule.Scale == MatrixScale.RootLonger ? Math.Max(rows, columns) : (double)rows / columns);
                if (rule.Beta2 is double β2)
                {
                    double before = Norm(o);
                    for (int r = 0; r < k; r++)
                    {
                        v[chosen[r]] = β2 * v[chosen[r]] + (1 - β2) * o.Skip(r * columns).Take(columns).Average(x => x * x);
                        for (int j = 0; j < columns; j++)
                            o[r * columns + j] /= Math.Sqrt(v[chosen[r]]) + rule.Epsilon;
                    }
                    scale *= before / Norm(o);
                }
                double[] next = [.. w.Select(x => (1 - Rate * Lambda) * x)];
                for (int i = 0; i < places.Length; i++)
                    next[places[i]] -= Rate * scale * o[i];
                return next;
            });
        }
    }

    [Fact]
    public void Of_lines_with_equal_momentum_Dion2_takes_the_first()
    {
        double[] weights = new double[12];
        var rule = new Dion2(0.5, Decay: 0);
        rule.Step(rule.Start(Layout.Of(3, 4)), weights, [1, 2, 3, 4, 4, 3, 2, 1, 1, 1, 1, 7], 1);
        // All three rows sum to 10; two of them step.
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(r => weights.Skip(4 * r).Take(4).All(w => w != 0)));
    }

    [Theory]
    [InlineData(8, 5, 0.25, 1, null, 2)]
    [InlineData(5, 8, 0.25, 1, null, 2)]
    [InlineData(8, 5, 0.25, 4, null, 4)]
    [InlineData(8, 5, 1, 4, null, 5)]
    [InlineData(8, 5, 0.01, 1, null, 1)]
    [InlineData(8, 5, 0.25, 1, 3, 3)]
    [InlineData(8, 5, 0.25, 1, 9, 5)]
    [InlineData(8, 5, 0.2, 1, null, 1)]
    public void Dions_rank_is_a_share_of_the_shorter_side(int rows, int columns, double fraction, int multiple, int? rank, int expected)
    {
        // The basis spans the columns; of a wide matrix that is turned, its rows.
        Assert.Equal(expected * columns, new Dion(RankFraction: fraction, RankMultipleOf: multiple, Rank: rank, TransposeWide: false).Start(Layout.Of(rows, columns))["q"].Length);
        Assert.Equal(expected * Math.Min(rows, columns), new Dion(RankFraction: fraction, RankMultipleOf: multiple, Rank: rank).Start(Layout.Of(rows, columns))["q"].Length);
    }

    /// <summary>The algorithm as printed, with Gram and Schmidt for the orthogonal factor.</summary>
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(3, 0)]
    public void Dion_follows_the_largest_directions(int powers, double epsilon)
    {
        const int rank = 2;
        const double mu = 0.7;
        foreach (var (rows, columns) in shapes.Where(s => s.Rows > 1))
        {
            bool turned = rows < columns;
            var (r, c) = turned ? (columns, rows) : (rows, columns);
            double[] m = new double[r * c], q = [];
            Agree(new Dion(mu, Rank: rank, PowerIterations: powers, Decay: Lambda, Epsilon: epsilon, Seed: 3), rows, columns, (t, w, g) =>
            {
                if (t == 1)
                {
                    // Normal draws of the seed, for every tensor its own.
                    var draws = new SeededRandom(3UL << 32);
                    q = [.. Enumerable.Range(0, c * rank).Select(_ => draws.Normal())];
                }
                for (int i = 0; i < m.Length; i++)
                    m[i] += turned ? g[i % c * r + i / c] : g[i];
                double[] p = [], right = q;
                for (int k = 0; k < powers; k++)
                {
                    p = Orthogonal(Times(m, right, r, c, rank), r, rank);
                    right = Times(Turned(m, r, c), p, c, r, rank);
                }
                double[] followed = Times(p, Turned(right, c, rank), r, rank, c);
                for (int i = 0; i < m.Length; i++)
                    m[i] -= (1 - mu) * followed[i];
                q = [.. right.Select((x, i) => x / (Norm(right.Where((_, j) => j % rank == i % rank)) + epsilon))];
                double[] step = Times(p, Turned(q, c, rank), r, rank, c);
                double scale = Math.Sqrt((double)rows / columns);
                return [.. w.Select((x, i) => (1 - Rate * Lambda) * x - Rate * scale * step[turned ? i % columns * c + i / columns : i])];
            });
        }
    }

    static double[] Turned(double[] x, int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(i => x[i % rows * columns + i / rows])];

    static double[] Times(double[] x, double[] y, int rows, int inner, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => Enumerable.Range(0, inner).Sum(k => x[i / columns * inner + k] * y[k * columns + i % columns]))];

    /// <summary>Only the product with its transpose counts, so the signs of columns are free; twice, so that the columns are at right angles to the last digit.</summary>
    static double[] Orthogonal(double[] x, int rows, int columns)
    {
        double[] q = [.. x];
        for (int j = 0; j < columns; j++)
        {
            for (int pass = 0; pass < 2; pass++)
                for (int k = 0; k < j; k++)
                {
                    double along = Enumerable.Range(0, rows).Sum(i => q[i * columns + k] * q[i * columns + j]);
                    for (int i = 0; i < rows; i++)
                        q[i * columns + j] -= along * q[i * columns + k];
                }
            double length = Norm(Enumerable.Range(0, rows).Select(i => q[i * columns + j]));
            for (int i = 0; i < rows; i++)
                q[i * columns + j] /= length;
        }
        return q;
    }

    [Fact]
    public void Every_tensor_of_Dion_begins_at_draws_of_its_own_and_waits_there_for_a_gradient()
    {
        var rule = new Dion(Rank: 2, Seed: 5, Decay: 0);
        var state = rule.Start(Layout.Of(("first", [4, 3]), ("second", [3, 4])));
        rule.Step(state, new double[24], new double[24], 1);
        double[] q = state["q"];
        for (int k = 0; k < 2; k++)
        {
            var draws = new SeededRandom((5UL << 32) + (ulong)k);
            double[] drawn = [.. Enumerable.Range(0, 6).Select(_ => draws.Normal())];
            for (int i = 0; i < 6; i++)
                Assert.Equal(drawn[i] / (Norm(drawn.Where((_, j) => j % 2 == i % 2)) + 1e-8), q[6 * k + i], 1e-14);
        }
    }

    [Fact]
    public void A_direction_that_Dion_finds_empty_is_left_out()
    {
        // Of rank 1 where 2 are asked for: without ε the second column of the basis would be 0/0.
        double[] weights = new double[6];
        var rule = new Dion(RankFraction: 1, Epsilon: 0, Decay: 0);
        var state = rule.Start(Layout.Of(3, 2));
        for (int t = 0; t < 3; t++)
            rule.Step(state, weights, [2, 0, 0, 0, 0, 0], 1);
        Assert.All(weights, w => Assert.True(double.IsFinite(w)));
        Assert.True(weights[0] < -1);
    }

    static readonly Func<double, double, Adam?, Rule>[] withVectors =
    [
        (decay, rate, vectors) => new Dion(Decay: decay, VectorRate: rate, Vectors: vectors), (decay, rate, vectors) => new Dion2(Decay: decay, VectorRate: rate, Vectors: vectors),
        (decay, rate, vectors) => new NorMuon(Decay: decay, VectorRate: rate, Vectors: vectors), (decay, rate, vectors) => new AdaMuon(Decay: decay, VectorRate: rate, Vectors: vectors),
        (decay, rate, vectors) => new Muon(Decay: 1, VectorDecay: decay, VectorRate: rate, Vectors: vectors),
    ];

    [Theory]
    [InlineData(0, 1e-8)]
    [InlineData(1, 1e-10)]
    [InlineData(2, 1e-10)]
    [InlineData(3, 1e-10)]
    [InlineData(4, 1e-10)]
    public void Vectors_run_AdamW_at_their_own_rate(int index, double epsilon)
    {
        // Gradients near ε: it shows.
        Same(withVectors[index](Lambda, 0.25, null), new AdamW(0.9, 0.95, epsilon, Lambda), epsilon);
        Same(withVectors[index](Lambda, 0.25, new(0.5, 0.6, 0.1)), new AdamW(0.5, 0.6, 0.1, Lambda), 1);
        Same(withVectors[index](0, 0.25, null), new AdamW(0.9, 0.95, epsilon, 0), epsilon);
        Same(withVectors[index](1, 0.25, null), new AdamW(0.9, 0.95, epsilon, 1), epsilon);

        static void Same(Rule rule, Rule adam, double size)
        {
            RuleState first = rule.Start(Layout.Of(5)), second = adam.Start(Layout.Of(5));
            double[] one = Start(5), other = Start(5);
            for (int t = 1; t <= 6; t++)
            {
                double[] g = [.. Gradient(t, 5).Select(x => x * size)];
                rule.Step(first, one, g, Rate);
                adam.Step(second, other, g, Rate * 0.25);
                Assert.Equal(other, one, (a, b) => Math.Abs(a - b) < 1e-13);
            }
            Assert.NotEqual(Start(5), one);
        }
    }

    static NewtonSchulz Bare(Preconditioning preconditioning = Preconditioning.Frobenius) => new(Epsilon: 0, Preconditioning: preconditioning);

    public static TheoryData<Rule> WithoutEpsilon =>
    [
        new Muon(NewtonSchulz: Bare()), new Muon(NewtonSchulz: Bare(Preconditioning.Spectral)), new Muon(NewtonSchulz: Bare(Preconditioning.Schatten)), new Muon(NewtonSchulz: Bare(Preconditioning.AlmostOrthogonal)),
        new Muon(DualNorm: true, NewtonSchulz: Bare()), new Muon(Cautious: true, NewtonSchulz: Bare()), new NorMuon(Epsilon: 0, LengthEpsilon: 0, NewtonSchulz: Bare()),
        new NorMuon(Epsilon: 0, LengthEpsilon: 0, EpsilonIsFloor: true, EqualRows: true, UnitLength: true, NewtonSchulz: Bare()), new NorMuon(Epsilon: 0, LengthEpsilon: 0, Lines: MomentLines.Longer, NewtonSchulz: Bare()),
        new AdaMuon(Epsilon: 0, Decay: 0, NewtonSchulz: Bare()), new AdaMuon(Epsilon: 0, Decay: 0, Moment: AdaMuonMoment.PerMatrix, NewtonSchulz: Bare()), new AdaMuon(Epsilon: 0, Decay: 0, Moment: AdaMuonMoment.PerMatrix, MatchLength: false, NewtonSchulz: Bare()),
        new Dion2(Decay: 0, NewtonSchulz: Bare()), new Dion2(Beta2: 0.9, Epsilon: 0, Decay: 0, NewtonSchulz: Bare()), new Dion(Epsilon: 0, Decay: 0), new Muon(Radius: 5, NewtonSchulz: Bare()),
        new AdamMini(Epsilon: 0, Blocks: AdamMiniBlocks.PerTensor), new AdamMini(Epsilon: 0, Blocks: AdamMiniBlocks.PerWeight), new StableAdamW(Epsilon: 0, Decay: 0), new AdamAtan2(),
    ];

    [Theory, MemberData(nameof(WithoutEpsilon))]
    public void Without_gradient_and_epsilon_nothing_moves_and_nothing_is_divided_by_0(Rule rule)
    {
        foreach (var (rows, columns) in shapes)
        {
            var state = rule.Start(Layout.Of(rows, columns));
            double[] start = Start(rows * columns), weights = rule is Muon { Radius: double radius } ? [.. start.Select(x => x * radius / Norm(start))] : start, before = [.. weights];
            for (int t = 0; t < 2; t++)
                rule.Step(state, weights, new double[weights.Length], Rate);
            Assert.Equal(before, weights, (a, b) => Math.Abs(a - b) < 1e-14);
            // And all is well when a gradient comes.
            rule.Step(state, weights, Gradient(1, weights.Length), Rate);
            Assert.All(weights, w => Assert.True(double.IsFinite(w)));
            Assert.NotEqual(before, weights);
        }
        if (rule is not Muon { Radius: not null })
            return;
        // On a sphere weights of 0 have no direction to keep.
        double[] none = new double[6];
        rule.Step(rule.Start(Layout.Of(2, 3)), none, new double[6], Rate);
        Assert.Equal(new double[6], none);
    }

    [Fact]
    public void Counts_have_their_limits()
    {
        Func<int, object>[] repeated =
        [
            n => new Muon(Iterations: n), n => new NorMuon(Iterations: n), n => new AdaMuon(Iterations: n), n => new Dion2(Iterations: n), n => new SpectralNorm(n),
        ];
        foreach (var make in repeated)
        {
            Assert.NotNull(make(0));
            Assert.NotNull(make(1_000));
            Assert.Equal("Iterations", Assert.Throws<ArgumentOutOfRangeException>(() => make(-1)).ParamName);
            Assert.Contains("from 0 to 1000", Assert.Throws<ArgumentOutOfRangeException>(() => make(1_001)).Message);
        }
        Assert.NotNull(new Dion(PowerIterations: 1_000, RankMultipleOf: 1, Rank: 1));
        Assert.Contains("from 1 to 1000", Assert.Throws<ArgumentOutOfRangeException>(() => new Dion(PowerIterations: 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dion(PowerIterations: 1_001));
        Assert.Equal("Rank", Assert.Throws<ArgumentOutOfRangeException>(() => new Dion(Rank: 0)).ParamName);
        Assert.Equal("RankMultipleOf", Assert.Throws<ArgumentOutOfRangeException>(() => new Dion(RankMultipleOf: 0)).ParamName);
        Assert.Equal("Safety", Assert.Throws<ArgumentOutOfRangeException>(() => new NewtonSchulz(Safety: 0.99)).ParamName);
        Assert.Equal("CustomCoefficients", Assert.Throws<ArgumentException>(() => new NewtonSchulz(CustomCoefficients: [])).ParamName);
        foreach (var make in new Func<object>[] { () => new Dion(Vectors: new(Amsgrad: Amsgrad.Raw)), () => new Muon(Vectors: new(Amsgrad: Amsgrad.Raw)) })
            Assert.Contains("AMSGrad", Assert.Throws<ArgumentException>(make).Message);
    }
}
