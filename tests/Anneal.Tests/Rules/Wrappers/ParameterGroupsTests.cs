namespace Anneal.Tests;

public class ParameterGroupsTests
{
    static readonly Layout Transformer = Layout.Of(
        ("embed.weight", [5, 4]), ("blocks.1.attn.weight", [4, 4]), ("blocks.1.norm.weight", [4]), ("blocks.1.mlp.bias", [4]),
        ("blocks.10.attn.weight", [4, 4]), ("blocks.10.norm.weight", [4]), ("head.weight", [5, 4]));

    static string Refusal(params ParameterGroup[] groups) =>
        Assert.Throws<ArgumentException>(() => new ParameterGroups(new Sgd(), groups).Start(Transformer)).Message;

    /// <summary>The names of the tensors that a pattern moves, told by a step.</summary>
    static string[] Taken(string pattern)
    {
        var rule = new ParameterGroups(new Sgd(), [new(pattern, RateFactor: 0)]);
        double[] weights = new double[Transformer.Count], gradient = [.. Enumerable.Repeat(1.0, weights.Length)];
        rule.Step(rule.Start(Transformer), weights, gradient, 1);
        return [.. Transformer.Tensors.Where(t => weights[t.Offset] == 0).Select(t => t.Name)];
    }

    [Theory]
    [InlineData("blocks.1.*", "blocks.1.attn.weight blocks.1.norm.weight blocks.1.mlp.bias")]
    [InlineData("*.bias", "blocks.1.mlp.bias")]
    [InlineData("*.norm.*", "blocks.1.norm.weight blocks.10.norm.weight")]
    [InlineData("blocks.*.attn.weight", "blocks.1.attn.weight blocks.10.attn.weight")]
    [InlineData("embed*|head.weight", "embed.weight head.weight")]
    [InlineData("vectors", "blocks.1.norm.weight blocks.1.mlp.bias blocks.10.norm.weight")]
    [InlineData("embed.weight | vectors", "embed.weight blocks.1.norm.weight blocks.1.mlp.bias blocks.10.norm.weight")]
    [InlineData("matrices", "embed.weight blocks.1.attn.weight blocks.10.attn.weight head.weight")]
    [InlineData("*", "embed.weight blocks.1.attn.weight blocks.1.norm.weight blocks.1.mlp.bias blocks.10.attn.weight blocks.10.norm.weight head.weight")]
    [InlineData("*e*d*.w*t", "embed.weight head.weight")]
    public void A_pattern_takes_whole_names_parts_and_endings(string pattern, string names) => Assert.Equal(names.Split(' '), Taken(pattern));

    [Fact]
    public void Patterns_agree_with_the_plain_definition_of_a_star()
    {
        // A star is any text: the definition by recursion, on every pattern of up to five letters of a small alphabet.
        string[] names = ["a", "b", "ab", "ba", "aab", "abab", "abba", "b.a"];
        char[] letters = ['a', 'b', '*'];
        var patterns = Enumerable.Range(1, 5).SelectMany(n => Enumerable.Range(0, (int)Math.Pow(3, n)).Select(k =>
            new string([.. Enumerable.Range(0, n).Select(i => letters[k / (int)Math.Pow(3, i) % 3])])));
        foreach (string pattern in patterns)
            foreach (string name in names)
                Assert.True(Defined(pattern, name) == NamePattern.Has(pattern, new(name, 0, [1])), $"{pattern} on {name}");

        static bool Defined(string pattern, string name) => pattern.Length == 0 ? name.Length == 0
            : pattern[0] == '*' ? Enumerable.Range(0, name.Length + 1).Any(i => Defined(pattern[1..], name[i..]))
            : name.Length > 0 && name[0] == pattern[0] && Defined(pattern[1..], name[1..]);
    }

    [Fact]
    public void A_name_that_cuts_a_number_short_is_refused() => Assert.Equal(
        "The group 'blocks.1*' takes blocks.10.attn.weight along with blocks.1.attn.weight. Write 'blocks.1.*' for the one, and name the other too if both are meant. (Parameter 'layout')",
        Refusal(new("blocks.1*"), new("blocks.10.attn.weight")));

    [Theory]
    [InlineData("h.1*", "h.1 h.11", "The group 'h.1*' takes h.11 along with h.1. Write 'h.1' for the one,")]
    [InlineData("h.1*", "h.11.w h.1.w", "The group 'h.1*' takes h.11.w along with h.1.w. Write 'h.1.*' for the one,")]
    [InlineData("*1.w", "h.1.w h.11.w h.2.w", "The group '*1.w' takes h.11.w along with h.1.w. Write '*.1.w' for the one,")]
    [InlineData("h1*", "h1_w h12_w", "The group 'h1*' takes h12_w along with h1_w. Write 'h1_w' for the one,")]
    public void What_to_write_instead_takes_the_one_alone(string pattern, string names, string refusal)
    {
        var layout = Layout.Of([.. names.Split(' ').Select(name => (name, (int[])[1]))]);
        Assert.StartsWith(refusal, Assert.Throws<ArgumentException>(() => new ParameterGroups(new Sgd(), [new(pattern)]).Start(layout)).Message);
        new ParameterGroups(new Sgd(), [new(refusal.Split('\'')[3])]).Start(layout);
    }

    [Fact]
    public void A_number_that_is_cut_short_everywhere_is_meant() =>
        new ParameterGroups(new Sgd(), [new("layers.1*")]).Start(Layout.Of(("layers.10", [1]), ("layers.11", [1]), ("layers.2", [1])));

    [Theory]
    [InlineData("embed*", "embed.weight")]
    [InlineData("blocks.*", "blocks.10.*")]
    [InlineData("vectors", "*.norm.weight|blocks.1.mlp.bias")]
    [InlineData("*", "head.weight")]
    [InlineData("*.weight", "head.weight|*.bias")]
    public void A_group_that_those_before_it_leave_nothing_is_refused(string first, string second) => Assert.Contains("gets no tensor", Refusal(new(first), new(second)));

    [Theory, InlineData("tail*"), InlineData("*.biass"), InlineData("Embed.weight"), InlineData("embed.weight|tail")]
    public void A_group_that_names_nothing_is_refused(string pattern) => Assert.Contains("No tensor belongs to the group", Refusal(new ParameterGroup(pattern)));

    [Theory, InlineData(""), InlineData("a||b"), InlineData(" | ")]
    public void A_group_without_a_name_is_refused(string pattern) => Assert.Throws<ArgumentException>(() => new ParameterGroup(pattern));

    [Fact]
    public void Hidden_matrices_follow_Muon_and_the_rest_AdamW_as_if_each_were_alone()
    {
        Rule muon = new Muon(), adamW = new AdamW(Beta2: 0.95);
        var rule = new ParameterGroups(muon, [new("embed*|head*|vectors", Rate: new Constant(3e-3), Rule: adamW)]);
        var state = rule.Start(Transformer);
        double[] weights = [.. Enumerable.Range(0, Transformer.Count).Select(i => Math.Sin(i))], alone = [.. weights];
        var states = Transformer.Tensors.Select(t => (t.Name.Contains("attn") ? muon : adamW).Start(Layout.Of(t.Dimensions))).ToArray();
        for (int t = 0; t < 5; t++)
        {
            double[] gradient = [.. weights.Select((w, i) => w + Math.Cos(i * t))];
            rule.Step(state, weights, gradient, 0.02);
            foreach (var (k, tensor) in Transformer.Tensors.Index())
                (tensor.Name.Contains("attn") ? muon : adamW).Step(
                    states[k], alone.AsSpan(tensor.Offset, tensor.Count), gradient.AsSpan(tensor.Offset, tensor.Count), tensor.Name.Contains("attn") ? 0.02 : 3e-3);
        }
        Assert.Equal(alone, weights);
        using var file = new MemoryStream();
        StateFile.Save(state, file);
        file.Position = 0;
        Assert.True(state.SameAs(StateFile.Load(rule, Transformer, file)));
    }

    [Fact]
    public void Averages_of_a_groups_own_rule_are_what_is_evaluated()
    {
        var rule = new ParameterGroups(new Sgd(), [new("b", Rule: new ExponentialMovingAverage(new Sgd(), 0.5))]);
        var state = rule.Start(Layout.Of(("a", [1]), ("b", [1])));
        double[] weights = [1, 1], evaluated = new double[2];
        rule.Step(state, weights, [1, 1], 0.1);
        rule.GetEvaluationWeights(state, weights, evaluated);
        Assert.Equal([0.9, 0.95], evaluated, (x, y) => Math.Abs(x - y) < 1e-15);
    }

    [Fact]
    public void A_state_of_groups_with_other_rules_does_not_fit()
    {
        var layout = Layout.Of(("a", [1]), ("b", [1]));
        ParameterGroups one = new(new Sgd(), [new("b", Rule: new AdamW())]), other = new(new Sgd(), [new("b", Rule: new Lion())]), shifted = new(new Sgd(), [new("a", Rule: new AdamW())]);
        using var file = new MemoryStream();
        StateFile.Save(one.Start(layout), file);
        foreach (var rule in new[] { other, shifted, new ParameterGroups(new AdamW(), [new("b")]) })
        {
            Assert.Throws<ArgumentException>(() => rule.Step(one.Start(layout), new double[2], new double[2], 0.1));
            Assert.Throws<StateFormatException>(() => StateFile.Load(rule, layout, new MemoryStream(file.ToArray())));
        }
    }

    [Fact]
    public void Groups_with_rules_survive_their_own_JSON()
    {
        var rule = new ParameterGroups(new Muon(), [new("embed*|vectors", 0.5, 0, new CosineDecay(0.1, 100), Rule: new ClipByNorm(new AdamW(), 1)), new("head*")]);
        Assert.Equal(rule, RuleJson.Read(RuleJson.Write(rule)));
    }

    [Theory]
    [InlineData("""{"tensors": "a", "ratefactor": 1}""", "$.groups[0].ratefactor: a group has no such member; did you mean 'rateFactor'?")]
    [InlineData("""{"rateFactor": 1}""", "$.groups[0].tensors: is missing.")]
    [InlineData("""{"tensors": "a", "rateFactor": -1}""", "$.groups[0].rateFactor: RateFactor must be a finite number, 0 or above; it is -1.")]
    [InlineData("""{"tensors": ""}""", "$.groups[0]")]
    [InlineData("""{"tensors": "a", "rate": {"type": "constant", "valu": 1}}""", "$.groups[0].rate.valu")]
    [InlineData("""{"tensors": "a", "rule": {"type": "adamW", "beta2": 2}}""", "$.groups[0].rule.beta2: Beta2 must be 0 or above and below 1; it is 2.")]
    [InlineData("""{"tensors": "a", "rule": {"type": "adamV"}}""", "$.groups[0].rule.type: there is no rule 'adamV'")]
    [InlineData("1", "$.groups[0]: a group must be an object")]
    public void A_groups_JSON_is_refused_by_the_whole_path(string group, string reason) => Assert.StartsWith(
        reason, Assert.Throws<RuleFormatException>(() => RuleJson.Read($$"""{"type": "parameterGroups", "inner": {"type": "sgd"}, "groups": [{{group}}]}""")).Message);
}
