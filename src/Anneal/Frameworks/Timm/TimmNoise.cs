using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>The noise options that all timm schedulers have.</summary>
/// <param name="From">The first step with noise.</param>
/// <param name="Until">The first step without it again; null for noise to the end.</param>
/// <param name="Limit">The noise stays below this fraction of the rate.</param>
/// <param name="Seed">The step is added to it, so every step draws anew.</param>
/// <param name="Spread">How the noise is spread.</param>
sealed record TimmNoise(double From, double? Until, double Limit, double Seed, Noise Spread)
{
    /// <summary>The noise asked for, or null.</summary>
    public static TimmNoise? Read(Parameters p, bool typed)
    {
        var spread = typed && p.Word("noise_type", "normal", "normal", "uniform") == "uniform" ? Noise.Uniform : Noise.Normal;
        p.Ignore("noise_std");
        double limit = p.Number("noise_pct", 0.67), seed = p.NumberOrNone("noise_seed") ?? 42;
        if (!p.Given("noise_range_t", out var range) || range.ValueKind == JsonValueKind.Null)
            return null;
        var (from, until) = range.ValueKind != JsonValueKind.Array ? (p.Number("noise_range_t"), (double?)null)
            : p.Numbers("noise_range_t") is [var a, var b] ? (a, b) : throw p.Refuse("noise_range_t", "must be one step or two");
        return limit >= TimmNoisy.MinLimit ? new(from, until, limit, seed, spread)
            : throw p.Refuse("noise_pct", $"must be {ForeignNumber.Text(TimmNoisy.MinLimit)} or above, not {ForeignNumber.Text(limit)}: the reference draws until a number is below it");
    }

    public Schedule On(Schedule whole) => new TimmNoisy(whole, From, Until, Limit, Seed, Spread);

    /// <summary>One rate with the noise of its step.</summary>
    public double On(double rate, double step) => On(new Constant(rate)).At(step);
}
