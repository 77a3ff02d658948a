using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>Tensors that are treated alike.</summary>
/// <param name="Name">What messages call the group.</param>
/// <param name="Patterns">Names; * stands for anything. A tensor belongs to the first group that one of its patterns meets.</param>
/// <param name="Rule">The update rule; null for that of all.</param>
/// <param name="RateFactor">What the rate is multiplied by.</param>
/// <param name="Decay">The weight decay; null for that of all.</param>
/// <param name="Momentum">The momentum; null for that of all.</param>
public sealed record TensorGroup(string Name, IReadOnlyList<string> Patterns, string? Rule = null, double RateFactor = 1, double? Decay = null, double? Momentum = null)
{
    readonly Regex[] expressions = [.. Patterns.Select(p => new Regex($"^{Regex.Escape(p).Replace(@"\*", ".*")}$"))];

    /// <summary>Whether a tensor belongs here.</summary>
    public bool Meets(string name) => expressions.Any(e => e.IsMatch(name));
}

/// <summary>An update rule for all tensors, and groups with rules, rates and decays of their own.</summary>
/// <param name="Rule">The rule for what no group takes.</param>
/// <param name="Groups">In order: the first that takes a tensor wins.</param>
/// <param name="Momentum">The momentum, or β₁.</param>
public sealed record TensorRule(string Rule, IReadOnlyList<TensorGroup> Groups, double Momentum = 0.9)
{
    static readonly string[] rules = ["adamw", "adam", "sgd", "muon", "lion"];

    /// <summary>A rule's name, or a JSON file: <c>{"rule": "muon", "groups": [{"name": "norms", "match": ["*norm*", "*.bias"], "rule": "adamw", "decay": 0}]}</c>.</summary>
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public static TensorRule Read(string rule) => rules.Contains(rule.ToLowerInvariant()) ? new(rule.ToLowerInvariant(), [], rule.Equals("muon", StringComparison.OrdinalIgnoreCase) ? 0.95 : 0.9)
        : File.Exists(rule) ? Parse(File.ReadAllText(rule))
        : rule.TrimStart().StartsWith('{') ? Parse(rule)
        : throw new ConfigurationException($"--rule is one of {string.Join(", ", rules)}, or a JSON file of groups; {rule} is neither");

    static TensorRule Parse(string text)
    {
        var file = new Reading(JsonText.Read(text) as MapNode ?? throw new ConfigurationException("a rule is a JSON object"), ConfigurationFormat.Json, Given.Nothing).Top();
        file.Only("a rule", "rule", "groups", "momentum");
        var groups = (file.Map.Find("groups")?.Value as ListNode)?.Items.Select((item, i) => Group(file, item, i)) ?? [];
        return new(Named(file, "rule", "adamw"), [.. groups], file.Number("momentum", 0.9));
    }

    static TensorGroup Group(Section file, ConfigNode item, int i)
    {
        var group = new Section(file.Reading, item as MapNode ?? throw new ConfigurationException($"groups[{i}] must be an object", item.Place), $"groups[{i}].", NumberStyle.Converted);
        group.Only("a group", "name", "match", "rule", "rate", "decay", "momentum");
        return new(group.Word("name", $"groups[{i}]"), group.WordsIfGiven("match") ?? throw group.Lacks("match"), group.Has("rule") ? Named(group, "rule", "") : null, group.Number("rate", 1), group.NumberIfGiven("decay"), group.NumberIfGiven("momentum"));
    }

    static string Named(Section section, string key, string missing) => section.Word(key, missing).ToLowerInvariant() is var name && rules.Contains(name) ? name
        : throw new ConfigurationException($"{section.Path(key)} must be one of {string.Join(", ", rules)}, not {section.Word(key, missing)}", section.PlaceOf(key), section.Path(key));
}
