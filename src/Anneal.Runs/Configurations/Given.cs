using System.Globalization;

namespace Anneal.Runs;

/// <summary>Numbers that decide the rates and that a configuration does not hold: how large the data set is, on how many devices it runs.</summary>
/// <remarks>Names count without their underscores and capitals: <c>worldSize</c> is <c>world_size</c>.</remarks>
public sealed class Given
{
    /// <summary>The names and what they mean.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["samples"] = "how many training examples there are",
        ["worldSize"] = "how many data-parallel processes the run has",
        ["updates"] = "how many updates the run has",
        ["batchesPerEpoch"] = "how many batches the data loader gives in an epoch",
        ["updatesPerEpoch"] = "how many updates an epoch has",
        ["epochLength"] = "how many iterations an epoch has",
        ["startStep"] = "after how many updates the run goes on with an optimizer state of its own",
        ["sequenceLength"] = "how many tokens a sample has",
        ["classes"] = "how many classes the model tells apart",
        ["version"] = "the framework's version, where its rule has changed",
    };

    readonly Dictionary<string, double> values = [];

    /// <summary>Nothing given.</summary>
    public static Given Nothing { get; } = new([]);

    /// <summary>Numbers by name.</summary>
    /// <exception cref="ConfigurationException">A name is unknown, or a number is not above 0.</exception>
    public Given(IEnumerable<KeyValuePair<string, double>> numbers)
    {
        foreach (var (name, value) in numbers)
        {
            string known = Names.Keys.FirstOrDefault(n => Plain(n) == Plain(name))
                ?? throw new ConfigurationException($"there is nothing called {name} to be given; there are {string.Join(", ", Names.Keys)}", key: name);
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ConfigurationException($"{name} must be a number, 0 or above, not {value.ToString(CultureInfo.InvariantCulture)}", key: name);
            values[known] = value;
        }
    }

    /// <summary>Reads <c>samples=52000,worldSize=8</c>.</summary>
    /// <exception cref="ConfigurationException">It is not of that form.</exception>
    public static Given Parse(string text) => new(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
        part.Split('=', StringSplitOptions.TrimEntries) is [var name, var number] && PythonNumber.Float(number) is { } value
            ? new KeyValuePair<string, double>(name, value)
            : throw new ConfigurationException($"--given takes name=number pairs with commas between them, such as samples=52000,worldSize=8; {part} is none")));

    /// <summary>A number, if it was given.</summary>
    public double? Find(string name) => values.TryGetValue(name, out double value) ? value : null;

    /// <summary>A number that must be given.</summary>
    /// <exception cref="MissingGivenException">It was not.</exception>
    public double Demand(string name) => Find(name) ?? throw new MissingGivenException(name, Names[name]);

    static string Plain(string name) => name.Replace("_", "").ToLowerInvariant();
}
