namespace Anneal.Runs.Tests;

public class TensorPlanTests
{
    const string Transformer = """
        embed_tokens.weight 32000 512
        layers.0.norm.weight 512
        layers.0.attn.qkv.weight 1536 512
        layers.0.attn.qkv.bias 1536
        layers.1.norm.weight 512
        layers.1.attn.qkv.weight [1536, 512]
        norm.weight: (512,)
        lm_head.weight 32000 512
        """;

    const string Good = """{"rule": "muon", "groups": [{"name": "vectors", "match": ["*norm*", "*.bias"], "rule": "adamw", "decay": 0}, {"name": "ends", "match": ["embed*", "lm_head*"], "rule": "adamw", "rate": 0.1}]}""";

    [Fact]
    public void Every_tensor_gets_the_first_group_that_takes_it()
    {
        var plan = Plan(Good);
        Assert.DoesNotContain(plan.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("muon", 0.02, 0.1), Setting(plan, "layers.1.attn.qkv.weight"));
        Assert.Equal(("adamw", 0.02, 0.0), Setting(plan, "layers.0.attn.qkv.bias"));
        Assert.Equal(("adamw", 0.002, 0.1), Setting(plan, "lm_head.weight"));
    }

    [Theory]
    [InlineData("""{"groups": [{"match": ["*nrm*"], "decay": 0}]}""", "empty-group")]
    [InlineData("""{"groups": [{"name": "all", "match": ["*"]}, {"name": "norms", "match": ["*norm*"], "decay": 0}]}""", "shadowed-group")]
    [InlineData("""{"groups": []}""", "norms-decay")]
    [InlineData("""{"rule": "muon", "groups": [{"match": ["*norm*", "*.bias"], "rule": "adamw", "decay": 0}]}""", "embeddings-under-muon")]
    [InlineData("muon", "vectors-under-muon")]
    [InlineData("adamw", "tied-weights")]
    public void What_was_probably_not_meant_is_told(string rule, string code) => Assert.Contains(code, Plan(rule).Findings.Select(f => f.Code));

    [Theory]
    [InlineData("blocks.{0}.attn.qkv.weight", "patch_embed.proj.weight", "head.weight")]
    [InlineData("encoder.layer.{0}.output.dense.weight", "embeddings.word_embeddings.weight", "pooler.dense.weight")]
    [InlineData("transformer.h.{0}.mlp.c_fc.weight", "transformer.wte.weight", "transformer.ln_f.weight")]
    public void Rates_fall_from_layer_to_layer_towards_the_input(string layer, string input, string output)
    {
        TensorShape[] tensors = [new(input, [8, 8]), .. Enumerable.Range(0, 12).Select(i => new TensorShape(string.Format(System.Globalization.CultureInfo.InvariantCulture, layer, i), [8, 8])), new(output, [8, 8])];
        var factors = LayerDecay.Factors(tensors, 0.75);
        Assert.Equal(Math.Pow(0.75, 13), factors[input], 1e-12);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => Math.Pow(0.75, 12 - i)), tensors[1..13].Select(t => factors[t.Name]));
        Assert.Equal(1, factors[output]);
    }

    [Fact]
    public void A_block_of_a_later_stage_is_nearer_to_the_output()
    {
        TensorShape[] tensors = [new("stem.0.weight", [8, 8]), new("stages.0.blocks.0.conv.weight", [8, 8]), new("stages.0.blocks.1.conv.weight", [8, 8]), new("stages.1.blocks.0.conv.weight", [8, 8]), new("head.fc.weight", [8, 8])];
        Assert.Equal([Math.Pow(0.5, 4), 0.125, 0.25, 0.5, 1], tensors.Select(t => LayerDecay.Factors(tensors, 0.5)[t.Name]));
    }

    [Fact]
    public void The_header_of_a_safetensors_file_is_enough()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        byte[] header = """{"__metadata__": {"format": "pt"}, "a.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}"""u8.ToArray();
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)header.Length), .. header]);
        try
        {
            var tensor = Assert.Single(TensorList.Read(file));
            Assert.Equal("a.weight", tensor.Name);
            Assert.Equal(6, tensor.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static TensorPlan Plan(string rule) => TensorPlan.Of(TensorList.Lines(Transformer), TensorRule.Read(rule), 0.02, 0.1);

    static (string, double, double) Setting(TensorPlan plan, string name) => plan.Settings.Where(s => s.Tensor.Name == name).Select(s => (s.Rule, Math.Round(s.Rate, 12), s.Decay)).Single();
}
