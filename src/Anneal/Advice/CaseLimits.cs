namespace Anneal.Advice;

/// <summary>What a number of a case may be: past it, it is a slip, and what would be advised for it nonsense.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The greatest.</param>
/// <param name="IsWhole">Whether it counts what cannot be divided.</param>
/// <param name="Example">How it may be written.</param>
sealed record CaseLimits(double Least, double Most, bool IsWhole, string Example)
{
    /// <summary>The limits of a number, by its name in JSON.</summary>
    public static CaseLimits Of(string name) => name switch
    {
        "parameters" => new(1, 1e15, true, "125000, 350M or 7e9"),
        "samples" => new(1, 1e15, true, "1438, 1,281,167 or 300k"),
        "tokens" or "trainingTokens" => new(1, 1e18, true, "5000000, 350M or 2e9"),
        "tokensPerSample" => new(1, 1e9, false, "128, 230.5 or 4k"),
        "batch" or "earlierBatch" => new(1, 1e12, true, "32, 4096 or 1k"),
        "deviceBatch" => new(1, 1e9, true, "4, 64 or 1k"),
        "devices" => new(1, 1e7, true, "1, 8 or 2k"),
        "updates" => new(1, 1e12, true, "600, 20,000 or 1M"),
        "epochs" => new(1e-6, 1e9, false, "0.5, 3 or 90"),
        "earlierRate" => new(1e-12, 1e9, false, "0.1, 6e-4 or 2e-5"),
        "sharpness" => new(1e-12, 1e15, false, "0.5, 40 or 3e4"),
        _ => throw new ArgumentException($"'{name}' is no number of a case.", nameof(name)),
    };

    /// <summary>The number itself, whole where that is meant and a decimal with a unit misses it by a rounding error; null where it may not be.</summary>
    public double? Fitting(double value)
    {
        double meant = IsWhole && Math.Abs(value - Math.Round(value)) <= 1e-12 * Math.Abs(value) ? Math.Round(value) : value;
        return meant >= Least && meant <= Most && (!IsWhole || meant == Math.Floor(meant)) ? meant : null;
    }

    /// <summary>In words.</summary>
    public override string ToString() => $"a {(IsWhole ? "whole number" : "number")} from {ProposalText.Number(Least)} to {ProposalText.Number(Most)}";
}
