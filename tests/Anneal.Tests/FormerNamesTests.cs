using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Tests;

public class FormerNamesTests
{
    public static TheoryData<string, string> Types => new(FormerNames.Types);

    public static TheoryData<string, string, string> Members => new(FormerNames.Members);

    public static TheoryData<string, string, string, string> Words => new(FormerNames.Words.Where(w => w.Owner.Length > 0));

    [Theory, MemberData(nameof(Types))]
    public void A_former_type_reads_as_its_new_name(string name, string former)
    {
        string now = Json(name), then = now.Replace(name, former, StringComparison.Ordinal);
        Assert.Equal(RuleJson.Read(now), RuleJson.Read(then));
        AssertFirst(RuleJson.Write(RuleJson.Read(then)), $"\"{name}\"", $"\"{former}\"");
    }

    [Theory, MemberData(nameof(Members))]
    public void A_former_member_reads_as_its_new_name(string owner, string name, string former)
    {
        var rule = RuleJson.Read(Json(owner));
        string written = RuleJson.Write(rule), first = FormerNames.First(written);
        AssertFirst(written, $"\"{name}\":", $"\"{former}\":");
        Assert.Equal(written, RuleJson.Write(RuleJson.Read(first)));
        // What is said under the former name counts, and is not just passed over.
        string elsewhere = Other(name, Element(written, owner).GetProperty(name));
        var changed = RuleJson.Read(Json(owner, $"\"{former}\": {elsewhere}"));
        Assert.NotEqual(written, RuleJson.Write(changed));
        Assert.Equal(RuleJson.Write(RuleJson.Read(Json(owner, $"\"{name}\": {elsewhere}"))), RuleJson.Write(changed));
    }

    [Theory, MemberData(nameof(Words))]
    public void A_former_word_reads_as_its_new_name(string owner, string member, string name, string former)
    {
        string now = RuleJson.Write(RuleJson.Read(Json(owner, $"\"{member}\": \"{name}\"")));
        Assert.Equal(now, RuleJson.Write(RuleJson.Read(Json(owner, $"\"{member}\": \"{former}\""))));
        Assert.Equal(now, RuleJson.Write(RuleJson.Read(Json(owner, $"\"{member}\": \"{char.ToLowerInvariant(former[0])}{former[1..]}\""))));
        AssertFirst(now, $"\"{name}\"", $"\"{former}\"");
    }

    [Fact]
    public void No_former_name_is_a_name_of_today()
    {
        Assert.All(FormerNames.Types, t => Assert.DoesNotContain(t.Former, types.Keys));
        foreach (var (owner, name, former) in FormerNames.Members)
            Assert.False(Element(RuleJson.Write(RuleJson.Read(Json(owner))), owner).TryGetProperty(former, out _), $"{owner} has both {name} and {former}");
    }

    [Fact]
    public void A_member_under_both_names_is_refused()
    {
        var refused = Assert.Throws<RuleFormatException>(() => RuleJson.Read("""{"type": "lamb", "careful": true, "cautious": false}"""));
        Assert.Contains("$.careful: lamb has no such member", refused.Message);
    }

    [Fact]
    public void What_has_no_former_name_stays_byte_for_byte_what_it_was()
    {
        const string json = """{ "type": "adamW",  "beta1": 0.90, "decay": 1e-1, "note": "\u00e9 + é" }""";
        Assert.Same(json, FormerNames.First(json));
    }

    [Fact]
    public void Rules_inside_rules_are_read_by_their_former_names_too()
    {
        var rule = RuleJson.Read("""
            {"type": "parameterGroups", "inner": {"type": "lookahead", "inner": {"type": "stochasticWeightAverage", "inner": {"type": "rprop", "grow": 1.5}}, "every": 7},
             "groups": [{"tensors": "*.bias", "rule": {"type": "muon", "vectors": {"nesterov": "corrected"}, "newtonSchulz": {"own": [{"a": 2, "b": -1, "c": 0}]}}}]}
            """);
        var expected = new ParameterGroups(new Lookahead(new StochasticWeightAveraging(new Rprop(EtaPlus: 1.5)), 7),
            [new("*.bias", Rule: new Muon(Vectors: new Adam(Nesterov: NesterovForm.BiasCorrected), NewtonSchulz: new(CustomCoefficients: [new(2, -1, 0)])))]);
        Assert.Equal(RuleJson.Write(expected), RuleJson.Write(rule));
        Assert.Equal(RuleJson.Write(expected), RuleJson.Write(RuleJson.Read(FormerNames.First(RuleJson.Write(expected)))));
    }

    [Fact]
    public void A_state_of_a_former_kind_fits() =>
        Assert.Equal("ClipByNorm(StochasticWeightAveraging(Sgd))", FormerNames.RenewKind("ClipByNorm(StochasticWeightAverage(Sgd))"));

    static void AssertFirst(string written, string name, string former)
    {
        Assert.Contains(name, written);
        Assert.Contains(former, FormerNames.First(written));
        Assert.DoesNotContain(name, FormerNames.First(written));
    }

    static readonly Dictionary<string, Type> types = new[] { typeof(Rule), typeof(MatrixNorm) }.SelectMany(t => t.GetCustomAttributes<JsonDerivedTypeAttribute>())
        .ToDictionary(t => (string)t.TypeDiscriminator!, t => t.DerivedType);

    /// <summary>The JSON of a rule, or of the smallest one with such a norm or iteration inside.</summary>
    static string Json(string owner, string? members = null)
    {
        string more = members is null ? "" : $", {members}";
        if (owner == "newtonSchulz")
            return $$$"""{"type": "muon", "newtonSchulz": {{{{members}}}}}""";
        if (typeof(MatrixNorm).IsAssignableFrom(types[owner]))
            return $$$"""{"type": "scion", "norm": {"type": "{{{owner}}}"{{{more}}}}}""";
        if (typeof(Wrapper).IsAssignableFrom(types[owner]))
            return $$$"""{"type": "{{{owner}}}", "inner": {"type": "sgd"}{{{(owner == "clipByValue" && members is null ? ", \"clipValue\": 1" : more)}}}}""";
        return $$"""{"type": "{{owner}}"{{more}}}""";
    }

    static JsonElement Element(string written, string owner)
    {
        var rule = JsonDocument.Parse(written).RootElement;
        return rule.TryGetProperty("norm", out var norm) ? norm : owner == "newtonSchulz" ? rule.GetProperty("newtonSchulz") : rule;
    }

    /// <summary>Another value that the member may have.</summary>
    static string Other(string member, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "false",
        JsonValueKind.False => "true",
        JsonValueKind.String => value.GetString() switch { "Inside" => "\"outside\"", "Outside" => "\"inside\"", _ => "2.5" },
        JsonValueKind.Null when member == "customCoefficients" => """[{"a": 2, "b": -1, "c": 0}]""",
        JsonValueKind.Null => "0.5",
        _ when member == "beta2" => "0.5",
        _ => value.GetDouble() is var number and > 0 and < 1 ? (number * 0.75).ToString("R", CultureInfo.InvariantCulture) : ((int)value.GetDouble() + 1).ToString(CultureInfo.InvariantCulture),
    };
}
