namespace Anneal.Advice;

/// <summary>How a suggested rate was found.</summary>
public enum RateSuggestionKind
{
    /// <summary>Where the smoothed loss falls fastest.</summary>
    Steepest,

    /// <summary>Half-way down the longest descent.</summary>
    Valley,

    /// <summary>A tenth of the rate where the loss is least.</summary>
    TenthOfMinimum,

    /// <summary>The fixed rate whose short run ends lowest.</summary>
    BestShortRun,

    /// <summary>The largest rate that holds, by bisection.</summary>
    LargestStable,
}
