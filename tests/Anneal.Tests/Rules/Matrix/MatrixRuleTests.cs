using System.Text.Json;

namespace Anneal.Tests;

/// <summary>What the rules of 2024 and later have beyond their formula: decay, vectors, blocks, low rank.</summary>
public class MatrixRuleTests
{
    public static TheoryData<Rule> Decaying =>
    [
        new Muon(Decay: 2), new Muon(Decay: 2, CautiousDecay: true), new NorMuon(Decay: 2), new NorMuon(Decay: 2, ScaledDecay: true, Scale: MatrixScale.None), new AdaMuon(Decay: 2), new Dion(Decay: 2),
        new Dion2(Decay: 2), new AdamMini(Decay: 2), new StableAdamW(Decay: 2), new AdamAtan2(Decay: 2), new WeightDecay(new Sgd(), 2, Agreement: DecayAgreement.NotAway),
    ];

    [Theory, MemberData(nameof(Decaying))]
    public void A_large_decay_is_seen_where_there_is_no_gradient(Rule rule)
    {
        var layout = Layout.Of(("matrix", [2, 3]), ("vector", [3]));
        double[] weights = [.. Enumerable.Range(1, 9).Select(i => (double)i)];
        var state = rule.Start(layout);
        rule.Step(state, weights, new double[9], 0.1);
        rule.Step(state, weights, new double[9], 0.1);
        // 0.1 · 2 a step on matrices; vectors have a rate of their own in some rules.
        for (int i = 0; i < 6; i++)
            Assert.Equal((i + 1) * 0.64, weights[i], 1e-12);
        Assert.All(Enumerable.Range(6, 3), i => Assert.True(weights[i] < i + 1));
    }

    [Fact]
    public void Decay_leaves_out_the_weights_that_the_step_moves_the_other_way()
    {
        // Gradients of 1 move every weight down: towards 0 above it, away below it.
        double[] notAway = Step(DecayAgreement.NotAway, [1, 1, 0]), towards = Step(DecayAgreement.Towards, [1, 1, 0]);
        Assert.Equal([2 - 0.1 - 0.1 * 0.5 * 2, -2 - 0.1, 3 - 0.1 * 0.5 * 3], notAway, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([2 - 0.1 - 0.1 * 0.5 * 2, -2 - 0.1, 3.0], towards, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightDecay(new Sgd(), 0.5, DecayForm.L2, Agreement: DecayAgreement.Towards));

        static double[] Step(DecayAgreement agreement, double[] gradient)
        {
            var rule = new WeightDecay(new Sgd(), 0.5, Agreement: agreement);
            double[] weights = [2, -2, 3];
            rule.Step(rule.Start(Layout.Of(3)), weights, gradient, 0.1);
            return weights;
        }
    }

    [Theory]
    [InlineData("layers.0.attention.wq.weight", AdamMiniBlocks.PerHead)]
    [InlineData("h.3.attn.Query.weight", AdamMiniBlocks.PerHead)]
    [InlineData("layers.0.attention.wv.weight", AdamMiniBlocks.PerRow)]
    [InlineData("tok_embeddings.embed.weight", AdamMiniBlocks.PerRow)]
    [InlineData("lm_head.weight", AdamMiniBlocks.PerRow)]
    [InlineData("lm_head.bias", AdamMiniBlocks.PerWeight)]
    [InlineData("conv1.weight", AdamMiniBlocks.PerTensor)]
    public void Adam_mini_chooses_blocks_by_name(string name, AdamMiniBlocks blocks) => Assert.Equal(blocks, AdamMini.Named(name));

    [Fact]
    public void Adam_mini_keeps_one_number_per_block_and_says_when_heads_do_not_fit()
    {
        var layout = Layout.Of(("wq", [4, 4]), ("mlp", [3, 4]), ("conv", [5]), ("bias", [5]));
        Assert.Equal(2 + 3 + 1 + 5, new AdamMini(HeadSize: 8).Start(layout)["v"].Length);
        Assert.Contains("HeadSize", Assert.Throws<ArgumentException>(() => new AdamMini().Start(layout)).Message);
        Assert.Contains("must divide", Assert.Throws<ArgumentException>(() => new AdamMini(HeadSize: 5).Start(layout)).Message);
        // One block per weight is Adam.
        double[] mini = [1, -2, 3], adam = [1, -2, 3], g = [0.5, 1, -2];
        Rule one = new AdamMini(Blocks: AdamMiniBlocks.PerWeight), other = new Adam();
        RuleState a = one.Start(Layout.Of(3)), b = other.Start(Layout.Of(3));
        for (int t = 0; t < 5; t++)
        {
            one.Step(a, mini, g, 0.1);
            other.Step(b, adam, g, 0.1);
        }
        Assert.Equal(adam, mini, (x, y) => Math.Abs(x - y) < 1e-14);
    }

    [Fact]
    public void Dion_of_full_rank_steps_along_the_orthogonal_factor()
    {
        // After enough steps along one gradient the basis spans its singular directions, and P·Qᵀ is U·Vᵀ.
        double[] g = [3, 1, 0, -1, 2, 1], weights = new double[6];
        var rule = new Dion(Mu: 1, RankFraction: 1, Decay: 0, PowerIterations: 20);
        var state = rule.Start(Layout.Of(2, 3));
        for (int t = 0; t < 3; t++)
        {
            Array.Clear(weights);
            rule.Step(state, weights, g, 1);
        }
        double[] factor = new SpectralNorm(10, SpectralScale.RmsToRms, NewtonSchulz: new(CustomCoefficients: NewtonSchulzCoefficients.PolarExpress(1e-3, 10))).Direction(g, 2, 3);
        Assert.Equal(factor, weights.Select(w => -w), (x, y) => Math.Abs(x - y) < 1e-4);
    }

    [Fact]
    public void Two_seeds_of_Dion_begin_elsewhere_and_one_seed_twice_the_same()
    {
        Assert.Equal(Walked(1), Walked(1));
        Assert.NotEqual(Walked(1), Walked(2));

        static double[] Walked(int seed)
        {
            var rule = new Dion(Seed: seed);
            double[] weights = new double[24];
            var state = rule.Start(Layout.Of(("a", [4, 3]), ("b", [3, 4])));
            rule.Step(state, weights, [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))], 0.1);
            Assert.NotEqual(weights[..12], weights[12..]);
            return weights;
        }
    }

    [Fact]
    public void Dion2_steps_the_lines_with_the_most_momentum_and_forgets_part_of_it()
    {
        var rule = new Dion2(Fraction: 0.5, Beta: 0.9, Decay: 0);
        var state = rule.Start(Layout.Of(4, 5));
        double[] gradient = [.. Enumerable.Range(0, 20).Select(i => (i / 5) switch { 1 => 3.0 + i % 2, 3 => -2 - i % 3, _ => 0.1 })], weights = new double[20];
        rule.Step(state, weights, gradient, 0.1);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(i / 5 is 1 or 3, weights[i] != 0);
            Assert.Equal(gradient[i] * (i / 5 is 1 or 3 ? 0.9 : 1), state["m"][i], 1e-15);
        }
    }

    [Fact]
    public void On_a_sphere_a_matrix_keeps_its_length()
    {
        var rule = new Muon(Radius: 3);
        double[] weights = [3, 0, 0, 0, 0, 0];
        var state = rule.Start(Layout.Of(2, 3));
        for (int t = 0; t < 10; t++)
        {
            rule.Step(state, weights, [1, 2, -1, 0.5, t, -2], 0.05);
            Assert.Equal(3, Math.Sqrt(weights.Sum(w => w * w)), 1e-12);
        }
    }

    [Fact]
    public void A_norm_inside_a_rule_survives_JSON_and_is_refused_by_its_place()
    {
        Rule scion = new Scion(new SpectralNorm(7, SpectralScale.One, 1, new(CoefficientSet.PolarExpress, Safety: 1.01)), 0.9, 50);
        Assert.Equal(scion, RuleJson.Read(RuleJson.Write(scion)));
        Rule own = new Muon(NewtonSchulz: new(CustomCoefficients: [new(2, -1.5, 0.5)]), Vectors: new Adam(Epsilon: 1e-6));
        Assert.Equal(own, RuleJson.Read(RuleJson.Write(own)));
        Assert.Contains("$.norm", Assert.Throws<RuleFormatException>(() => RuleJson.Read("""{"type": "scion", "norm": {"type": "unheardOf"}}""")).Message);
    }

    [Theory]
    [InlineData("pytorch-main", """{"lr": 0.02, "ns_coefficients": [2, -1.5, 0.5], "ns_steps": 3}""")]
    [InlineData("pytorch", """{"lr": 0.02, "ns_coefficients": [2, -1.5, 0.5], "ns_steps": 3}""")]
    [InlineData("timm", """{"lr": 0.02, "nesterov": true, "weight_decay": 0.1, "ns_coefficients": [[2, -1.5, 0.5]], "ns_steps": 3, "adjust_lr_fn": "original"}""")]
    public void Own_triples_are_read_from_either_framework(string framework, string parameters)
    {
        var imported = OptimizerImport.Read(JsonDocument.Parse($$"""{"framework": "{{framework}}", "optimizer": "Muon", "params": {{parameters}}}""").RootElement);
        double[] weights = [1, 2, 3, 4, 5, 6], expected = [1, 2, 3, 4, 5, 6], g = [1, -1, 0.5, 2, 0, 1];
        imported.Rule.Step(imported.Rule.Start(Layout.Of(2, 3)), weights, g, imported.At(0));
        Rule same = new Muon(Iterations: 3, Decay: 0.1, NewtonSchulz: new(CustomCoefficients: [new(2, -1.5, 0.5)]));
        same.Step(same.Start(Layout.Of(2, 3)), expected, g, 0.02);
        Assert.Equal(expected, weights, (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.SingleWithBFloat16State)]
    [InlineData(Precision.Double)]
    public void A_large_Dion_has_the_same_bits_at_any_number_of_threads(Precision precision)
    {
        double[] one = Walked(new Dion(PowerIterations: 2), precision, 1);
        Assert.All(one, w => Assert.True(double.IsFinite(w)));
        Assert.Equal(one, Walked(new Dion(PowerIterations: 2), precision, 2));
        Assert.Equal(one, Walked(new Dion(PowerIterations: 2), precision, 3));
    }

    [Fact]
    public void A_step_of_Dion_allocates_nothing()
    {
        var layout = Layout.Of(("tall", [90, 70]), ("wide", [40, 120]), ("vector", [9]));
        var rule = new Dion();
        var state = rule.Start(layout, Precision.Single);
        float[] weights = new float[layout.Count], gradient = [.. Enumerable.Range(0, layout.Count).Select(i => MathF.Sin(i))];
        var options = new StepOptions(0.1) { Threads = 1 };
        rule.Step(state, weights, gradient, options);
        rule.Step(state, weights, gradient, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            rule.Step(state, weights, gradient, options);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Of_a_gradient_of_low_rank_Dion_follows_no_rounding_errors()
    {
        // Of rank 1 where 16 are asked for: the step has one direction, of length √(rows/columns), in 32 bits as in 64. A column of R that is all rounding errors of 64 bits
        // is about 40·2⁻⁵³·‖M‖ long, ‖M‖ = 32 here, and ε = 1e-8 makes it no more than 2e-5.
        var rule = new Dion(Rank: 16, Decay: 0);
        float[] weights = new float[1600], gradient = [.. Enumerable.Range(0, 1600).Select(i => (i / 40 % 3 - 1f) * (i % 40 % 5 - 2f))];
        rule.Step(rule.Start(Layout.Of(40, 40), Precision.Single), weights, gradient, 1);
        double length = Math.Sqrt(gradient.Sum(g => (double)g * g));
        Assert.All(weights.Zip(gradient), pair => Assert.InRange(pair.First + pair.Second / length, -1e-4, 1e-4));
    }

    public static MatrixTheoryData<Dion2, Precision> LargeDion2 =>
        new([new(), new(0.9), new(Beta2: 0.9, Decay: 0)], [Precision.Single, Precision.SingleWithBFloat16State, Precision.Double]);

    /// <summary>Matrices of which the lines are shared among threads: wide, tall, and with a part of a vector at the end of each line.</summary>
    [Theory, MemberData(nameof(LargeDion2))]
    public void A_large_Dion2_has_the_same_bits_at_any_number_of_threads(Dion2 rule, Precision precision)
    {
        double[] one = Walked(rule, precision, 1);
        Assert.All(one, w => Assert.True(double.IsFinite(w)));
        Assert.Equal(one, Walked(rule, precision, 2));
        Assert.Equal(one, Walked(rule, precision, 3));
    }

    static double[] Walked(Rule rule, Precision precision, int threads)
    {
        var shape = Layout.Of(("wide", [350, 405]), ("tall", [405, 350]));
        var state = rule.Start(shape, precision);
        double[] weights = [.. Enumerable.Range(0, shape.Count).Select(i => Math.Sin(i))], gradient = new double[shape.Count];
        float[] brief = [.. weights.Select(w => (float)w)];
        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = Math.Cos(i * 0.37 + t);
            var options = new StepOptions(0.01) { Threads = threads, Seed = 3 };
            if (precision == Precision.Double)
                rule.Step(state, weights, gradient, options);
            else
                rule.Step(state, brief, [.. gradient.Select(g => (float)g)], options);
        }
        return precision == Precision.Double ? weights : [.. brief.Select(w => (double)w)];
    }
}
