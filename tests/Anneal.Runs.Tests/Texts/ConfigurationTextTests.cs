namespace Anneal.Runs.Tests;

public class ConfigurationTextTests
{
    [Theory]
    [InlineData("a: 1\nb:\n  c: [1, 2]\n", ConfigurationFormat.Yaml)]
    [InlineData("{\"a\": 1}", ConfigurationFormat.Json)]
    [InlineData("[training]\nsteps = 10\n", ConfigurationFormat.Toml)]
    [InlineData("# a comment\nmax_epochs = 12\ntrain_cfg = dict(max_epochs=max_epochs)\n", ConfigurationFormat.Python)]
    [InlineData("python train.py \\\n  --lr 3e-4 \\\n  --bf16\n", ConfigurationFormat.Arguments)]
    public void The_format_is_recognised(string text, ConfigurationFormat format) => Assert.Equal(format, ConfigurationText.Read(text).Format);

    [Fact]
    public void Anchors_aliases_and_merges_are_followed()
    {
        var root = ConfigurationText.Read("base: &base\n  lr: 1\n  steps: &n 10\nrun:\n  <<: *base\n  lr: 2\nagain: *n\nlist: [*n]\n").Root;
        Assert.Equal("2", ((ScalarNode)root.FindPath("run.lr")!.Value).Text);
        Assert.Equal("10", ((ScalarNode)root.FindPath("run.steps")!.Value).Text);
        Assert.Equal("10", ((ScalarNode)root.Find("again")!.Value).Text);
    }

    [Fact]
    public void A_key_knows_its_line_and_column()
    {
        Assert.Equal(new Place(3, 5), ConfigurationText.Read("a:\n  b:\n    c: 1\n").Root.FindPath("a.b.c")!.Place);
        Assert.Equal(new Place(2, 3), ConfigurationText.Read("{\n  \"a\": 1}").Root.Find("a")!.Place);
        Assert.Equal(new Place(2, 1), ConfigurationText.Read("[t]\na = 1\n").Root.FindPath("t.a")!.Place);
        Assert.Equal(new Place(1, 10), ConfigurationText.Read("train.py --lr 1").Root.Find("lr")!.Place);
    }

    [Theory]
    [InlineData("a: [1, 2\n", "not YAML")]
    [InlineData("{\"a\": }", "not JSON")]
    [InlineData("[t]\na = \n", "not TOML")]
    [InlineData("x = dict(a=open('f'))\n", "only dict, list and tuple")]
    [InlineData("- 1\n- 2\n", "map of keys")]
    [InlineData("  ", "empty")]
    public void What_cannot_be_read_is_refused_with_a_reason(string text, string reason) => Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => ConfigurationText.Read(text)).Message);

    [Theory]
    [InlineData("1e-4", null)]
    [InlineData("1.0e-4", 1e-4)]
    [InlineData("5.e-5", 5e-5)]
    [InlineData("1.0e4", null)]
    [InlineData("0010", 8.0)]
    [InlineData("1_000", 1000.0)]
    [InlineData("-.5", -0.5)]
    public void PyYAML_takes_its_own_numbers_only(string text, double? value) => Assert.Equal(value, PythonNumber.PyYaml(text));

    [Theory]
    [InlineData("(60, 80)", 2)]
    [InlineData("[1.5, 2, 3e-4]", 3)]
    [InlineData("2 * 3", null)]
    public void A_text_may_hold_a_Python_literal(string text, int? items) => Assert.Equal(items, (PythonText.Literal(text) as ListNode)?.Items.Count);
}
