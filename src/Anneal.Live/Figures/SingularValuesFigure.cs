using Anneal.RuleOptions;

namespace Anneal.Live.Figures;

/// <summary>What becomes of a singular value under each set of coefficients, after so many Newton–Schulz steps.</summary>
static class SingularValuesFigure
{
    static readonly (string Name, NewtonSchulz Set)[] sets =
    [
        ("cubic", new(CustomCoefficients: [new(1.5, -0.5, 0)])), ("Jordan", new(CoefficientSet.Jordan)), ("quintic", new(CoefficientSet.Quintic)),
        ("Polar Express", new(CoefficientSet.PolarExpressFive)),
    ];

    static readonly double[] starts = [.. Enumerable.Range(0, 151).Select(i => Math.Pow(10, -3 + i / 50.0))];

    public static LiveFigure Figure { get; } = new("singular-values",
        [new("steps", 0, 10, 5, Whole: true), new("your singular value", 0.001, 1, 0.01, KnobScale.Logarithmic)], values => At((int)values[0], values[1]));

    static LivePicture At(int steps, double yours)
    {
        Func<double, double>[] after = [.. sets.Select(pair => (Func<double, double>)(s => pair.Set.SingularValue(s, steps)))];
        double[] became = [.. after.Select(of => of(yours))];
        string told = string.Join(", ", sets.Zip(became, (pair, value) => $"{LiveFigure.Number(value)} ({pair.Name})"));
        return new([.. sets.Zip(after, (pair, of) => LiveLine.Of(pair.Name, starts, of)), new("yours", [yours, yours], [became.Min(), became.Max()])],
            $"After {LiveFigure.Number(steps)} {(steps == 1 ? "step" : "steps")} {LiveFigure.Number(yours)} has become {told}.");
    }
}
