using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Anneal.Runs;

/// <summary>JSON Lines, and Transformers' <c>trainer_state.json</c>.</summary>
static class JsonLog
{
    /// <summary>One object a line; a last line that was cut off is told and left out.</summary>
    public static RunLog ReadLines(TextReader reader, string? rate, string? step)
    {
        var log = new LogBuilder();
        var names = new HashSet<string>();
        var entries = new List<Dictionary<string, string>>();
        int number = 0, broken = 0;
        string? rateName = null, stepName = null;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if ((Entry(line) ?? PythonEntry(line)) is not { } entry)
            {
                broken++;
                log.Remarks.Add($"line {number} is not a JSON object and was left out.");
                if (broken > 20)
                    throw new ConfigurationException($"more than 20 lines are not JSON objects; the last is line {number}", new(number, 1));
                continue;
            }
            if (rateName is null)
            {
                // Names are settled by the first entry that has a rate; those before it had none.
                entries.Add(entry);
                names.UnionWith(entry.Keys);
                rateName = TryRate([.. entry.Keys], rate);
                if (rateName is not null)
                    stepName = ColumnNames.Step([.. names], step);
            }
            if (rateName is not null)
                Add(log, entry, rateName, stepName);
        }
        return rateName is null ? throw new ConfigurationException($"no entry has a rate; name it with --rate: the entries have {string.Join(", ", names.Take(20))}")
            : log.Build(rateName, stepName ?? "entry");
    }

    /// <summary>A trainer's state; of a file that was cut off, the entries before its end.</summary>
    public static RunLog ReadTrainerState(string text, string? rate, string? step)
    {
        try
        {
            return TrainerState(text, rate, step);
        }
        catch (JsonException broken) when (text.Contains("\"log_history\"", StringComparison.Ordinal) && text.LastIndexOf('}') is > 0 and var end && Completed(text[..(end + 1)]) is { } whole)
        {
            var log = TrainerState(whole, rate, step);
            return log with { Remarks = [.. log.Remarks, $"The file is cut off or broken at line {(broken.LineNumber ?? 0) + 1}; what comes before was read, to step {log.Steps[^1].ToString(CultureInfo.InvariantCulture)}."] };
        }
    }

    /// <summary>The beginning of a trainer's state with its list of entries closed; null if that is no JSON either.</summary>
    static string? Completed(string beginning)
    {
        string whole = beginning + "]}";
        try
        {
            using var _ = JsonDocument.Parse(whole);
            return whole;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static RunLog TrainerState(string text, string? rate, string? step)
    {
        using var document = JsonDocument.Parse(text);
        var history = document.RootElement.TryGetProperty("log_history", out var list) && list.ValueKind == JsonValueKind.Array ? list
            : document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement
            : throw new ConfigurationException("this JSON is no log: it has no log_history");
        var entries = history.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).ToList();
        string[] names = [.. entries.SelectMany(e => e.EnumerateObject()).Where(m => m.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String).Select(m => m.Name).Distinct()];
        string rateName = ColumnNames.Rate(names, rate);
        string? stepName = ColumnNames.Step(names, step);
        var log = new LogBuilder();
        foreach (var entry in entries)
            if (entry.TryGetProperty(rateName, out var value))
                log.Add(stepName is not null && entry.TryGetProperty(stepName, out var at) && Number(at) is { } number ? number : log.Count,
                    value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString());
        return log.Build(rateName, stepName ?? "entry");
    }

    static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    static string? TryRate(IReadOnlyList<string> names, string? asked)
    {
        try
        {
            return ColumnNames.Rate(names, asked);
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    static void Add(LogBuilder log, Dictionary<string, string> entry, string rate, string? step)
    {
        if (entry.TryGetValue(rate, out string? value))
            log.Add(step is not null && entry.TryGetValue(step, out string? at) && double.TryParse(at, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : log.Count, value);
    }

    /// <summary>The numbers of one object by name, those of objects inside as <c>outer/inner</c>; null if it is no object.</summary>
    static Dictionary<string, string>? Entry(string line)
    {
        var found = new Dictionary<string, string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
        var path = new Stack<string>();
        string name = "";
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            int lists = 0;
            while (reader.Read())
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName: name = reader.GetString()!; break;
                    case JsonTokenType.StartObject when lists == 0: path.Push(name); break;
                    case JsonTokenType.EndObject when lists == 0: path.TryPop(out _); break;
                    case JsonTokenType.StartArray: lists++; break;
                    case JsonTokenType.EndArray: lists--; break;
                    case JsonTokenType.Number when lists == 0: found[Full(path, name)] = Encoding.UTF8.GetString(reader.ValueSpan); break;
                    case JsonTokenType.String when lists == 0 && reader.ValueSpan.Length < 40: found[Full(path, name)] = reader.GetString()!; break;
                    default: break;
                }
            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A dictionary as Python prints it, which is what a trainer writes to the console; null if it is none.</summary>
    static Dictionary<string, string>? PythonEntry(string line) => line.TrimStart().StartsWith('{') && PythonText.Literal(line.Trim()) is MapNode map
        ? map.Entries.Where(e => e.Value is ScalarNode).ToDictionary(e => e.Key, e => ((ScalarNode)e.Value).Text) : null;

    static string Full(Stack<string> path, string name) => path.Count == 0 ? name : $"{string.Join('/', path.Reverse())}/{name}";
}
