using System.Text.Json;
using Anneal.Runs;

namespace Anneal.Cli;

/// <summary>A question about a run's own configuration: <c>{"config": "…", "framework": "deepspeed", "given": {…}, "at": […]}</c>.</summary>
internal static class RunQuestion
{
    public static bool Asks(JsonElement question) => question.ValueKind == JsonValueKind.Object && question.TryGetProperty("config", out _);

    /// <summary>Writes the rates; "error" where the framework raises, and beside the reason where it refuses the configuration.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or a number must be given.</exception>
    public static void Answer(JsonElement question, Utf8JsonWriter json)
    {
        foreach (var member in question.EnumerateObject())
            if (member.Name is not ("config" or "framework" or "given" or "at" or "id" or "note"))
                throw new ConfigurationException($"$.{member.Name} was not expected; a question about a configuration has config, framework, given and at");
        double[] at = question.TryGetProperty("at", out var steps) ? Rates.Read(steps, "$.at") : throw new ConfigurationException("$.at is missing; it is the list of updates to answer for");
        try
        {
            var run = Configuration(question);
            var rates = at.Select((update, i) => update >= 0 ? run.RateAt(update) : throw new ConfigurationException($"$.at[{i}] must be 0 or above, not {update}")).ToList();
            double[]? biases = run.BiasRates is { } ofBiases ? [.. at.Select(ofBiases)] : null, decays = run.WeightDecays is { } ofWeights ? [.. at.Select(ofWeights)] : null;
            json.WriteStartObject();
            Write(json, "rates", rates);
            if (biases is not null)
                Write(json, "bias_rates", biases);
            if (decays is not null)
                Write(json, "weight_decays", decays);
            json.WriteString("framework", run.Framework);
            json.WriteEndObject();
        }
        catch (RefusedByFrameworkException refused)
        {
            json.WriteStartObject();
            Write(json, "rates", [.. at.Select(_ => double.NaN)]);
            json.WriteString("error", refused.Message);
            json.WriteEndObject();
        }
    }

    static RunConfiguration Configuration(JsonElement question)
    {
        string text = question.GetProperty("config") is { ValueKind: JsonValueKind.String } config ? config.GetString()! : throw new ConfigurationException("$.config must be the configuration's text");
        string? framework = question.TryGetProperty("framework", out var name) && name.ValueKind != JsonValueKind.Null
            ? name.ValueKind == JsonValueKind.String ? name.GetString() : throw new ConfigurationException("$.framework must be a name") : null;
        if (!question.TryGetProperty("given", out var numbers) || numbers.ValueKind == JsonValueKind.Null)
            return RunConfigurations.Read(text, framework);
        if (numbers.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException("""$.given must be an object of numbers, such as {"samples": 52000, "world_size": 8}""");
        var given = numbers.EnumerateObject().Select(g => new KeyValuePair<string, double>(g.Name, g.Value.ValueKind == JsonValueKind.Number ? g.Value.GetDouble()
            : throw new ConfigurationException($"$.given.{g.Name} must be a number")));
        return RunConfigurations.Read(text, framework, new Given(given));
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            if (double.IsNaN(value))
                json.WriteStringValue("error");
            else
                Rates.Write(json, value);
        json.WriteEndArray();
    }
}
