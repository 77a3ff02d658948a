namespace Anneal.Live.Figures;

/// <summary>Adam's step under a constant gradient without bias correction, in units of the rate: (1 − β₁ᵏ) / √(1 − β₂ᵏ).</summary>
static class BiasCorrectionFigure
{
    /// <summary>Updates, spread by factors.</summary>
    static readonly double[] updates = [.. Enumerable.Range(0, 87).Select(i => Math.Round(Math.Pow(10, i / 25.0))).Distinct()];

    public static LiveFigure Figure { get; } = new("bias-correction",
        [new("β₂", 0.5, 0.9995, 0.8, KnobScale.TowardsOne), new("β₁", 0, 0.99, 0.9, KnobScale.TowardsOne)], values => At(values[0], values[1]));

    static LivePicture At(double beta2, double beta1)
    {
        double Step(double k) => (1 - Math.Pow(beta1, k)) / Math.Sqrt(1 - Math.Pow(beta2, k));
        double longest = Enumerable.Range(1, 3_000).MaxBy(k => Step(k));
        return new([LiveLine.Of("yours", updates, Step)],
            $"With β₁ = {LiveFigure.Number(beta1, 4)} and β₂ = {LiveFigure.Number(beta2, 4)} update {LiveFigure.Number(longest, 4)} is the longest, "
            + $"{LiveFigure.Number(Step(longest))} times the rate; update 1,000 is {LiveFigure.Number(Step(1_000))} times.");
    }
}
