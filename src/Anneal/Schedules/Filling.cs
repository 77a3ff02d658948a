using System.Runtime.Intrinsics;

namespace Anneal;

/// <summary>A formula that is computed for eight steps at once.</summary>
interface IEightRates
{
    Vector512<double> At(Vector512<double> t);
}

/// <summary>The one loop under every vectorised schedule.</summary>
static class Filling
{
    static readonly Vector512<double> ramp = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Sets <c>rates[i]</c> to the formula at <c>from + i · every</c>; what is left over at the end takes the same way, so no rate depends on the length.</summary>
    public static void Fill<F>(Span<double> rates, double from, double every, F formula) where F : struct, IEightRates
    {
        var start = Vector512.Create(from);
        var stride = Vector512.Create(every);
        int i = 0;
        for (; i <= rates.Length - 8; i += 8)
            formula.At(start + (ramp + Vector512.Create((double)i)) * stride).CopyTo(rates[i..]);
        if (i == rates.Length)
            return;
        Span<double> eight = stackalloc double[8];
        formula.At(start + (ramp + Vector512.Create((double)i)) * stride).CopyTo(eight);
        eight[..(rates.Length - i)].CopyTo(rates[i..]);
    }

    /// <summary>Sets <c>to[i]</c> to <c>by · values[i]</c>; the two may be the same.</summary>
    public static void Scale(ReadOnlySpan<double> values, double by, Span<double> to)
    {
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
            (Vector512.Create(values[i..]) * by).CopyTo(to[i..]);
        for (; i < values.Length; i++)
            to[i] = by * values[i];
    }

    /// <summary>How many of the steps <c>from + i · every</c>, i = 0 … count − 1, lie before <paramref name="end"/>.</summary>
    public static int CountBefore(double end, double from, double every, int count)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (from + middle * every < end)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Whether all these steps are whole numbers that a double holds exactly, so that they may be counted from another whole number without a rounding.</summary>
    public static bool AreWhole(double from, double every, int count) =>
        double.IsInteger(from) && double.IsInteger(every) && from + count * every < 1L << 53;
}

/// <summary><see cref="Between.Line"/> for eight steps: the same operations, so the same bits.</summary>
readonly struct EightLine(double from, double to, double steps) : IEightRates
{
    readonly Vector512<double> from = Vector512.Create(from), to = Vector512.Create(to), steps = Vector512.Create(steps),
        half = Vector512.Create(steps / 2), rise = Vector512.Create(to - from), fall = Vector512.Create(from - to);

    public Vector512<double> At(Vector512<double> t)
    {
        var early = Vector512.LessThan(t, half);
        var part = Vector512.ConditionalSelect(early, t, steps - t) / steps;
        return Vector512.ConditionalSelect(early, from, to) + Vector512.ConditionalSelect(early, rise, fall) * part;
    }
}

/// <summary><see cref="Between.Cosine"/> for eight steps, with the runtime's vectorised sine.</summary>
readonly struct EightCosine(double from, double to, double steps) : IEightRates
{
    readonly Vector512<double> from = Vector512.Create(from), to = Vector512.Create(to), steps = Vector512.Create(steps),
        half = Vector512.Create(steps / 2), rise = Vector512.Create(to - from), fall = Vector512.Create(from - to), quarter = Vector512.Create(Math.PI / 2);

    public Vector512<double> At(Vector512<double> t)
    {
        var early = Vector512.LessThan(t, half);
        var s = Vector512.Sin(quarter * (Vector512.ConditionalSelect(early, t, steps - t) / steps));
        return Vector512.ConditionalSelect(early, from, to) + Vector512.ConditionalSelect(early, rise, fall) * (s * s);
    }
}

/// <summary><see cref="PolynomialDecay"/> for eight steps, with a small whole power.</summary>
readonly struct EightWholePower(double from, double to, double steps, int power) : IEightRates
{
    readonly EightWeighted way = new(from, to);
    readonly Vector512<double> steps = Vector512.Create(steps);

    /// <summary>Up to here multiplying is quicker than a logarithm, and no less exact.</summary>
    public const int Largest = 8;

    public Vector512<double> At(Vector512<double> t)
    {
        var left = (steps - t) / steps;
        var weight = left;
        for (int i = 1; i < power; i++)
            weight *= left;
        return way.At(weight);
    }
}

/// <summary><see cref="PolynomialDecay"/> for eight steps, with any power.</summary>
/// <remarks>
/// <c>left = m · 2^k</c> with m close to 1, so that the logarithm of m is small and its rounding too;
/// <c>left^p = e^(p·k·ln 2 + p·ln m)</c>, whose roundings are kept aside as <c>rest</c> and put back at the end: e^rest ≈ 1 + rest.
/// </remarks>
readonly struct EightPower(double from, double to, double steps, double power) : IEightRates
{
    readonly EightWeighted way = new(from, to);
    readonly Vector512<double> steps = Vector512.Create(steps), power = Vector512.Create(power);

    /// <summary>ln 2, and what a double cannot hold of it.</summary>
    static readonly Vector512<double> ln2 = Vector512.Create(0.6931471805599453), restOfLn2 = Vector512.Create(2.3190468138462996e-17);

    public Vector512<double> At(Vector512<double> t)
    {
        var left = (steps - t) / steps;
        var bits = left.AsInt64();
        var k = (bits - Vector512.Create(BitConverter.DoubleToInt64Bits(Math.Sqrt(0.5)))) >> 52;
        var m = (bits - (k << 52)).AsDouble();
        var (twos, twosRest) = Product(power, Vector512.ConvertToDouble(k));
        var (large, largeRest) = Product(twos, ln2);
        var (small, smallRest) = Product(power, Vector512.Log(m));
        var exponent = large + small;
        var lost = small - (exponent - large);
        var rest = largeRest + smallRest + lost + twos * restOfLn2 + twosRest * ln2;
        var whole = Vector512.Exp(exponent);
        return way.At(Vector512.FusedMultiplyAdd(whole, rest, whole));
    }

    /// <summary>A product, and what its rounding lost.</summary>
    static (Vector512<double>, Vector512<double>) Product(Vector512<double> a, Vector512<double> b)
    {
        var product = a * b;
        return (product, Vector512.FusedMultiplyAdd(a, b, -product));
    }
}

/// <summary><see cref="Between.Weighted"/> for eight weights.</summary>
readonly struct EightWeighted(double from, double to)
{
    readonly Vector512<double> from = Vector512.Create(from), to = Vector512.Create(to), rise = Vector512.Create(to - from), fall = Vector512.Create(from - to);

    public Vector512<double> At(Vector512<double> left) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(left, Vector512.Create(0.5)), from + rise * (Vector512<double>.One - left), to + fall * left);
}
