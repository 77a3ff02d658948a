using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>The parameters of a foreign scheduler, read by the names its framework gave them; whatever nobody asked for is refused.</summary>
/// <remarks>Two reading methods per kind: without a default the parameter is required, with one it is the framework's own.</remarks>
sealed class Parameters
{
    readonly JsonElement members;
    readonly HashSet<string> known = [];

    public Parameters(JsonElement members, string path, string owner)
    {
        (this.members, Path, Owner) = (members, path, owner);
        if (members.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            throw Refused(path, $"must be an object with the parameters of {owner}, not {Kind(members)}");
    }

    /// <summary>Where in the document the parameters are, such as <c>$.params</c>.</summary>
    public string Path { get; }

    /// <summary>The scheduler in words, such as <c>StepLR of pytorch</c>.</summary>
    public string Owner { get; }

    /// <summary>The parameters as they were written.</summary>
    public string Text => members.ValueKind == JsonValueKind.Object ? members.GetRawText() : "{}";

    public static ScheduleFormatException Refused(string path, string reason) => new($"{path} {reason}.", path);

    public ScheduleFormatException Refuse(string name, string reason) => Refused($"{Path}.{name}", reason);

    public double Number(string name) => AsNumber(name, Required(name));

    public double Number(string name, double standard) => Given(name, out var value) ? AsNumber(name, value) : standard;

    /// <summary>A number, or nothing where it is left out or null.</summary>
    public double? NumberOrNone(string name) => Given(name, out var value) && value.ValueKind != JsonValueKind.Null ? AsNumber(name, value) : null;

    /// <summary>A rate or another quantity that makes no sense below 0 here.</summary>
    public double Amount(string name) => NotNegative(name, Number(name));

    public double Amount(string name, double standard) => NotNegative(name, Number(name, standard));

    public double Positive(string name) => Above0(name, Number(name));

    public double Positive(string name, double standard) => Above0(name, Number(name, standard));

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public double Whole(string name, double least) => AsWhole(name, Number(name), least);

    public double Whole(string name, double least, double standard) => AsWhole(name, Number(name, standard), least);

    public bool Flag(string name, bool standard) => !Given(name, out var value) ? standard : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(name, $"must be true or false, not {Kind(value)}"),
    };

    /// <summary>One of several words, the first of which need not be the default.</summary>
    public string Word(string name, string standard, params ReadOnlySpan<string> words)
    {
        if (!Given(name, out var value))
            return standard;
        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()!))
            return value.GetString()!;
        throw Refuse(name, $"must be one of {string.Join(", ", words!)}, not {Kind(value)}");
    }

    public double[] Numbers(string name)
    {
        var list = Required(name);
        if (list.ValueKind != JsonValueKind.Array)
            throw Refuse(name, $"must be a list of numbers, not {Kind(list)}");
        return [.. list.EnumerateArray().Select((value, i) => AsNumber($"{name}[{i}]", value))];
    }

    /// <summary>A table from numbers to numbers, in rising order of its keys: a Python dictionary, whose later entries win.</summary>
    public IReadOnlyList<(double Key, double Value)> TableOrNone(string name)
    {
        if (!Given(name, out var table) || table.ValueKind == JsonValueKind.Null)
            return [];
        if (table.ValueKind != JsonValueKind.Object)
            throw Refuse(name, $"must be an object from steps to numbers, not {Kind(table)}");
        var entries = new SortedDictionary<double, double>();
        foreach (var entry in table.EnumerateObject())
            entries[Finite(name, ForeignNumber.TryParse(entry.Name, out double key) ? key : double.NaN)] = AsNumber($"{name}.{entry.Name}", entry.Value);
        return [.. entries.Select(e => (e.Key, e.Value))];
    }

    public IEnumerable<(JsonElement Value, string Path)> List(string name)
    {
        var list = Required(name);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw Refuse(name, $"must be a list of at least one scheduler, not {Kind(list)}");
        return list.EnumerateArray().Select((value, i) => (value, $"{Path}.{name}[{i}]"));
    }

    /// <summary>The parameters inside a parameter, such as keyword arguments handed on; none where it is left out or null.</summary>
    public Parameters Inner(string name) => new(Given(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default, $"{Path}.{name}", $"{name} of {Owner}");

    /// <summary>Parameters that are known but must keep their default, since what they would need is not in a configuration.</summary>
    public void Unset(string name, string reason)
    {
        if (Given(name, out var value) && value.ValueKind != JsonValueKind.Null)
            throw Refuse(name, reason);
    }

    /// <summary>Parameters that have no effect on the rate.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            known.Add(name);
    }

    public bool Given(string name, [MaybeNullWhen(false)] out JsonElement value)
    {
        known.Add(name);
        value = default;
        return members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out value);
    }

    /// <summary>Refuses the first parameter that nobody asked for.</summary>
    public void Done()
    {
        if (members.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in members.EnumerateObject())
            if (!known.Contains(member.Name))
                throw Refuse(Written.Short(member.Name), $"is not a parameter of {Owner}; it takes {string.Join(", ", known.Order())}");
    }

    /// <summary>What a value is, in words for a message.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "an empty list" : "a list",
        _ => value.GetRawText() is { Length: > 60 } text ? text[..57] + "…" : value.GetRawText(),
    };

    JsonElement Required(string name) => Given(name, out var value) ? value : throw Refuse(name, $"is missing; {Owner} has no default for it");

    double AsNumber(string name, JsonElement value) => ForeignNumber.TryRead(value, out double number)
        ? Finite(name, number)
        : throw Refuse(name, $"must be a number, not {Kind(value)}");

    double AsWhole(string name, double value, double least) => value == Math.Floor(value) && value >= least ? value
        : throw Refuse(name, $"must be a whole number, {least} or above, not {ForeignNumber.Text(value)}");

    double Finite(string name, double value) => double.IsFinite(value) ? value : throw Refuse(name, $"must be a finite number, not {ForeignNumber.Text(value)}");

    double NotNegative(string name, double value) => value >= 0 ? value : throw Refuse(name, $"must be 0 or above, not {ForeignNumber.Text(value)}");

    double Above0(string name, double value) => value > 0 ? value : throw Refuse(name, $"must be above 0, not {ForeignNumber.Text(value)}");
}
