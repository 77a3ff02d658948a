using Anneal.Objectives;

namespace Anneal.Live.Figures;

/// <summary>Twelve steps in a bowl with the curvatures 1 and κ, turned by an angle: without a preconditioner, with a diagonal one, and with Q⁻¹.</summary>
static class TurnedBowlFigure
{
    const int Steps = 12, Rings = 9, Corners = 61;

    /// <summary>From the minimum to the edge of the picture.</summary>
    const double Reach = 2;

    /// <summary>The start, along the flat and the steep axis.</summary>
    const double Along = 1.8, Across = 0.4;

    public static LiveFigure Figure { get; } = new("turned-bowl",
        [new("angle (degrees)", 0, 90, 0), new("condition number κ", 1, 100, 25, KnobScale.Logarithmic)], values => At(values[0], values[1]));

    static LivePicture At(double degrees, double condition)
    {
        double angle = degrees * Math.PI / 180;
        var bowl = new Quadratic([1, condition], angle);
        double[,] h = bowl.Hessian([0, 0]);
        var (sin, cos) = Math.SinCos(angle);
        double[] start = [cos * Along - sin * Across, sin * Along + cos * Across];
        double determinant = h[0, 0] * h[1, 1] - h[0, 1] * h[1, 0];
        (string Name, Rule Rule, double Rate)[] rules =
        [
            ("no P", new Sgd(), 2 / (1 + condition)),
            ("diagonal P", new Preconditioned([1 / h[0, 0], 1 / h[1, 1]]), 1),
            ("P = Q⁻¹", new Preconditioned([h[1, 1] / determinant, -h[0, 1] / determinant, -h[1, 0] / determinant, h[0, 0] / determinant]), 1),
        ];
        var walks = rules.Select(rule => (rule.Name, Path: rule.Rule.Path(new Constant(rule.Rate), w => bowl.Gradient(w), start, Steps).ToArray())).ToList();
        double correlation = Math.Abs(h[0, 1]) / Math.Sqrt(h[0, 0] * h[1, 1]);
        string left = string.Join(", ", walks.Select(walk => $"{walk.Name} {Percent(Length(walk.Path[^1]) / Length(start))}"));
        return new([.. Levels(h), .. walks.Select(walk => new LiveLine(walk.Name, [.. walk.Path.Select(p => p[0])], [.. walk.Path.Select(p => p[1])]))],
            $"Left of the distance after {Steps} steps: {left}. The diagonal leaves the condition number {LiveFigure.Number((1 + correlation) / (1 - correlation))} of {LiveFigure.Number(condition)}.");
    }

    /// <summary>Level lines xᵀHx = r²: x = C⁻ᵀ·r·(cos φ, sin φ), where H = C·Cᵀ is Cholesky's product.</summary>
    static IEnumerable<LiveLine> Levels(double[,] h)
    {
        double a = Math.Sqrt(h[0, 0]), b = h[0, 1] / a, c = Math.Sqrt(h[1, 1] - b * b);
        double widest = Reach * Math.Sqrt(h[0, 0] + h[1, 1] + 2 * Math.Abs(h[0, 1]));
        for (int k = 1; k <= Rings; k++)
        {
            double radius = widest * k / (Rings + 1);
            var points = Enumerable.Range(0, Corners).Select(i =>
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * i / (Corners - 1));
                double y = radius * sin / c;
                return (X: (radius * cos - b * y) / a, Y: y);
            }).ToArray();
            yield return new("level", [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)]);
        }
    }

    static double Length(double[] point) => Math.Sqrt(point[0] * point[0] + point[1] * point[1]);

    static string Percent(double share) => share < 5e-5 ? "nothing" : $"{LiveFigure.Number(100 * share, 2)} %";
}
