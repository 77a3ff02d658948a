namespace Anneal.Live.Figures;

/// <summary>E[x²] at a constant rate on x²/2, whose slope is seen with noise of variance 1, from x = 5.</summary>
static class NoiseBallFigure
{
    const int Last = 10_000;
    const double Start = 5, Near = 0.01;

    static readonly NoisyQuadratic problem = new(Curvature: 1, NoiseVariance: 1);

    /// <summary>Whole steps, about evenly spaced on a logarithmic axis.</summary>
    static readonly double[] steps = [.. Enumerable.Range(0, 201).Select(i => Math.Floor(Math.Pow(10, 0.02 * i))).Append(Last).Distinct().Order()];

    public static LiveFigure Figure { get; } = new("noise-ball", [new("rate η", 0.005, 1.95, 0.01, KnobScale.Logarithmic)], values => At(values[0]));

    static LivePicture At(double rate)
    {
        double[] errors = [.. problem.SquaredErrors(new Constant(rate), Start, Last)];
        double level = problem.ConstantLimit(rate);
        int arrived = Array.FindIndex(errors, error => Math.Abs(error / level - 1) <= Near);
        return new([LiveLine.Of("your rate", steps, t => errors[(int)t])],
            $"At the rate {LiveFigure.Number(rate)} the mean settles at {LiveFigure.Number(level)}; it is within 1 % of that after {LiveFigure.Number(arrived, 6)} steps.");
    }
}
