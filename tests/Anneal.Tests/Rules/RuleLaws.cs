using System.Xml.Linq;

namespace Anneal.Tests;

/// <summary>What every rule of the gallery must do, whatever its formula.</summary>
public class RuleLaws
{
    public static TheoryData<Rule> Rules => [.. Gallery.Rules];

    /// <summary>Those that need nothing but a gradient.</summary>
    public static TheoryData<Rule> Plain => [.. Gallery.Rules.Where(r => !r.NeedsOracle())];

    [Fact]
    public void Every_rule_is_on_show() => Assert.Empty(typeof(Rule).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsSubclassOf(typeof(Wrapper)) && !t.IsAbstract)
        .Except(Gallery.Rules.Select(r => r.GetType())));

    static readonly XElement docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Anneal.xml")).Root!.Element("members")!;

    /// <summary>What is written about a type and what it derives from.</summary>
    static string Told(Type type) => type == typeof(Rule) ? ""
        : docs.Elements().Single(m => m.Attribute("name")!.Value == $"T:{type.FullName}").ToString() + Told(type.BaseType!);

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_tells_its_formula_its_source_and_typical_values(Rule rule)
    {
        string told = Told(rule.GetType());
        Assert.Matches(@"<code>[^<]*(w|W|y) ← ", told);
        Assert.Matches(@"[Tt]ypical ", told);
        Assert.Matches(@"\((19|20)\d\d\)|Nocedal and Wright|[Ll]ecture", told);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_survives_its_own_JSON(Rule rule) => Assert.Equal(rule, RuleJson.Read(RuleJson.Write(rule)));

    [Theory, MemberData(nameof(Rules))]
    public void On_a_bowl_it_finishes_lower_than_it_began(Rule rule)
    {
        double[] last = rule.Path(new Constant(0.02), Ask, [1, -0.5, 0.25], 200).Last();
        Assert.True(Loss(last) < Loss([1, -0.5, 0.25]), $"{rule} ended at {string.Join(", ", last)}");
    }

    [Theory, MemberData(nameof(Plain))]
    public void One_number_at_a_time_gives_the_same_as_many(Rule rule)
    {
        double[] one = Run(rule, new(0.01) { Scalar = true }, rule.Size(37)), many = Run(rule, new(0.01), rule.Size(37));
        Assert.Equal(one, many, (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b)));
    }

    [Theory, MemberData(nameof(Plain))]
    public void Floats_follow_doubles(Rule rule)
    {
        int n = rule.Size(37);
        double[] exact = Run(rule, new(0.001), n);
        var shape = Layout.Of(n);
        var state = rule.Start(shape, Precision.Single);
        float[] weights = [.. Enumerable.Range(0, n).Select(i => (float)Math.Sin(i + 1))];
        for (int t = 0; t < 5; t++)
            rule.Step(state, weights, [.. weights.Select((w, i) => w * (1 + i % 3))], new StepOptions(0.001));
        Assert.Equal(exact, weights.Select(w => (double)w), (a, b) => Math.Abs(a - b) <= 2e-4);
    }

    /// <summary>Those whose memory may be brief, and forms of them that ask for other operations on lanes.</summary>
    public static TheoryData<Rule> Brief =>
    [
        .. Gallery.Rules.Where(r => !r.NeedsOracle() && TakesBriefMemory(r)), new Ftrl(Power: -0.3, InitialAccumulator: 0.1), new Lion(AsPrinted: true), new Adam(Amsgrad: Amsgrad.Raw),
        new Adam(Nesterov: NesterovForm.BiasCorrected), new RAdam(Nesterov: NesterovForm.Plain),
    ];

    static bool TakesBriefMemory(Rule rule, Precision precision = Precision.SingleWithBFloat16StateRoundedToNearest)
    {
        try
        {
            rule.Start(Layout.Of(rule.Size(37)), precision);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [Theory, MemberData(nameof(Brief))]
    public void Brief_memory_follows_floats(Rule rule)
    {
        int n = rule.Size(37);
        float[] begin = [.. Enumerable.Range(0, n).Select(i => (float)Math.Sin(i + 1))], exact = Walk(Precision.Single), brief = Walk(Precision.SingleWithBFloat16StateRoundedToNearest);
        for (int i = 0; i < n; i++)
            Assert.True(Math.Abs(exact[i] - brief[i]) <= 0.1 * Math.Abs(exact[i] - begin[i]) + 1e-5, $"{rule} [{i}]: {brief[i]} instead of {exact[i]} from {begin[i]}");

        float[] Walk(Precision precision)
        {
            var state = rule.Start(Layout.Of(n), precision);
            float[] weights = [.. begin];
            for (int t = 0; t < 5; t++)
                rule.Step(state, weights, [.. weights.Select((w, i) => w * (1 + i % 3))], new StepOptions(0.01));
            return weights;
        }
    }

    /// <summary>Those that take brief memory without being asked to by name, as they are and with shorter averages.</summary>
    public static TheoryData<Rule> BriefUnasked =>
    [
        .. Gallery.Rules.Where(r => !r.NeedsOracle() && TakesBriefMemory(r, Precision.SingleWithBFloat16State)),
        new Adam(Beta2: 0.99), new AdamW(Beta2: 0.99), new NAdam(Beta2: 0.99), new RAdam(Beta2: 0.99), new LaProp(Beta2: 0.99), new Adamax(Beta2: 0.99),
        new AdEMAMix(Beta2: 0.99, Beta3: 0.99), new AdamAsPrinted(Beta2: 0.99), new RmsProp(Rho: 0.99), new AdaDelta(Rho: 0.99),
    ];

    [Theory, MemberData(nameof(BriefUnasked))]
    public void Brief_memory_that_need_not_be_asked_for_still_follows_when_gradients_fall(Rule rule)
    {
        int n = rule.Size(8);
        RuleState exact = Fallen(Precision.Single), brief = Fallen(Precision.SingleWithBFloat16State);
        // Rounded by chance, an average falls as it does in 32 bits, and wanders around it by some tenths.
        foreach (string name in exact.Slots.Select(s => s.Slot.Name))
            Assert.All(exact[name].Zip(brief[name]), pair => Assert.True(
                pair.Second == pair.First || Math.Abs(pair.Second / pair.First) is > 0.4 and < 2.5, $"{rule} {name}: {pair.Second} instead of {pair.First}"));

        RuleState Fallen(Precision precision)
        {
            var state = rule.Start(Layout.Of(n), precision);
            float[] weights = new float[n], gradient = new float[n];
            for (int t = 0; t < 8_000; t++)
            {
                Array.Fill(gradient, t < 2_000 ? 10 : 1e-3f);
                rule.Step(state, weights, gradient, 1e-6);
            }
            return state;
        }
    }

    [Theory, MemberData(nameof(Rules))]
    public void Steps_without_a_rate_or_without_a_gradient_leave_numbers(Rule rule)
    {
        foreach (var layout in rule is Preconditioned ? new[] { Layout.Of(3) } : [Layout.Of(3), Layout.Of(("matrix", [3, 2]), ("vector", [1]))])
            foreach (double begin in new[] { 0.5, 0 })
            {
                double slope = 0;
                double[] weights = [.. Enumerable.Repeat(begin, layout.Count)];
                var state = rule.Start(layout);
                foreach (var (steepness, rate) in new[] { (0, 0.1), (0, 0), (1, 0), (0, 0.1), (1, 0.1), (1, 0), (1, 0.1), (0.0, 0.1) })
                {
                    slope = steepness;
                    rule.Step(state, weights, (w, g) =>
                    {
                        double loss = 0;
                        for (int i = 0; i < g.Length; i++)
                        {
                            g[i] = slope * (w[i] - i);
                            loss += slope * (w[i] - i) * (w[i] - i) / 2;
                        }
                        return loss;
                    }, rate);
                    Assert.All(weights, w => Assert.True(double.IsFinite(w), $"{rule} from {begin} at {layout}, step {state.Steps}"));
                }
                Assert.Contains(weights, w => w != begin);
            }
    }

    [Theory, MemberData(nameof(Rules))]
    public void Wrong_lengths_are_refused_and_the_weights_stay(Rule rule)
    {
        var state = rule.Start(Layout.Of(3));
        double[] weights = [1, 2, 3];
        Assert.Throws<ArgumentException>(() => rule.Step(state, weights, new double[2], 0.1));
        Assert.Throws<ArgumentException>(() => rule.Step(state, new double[4], new double[4], 0.1));
        Assert.Throws<ArgumentException>(() => rule.Step(state, new float[3], new float[3], 0.1));
        Assert.Throws<ArgumentException>(() => rule.Step(state, new double[4], (_, _) => 0, 0.1));
        Assert.Throws<ArgumentException>(() => rule.GetEvaluationWeights(state, new double[4], new double[4]));
        Assert.Throws<ArgumentException>(() => rule.GetEvaluationWeights(state, new double[3], new double[4]));
        Assert.Equal([1, 2, 3], weights);
        Assert.Equal(0, state.Steps);
    }

    static double[] Run(Rule rule, StepOptions options, int n)
    {
        var state = rule.Start(Layout.Of(n));
        double[] weights = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i + 1))];
        for (int t = 0; t < 5; t++)
            rule.Step(state, weights, [.. weights.Select((w, i) => w * (1 + i % 3))], options);
        return weights;
    }

    static double Ask(ReadOnlySpan<double> w, Span<double> g)
    {
        (g[0], g[1], g[2]) = (w[0], 4 * w[1], 9 * w[2]);
        return Loss(w);
    }

    static double Loss(ReadOnlySpan<double> w) => 0.5 * (w[0] * w[0] + 4 * w[1] * w[1] + 9 * w[2] * w[2]);
}

/// <summary>What a test must know of a rule to step it.</summary>
static class RuleNeeds
{
    /// <summary>Whether it must be stepped with an oracle.</summary>
    public static bool NeedsOracle(this Rule rule) => rule is NewtonStep or Nesterov;

    /// <summary>The number of weights it is for, or any.</summary>
    public static int Size(this Rule rule, int any) => rule is Preconditioned fixedMatrix ? fixedMatrix.Matrix.Count : any;
}
