namespace Anneal.Advice;

/// <summary>The values that a row covers about its own: inside what the parameter may be, and around the value.</summary>
static class AdvisedRange
{
    /// <param name="item">What is set.</param>
    /// <param name="row">The row that decides.</param>
    /// <param name="value">To what.</param>
    /// <param name="own">What the source takes, before it was made to fit.</param>
    /// <param name="facts">The case.</param>
    public static (double Low, double High) Of(string item, AdviceRow row, double value, double own, Facts facts)
    {
        var (low, high) = item switch
        {
            // Of what is remembered, 1/(1 - β), so that no factor leads past 1.
            "momentum" or "beta1" or "beta2" or "rho" => (ProposalText.Rounded(Math.Max(0, 1 - (1 - value) / row.Low)), ProposalText.Rounded(1 - (1 - value) / row.High)),
            "batch" => (Math.Max(1, Math.Ceiling(own * row.Low)), Math.Min(Math.Floor(own * row.High), Math.Floor(facts["samples"] ?? double.PositiveInfinity))),
            "warm-up" => (Math.Ceiling(value * row.Low), Math.Min(Math.Floor(value * row.High), Math.Floor((facts["updates"] ?? double.PositiveInfinity) / 2))),
            _ => (ProposalText.Rounded(value * row.Low), ProposalText.Rounded(value * row.High)),
        };
        return (Math.Min(value, low), Math.Max(value, high));
    }
}
