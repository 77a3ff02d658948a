using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>One map of a configuration, read by the names its framework gives to things.</summary>
/// <param name="reading">The file it is part of.</param>
/// <param name="map">Its keys.</param>
/// <param name="path">Where it lies in the file: empty at the top, else <c>model.optim.</c></param>
/// <param name="numbers">Which scalars count as numbers.</param>
sealed partial class Section(Reading reading, MapNode map, string path, NumberStyle numbers)
{
    public MapNode Map { get; } = map;

    public Reading Reading { get; } = reading;

    public bool Has(string key) => Find(key) is not null;

    public Place PlaceOf(string key) => Map.Find(key)?.Place ?? Map.Place;

    public string Path(string key) => path + key;

    /// <summary>A number; the default where the key is missing or set to nothing.</summary>
    public double Number(string key, double missing) => NumberIfGiven(key) ?? missing;

    public double? NumberIfGiven(string key) => Find(key) is { } entry ? Number(entry.Value, key, entry.Place) : null;

    /// <summary>A number that the framework cannot do without.</summary>
    public double Demand(string key) => NumberIfGiven(key) ?? throw Lacks(key);

    /// <summary>A whole number, cut off as Python's <c>int</c> does.</summary>
    public double Whole(string key, double missing) => Math.Truncate(Number(key, missing));

    public string Word(string key, string missing) => WordIfGiven(key) ?? missing;

    public string? WordIfGiven(string key) => Find(key) is not { } entry ? null
        : Resolved(entry.Value, key) is ScalarNode scalar ? scalar.Text
        : throw new ConfigurationException($"{Path(key)} must be a text, not {entry.Value.Description}", entry.Place, Path(key));

    public bool Flag(string key, bool missing = false)
    {
        if (Find(key) is not { } entry)
            return missing;
        return Resolved(entry.Value, key) is ScalarNode scalar && scalar.Text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" or "y" => true,
            "false" or "no" or "off" or "0" or "n" => (bool?)false,
            _ => null,
        } is { } truth ? truth
            : throw new ConfigurationException($"{Path(key)} must be true or false, not {entry.Value.Description}", entry.Place, Path(key));
    }

    /// <summary>A list of numbers; a number alone is a list of one, and a text may hold a Python tuple.</summary>
    public IReadOnlyList<double>? NumbersIfGiven(string key)
    {
        if (Find(key) is not { } entry)
            return null;
        var node = Resolved(entry.Value, key);
        if (node is ScalarNode { Kind: not ScalarKind.Number } text && text.Text.AsSpan().IndexOfAny("([,") >= 0)
            node = PythonText.Literal(text.Text.Trim() is ['(' or '[', ..] whole ? whole : $"[{text.Text}]") ?? node;
        return node is ListNode list ? [.. list.Items.Select(item => Number(item, key, entry.Place))] : [Number(node, key, entry.Place)];
    }

    public IReadOnlyList<string>? WordsIfGiven(string key) => Find(key) is not { } entry ? null
        : entry.Value is ListNode list ? [.. list.Items.Select(item => item is ScalarNode scalar ? scalar.Text : item.Description)]
        : entry.Value is ScalarNode { Text: var text } ? [text]
        : throw new ConfigurationException($"{Path(key)} must be a list, not {entry.Value.Description}", entry.Place, Path(key));

    /// <summary>A map within this one; a text may hold it as JSON.</summary>
    public Section? Inner(string key)
    {
        if (Find(key) is not { } entry)
            return null;
        var node = entry.Value is ScalarNode { Text: ['{', ..] text } ? PythonText.Literal(text) ?? JsonText.Read(text) : entry.Value;
        return node is MapNode inner ? new(Reading, inner, $"{path}{key}.", numbers)
            : throw new ConfigurationException($"{Path(key)} must be a map, not {entry.Value.Description}", entry.Place, Path(key));
    }

    public Section InnerOrEmpty(string key) => Inner(key) ?? new(Reading, new(PlaceOf(key), []), $"{path}{key}.", numbers);

    /// <summary>The same with one key more, unless it has it.</summary>
    public Section With(string key, double? value) => value is not { } number || Map.Find(key) is not null ? this
        : new(Reading, new(Map.Place, [.. Map.Entries, new(key, Place.None, new ScalarNode(Place.None, number.ToString("R", CultureInfo.InvariantCulture), ScalarKind.Number))]), path, numbers);

    /// <summary>Refuses keys that the framework does not take, as it does itself.</summary>
    public void Only(string what, params IReadOnlyList<string> known)
    {
        foreach (var entry in Map.Entries)
            if (!known.Contains(entry.Key))
                throw new RefusedByFrameworkException($"{what} has no {Path(entry.Key)}{Nearest.DidYouMean(entry.Key, known)}", entry.Place, Path(entry.Key));
    }

    /// <summary>Takes note of a key for the findings and the plan, whether it was set or not.</summary>
    public void Note(Role role, string key, double? value = null) =>
        Reading.Settings.Add(new(role, Path(key), Find(key) is { Value: ScalarNode scalar } ? scalar.Text : "", value, Map.Find(key)?.Place ?? Place.None));

    public RefusedByFrameworkException Refused(string key, string reason) => new($"{Path(key)} {reason}", PlaceOf(key), Path(key));

    public RefusedByFrameworkException Lacks(string key) => new($"{Path(key)} is missing, and there is no default for it", Map.Place, Path(key));

    MapEntry? Find(string key) => Map.Find(key) is { } entry && entry.Value is not ScalarNode { IsNull: true } ? entry : null;

    double Number(ConfigNode node, string key, Place place)
    {
        var found = Resolved(node, key);
        if (found is not ScalarNode scalar || scalar.Kind == ScalarKind.Truth)
            throw new ConfigurationException($"{Path(key)} must be a number, not {node.Description}", place, Path(key));
        double? value = scalar.Kind switch
        {
            ScalarKind.Number => PythonNumber.Float(scalar.Text) ?? (scalar.Text.StartsWith("0x", StringComparison.Ordinal) ? PythonNumber.PyYaml(scalar.Text) : null),
            ScalarKind.Plain when numbers == NumberStyle.PyYaml => PythonNumber.PyYaml(scalar.Text),
            _ when numbers == NumberStyle.PyYaml => null,
            _ => PythonNumber.Float(scalar.Text),
        };
        if (value is { } number)
            return number;
        if (scalar.Text == "???")
            throw new ConfigurationException($"{Path(key)} is ???: it is to be given on the command line, so it is not in the file; write the number", place, Path(key));
        if (scalar.Text.Contains('$'))
            throw new ConfigurationException($"{Path(key)} is {scalar.Text}: variables of the environment are not read, since they are not in the file; write the number", place, Path(key));
        if (numbers == NumberStyle.PyYaml && PythonNumber.Float(scalar.Text) is { } meant)
            throw new RefusedByFrameworkException(
                $"{Path(key)} is {scalar.Description} for PyYAML and not a number; write {(scalar.Kind == ScalarKind.Text ? "it without quotes" : Corrected(meant))}", place, Path(key));
        throw new RefusedByFrameworkException($"{Path(key)} must be a number, not {scalar.Description}", place, Path(key));
    }

    /// <summary>A number as YAML 1.1 knows it: with a point and a signed exponent.</summary>
    static string Corrected(double value) => value.ToString("0.0###############e+0", CultureInfo.InvariantCulture);

    /// <summary>What <c>${other.key}</c> refers to within the same file; the node itself when it refers to nothing.</summary>
    ConfigNode Resolved(ConfigNode node, string key)
    {
        for (int depth = 0; node is ScalarNode { Text: ['$', ..] } scalar && Reference().Match(scalar.Text) is { Success: true } match; depth++)
        {
            string name = match.Groups[1].Value;
            node = (Reading.Root.FindPath(name) ?? Reading.Root.FindPath($"variables.{name}") ?? Map.FindPath(name.TrimStart('.')))?.Value
                ?? throw new ConfigurationException($"{Path(key)} refers to {name}, which is not in the file", scalar.Place, Path(key));
            if (depth > 20)
                throw new ConfigurationException($"{Path(key)} refers to itself", scalar.Place, Path(key));
        }
        return node;
    }

    [GeneratedRegex(@"^\$\{([A-Za-z_.][\w.]*)\}$")]
    private static partial Regex Reference();
}
