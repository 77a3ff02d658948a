namespace Anneal.Tests;

/// <summary>A run that is saved and loaded in the middle goes on bit for bit, whatever the rule, the wrapper and the number of threads.</summary>
public class ResumeTests
{
    static Layout Shape(Rule rule) => rule is Preconditioned ? Layout.Of(("matrix", [1, 2]), ("vector", [1])) : Layout.Of(("matrix", [4, 3]), ("vector", [5]));

    static readonly (string Name, Func<Rule, Rule> Around)[] Wrappers =
    [
        ("none", r => r), ("decay in the gradient", r => new WeightDecay(r, 0.1, DecayForm.L2)), ("decay", r => new WeightDecay(r, 0.1)),
        ("decay afterwards", r => new WeightDecay(r, 0.1, DecayForm.IndependentAfter)), ("clipped", r => new ClipByGlobalNorm(r, 0.5)),
        ("clipped by value", r => new ClipByValue(r, 0.3)), ("clipped per tensor", r => new ClipByNorm(r, 0.3)), ("clipped adaptively", r => new AdaptiveGradientClip(r)),
        ("ascending", r => new Maximize(r)), ("cautious", r => new Cautious(r)), ("half cautious", r => new Cautious(r, 0.5, 0, CountsOneMore: true)),
        ("decay that agrees", r => new WeightDecay(r, 0.1, Agreement: DecayAgreement.Towards)), ("variance reduced", r => new VarianceReduced(r)),
        ("rounded weights", r => new RoundedWeights(r)), ("Kahan weights", r => new KahanWeights(r)), ("master weights", r => new MasterWeights(r)),
        ("loss scale", r => new DynamicLossScale(r, 4, GrowthInterval: 3, Simulated: NumberFormat.Float16)), ("rescaled", r => new GradientScale(r, 0.5)), ("accumulated", r => new GradientAccumulation(r, 3)),
        ("averaged", r => new ExponentialMovingAverage(r, 0.9, Warmup: true)), ("averaged equally", r => new StochasticWeightAveraging(r, From: 3, Every: 2)), ("lookahead", r => new Lookahead(r, 3)),
        ("guarded", r => new ApplyIfFinite(r)), ("grouped", r => new ParameterGroups(r, [new("vectors", RateFactor: 0.5, DecayFactor: 0)])),
        ("a rule for each group", r => new ParameterGroups(r, [new("vec*", RateFactor: 0.5, Rule: new AdamW())])),
        ("the rule for a group", r => new ParameterGroups(new ExponentialMovingAverage(new Momentum(), 0.5), [new("*tor", Rule: r)])),
        ("nested", r => new ExponentialMovingAverage(new GradientAccumulation(new ClipByGlobalNorm(r, 1), 2))),
    ];

    public static TheoryData<Rule> Rules => [.. Gallery.Rules];

    [Theory, MemberData(nameof(Rules))]
    public void A_saved_and_loaded_state_goes_on_bit_for_bit_under_every_wrapper(Rule rule)
    {
        var shape = Shape(rule);
        foreach (var (name, around) in Wrappers)
        {
            // Tensor by tensor there is no oracle for all weights, nor room for a matrix over them.
            if (name.Contains("group") && (rule.NeedsOracle() || rule is Preconditioned))
                continue;
            var wrapped = around(rule);
            double[] through = Start(shape), halfway = Start(shape);
            var state = wrapped.Start(shape);
            Walk(wrapped, state, through, 0, 12);

            var first = wrapped.Start(shape);
            Walk(wrapped, first, halfway, 0, 5);
            using var file = new MemoryStream();
            StateFile.Save(first, file);
            file.Position = 0;
            var second = StateFile.Load(wrapped, shape, file);
            Assert.True(first.SameAs(second), $"{rule} {name}: loading changes the state");
            Walk(wrapped, second, halfway, 5, 12);
            Assert.True(through.SequenceEqual(halfway) && state.SameAs(second), $"{rule} {name}: {string.Join(", ", through)} against {string.Join(", ", halfway)}");
            if (name != "ascending")
                Assert.All(through, w => Assert.True(double.IsFinite(w), $"{rule} {name}"));
        }
    }

    [Theory, MemberData(nameof(RuleLaws.Plain), MemberType = typeof(RuleLaws))]
    public void Any_number_of_threads_gives_the_same_bits(Rule rule)
    {
        // Large enough for two threads; rules that keep whole matrices of that size are held to a smaller one.
        int n = rule.Size(rule is Soap or Shampoo or Lbfgs ? 300 : 250_001);
        float[] one = Threads(rule, n, 1), two = Threads(rule, n, 2), three = Threads(rule, n, 3);
        Assert.True(one.AsSpan().SequenceEqual(two));
        Assert.True(one.AsSpan().SequenceEqual(three));
    }

    public static TheoryData<string> WrapperNames => [.. Wrappers.Select(w => w.Name)];

    [Theory, MemberData(nameof(WrapperNames))]
    public void A_state_goes_on_bit_for_bit_at_another_number_of_threads_under_every_wrapper(string wrapper)
    {
        var rule = Wrappers.Single(w => w.Name == wrapper).Around(new AdamW());
        var shape = Layout.Of(("matrix", [500, 500]), ("vector", [20_001]));
        float[] one = [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin(i))], several = [.. one], gradient = new float[one.Length];
        RuleState first = rule.Start(shape, Precision.Single), second = rule.Start(shape, Precision.Single);
        for (int t = 0; t < 6; t++)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = MathF.Cos(i + t);
            rule.Step(first, one, gradient, new StepOptions(0.01) { Threads = 1 });
            rule.Step(second, several, gradient, new StepOptions(0.01) { Threads = 2 + t % 2 });
            using var file = new MemoryStream();
            StateFile.Save(second, file);
            file.Position = 0;
            second = StateFile.Load(rule, shape, file, Precision.Single);
        }
        Assert.True(one.AsSpan().SequenceEqual(several));
        Assert.True(first.SameAs(second));
    }

    static float[] Threads(Rule rule, int n, int threads)
    {
        var state = rule.Start(Layout.Of(n), Precision.Single);
        float[] weights = [.. Enumerable.Range(0, n).Select(i => MathF.Sin(i))], gradient = new float[n];
        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < n; i++)
                gradient[i] = MathF.Cos(i + t);
            rule.Step(state, weights, gradient, new StepOptions(0.01) { Threads = threads });
        }
        return weights;
    }

    static double[] Start(Layout shape) => [.. Enumerable.Range(0, shape.Count).Select(i => Math.Sin(i + 1))];

    static void Walk(Rule rule, RuleState state, double[] weights, int from, int to)
    {
        for (int t = from; t < to; t++)
            rule.Step(state, weights, (w, g) =>
            {
                double loss = 0;
                for (int i = 0; i < w.Length; i++)
                {
                    g[i] = (1 + i % 3) * w[i];
                    loss += g[i] * w[i] / 2;
                }
                return loss;
            }, new StepOptions(0.01));
    }

    public static TheoryData<Rule, Rule> Rounding => new()
    {
        { new RoundedWeights(new AdamW(), Rounding: Anneal.Rounding.Nearest), new AdamW() },
        { new RoundedWeights(new AdamW(), NumberFormat.Float16), new AdamW() },
        { new KahanWeights(new AdamW()), new AdamW() },
        { new MasterWeights(new AdamW()), new AdamW() },
        { new DynamicLossScale(new AdamW(), 4, Simulated: NumberFormat.BFloat16), new AdamW() },
        { new ClipByGlobalNorm(new Lookahead(new KahanWeights(new Momentum()), 2), 0.1), new ClipByGlobalNorm(new Lookahead(new Momentum(), 2), 0.1) },
        {
            new ParameterGroups(new RoundedWeights(new AdamW()), [new("vector", Rule: new GradientAccumulation(new MasterWeights(new Momentum()), 2))]),
            new ParameterGroups(new AdamW(), [new("vector", Rule: new GradientAccumulation(new Momentum(), 2))])
        },
        { new Muon(NewtonSchulz: new(Format: IterationFormat.BFloat16Fused)), new Muon(NewtonSchulz: new()) },
        { new Adafactor(Beta1: 0.9, MomentumFormat: MomentumFormat.BFloat16), new Adafactor(Beta1: 0.9) },
    };

    [Theory, MemberData(nameof(Rounding))]
    public void Steps_from_a_copy_in_double_round_nothing(Rule rounded, Rule plain)
    {
        var shape = Layout.Of(("matrix", [4, 3]), ("vector", [5]));
        double[] one = Start(shape), two = [.. one];
        var (copy, state) = (rounded.Start(shape, Precision.Single).InDouble(), plain.Start(shape));
        for (int i = 0; i < 4; i++)
        {
            rounded.Step(copy, one, [.. one.Select(x => 0.1 * x + 0.01)], 0.001);
            plain.Step(state, two, [.. two.Select(x => 0.1 * x + 0.01)], 0.001);
        }
        // Scaling and unscaling by 4, and taking over what was lost (0), change no bit.
        Assert.Equal(two, one);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_copy_in_double_has_the_same_numbers_and_a_life_of_its_own(Rule rule)
    {
        var shape = Shape(rule);
        if (rule.NeedsOracle())
            return;
        var wrapped = new ExponentialMovingAverage(rule, 0.9);
        float[] w = [.. Start(shape).Select(x => (float)x)], g = [.. w.Select(x => 0.1f * x + 0.01f)];
        var state = wrapped.Start(shape, Precision.Single);
        for (int i = 0; i < 3; i++)
            wrapped.Step(state, w, g, 0.01);
        var copy = state.InDouble();
        Assert.Equal((state.Steps, state.Updates, state.Kind, Precision.Double), (copy.Steps, copy.Updates, copy.Kind, copy.Precision));
        Same(state, copy);
        Assert.True(copy.SameAs(copy.InDouble()));
        using var before = new MemoryStream();
        StateFile.Save(state, before);
        double[] wide = [.. w.Select(x => (double)x)];
        wrapped.Step(copy, wide, [.. g.Select(x => (double)x)], 0.01);
        using var after = new MemoryStream();
        StateFile.Save(state, after);
        Assert.Equal(before.ToArray(), after.ToArray());
        // The next step in floats is that in doubles but for its own rounding.
        wrapped.Step(state, w, g, 0.01);
        Assert.All(w, (x, i) => Assert.Equal(wide[i], x, 1e-4 * Math.Max(1, Math.Abs(wide[i]))));

        static void Same(RuleState one, RuleState other)
        {
            Assert.Equal(one.Scalars, other.Scalars);
            foreach (var (a, b) in one.Slots.Zip(other.Slots))
                Assert.Equal(a.ToArray(), b.ToArray());
            foreach (var (a, b) in one.Inner.Zip(other.Inner))
                Same(a, b);
        }
    }
}
