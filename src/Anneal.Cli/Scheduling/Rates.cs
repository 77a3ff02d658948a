using System.Text.Json;

namespace Anneal.Cli;

/// <summary>Numbers in JSON, both ways: exact, and what JSON cannot say as a word.</summary>
internal static class Rates
{
    /// <summary>How deep a question may nest: deeper than any schedule is accepted.</summary>
    public const int MaxNesting = 1_000;

    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            Write(json, value);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    /// <exception cref="ScheduleFormatException">It is not a list of numbers.</exception>
    public static double[] Read(JsonElement list, string path)
    {
        if (list.ValueKind != JsonValueKind.Array)
            throw new ScheduleFormatException($"{path} must be a list of numbers.", path);
        var values = new double[list.GetArrayLength()];
        int i = 0;
        foreach (var item in list.EnumerateArray())
        {
            values[i] = Number(item) ?? throw new ScheduleFormatException($"{path}[{i}] must be a number, not {Short(item)}.", $"{path}[{i}]");
            i++;
        }
        return values;
    }

    static double? Number(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number => item.GetDouble(),
        JsonValueKind.String when item.ValueEquals("NaN") => double.NaN,
        JsonValueKind.String when item.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when item.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => null,
    };

    internal static string Short(JsonElement item) => item.GetRawText() is { Length: > 60 } text ? text[..57] + "…" : item.GetRawText();
}
