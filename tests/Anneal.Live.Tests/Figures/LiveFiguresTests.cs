using System.Text.Json;
using Anneal.Live.Figures;

namespace Anneal.Live.Tests.Figures;

/// <summary>The figures of lessons at any setting, against values that were found in another way.</summary>
public class LiveFiguresTests
{
    public static TheoryData<string> Names => [.. LiveFigures.All.Select(figure => figure.Name)];

    static LiveFigure Named(string name) => LiveFigures.All.Single(figure => figure.Name == name);

    [Fact]
    public void Names_are_unique() => Assert.Distinct(LiveFigures.All.Select(figure => figure.Name));

    [Theory, MemberData(nameof(Names))]
    public void Every_setting_gives_the_same_lines_in_the_same_order_and_a_sentence(string name)
    {
        var figure = Named(name);
        string[] expected = [.. figure.At().Lines.Select(line => line.Name)];
        foreach (double[] values in Settings(figure))
        {
            var picture = LiveFigures.At(name, values);
            Assert.Equal(expected, picture.Lines.Select(line => line.Name));
            Assert.All(picture.Lines, line =>
            {
                Assert.NotEmpty(line.X);
                Assert.Equal(line.X.Count, line.Y.Count);
                Assert.All(line.X.Concat(line.Y), x => Assert.InRange(x, -1e7, 1e7));
            });
            Assert.EndsWith(".", picture.Text);
            Assert.DoesNotContain("not a number", picture.Text);
            Assert.DoesNotContain("∞", picture.Text);
        }
    }

    /// <summary>Every corner of the knobs' ranges, the middle, and what is shown first.</summary>
    static IEnumerable<double[]> Settings(LiveFigure figure)
    {
        IEnumerable<double[]> all = [[]];
        foreach (var knob in figure.Knobs)
            all = all.SelectMany(values => new[] { knob.Min, knob.Max, Math.Round((knob.Min + knob.Max) / 2, knob.Whole ? 0 : 4), knob.Value }.Select(value => (double[])[.. values, value]));
        return all;
    }

    [Theory, MemberData(nameof(Names))]
    public void A_setting_outside_its_range_is_refused_with_its_range(string name)
    {
        var knob = Named(name).Knobs[0];
        foreach (double value in (double[])[knob.Min - 1, knob.Max + 1, double.NaN])
            Assert.Contains($"{knob.Name} goes from ", Assert.Throws<ArgumentOutOfRangeException>(() => LiveFigures.At(name, [value])).Message);
        Assert.Throws<ArgumentException>(() => LiveFigures.At(name, [.. Named(name).Knobs.Select(k => k.Value), 1]));
    }

    [Fact]
    public void A_figure_that_there_is_not_is_refused_with_those_that_there_are() =>
        Assert.Contains("there are parabola, noise-ball", Assert.Throws<ArgumentException>(() => LiveFigures.At("parabel", [])).Message);

    [Theory, MemberData(nameof(Names))]
    public void The_recipe_has_the_name_and_the_knobs(string name)
    {
        using var recipe = JsonDocument.Parse(Named(name).Recipe);
        Assert.Equal(name, recipe.RootElement.GetProperty("name").GetString());
        var knobs = recipe.RootElement.GetProperty("knobs").EnumerateArray().ToList();
        Assert.Equal(Named(name).Knobs.Select(k => k.Name), knobs.Select(k => k.GetProperty("name").GetString()));
        Assert.Equal(Named(name).Knobs.Select(k => k.Scale.ToString()), knobs.Select(k => k.GetProperty("scale").GetString()));
        Assert.All(Named(name).Knobs, k => Assert.InRange(k.Value, k.Min, k.Max));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.137)]
    [InlineData(0.2)]
    public void On_the_parabola_each_update_multiplies_by_one_minus_ten_rates(double rate)
    {
        var line = LiveFigures.Parabola.At(rate)["updates"];
        for (int t = 0; t <= 20; t++)
        {
            Assert.Equal(4 * Math.Pow(1 - 10 * rate, t), line.X[t], 1e-13);
            Assert.Equal(5 * line.X[t] * line.X[t], line.Y[t], 1e-13);
        }
    }

    [Theory]
    [InlineData(0.03, "it creeps")]
    [InlineData(0.05, "stays on its side")]
    [InlineData(0.08, "comes down")]
    [InlineData(0.1, "one update arrives")]
    [InlineData(0.15, "oscillates")]
    [InlineData(0.2, "without end")]
    [InlineData(0.201, "diverges")]
    public void The_borders_are_at_one_and_two_over_the_curvature(double rate, string said) => Assert.Contains(said, LiveFigures.Parabola.At(rate).Text);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.77)]
    [InlineData(1.5)]
    public void The_noise_ball_is_the_closed_form(double rate)
    {
        var line = LiveFigures.NoiseBall.At(rate)["your rate"];
        double level = rate / (2 - rate);
        foreach (var (t, error) in line.X.Zip(line.Y))
            Assert.Equal(level + Math.Pow(1 - rate, 2 * t) * (25 - level), error, 1e-11);
        Assert.Equal([1, 10_000], [line.X[0], line.X[^1]]);
    }

    [Fact]
    public void The_noise_ball_tells_what_lesson_03_says_of_0_4() => Assert.Contains("settles at 0.25; it is within 1 % of that after 10 steps", LiveFigures.NoiseBall.At(0.4).Text);

    [Theory]
    [InlineData(0, 25)]
    [InlineData(33, 4)]
    [InlineData(71.5, 80)]
    public void In_the_bowl_descent_walks_the_same_at_every_angle_and_the_inverse_arrives_at_once(double degrees, double condition)
    {
        var picture = LiveFigures.TurnedBowl.At(degrees, condition);
        double factor = (condition - 1) / (condition + 1), far = Math.Sqrt(1.8 * 1.8 + 0.4 * 0.4);
        double[][] plain = picture["no P"].Places, cured = picture["P = Q⁻¹"].Places;
        Assert.Equal(13, plain.Length);
        for (int t = 0; t < 13; t++)
            Assert.Equal(far * Math.Pow(factor, t), Length(plain[t]), 1e-12);
        Assert.Equal(0, Length(cured[1]), 1e-12);
        // Every level line keeps one height.
        double turn = degrees * Math.PI / 180, cos = Math.Cos(turn), sin = Math.Sin(turn);
        foreach (var level in picture.Lines.Where(line => line.Name == "level"))
        {
            double[] heights = [.. level.Places.Select(p => Math.Pow(cos * p[0] + sin * p[1], 2) + condition * Math.Pow(cos * p[1] - sin * p[0], 2))];
            Assert.All(heights, height => Assert.Equal(1, height / heights[0], 1e-11));
        }
    }

    [Fact]
    public void A_diagonal_leaves_the_valley_of_lesson_04_as_it_is_at_45_degrees() => Assert.Contains("leaves the condition number 25 of 25", LiveFigures.TurnedBowl.At(45).Text);

    static double Length(double[] point) => Math.Sqrt(point[0] * point[0] + point[1] * point[1]);

    [Theory]
    [InlineData(0.251, 0.25, "but passes 0 only after these 60 steps")]
    [InlineData(0.26, 0.25, "past 0")]
    [InlineData(0.9, 0.25, "past 0")]
    public void A_ripple_too_small_for_the_eye_is_told_with_its_size(double beta, double a, string said)
    {
        var picture = LiveFigures.HeavyBall.At(beta, a);
        Assert.Contains(said, picture.Text);
        double past = -picture["place"].Y.Min();
        Assert.Equal(past > 0, picture.Text.Contains($"at most {LiveFigure.Number(past)} past 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0.5, "is monotone")]
    [InlineData(0.25, 0.25, "is monotone")]
    [InlineData(0.3, 0.25, "ripples")]
    [InlineData(0.1, 2, "zig-zags")]
    [InlineData(0.1, 2.3, "diverges")]
    public void The_ball_obeys_its_recursion_and_its_borders(double beta, double a, string way)
    {
        var picture = LiveFigures.HeavyBall.At(beta, a);
        var x = picture["place"].Y;
        Assert.Equal([1, 1 - a], [x[0], x[1]]);
        for (int t = 1; t < x.Count - 1; t++)
            Assert.Equal((1 + beta - a) * x[t] - beta * x[t - 1], x[t + 1], 1e-10 * Math.Max(1, Math.Abs(x[t + 1])));
        Assert.Contains($"the run {way}", picture.Text);
    }

    [Theory]
    [InlineData(0.3, 3, "−0.2 and −1.5")]
    [InlineData(0.25, 0.25, "0.5 and 0.5")]
    [InlineData(0.8, 1, "0.4 ± 0.8i")]
    [InlineData(0, 0.5, "0.5 and 0")]
    public void On_the_map_the_roots_solve_their_equation_and_the_run_is_that_of_the_ball(double beta, double a, string said)
    {
        var picture = LiveFigures.PhaseMap.At(beta, a);
        Assert.Equal([[a, beta]], picture["setting"].Places);
        Assert.Equal(LiveFigures.HeavyBall.At(beta, a)["place"].Y, picture["place"].Y);
        Assert.StartsWith(LiveFigures.HeavyBall.At(beta, a).Text, picture.Text, StringComparison.Ordinal);
        Assert.Equal(2, picture["root"].X.Count);
        foreach (double[] root in picture["root"].Places)
        {
            System.Numerics.Complex z = new(root[0], root[1]), left = z * z - (1 + beta - a) * z + beta;
            Assert.Equal(0, left.Magnitude, 1e-15 * 16);
        }
        Assert.EndsWith($" The roots are {said}.", picture.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.999, 0.9)]
    [InlineData(0.95, 0.5)]
    public void Without_correction_steps_are_those_of_Adam_without_it(double beta2, double beta1)
    {
        var path = new Adam(Beta1: beta1, Beta2: beta2, Epsilon: 0, BiasCorrection: RuleOptions.BiasCorrection.Neither).Path(new Constant(1), _ => [3], [0], 1_000).Select(w => w[0]).ToArray();
        var line = LiveFigures.BiasCorrection.At(beta2, beta1)["yours"];
        foreach (var (k, step) in line.X.Zip(line.Y).Where(p => p.First <= 1_000))
            Assert.Equal(path[(int)k - 1] - path[(int)k], step, 1e-9);
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(3, 0.05)]
    [InlineData(10, 1)]
    public void Singular_values_are_those_of_a_diagonal_matrix_after_as_many_steps(int steps, double yours)
    {
        (string Name, double[][] Triples)[] sets =
        [
            ("cubic", [[1.5, -0.5, 0]]), ("Jordan", [[3.4445, -4.7750, 2.0315]]),
        ];
        var picture = LiveFigures.SingularValues.At(steps, yours);
        foreach (var (name, triples) in sets)
            foreach (var (start, end) in picture[name].X.Zip(picture[name].Y))
            {
                double s = start;
                for (int i = 0; i < steps; i++)
                    s = triples[0][0] * s + triples[0][1] * s * s * s + triples[0][2] * Math.Pow(s, 5);
                Assert.Equal(s, end, 1e-12);
            }
        var bar = picture["yours"];
        Assert.Equal([yours, yours], bar.X);
        Assert.All(picture.Lines, line => Assert.Equal(line == bar ? 2 : 151, line.X.Count));
        Assert.True(steps > 0 ? bar.Y[0] < bar.Y[1] : bar.Y[0] == yours && bar.Y[1] == yours);
    }

    [Fact]
    public void Singular_values_tell_what_lesson_16_says_of_the_cubic() => Assert.StartsWith("After 5 steps 0.01 has become 0.0758 (cubic), ", LiveFigures.SingularValues.At().Text);

    [Fact]
    public void The_longest_uncorrected_step_is_that_of_lesson_06() => Assert.Contains("update 12 is the longest, 6.57 times the rate; update 1,000 is 1.26 times", LiveFigures.BiasCorrection.At(0.999, 0.9).Text);

    [Theory]
    [InlineData(0, 20_000)]
    [InlineData(0.0013, 3_333)]
    public void Half_of_a_cosine_s_way_is_left_at_half_time(double floor, double length)
    {
        var picture = LiveFigures.Cosine.At(floor, length);
        Assert.Equal((0.002 + floor) / 2, picture["rate"].Y[50], 1e-17);
        Assert.Equal([0, length], [picture["rate"].X[0], picture["rate"].X[^1]]);
        Assert.Contains("50 % of the way down is left", picture.Text);
    }

    [Theory]
    [InlineData(5, 500, "95 %")]
    [InlineData(20, 500, "87.5 %")]
    [InlineData(95, 500, "50 %")]
    [InlineData(95, 2_000, "Only 500 updates are left to warm up.")]
    public void A_trapezoid_spends_what_its_area_is(double percent, double warmup, string said) => Assert.Contains(said, LiveFigures.Trapezoid.At(percent, warmup).Text);

    [Theory]
    [InlineData(10)]
    [InlineData(400)]
    public void The_bound_of_a_constant_rate_is_the_harmonic_sum_of_lesson_11(double updates)
    {
        var line = LiveFigures.LastIterate.At(updates)["your length"];
        Assert.Equal(Math.Sqrt(1 + Enumerable.Range(1, (int)updates - 1).Sum(i => 1.0 / i)), line.Y[0], 1e-12);
        Assert.Equal(LastIterateBound.Of(new LinearDecay(1, updates), (long)updates).Best * Math.Sqrt(updates), line.Y[^1], 1e-12);
    }
}
