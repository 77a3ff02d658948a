using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Anneal.Runs.Tests;

/// <summary>A configuration and the rates that its framework's own code gave for it.</summary>
public sealed record RecordedRun(string Id, string Framework, string Text, IReadOnlyDictionary<string, double> Given, double[] At, double?[] Rates, double?[]? BiasRates, double?[]? WeightDecays)
{
    public static IReadOnlyList<RecordedRun> All { get; } = Read();

    /// <summary>What is given, and the version where a rule has changed and the text does not show it.</summary>
    public Given Beside => new(Id == OlderUltralytics ? Given.Append(new("version", 8.3)) : Given);

    /// <summary>A warm-up of at least 100 batches, as versions 8.2 and 8.3 had it.</summary>
    public const string OlderUltralytics = "ultralytics-07";

    public override string ToString() => Id;

    static IReadOnlyList<RecordedRun> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Golden("run-configurations.json")));
        return [.. document.RootElement.GetProperty("records").EnumerateArray().Select(r => new RecordedRun(
            r.GetProperty("id").GetString()!, r.GetProperty("framework").GetString()!, r.GetProperty("text").GetString()!,
            r.GetProperty("given").EnumerateObject().ToDictionary(g => g.Name, g => g.Value.GetDouble()),
            [.. r.GetProperty("at").EnumerateArray().Select(x => x.GetDouble())], Numbers(r, "rates")!, Numbers(r, "bias_rates"), Numbers(r, "weight_decays")))];
    }

    /// <summary>Null stands for "error": the framework raises there.</summary>
    static double?[]? Numbers(JsonElement record, string name) => record.TryGetProperty(name, out var list)
        ? [.. list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.String ? (double?)null : x.GetDouble())] : null;

    /// <summary>The golden files lie beside the tests' sources.</summary>
    public static string Golden(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "golden", name);
}
