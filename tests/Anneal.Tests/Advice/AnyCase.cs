using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>Random cases, sensible and not: what must be known mostly is, all else sometimes, and numbers of every size.</summary>
static class AnyCase
{
    public static TrainingCase Drawn(int seed)
    {
        var random = new Random(seed);
        var given = new TrainingCase();
        foreach (var field in TrainingCase.Fields)
            if (random.NextDouble() < (field.Name is "task" or "family" or "pretrained" or "parameters" or "samples" or "tokensPerSample" or "updates" ? 0.93 : field.Name is "tokens" or "epochs" or "trainingTokens" ? 0.07 : 0.2))
                given = given.With(field.Name, field.Words() is { Count: > 0 } words ? words[random.Next(words.Count)] + (field.Name == "symptoms" && random.Next(2) == 0 ? $"@{random.Next(3000)}" : "") : Number(field.Name, random));
        // Of an earlier run one hardly says anything without its rate.
        return given.EarlierRate is null && random.Next(10) > 0 ? given with { EarlierBatch = null, EarlierOptimizer = null, EarlierShort = false } : given;
    }

    static string Number(string name, Random random)
    {
        var (low, high) = name switch
        {
            "parameters" => (2.0, 12.0),
            "samples" => (0, 9),
            "tokens" or "trainingTokens" => (3, 12),
            "tokensPerSample" or "batch" or "earlierBatch" => (0, 5),
            "updates" => (0, 6),
            "epochs" => (-1, 3),
            "deviceBatch" or "devices" => (0, 2.5),
            "earlierRate" => (-6, 1),
            _ => (-2, 5),
        };
        double value = Math.Pow(10, low + (high - low) * random.NextDouble());
        return (name is "epochs" or "earlierRate" or "sharpness" ? value : Math.Max(1, Math.Round(value))).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }
}
