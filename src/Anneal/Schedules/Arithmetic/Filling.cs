using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anneal;

/// <summary>A formula that is computed for several steps at once, as many as the processor's vectors hold.</summary>
interface IVectorFormula
{
    Vector<double> At(Vector<double> t);
}

/// <summary>The one loop under every vectorised schedule.</summary>
/// <remarks>The width of a vector is the processor's own. Every lane does the same operations, so a rate has the same bits whatever the width.</remarks>
static class Filling
{
    /// <summary>Sets <c>rates[i]</c> to the formula at <c>from + i · every</c>; what is left over at the end takes the same way, so no rate depends on the length.</summary>
    // Compiled once and at its best: a million steps are one call, in which nothing should wait for a profile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<F>(Span<double> rates, double from, double every, F formula) where F : struct, IVectorFormula
    {
        var start = Vector.Create(from);
        var stride = Vector.Create(every);
        var index = Vector<double>.Indices;
        var width = Vector.Create((double)Vector<double>.Count);
        var whole = MemoryMarshal.Cast<double, Vector<double>>(rates);
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] = formula.At(start + index * stride);
            index += width;
        }
        var rest = rates[(whole.Length * Vector<double>.Count)..];
        if (rest.IsEmpty)
            return;
        var last = formula.At(start + index * stride);
        for (int i = 0; i < rest.Length; i++)
            rest[i] = last[i];
    }

    /// <summary>Sets <c>to[i]</c> to <c>by · values[i]</c>; the two may be the same.</summary>
    public static void Scale(ReadOnlySpan<double> values, double by, Span<double> to)
    {
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            (Vector.Create(values[i..]) * by).CopyTo(to[i..]);
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

/// <summary><see cref="Between.Line"/> for a vector of steps: the same operations, so the same bits.</summary>
readonly struct VectorLine(double from, double to, double steps) : IVectorFormula
{
    readonly Vector<double> from = Vector.Create(from), to = Vector.Create(to), rise = Vector.Create(to - from), fall = Vector.Create(from - to),
        steps = Vector.Create(steps), half = Vector.Create(steps / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(Vector<double> t)
    {
        var early = Vector.LessThan(t, half);
        var part = Vector.ConditionalSelect(early, t, steps - t) / steps;
        return Vector.ConditionalSelect(early, from, to) + Vector.ConditionalSelect(early, rise, fall) * part;
    }
}

/// <summary><see cref="Between.Cosine"/> for a vector of steps, with the runtime's vectorised sine.</summary>
readonly struct VectorCosine(double from, double to, double steps) : IVectorFormula
{
    readonly Vector<double> from = Vector.Create(from), to = Vector.Create(to), rise = Vector.Create(to - from), fall = Vector.Create(from - to),
        steps = Vector.Create(steps), half = Vector.Create(steps / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(Vector<double> t)
    {
        var early = Vector.LessThan(t, half);
        var part = Vector.ConditionalSelect(early, t, steps - t) / steps;
        var s = Vector.Sin(Vector.Create(Math.PI / 2) * part);
        return Vector.ConditionalSelect(early, from, to) + Vector.ConditionalSelect(early, rise, fall) * (s * s);
    }
}

/// <summary><see cref="PolynomialDecay"/> for a vector of steps, with a small whole power.</summary>
readonly struct VectorWholePower(double from, double to, double steps, int power) : IVectorFormula
{
    readonly VectorWeighted way = new(from, to);
    readonly Vector<double> steps = Vector.Create(steps);

    /// <summary>Up to here multiplying is quicker than a logarithm, and no less exact.</summary>
    public const int Largest = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(Vector<double> t)
    {
        var left = (steps - t) / steps;
        var weight = left;
        for (int i = 1; i < power; i++)
            weight *= left;
        return way.At(weight);
    }
}

/// <summary><see cref="PolynomialDecay"/> for a vector of steps, with any power that <see cref="Suits"/>.</summary>
/// <remarks>
/// With <c>left = 2^k · m</c>, m between √½ and √2, <c>left^p = 2^(p·k + p·log₂ m)</c>. What the product p·k loses is kept, and log₂ m is
/// small, so that the exponent is exact to a rounding of p; its whole part n is set aside, and the rest lies between −½ and ½.
/// Logarithm and power come from their series, long enough for a double there. All is done for half the power, and the result squared,
/// so that 2^n is never too small for a double, and what is becomes 0.
/// </remarks>
readonly struct VectorPower(double from, double to, double steps, double power) : IVectorFormula
{
    readonly VectorWeighted way = new(from, to);
    readonly Vector<double> end = Vector.Create(steps), perStep = Vector.Create(1 / steps), p = Vector.Create(power / 2);

    /// <summary>What nobody asks for, and what would overflow on the way, is left to the step by step formula.</summary>
    public static bool Suits(double steps, double power) => steps is >= 1 and <= 1e300 && power <= 1_000;

    /// <summary>A double whose last bit is worth 1: adding it rounds to a whole number, which then stands in the last bits.</summary>
    const double Rounding = 1.5 * (1L << 52);

    /// <summary>Where a double keeps the exponent of 2, and what it adds to it.</summary>
    const int Place = 52, Bias = 1023;

    /// <summary>The bits of √½.</summary>
    const long RootOfHalf = 0x3FE6A09E667F3BCD;

    /// <summary>2 to a lower power than this is 0 when squared.</summary>
    const double Least = -600;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(Vector<double> t)
    {
        var left = end - t;
        var part = (left * perStep).As<double, long>();
        var exponent = ((part + Vector.Create(((long)Bias << Place) - RootOfHalf)) >>> Place) - Vector.Create((long)Bias);
        var near = (left.As<double, long>() - (exponent << Place)).As<long, double>();
        var k = Whole(exponent);

        var s = (near - end) / (near + end);
        var log = Vector.Create(2 / Math.Log(2)) * s * ArtanhPerArgument(s * s);

        var twos = p * k;
        var lost = Vector.FusedMultiplyAdd(p, k, -twos);
        var rounded = Vector.Max(Vector.FusedMultiplyAdd(p, log, twos), Vector.Create(Least)) + Vector.Create(Rounding);
        var n = rounded - Vector.Create(Rounding);
        var rest = Vector.Max(twos - n + Vector.FusedMultiplyAdd(p, log, lost), Vector.Create(-1.0));
        var root = Exp(Vector.Create(Math.Log(2)) * rest) * PowerOfTwo(rounded);
        return way.At(root * root);
    }

    /// <summary>A small whole number as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<double> Whole(Vector<long> number) =>
        (number + Vector.Create(Rounding).As<double, long>()).As<long, double>() - Vector.Create(Rounding);

    /// <summary>2^n, from <c>n + Rounding</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<double> PowerOfTwo(Vector<double> rounded) =>
        ((rounded.As<double, long>() + Vector.Create((long)Bias)) << Place).As<long, double>();

    /// <summary><c>artanh(s) / s = 1 + s²/3 + s⁴/5 + …</c>, from s² up to (√2 − 1)⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<double> ArtanhPerArgument(Vector<double> z)
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var sum = Four(z, z2, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23);
        sum = Vector.FusedMultiplyAdd(sum, z4, Four(z, z2, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15));
        return Vector.FusedMultiplyAdd(sum, z4, Four(z, z2, 1, 1.0 / 3, 1.0 / 5, 1.0 / 7));
    }

    /// <summary><c>e^x = 1 + x + x²/2! + …</c>, for |x| up to ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<double> Exp(Vector<double> x)
    {
        var x2 = x * x;
        var x4 = x2 * x2;
        var sum = Vector.FusedMultiplyAdd(Vector.Create(1.0 / 6_227_020_800), x, Vector.Create(1.0 / 479_001_600));
        sum = Vector.FusedMultiplyAdd(sum, x4, Four(x, x2, 1.0 / 40_320, 1.0 / 362_880, 1.0 / 3_628_800, 1.0 / 39_916_800));
        sum = Vector.FusedMultiplyAdd(sum, x4, Four(x, x2, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5_040));
        return Vector.FusedMultiplyAdd(sum, x4, Four(x, x2, 1, 1, 1.0 / 2, 1.0 / 6));
    }

    /// <summary><c>a + b·x + c·x² + d·x³</c> in pairs, so that no product waits for three others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<double> Four(Vector<double> x, Vector<double> square, double a, double b, double c, double d) => Vector.FusedMultiplyAdd(
        Vector.FusedMultiplyAdd(Vector.Create(d), x, Vector.Create(c)), square, Vector.FusedMultiplyAdd(Vector.Create(b), x, Vector.Create(a)));
}

/// <summary><see cref="Between.Weighted"/> for a vector of weights.</summary>
readonly struct VectorWeighted(double from, double to)
{
    readonly Vector<double> from = Vector.Create(from), to = Vector.Create(to), rise = Vector.Create(to - from), fall = Vector.Create(from - to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(Vector<double> left) => Vector.ConditionalSelect(
        Vector.GreaterThan(left, Vector.Create(0.5)), from + rise * (Vector<double>.One - left), to + fall * left);
}
