namespace Anneal.Theory;

static class Trends
{
    /// <summary>The direction of two curves added: certain only where neither works against the other.</summary>
    public static Trend Together(this Trend one, Trend other) =>
        one == Trend.Flat ? other
        : other == Trend.Flat || one == other ? one
        : Trend.Unknown;
}
