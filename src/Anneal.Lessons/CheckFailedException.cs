namespace Anneal.Lessons;

/// <summary>A claim of a lesson turned out to be false.</summary>
/// <param name="claim">The claim.</param>
/// <param name="actual">What was found.</param>
/// <param name="expected">What was claimed.</param>
/// <param name="difference">How far the two are apart, where they are numbers.</param>
public sealed class CheckFailedException(string claim, string actual, string expected, string? difference = null)
    : Exception(Describe(claim, actual, expected, difference))
{
    /// <summary>The claim.</summary>
    public string Claim { get; } = claim;

    /// <summary>What was found.</summary>
    public string Actual { get; } = actual;

    /// <summary>What was claimed.</summary>
    public string Expected { get; } = expected;

    /// <summary>How far the two are apart, where they are numbers.</summary>
    public string? Difference { get; } = difference;

    static string Describe(string claim, string actual, string expected, string? difference) =>
        $"The check \"{claim}\" failed.\n  actual:     {actual}\n  expected:   {expected}"
        + (difference is null ? "" : $"\n  difference: {difference}");
}
