using System.Globalization;
using System.Text.Json;

namespace Anneal.Live.Tests;

/// <summary>Random forms: what must be known mostly is, all else sometimes, each written as people would.</summary>
static class AnyForm
{
    /// <summary>The members that have a value, by name.</summary>
    public static Dictionary<string, string> Drawn(Random random)
    {
        var members = All(random);
        // Of an earlier run one hardly says anything without its rate.
        if (!members.ContainsKey("earlierRate") && random.Next(10) > 0)
            foreach (string of in (string[])["earlierBatch", "earlierOptimizer", "earlierShort"])
                members.Remove(of);
        return members;
    }

    static Dictionary<string, string> All(Random random) => LiveAdvice.Form.Parts.SelectMany(part => part.Fields)
        .Where(field => random.NextDouble() < (field.Name is "task" or "family" or "pretrained" or "parameters" or "samples" or "tokensPerSample" or "updates" ? 0.93 : field.Name is "tokens" or "epochs" or "trainingTokens" ? 0.07 : 0.25))
        .ToDictionary(field => field.Name, field => Text(field, random));

    /// <summary>The same as JSON.</summary>
    public static string Json(Dictionary<string, string> members) => JsonSerializer.Serialize(members);

    static string Text(AdviceField field, Random random)
    {
        var words = field.Words;
        return field.Several ? string.Join(", ", Enumerable.Range(0, random.Next(1, 3)).Select(_ => words[random.Next(words.Count)] + (random.Next(2) == 0 ? "" : $"@{random.Next(5000)}")))
            : words.Count > 0 ? words[random.Next(words.Count)]
            : field.Name switch
            {
                "parameters" => Number(random, 4, 11, whole: true),
                "samples" => Number(random, 2, 9, whole: true),
                "tokens" or "trainingTokens" => Number(random, 6, 12),
                "tokensPerSample" or "batch" => Number(random, 0, 4, whole: true),
                "deviceBatch" or "devices" => random.Next(1, 65).ToString(CultureInfo.InvariantCulture),
                "updates" => Number(random, 1, 6, whole: true),
                "epochs" => random.Next(1, 300).ToString(CultureInfo.InvariantCulture),
                "earlierRate" => Number(random, -5, 0),
                "earlierBatch" => Number(random, 0, 4, whole: true),
                _ => Number(random, -1, 4),
            };
    }

    /// <summary>A number between two powers of ten: in full, in powers of ten, or with a letter for thousands and more.</summary>
    static string Number(Random random, int low, int high, bool whole = false)
    {
        double drawn = Math.Pow(10, low + (high - low) * random.NextDouble()), value = whole ? Math.Round(drawn) : drawn, short3 = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return random.Next(3) switch
        {
            0 when value >= 1 => Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture),
            1 when value >= 1e3 => (value >= 1e9 ? (short3 / 1e9, "B") : value >= 1e6 ? (short3 / 1e6, "M") : (short3 / 1e3, "k")) is var (number, unit) ? number.ToString("R", CultureInfo.InvariantCulture) + unit : "",
            _ => short3.ToString("R", CultureInfo.InvariantCulture),
        };
    }
}
