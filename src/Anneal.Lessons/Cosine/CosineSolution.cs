namespace Anneal.Lessons;

/// <summary>The solution of a <see cref="CosineQuestion"/>: five lines of substitution, typeset.</summary>
/// <remarks>
/// Each number is computed in full and then rounded for print to six significant digits, never computed from a printed number.
/// "=" stands where the print is exact, "≈" where it is rounded.
/// </remarks>
/// <param name="Question">What is asked.</param>
[TypeFormatterSource(typeof(MarkdownFormatters), PreferredMimeTypes = ["text/markdown"])]
public sealed record CosineSolution(CosineQuestion Question) : IMarkdown
{
    const double LargestDenominator = 12;

    /// <summary>The five lines in TeX: numbers put in, angle, cosine, scale factor, rate.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var q = Question;
            string t = Digits.Tex(q.At), floor = q.Floor == 0 ? "" : $"{Digits.Tex(q.Floor)} + ";
            double range = q.Peak - q.Floor;
            string width = Digits.Tex(range), scaled = $@"{floor}{width} \cdot \tfrac{{1}}{{2}}";
            var angle = Angle(q.At, q.Steps);
            var cosine = Digits.Printed(q.Cosine);
            var scale = Digits.Printed(q.Scale);
            var product = Digits.Printed(range * q.Scale);
            var rate = Digits.Printed(q.Rate);
            string sum = q.Floor == 0 ? rate.Tex : $"{floor}{product.Tex} {rate.Sign} {rate.Tex}";
            return
            [
                $@"\eta({t}) &= {Digits.Tex(q.Floor)} + ({Digits.Tex(q.Peak)} - {Digits.Tex(q.Floor)}) \cdot "
                    + $@"\tfrac{{1}}{{2}}\left(1 + \cos\frac{{\pi \cdot {t}}}{{{Digits.Tex(q.Steps)}}}\right)",
                $@"&{angle.Sign} {scaled}\left(1 + \cos{angle.Tex}\right)",
                $@"&{cosine.Sign} {scaled}(1 + {(q.Cosine < 0 ? $"({cosine.Tex})" : cosine.Tex)})",
                $@"&{scale.Sign} {floor}{width} \cdot {scale.Tex}",
                $@"&{product.Sign} {sum}",
            ];
        }
    }

    /// <inheritdoc/>
    public string ToMarkdown() => "$$\n\\begin{aligned}\n" + string.Join(" \\\\\n", Lines) + "\n\\end{aligned}\n$$";

    /// <inheritdoc/>
    public override string ToString() => ToMarkdown();

    static Digits.Print Angle(double t, double steps)
    {
        if (t == 0)
            return new("0", Exact: true);
        for (double q = 1; q <= LargestDenominator; q++)
        {
            double p = t * q / steps;
            if (p != Math.Floor(p))
                continue;
            string above = p == 1 ? @"\pi" : $@"{Digits.Tex(p)}\pi";
            return new(q == 1 ? above : $@"\frac{{{above}}}{{{Digits.Tex(q)}}}", Exact: true);
        }
        var share = Digits.Printed(t / steps);
        return share with { Tex = $@"({share.Tex}\,\pi)" };
    }
}
