using System.Text.Json;

namespace Anneal.Tests;

/// <summary>One recorded run of a reference implementation: a configuration, and what it answered at which index.</summary>
public sealed record GoldenRecord(string Name, JsonElement Configuration, double[] Steps, double[] Rates, double[]? Momentum, double[]? Metrics)
{
    public static IReadOnlyList<GoldenRecord> All { get; } = Read();

    public string Framework => Configuration.GetProperty("framework").GetString()!;

    public bool Listens => Metrics is not null;

    public double[] Ask(Imported imported) => imported.Rates(Steps, Metrics);

    public override string ToString() => Name;

    static IReadOnlyList<GoldenRecord> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Golden("schedules.json")));
        return [.. document.RootElement.GetProperty("records").EnumerateArray().Select((r, i) => new GoldenRecord(
            $"{i}: {r.GetProperty("framework").GetString()} {r.GetProperty("scheduler").GetString()} {(r.TryGetProperty("form", out var form) ? form.GetString() : "")}".TrimEnd(),
            r.Clone(), Numbers(r, "steps")!, Numbers(r, "lr")!, Numbers(r, "momentum"), Numbers(r, "metrics")))];
    }

    static double[]? Numbers(JsonElement record, string name) => record.TryGetProperty(name, out var list)
        ? [.. list.EnumerateArray().Select(x => ForeignNumber.TryRead(x, out double value) ? value : throw new FormatException(x.GetRawText()))]
        : null;

    /// <summary>The golden files lie beside the tests' sources.</summary>
    public static string Golden(string name) => Path.Combine(Sources.Root, "tests", "golden", name);
}
