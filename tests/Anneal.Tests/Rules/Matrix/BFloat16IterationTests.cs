namespace Anneal.Tests;

/// <summary>Newton–Schulz in bfloat16, beside the same operations one number at a time, and the memory of Muon's family in bfloat16.</summary>
public class BFloat16IterationTests
{
    public static TheoryData<IterationFormat> Formats => [.. Enum.GetValues<IterationFormat>()];

    [Theory, MemberData(nameof(Formats))]
    public void An_iteration_rounds_where_its_format_says(IterationFormat format)
    {
        var random = new SeededRandom(3);
        foreach (var set in new[] { CoefficientSet.Jordan, CoefficientSet.PolarExpressFive, CoefficientSet.Cubic })
            foreach (var epsilon in new[] { NormEpsilon.Added, NormEpsilon.Clamped })
                foreach (var (rows, columns) in new[] { (4, 4), (3, 7), (9, 5), (1, 6) })
                {
                    double[] matrix = [.. Enumerable.Range(0, rows * columns).Select(_ => random.Normal())];
                    var form = new NewtonSchulz(set, 1e-7, epsilon, Safety: 1.02, Format: format);
                    double[] got = new SpectralNorm(5, SpectralScale.One, NewtonSchulz: form).Direction(matrix, rows, columns), wanted = Plain(form, matrix, rows, columns);
                    // Sums in another order differ in the sixteenth digit, of which the third one never hears.
                    double apart = wanted.Zip(got, (a, b) => Math.Abs(a - b)).Max();
                    Assert.True(apart <= 1e-12, $"{form} of {rows} × {columns}: {apart} away");
                    if (format != IterationFormat.AsWeights)
                        Assert.All(got, x => Assert.Equal(NumberFormat.BFloat16.Nearest(x), x));
                }
    }

    /// <summary>The iteration as its programs write it, a number at a time.</summary>
    static double[] Plain(NewtonSchulz form, double[] matrix, int rows, int columns)
    {
        bool tall = rows > columns, fused = form.Format == IterationFormat.BFloat16Fused;
        double[,] x = new double[Math.Min(rows, columns), Math.Max(rows, columns)];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                x[tall ? j : i, tall ? i : j] = R(matrix[i * columns + j]);
        double square = 0;
        foreach (double entry in x)
            square += entry * entry;
        double norm = R(R(Math.Sqrt(square)) * 1.02), size = R(form.EpsilonForm == NormEpsilon.Clamped ? Math.Max(norm, 1e-7) : norm + 1e-7);
        x = Map(x, entry => R(entry / size));
        foreach (var step in form.Steps(5))
        {
            double[,] s = Map(Times(x, Turned(x)), R), b;
            if (step.C == 0)
                b = Map(s, y => R(step.B * y));
            else if (fused)
                b = Both(s, Times(s, s), (y, square) => R(step.B * y + step.C * square));
            else
            {
                double[,] squared = form.Format == IterationFormat.BFloat16SquareFirst ? Map(Map(Times(s, s), R), y => R(step.C * y)) : Map(Times(Map(s, y => R(step.C * y)), s), R);
                b = Both(s, squared, (y, z) => R(R(step.B * y) + z));
            }
            double[,] product = Times(b, x);
            x = fused ? Both(x, product, (y, z) => R(step.A * y + z)) : Both(x, product, (y, z) => R(R(step.A * y) + R(z)));
        }
        double[] flat = new double[rows * columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                flat[i * columns + j] = x[tall ? j : i, tall ? i : j];
        return flat;

        double R(double y) => form.Format == IterationFormat.AsWeights ? y : NumberFormat.BFloat16.Nearest(y);
    }

    static double[,] Turned(double[,] a)
    {
        double[,] t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < t.GetLength(0); i++)
            for (int j = 0; j < t.GetLength(1); j++)
                t[i, j] = a[j, i];
        return t;
    }

    static double[,] Times(double[,] a, double[,] b)
    {
        double[,] c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
            for (int j = 0; j < c.GetLength(1); j++)
                for (int k = 0; k < b.GetLength(0); k++)
                    c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    static double[,] Map(double[,] a, Func<double, double> f) => Both(a, a, (x, _) => f(x));

    static double[,] Both(double[,] a, double[,] b, Func<double, double, double> f)
    {
        double[,] c = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
            for (int j = 0; j < c.GetLength(1); j++)
                c[i, j] = f(a[i, j], b[i, j]);
        return c;
    }

    [Fact]
    public void In_floats_the_iteration_stays_near_that_in_doubles()
    {
        // A sum on the border of two bfloat16 numbers may fall to either side: one unit, 2⁻⁸ of numbers up to 1.2, which later steps turn into a few.
        var random = new SeededRandom(5);
        double[] matrix = [.. Enumerable.Range(0, 24 * 40).Select(_ => random.Normal())];
        foreach (var format in Enum.GetValues<IterationFormat>())
        {
            var rule = new Muon(Beta: 0, Nesterov: false, Scale: MatrixScale.None, NewtonSchulz: new(Format: format));
            double[] wide = new double[matrix.Length];
            float[] single = new float[matrix.Length];
            rule.Step(rule.Start(Layout.Of(24, 40)), wide, matrix, 1);
            rule.Step(rule.Start(Layout.Of(24, 40), Precision.Single), single, [.. matrix.Select(x => (float)x)], 1);
            double apart = wide.Zip(single, (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(apart, 0, format == IterationFormat.AsWeights ? 1e-5 : 0.05);
        }
    }

    [Fact]
    public void Rounding_costs_several_hundredths_of_an_orthogonal_matrix()
    {
        var random = new SeededRandom(6);
        double[] matrix = [.. Enumerable.Range(0, 32 * 32).Select(_ => random.Normal())], exact = Direction(IterationFormat.AsWeights);
        foreach (var format in Enum.GetValues<IterationFormat>().Skip(1))
            Assert.InRange(Direction(format).Zip(exact, (a, b) => Math.Abs(a - b)).Max(), 1e-3, 0.1);

        double[] Direction(IterationFormat format) => new SpectralNorm(5, SpectralScale.One, NewtonSchulz: new(Format: format)).Direction(matrix, 32, 32);
    }

    public static TheoryData<Rule> Family => [new Muon(), new Muon(Nesterov: false, DualNorm: true), new Scion(), new AdaMuon(), new Muon(NewtonSchulz: new(Format: IterationFormat.BFloat16), Radius: 3), new Muon(Cautious: true),
        new NorMuon(), new NorMuon(Lines: MomentLines.Longer, EpsilonIsFloor: true, NewtonSchulz: new(Format: IterationFormat.BFloat16SquareFirst)), new AdaMuon(Moment: AdaMuonMoment.PerMatrix)];

    public static TheoryData<Rule> Chosen => [new Dion2(), new Dion2(0.5, Beta2: 0.9), new Dion2(NewtonSchulz: new(CoefficientSet.PolarExpressFive, Format: IterationFormat.BFloat16SquareFirst)), new Dion(), new Dion(Mu: 0.5, Rank: 2, TransposeWide: false)];

    public static TheoryData<Rule> All => [.. Family.Concat(Chosen).Select(row => row.Data)];

    [Theory, MemberData(nameof(Family))]
    public void Momentum_in_bfloat16_is_the_rounded_mean_of_the_gradients(Rule rule)
    {
        var shape = Layout.Of(("matrix", [5, 7]), ("tall", [6, 2]));
        float[] weights = new float[shape.Count], gradient = new float[shape.Count], m = new float[shape.Count];
        float β = (float)((SteepestDescent)rule).Beta, rest = (float)(1 - ((SteepestDescent)rule).Beta);
        var state = rule.Start(shape, Precision.SingleWithBFloat16StateRoundedToNearest);
        for (int t = 0; t < 6; t++)
        {
            for (int i = 0; i < m.Length; i++)
            {
                gradient[i] = MathF.Cos(i * (t + 1)) + 0.1f * i;
                m[i] = (float)NumberFormat.BFloat16.Nearest(β * m[i] + rest * gradient[i]);
            }
            rule.Step(state, weights, gradient, 0.01);
            Assert.Equal(m.Select(x => (double)x), state["m"]);
        }
        Assert.All(weights, w => Assert.True(float.IsFinite(w) && w != 0));
    }

    [Fact]
    public void Dions_momentum_in_bfloat16_is_rounded_once_a_step()
    {
        // Of rank 3 all of a 3 × 5 matrix is followed, so that Mu of the sum stays: the rounding between would show.
        var rule = new Dion(Mu: 0.5, RankFraction: 1, Decay: 0);
        float[] weights = new float[15], gradient = new float[15];
        double[] m = new double[15];
        var state = rule.Start(Layout.Of(3, 5), Precision.SingleWithBFloat16StateRoundedToNearest);
        for (int t = 0; t < 6; t++)
        {
            for (int i = 0; i < m.Length; i++)
            {
                gradient[i] = MathF.Cos(i * i + 5 * t);
                m[i] = 0.5 * (m[i] + gradient[i]);
            }
            rule.Step(state, weights, gradient, 0.01);
            double[] got = state["m"];
            // Half a unit of 8 bits, and float arithmetic on the way.
            Assert.All(m.Zip(got), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Math.Abs(pair.First) * 1.001 * Math.Pow(2, -8) + 1e-5));
            got.CopyTo(m, 0);
        }
    }

    [Fact]
    public void Dion2_keeps_the_sum_of_rows_that_wait_and_a_share_of_those_that_step()
    {
        var rule = new Dion2(0.25, Beta: 0.9);
        float[] weights = new float[32], gradient = new float[32], m = new float[32];
        var state = rule.Start(Layout.Of(4, 8), Precision.SingleWithBFloat16StateRoundedToNearest);
        for (int t = 0; t < 8; t++)
        {
            for (int i = 0; i < m.Length; i++)
                m[i] += gradient[i] = MathF.Cos(i * (t + 1)) + 0.1f * (i % 5);
            int most = Enumerable.Range(0, 4).MaxBy(r => m.Skip(8 * r).Take(8).Sum(x => Math.Abs((double)x)));
            for (int i = 0; i < m.Length; i++)
                m[i] = (float)NumberFormat.BFloat16.Nearest(i / 8 == most ? 0.9f * m[i] : m[i]);
            rule.Step(state, weights, gradient, 0.01);
            Assert.Equal(m.Select(x => (double)x), state["m"]);
        }
    }

    [Fact]
    public void What_waits_in_bfloat16_is_not_rounded_again_by_chance()
    {
        // Rows without a gradient keep momentum and second moment to the bit, however often others step.
        var rule = new Dion2(0.25, Beta2: 0.9);
        float[] weights = new float[32], gradient = [.. Enumerable.Range(0, 32).Select(i => 0.01f * MathF.Sin(i + 1))];
        var state = rule.Start(Layout.Of(4, 8), Precision.SingleWithBFloat16State);
        rule.Step(state, weights, gradient, new StepOptions(0.01) { Seed = 1 });
        double[] before = state["m"], moments = state["v"];
        int most = Array.FindIndex(moments, v => v != 0);
        for (int t = 0; t < 20; t++)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = i / 8 == most ? MathF.Cos(i + t) : 0;
            rule.Step(state, weights, gradient, new StepOptions(0.01) { Seed = 1 });
        }
        for (int i = 0; i < 32; i++)
            Assert.True(i / 8 == most || state["m"][i] == before[i]);
        Assert.Equal(moments.Select((v, i) => i == most ? 0 : v), state["v"].Select((v, i) => i == most ? 0 : v));
        Assert.NotEqual(moments[most], state["v"][most]);
    }

    [Theory, MemberData(nameof(All))]
    public void Rounding_by_chance_keeps_the_mean_of_what_is_remembered(Rule rule)
    {
        // The first step's memory under 4,000 seeds: each number has one of two neighbours, and the mean lies within five of its own deviations.
        var shape = Layout.Of(5, 7);
        float[] gradient = [.. Enumerable.Range(0, 35).Select(i => MathF.Sin(1 + i) + 0.01f * i)];
        var exact = rule.Start(shape, Precision.Single);
        rule.Step(exact, new float[35], gradient, 0.01);
        const int draws = 4_000;
        foreach (var slot in exact.Slots.Where(s => s.Length > 0))
        {
            double[] wanted = slot.ToArray(), sums = new double[wanted.Length];
            for (int seed = 0; seed < draws; seed++)
            {
                var state = rule.Start(shape, Precision.SingleWithBFloat16State);
                rule.Step(state, new float[35], gradient, new StepOptions(0.01) { Seed = seed });
                double[] got = state[slot.Slot.Name];
                for (int i = 0; i < got.Length; i++)
                    sums[i] += got[i];
            }
            for (int i = 0; i < wanted.Length; i++)
            {
                // A unit of 8 bits at most, so half of it is the deviation at most.
                double unit = Math.ScaleB(1, Math.Max(-126, wanted[i] == 0 ? -126 : Math.ILogB(wanted[i])) - 7);
                Assert.InRange(Math.Abs(sums[i] / draws - wanted[i]), 0, 5 * 0.5 * unit / Math.Sqrt(draws) + 1e-6 * Math.Abs(wanted[i]));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_step_from_momentum_in_bfloat16_is_the_step_in_floats_from_the_same_momentum(Rule rule)
    {
        var shape = Layout.Of(("matrix", [8, 12]), ("bias", [9]));
        float[] brief = [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin(i))], gradient = new float[shape.Count];
        RuleState state = rule.Start(shape, Precision.SingleWithBFloat16State), other = rule.Start(shape, Precision.Single);
        for (int t = 0; t < 5; t++)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = MathF.Cos(3 * i + t);
            float[] full = [.. brief];
            foreach (var slot in state.Slots)
                other.Set(slot.Slot.Name, slot.ToArray());
            other.Steps = state.Steps;
            rule.Step(state, brief, gradient, new StepOptions(0.01) { Seed = 7 });
            rule.Step(other, full, gradient, 0.01);
            Assert.Equal(full, brief);
            // What is remembered then is the same, rounded to a neighbour.
            foreach (var slot in state.Slots)
                Assert.All(other[slot.Slot.Name].Zip(slot.ToArray()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Math.Abs(pair.First) * Math.Pow(2, -7)));
        }
        Assert.NotEqual(other["m"], state["m"]);
    }

    [Theory, MemberData(nameof(All))]
    public void It_has_the_same_bits_at_any_number_of_threads_and_after_a_resume(Rule rule)
    {
        foreach (var precision in new[] { Precision.SingleWithBFloat16State, Precision.SingleWithBFloat16StateRoundedToNearest })
        {
            var shape = Layout.Of(("matrix", [120, 90]), ("bias", [90]));
            float[] one = [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin(i))], several = [.. one], gradient = new float[one.Length];
            RuleState first = rule.Start(shape, precision), second = rule.Start(shape, precision);
            for (int t = 0; t < 5; t++)
            {
                for (int i = 0; i < gradient.Length; i++)
                    gradient[i] = MathF.Cos(i * 0.37f + t);
                rule.Step(first, one, gradient, new StepOptions(0.01) { Threads = 1, Seed = 3 });
                rule.Step(second, several, gradient, new StepOptions(0.01) { Threads = 2 + t % 2, Seed = 3 });
                using var stream = new MemoryStream();
                StateFile.Save(second, stream);
                stream.Position = 0;
                second = StateFile.Load(rule, shape, stream, precision);
            }
            Assert.True(one.AsSpan().SequenceEqual(several));
            Assert.True(first.SameAs(second));
            Assert.Equal(2, first.Slots.First().Bytes.Length / first.Slots.First().Length);
        }
    }

    [Fact]
    public void Those_that_copy_or_index_what_they_remember_refuse_bfloat16() => Assert.All(
        [new Shampoo(), new Soap()],
        (Rule rule) => Assert.Contains("cannot keep its memory in bfloat16", Assert.Throws<ArgumentException>(
            () => rule.Start(Layout.Of(4, 3), Precision.SingleWithBFloat16StateRoundedToNearest)).Message));
}
