using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>The shape of a way from one rate to another; x = t / steps runs from 0 to 1.</summary>
/// <remarks>
/// From the mirrored cosine to REX they are the cooldown shapes compared by Hägele et al.,
/// <see href="https://arxiv.org/abs/2405.18392">Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations</see> (2024),
/// and Chen et al., <see href="https://arxiv.org/abs/2107.04197">REX</see> (2021).
/// </remarks>
public enum Easing
{
    /// <summary>What is left: <c>1 − x</c>.</summary>
    Linear,

    /// <summary>What is left: <c>cos²(πx/2)</c>: flat at both ends.</summary>
    Cosine,

    /// <summary>What is left: <c>2·(1 − x) − cos²(πx/2)</c>, the cosine mirrored at the straight line: steep at both ends.</summary>
    MirrorCosine,

    /// <summary>What is left: <c>1 − √x</c>: steep at first.</summary>
    OneMinusSqrt,

    /// <summary>What is left: <c>1 − x²</c>: steep at last.</summary>
    OneMinusSquare,

    /// <summary>What is left: <c>(1 − x) / (1 − x/2)</c>, REX: straight at first, steeper towards the end.</summary>
    Rex,

    /// <summary>What is left: <c>2 · ½ˣ − 1</c>, an exponential that reaches its end: Megatron-LM's <c>--lr-wsd-decay-style exponential</c>.</summary>
    Exponential,
}

static class Easings
{
    /// <summary>The value at step <paramref name="t"/> on the way from one value to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(this Easing easing, double from, double to, double t, double steps) =>
        easing == Easing.Linear ? Anneal.Between.Line(from, to, t, steps) : easing.Bent(from, to, t, steps);

    static double Bent(this Easing easing, double from, double to, double t, double steps) => easing == Easing.Cosine
        ? Anneal.Between.Cosine(from, to, t, steps)
        : Anneal.Between.Weighted(from, to, Math.Min(1, easing.Left(t, steps)));

    /// <summary>What is left, from the steps left and not from 1 − x, which would lose the digits near the end.</summary>
    static double Left(this Easing easing, double t, double steps) => easing switch
    {
        Easing.MirrorCosine => Mirrored((steps - t) / steps),
        Easing.OneMinusSqrt => (steps - t) / (steps + steps * Math.Sqrt(t / steps)),
        Easing.OneMinusSquare => (steps - t) / steps * (1 + t / steps),
        Easing.Exponential => Halved((steps - t) / steps),
        _ => (steps - t) / (steps - t / 2),
    };

    /// <summary><c>2ˣ − 1</c>, exactly 1 where x is.</summary>
    static double Halved(double x) => x > 0.5 ? Math.Pow(2, x) - 1 : NearOne.Expm1(Math.Log(2) * x);

    static double Mirrored(double left) => 2 * left - Square(Math.Sin(Math.PI / 2 * left));

    static double Square(double x) => x * x;

    /// <summary>What is left as LaTeX, where <paramref name="x"/> is LaTeX too.</summary>
    public static string Formula(this Easing easing, string x) => easing switch
    {
        Easing.Linear => @$"\left(1 - {x}\right)",
        Easing.Cosine => @$"\cos^2\!\left(\frac{{\pi}}{{2}} \cdot {x}\right)",
        Easing.MirrorCosine => @$"\left(2 - 2 \cdot {x} - \cos^2\!\left(\frac{{\pi}}{{2}} \cdot {x}\right)\right)",
        Easing.OneMinusSqrt => @$"\left(1 - \sqrt{{{x}}}\right)",
        Easing.OneMinusSquare => @$"\left(1 - \left({x}\right)^2\right)",
        Easing.Exponential => @$"\left(2 \cdot 2^{{-{x}}} - 1\right)",
        _ => @$"\frac{{1 - {x}}}{{1 - \frac{{1}}{{2}} \cdot {x}}}",
    };

    /// <summary>The way from one value to another over so many steps, for sums, slopes and inverses.</summary>
    public static Curve Curve(this Easing easing, double from, double to, double steps) => easing switch
    {
        Easing.Linear => LineCurve.Between(from, to, steps),
        Easing.Cosine => WaveCurve.Between(from, to, steps),
        Easing.OneMinusSqrt => new PowerCurve(from, to - from, 0, steps, 0.5),
        Easing.OneMinusSquare => new PowerCurve(from, to - from, 0, steps, 2),
        Easing.Exponential => from == to ? LineCurve.Flat(from) : new ExponentialCurve(2 * to - from, 2 * (from - to), 0, -steps / Math.Log(2)),
        Easing.Rex => new PowerCurve(to + 2 * (from - to), 2 * (to - from), 2 * steps, -steps, -1),
        _ => new NumericCurve(t => easing.Between(from, to, t, steps), to >= from ? Trend.Rising : Trend.Falling),
    };
}
