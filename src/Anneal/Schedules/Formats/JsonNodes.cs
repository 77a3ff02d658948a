using System.Text;
using System.Text.Json;

namespace Anneal;

/// <summary>JSON as nodes: an object is a call.</summary>
static class JsonNodes
{
    /// <summary>How deep JSON may nest: an object and a list for every level of schedules.</summary>
    public const int MaxNesting = 2 * Require.MaxDepth + 10;

    public static Node Of(JsonElement json, JsonPlace place, int depth) => json.ValueKind switch
    {
        JsonValueKind.Number => new Node(NodeKind.Number, place) { Number = json.GetDouble() },
        JsonValueKind.String => new Node(NodeKind.Word, place) { Text = Text(json) },
        JsonValueKind.Array => new Node(NodeKind.List, place) { Items = [.. json.EnumerateArray().Select((item, i) => Of(item, new JsonPlace(place, $"[{i}]"), depth))] },
        JsonValueKind.Object when depth < Require.MaxDepth => Call(json, place, depth),
        JsonValueKind.Object => throw place.Refuse($"schedules may lie at most {Require.MaxDepth} deep inside one another; this is {depth + 1} deep"),
        _ => new Node(NodeKind.Other, place) { Text = json.ValueKind.ToString().ToLowerInvariant() },
    };

    static Node Call(JsonElement json, JsonPlace place, int depth)
    {
        string? type = null;
        List<(string?, Node)> arguments = [];
        foreach (var property in json.EnumerateObject())
        {
            string name = Name(property, place);
            var value = Of(property.Value, new JsonPlace(place, $".{name}"), depth + 1);
            if (name != "type")
                arguments.Add((name, value));
            else if (type is not null)
                throw value.Place.Refuse("type is given twice");
            else if (value.Kind == NodeKind.Word)
                type = value.Text;
            else
                throw value.Place.Refuse($"type must be the name of a schedule, not {value.Description}");
        }
        return new Node(NodeKind.Call, place)
        {
            Text = type ?? throw place.Refuse("""a schedule needs a type, as in {"type": "constant", "value": 0.1}"""),
            Arguments = arguments,
        };
    }

    /// <remarks>Half of a surrogate pair, written as an escape, is JSON but not text.</remarks>
    static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    static string Name(JsonProperty property, JsonPlace place)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw place.Refuse("a member's name is not text");
        }
    }
}

/// <summary>A place in JSON: the member or index, within another place.</summary>
sealed class JsonPlace(JsonPlace? parent, string step) : Place
{
    public override ScheduleFormatException Refuse(string reason)
    {
        string path = ToString();
        return new($"{path}: {Sentence(reason)}", path);
    }

    public override Place Of(string member) => new JsonPlace(this, $".{member}");

    /// <summary>The path; a very long one without its middle.</summary>
    public override string ToString()
    {
        var steps = new Stack<string>();
        for (var place = this; place is not null; place = place.Parent)
            steps.Push(place.Step);
        var all = steps.ToArray();
        var shown = all.Length <= 20 ? all : [.. all[..10], " … ", .. all[^9..]];
        return new StringBuilder().AppendJoin("", shown.Select((s, i) => s.Length > 30 && i > 0 ? s[..30] + "…" : s)).ToString();
    }

    JsonPlace? Parent => parent;

    string Step => step;
}
