namespace Anneal.Cli;

/// <summary>A rule that is to run: what it is called, and the rate it follows.</summary>
internal sealed record Racer(string Name, Rule Rule, Schedule Rate)
{
    /// <summary>Rules from <c>sgd, adamW@0.05, {"type": "momentum", "beta": 0.95}@cosine(0.002, 500)</c>: each by name or as JSON, on a rate of its own where one follows, which <paramref name="read"/> reads.</summary>
    public static IReadOnlyList<Racer> Several(string text, Schedule rate, Func<string, Schedule> read)
    {
        var racers = Parts(text, ',').Select(part => One(part, rate, read)).ToList();
        if (racers.Count == 0)
            throw new UsageException($"A race needs rules; there are {string.Join(", ", RuleJson.Names)}.");
        return [.. racers.Select((racer, i) => racers.FindIndex(r => r.Name == racer.Name) == i ? racer : racer with { Name = $"{racer.Name} ({i + 1})" })];
    }

    /// <summary>A rule by name, with its own defaults, or as JSON.</summary>
    public static Racer Of(string text, Schedule rate)
    {
        var rule = Named(text);
        return new(rule.GetType().Name, rule, rate);
    }

    static Racer One(string text, Schedule rate, Func<string, Schedule> read) => Parts(text, '@') switch
    {
        [var rule] => Of(rule, rate),
        [var rule, var own] when Of(rule, read(own)) is var racer => racer with { Name = $"{racer.Name} at {own}" },
        _ => throw new UsageException($"'{text}' is no rule with a rate; write for example adamW@0.05."),
    };

    static Rule Named(string text) => text.StartsWith('{') ? RuleJson.Read(text)
        : RuleJson.Names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? RuleJson.Read($$"""{"type": "{{name}}"}""")
        : throw new UsageException($"There is no rule '{text}'; there are {string.Join(", ", RuleJson.Names)}.");

    /// <summary>The parts between separators that stand outside of all brackets and quotes.</summary>
    static List<string> Parts(string text, char separator)
    {
        var parts = new List<string>();
        int depth = 0, from = 0;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                quoted = !quoted;
            else if (i == text.Length || !quoted && depth == 0 && text[i] == separator)
            {
                parts.Add(text[from..i].Trim());
                from = i + 1;
            }
            else if (!quoted)
                depth += text[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
        }
        parts.RemoveAll(part => part.Length == 0);
        return parts;
    }
}
