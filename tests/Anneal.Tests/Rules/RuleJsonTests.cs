namespace Anneal.Tests;

public class RuleJsonTests
{
    [Theory]
    [InlineData("{broken", "$: this is not JSON: line 1, byte 2: ")]
    [InlineData("[]", "$: a rule is an object that says what it is by a \"type\" such as \"adamW\".")]
    [InlineData("{}", "$: a rule is an object that says what it is by a \"type\" such as \"adamW\".")]
    [InlineData("""{"type": "adamw"}""", "$.type: there is no rule 'adamw'; did you mean 'adamW'? There are sgd, ")]
    [InlineData("""{"type": 3}""", "$.type: there is no rule '3'. There are sgd, ")]
    [InlineData("""{"type": "scion", "norm": {}}""", "$.norm: a norm is an object that says what it is by a \"type\" such as \"spectral\".")]
    [InlineData("""{"type": "scion", "norm": []}""", "$.norm: a norm is an object that says what it is by a \"type\" such as \"spectral\".")]
    [InlineData("""{"type": "scion", "norm": {"type": "spectrum"}}""", "$.norm.type: there is no norm 'spectrum'; did you mean 'spectral'? There are spectral, sign, rows, columns, frobenius.")]
    [InlineData("""{"type": "scion", "norm": {"type": "sign", "a": 1}}""", "$.norm.a: sign has no such member. ")]
    [InlineData("""{"type": "adamW", "betta1": 0}""", "$.betta1: adamW has no such member; did you mean 'beta1'? Its members are beta1, beta2, ")]
    [InlineData("""{"type": "lion", "amsgrad": true}""", "$.amsgrad: lion has no such member. Its members are ")]
    [InlineData("""{"type": "adamW", "beta1": "x"}""", "$.beta1: must be a number.")]
    [InlineData("""{"type": "adamW", "beta1": null}""", "$.beta1: must be a number.")]
    [InlineData("""{"type": "adamW", "beta1": 1.5}""", "$.beta1: Beta1 must be 0 or above and below 1; it is 1.5.")]
    [InlineData("""{"beta1": NaN, "type": "adamW"}""", "$: this is not JSON")]
    [InlineData("""{"beta1": "NaN", "type": "adamW"}""", "$.beta1: Beta1 must be 0 or above and below 1; it is NaN.")]
    [InlineData("""{"type": "momentum", "nesterov": 1}""", "$.nesterov: must be true or false.")]
    [InlineData("""{"type": "momentum", "form": "sum"}""", "$.form: must be one of Gradients, Average, Steps.")]
    [InlineData("""{"type": "lbfgs", "historySize": 2.5}""", "$.historySize: must be a whole number of at most 2147483647.")]
    [InlineData("""{"type": "prodigy", "beta3": true}""", "$.beta3: must be a number.")]
    [InlineData("""{"type": "preconditioned"}""", "$.matrix: is missing. Its members are matrix.")]
    [InlineData("""{"type": "preconditioned", "matrix": [1, "x"]}""", "$.matrix[1]: ")]
    [InlineData("""{"type": "clipByGlobalNorm", "inner": {"type": "adamW", "beta1": 1.5}, "maxNorm": 1}""", "$.inner.beta1: Beta1 must be 0 or above and below 1; it is 1.5.")]
    [InlineData("""{"type": "clipByGlobalNorm", "inner": {"type": "applyIfFinite", "inner": {"type": "sgdd"}}, "maxNorm": 1}""", "$.inner.inner.type: there is no rule 'sgdd'; did you mean 'sgd'?")]
    [InlineData("""{"type": "clipByGlobalNorm", "inner": null, "maxNorm": 1}""", "$.inner: a rule is an object")]
    [InlineData("""{"type": "clipByGlobalNorm", "inner": {"type": "sgd"}, "maxNorm": 0}""", "$.maxNorm: MaxNorm must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "clipByGlobalNorm", "maxNorm": 1}""", "$.inner: is missing. Its members are ")]
    public void What_is_no_rule_is_refused_with_its_place_and_reason(string json, string message)
    {
        var refused = Assert.Throws<RuleFormatException>(() => RuleJson.Read(json));
        Assert.StartsWith(message, refused.Message);
        Assert.DoesNotContain("Anneal.", refused.Message);
    }

    [Fact]
    public void A_rule_of_ones_own_works_in_wrappers_and_has_no_JSON()
    {
        var rule = new ClipByGlobalNorm(new Halving(), 1);
        Assert.Equal(0.5, rule.Path(new Constant(0.1), w => w, [1], 1).Last()[0]);
        Assert.Equal("ClipByGlobalNorm(Halving) is or holds a rule that is not of this library, and those have no JSON.", Assert.Throws<RuleFormatException>(() => RuleJson.Write(rule)).Message);
    }

    sealed record Halving : Rule
    {
        protected internal override void Update<L>(in Pass<L> pass)
        {
            var weights = pass.Weights;
            for (int i = 0; i < weights.Length; i++)
                weights[i] /= 2;
        }
    }
}
