namespace Anneal.Advice;

/// <summary>The values that a row covers about its own: inside what the parameter may be, and around the value.</summary>
static class AdvisedRange
{
    public static (double Low, double High) Of(string item, AdviceRow row, double value, Facts facts)
    {
        var (low, high) = item switch
        {
            // Of what is remembered, 1/(1 - β), so that no factor leads past 1.
            "momentum" or "beta1" or "beta2" => (ProposalText.Rounded(Math.Max(0, 1 - (1 - value) / row.Low)), ProposalText.Rounded(1 - (1 - value) / row.High)),
            "batch" => (Math.Max(1, Math.Ceiling(value * row.Low)), Math.Min(Math.Floor(value * row.High), Math.Floor(facts["samples"] ?? double.PositiveInfinity))),
            "warm-up" => (Math.Ceiling(value * row.Low), Math.Min(Math.Floor(value * row.High), Math.Floor((facts["updates"] ?? double.PositiveInfinity) / 2))),
            _ => (ProposalText.Rounded(value * row.Low), ProposalText.Rounded(value * row.High)),
        };
        return (Math.Min(value, low), Math.Max(value, high));
    }
}
