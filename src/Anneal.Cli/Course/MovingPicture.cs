using System.Globalization;
using System.Text;

namespace Anneal.Cli;

/// <summary>Three rules on the same narrow valley, step by step, as a picture that moves without a script: what the course is about, in one look.</summary>
internal static class MovingPicture
{
    const int Width = 680, Height = 300, Steps = 48, Hold = 14;
    const double Seconds = 9, Scale = 66, Curvature = 18;
    static readonly double[] start = [-4.6, 1.5];
    static readonly DiagonalQuadratic valley = new([1, Curvature]);

    /// <summary>The picture, its button and its caption.</summary>
    public static string Html()
    {
        (string Name, double[][] Path)[] runs =
        [
            ("one rate", [.. new Sgd().Path(new Constant(0.1), valley.Gradient, start, Steps)]),
            ("with memory", [.. new Momentum(0.6).Path(new Constant(0.06), valley.Gradient, start, Steps)]),
            ("a rate per weight", [.. new AdaGrad().Path(new Constant(0.9), valley.Gradient, start, Steps)]),
        ];
        var svg = new StringBuilder($"<svg id=\"moving\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"moving-caption\">\n<g class=\"levels\">");
        for (double radius = 0.6; radius < 7; radius += 0.9)
            svg.Append($"<ellipse cx=\"{X(0)}\" cy=\"{Y(0)}\" rx=\"{Number(radius * Scale)}\" ry=\"{Number(radius * Scale / Math.Sqrt(Curvature))}\"/>");
        svg.Append("</g>\n");
        foreach (var (i, (name, path)) in runs.Index())
            svg.Append(Run(i + 1, name, path));
        svg.Append("</svg>\n");
        return $"""
            <figure class="moving">
            {svg}<figcaption id="moving-caption">Three rules walk down the same narrow valley, one step at a time. <b class="run-1">One rate</b> for both directions zig-zags,
            <b class="run-2">memory</b> rolls on, <b class="run-3">a rate per weight</b> goes straight. Each step is computed by the library.</figcaption>
            <button type="button" class="pause" aria-controls="moving" hidden>Pause</button>
            </figure>

            """;
    }

    static string Run(int number, string name, double[][] path)
    {
        double[] lengths = [.. path.Skip(1).Zip(path, (to, from) => Math.Sqrt(Math.Pow((to[0] - from[0]) * Scale, 2) + Math.Pow((to[1] - from[1]) * Scale, 2)))];
        double all = lengths.Sum(), walked = 0;
        double[] left = [1, .. lengths.Select(length => 1 - (walked += length) / all)];
        return $"""
            <g class="run-{number}"><title>{name}</title>
            <polyline pathLength="1" stroke-dasharray="1" points="{string.Join(' ', path.Select(p => $"{X(p[0])},{Y(p[1])}"))}">{Animate("stroke-dashoffset", left.Select(Number))}</polyline>
            <circle r="6">{Animate("cx", path.Select(p => X(p[0])))}{Animate("cy", path.Select(p => Y(p[1])))}</circle></g>

            """;
    }

    /// <summary>The values one after another at an even pace, then a rest at the last.</summary>
    static string Animate(string attribute, IEnumerable<string> values)
    {
        string[] all = [.. values];
        return $"<animate attributeName=\"{attribute}\" dur=\"{Number(Seconds)}s\" repeatCount=\"indefinite\" values=\"{string.Join(';', [.. all, .. Enumerable.Repeat(all[^1], Hold)])}\"/>";
    }

    static string X(double x) => Number(Width * 0.52 + Scale * x);

    static string Y(double y) => Number(Height / 2.0 - Scale * y);

    static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
