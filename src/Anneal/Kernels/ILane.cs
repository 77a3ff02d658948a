using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>One number, or as many side by side as the processor takes: a formula written on lanes runs as both.</summary>
/// <remarks>
/// Every operation is the correctly rounded IEEE one and nothing is fused unless it says <see cref="MultiplyAdd"/>, so a formula gives the same bits
/// one number at a time and many at a time. Weights, gradients and the memory of a rule are read and written through
/// <see cref="Load"/> and <see cref="LoadState"/>; the two differ only where a rule's memory is kept in a shorter format.
/// </remarks>
public interface ILane<L> : IAdditionOperators<L, L, L>, ISubtractionOperators<L, L, L>, IMultiplyOperators<L, L, L>,
                            IDivisionOperators<L, L, L>, IUnaryNegationOperators<L, L> where L : struct, ILane<L>
{
    /// <summary>How many numbers stand side by side.</summary>
    static abstract int Count { get; }

    /// <summary>Bytes of one weight, and of one remembered number.</summary>
    static abstract int WeightSize { get; }

    /// <inheritdoc cref="WeightSize"/>
    static abstract int StateSize { get; }

    /// <summary>The same value on every lane, rounded to the lane's precision.</summary>
    static abstract L Of(double value);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract L MultiplyAdd(L x, L y, L z);

    /// <summary>The square root of each number.</summary>
    static abstract L Sqrt(L x);

    /// <summary>Each number without its sign.</summary>
    static abstract L Abs(L x);

    /// <summary>The larger of two numbers on each lane; NaN if either is.</summary>
    static abstract L Max(L x, L y);

    /// <summary>The smaller of two numbers on each lane; NaN if either is.</summary>
    static abstract L Min(L x, L y);

    /// <summary><paramref name="then"/> where <paramref name="x"/> is above 0, else <paramref name="otherwise"/> (also for NaN).</summary>
    static abstract L IfPositive(L x, L then, L otherwise);

    /// <summary><paramref name="size"/> times the sign of x: as it is above 0, negated below, and x itself where it is ±0 or NaN.</summary>
    static abstract L Signed(L size, L x);

    /// <summary>A number within 6 % of the cube root of a normal number above 0.</summary>
    static abstract L CbrtSeed(L x);

    /// <summary>Any function of one number, applied lane by lane: for what has no vector form.</summary>
    static abstract L Map(L x, Func<double, double> f);

    /// <summary>The sum of the lanes, in a fixed order.</summary>
    static abstract double Sum(L x);

    /// <summary>One weight on every lane.</summary>
    static abstract unsafe L Broadcast(void* array, nint i);

    /// <summary>Reads <see cref="Count"/> weights from number <paramref name="i"/> on.</summary>
    static abstract unsafe L Load(void* array, nint i);

    /// <summary>Writes <see cref="Count"/> weights from number <paramref name="i"/> on.</summary>
    static abstract unsafe void Store(L x, void* array, nint i);

    /// <summary>Reads <see cref="Count"/> remembered numbers from number <paramref name="i"/> on.</summary>
    static abstract unsafe L LoadState(void* array, nint i);

    /// <summary>Writes <see cref="Count"/> remembered numbers from number <paramref name="i"/> on, rounded to nearest where they are kept in fewer bits.</summary>
    static abstract unsafe void StoreState(L x, void* array, nint i);

    /// <summary>Writes <see cref="Count"/> remembered numbers from number <paramref name="i"/> on, rounded by chance where they are kept in fewer bits.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="array">Where they are kept.</param>
    /// <param name="i">The place in the array.</param>
    /// <param name="random">16 random bits for each number.</param>
    static abstract unsafe void StoreState(L x, void* array, nint i, ushort* random);

    /// <summary>One number of an array of weights, as a double.</summary>
    static abstract unsafe double Get(void* array, nint i);

    /// <summary>Writes one number of an array of weights, rounded to its precision.</summary>
    static abstract unsafe void Set(void* array, nint i, double value);
}

/// <summary>What follows from the operations every lane has.</summary>
public static class Lane
{
    /// <summary>x, but not below <paramref name="low"/> nor above <paramref name="high"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Clamp<L>(L x, L low, L high) where L : struct, ILane<L> => L.Min(L.Max(x, low), high);

    /// <summary>The cube root of a number that is not negative, to a few units of its last place.</summary>
    /// <remarks>
    /// Begins within 6 % and improves it by y · (y³/2 + x) / (y³ + x/2), which triples the right digits each time (Halley): twice for 32 bits, three times for 64.
    /// Numbers below the smallest normal one are multiplied by a power of 8 first.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static L Cbrt<L>(L x) where L : struct, ILane<L>
    {
        bool single = L.WeightSize == sizeof(float);
        L half = L.Of(0.5), smallest = L.Of(single ? 1.1754943508222875e-38 : 2.2250738585072014e-308), unit = L.Of(1);
        L normal = L.IfPositive(smallest - x, x * L.Of(1152921504606846976.0), x), back = L.IfPositive(smallest - x, L.Of(9.5367431640625e-07), unit);
        L y = L.CbrtSeed(normal);
        for (int i = 0; i < (single ? 2 : 3); i++)
        {
            L cube = y * y * y;
            y = y * ((half * cube + normal) / (cube + half * normal));
        }
        y = y * back;
        // 0, infinity and NaN are their own roots; the lines above would divide 0 by 0 there.
        return L.IfPositive(x * L.Of(0) + L.Of(1), L.IfPositive(x, y, x), x);
    }

    /// <summary>The arc tangent, to about a unit of its last place: 0 for 0, ±π/2 for ±∞.</summary>
    /// <remarks>
    /// atan x = π/2 − atan 1/x brings x to at most 1, atan x = π/4 − atan (1 − x)/(1 + x) to at most √2 − 1; there it is x + x³·P(x²)/Q(x²), rational of degree 4 over 5,
    /// with the coefficients of Moshier's Cephes library (1984), table 5.5 of Hart et al., Computer Approximations (1968).
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static L Atan<L>(L x) where L : struct, ILane<L>
    {
        L unit = L.Of(1), none = L.Of(0), size = L.Abs(x), low = L.Min(size, unit), high = L.Max(size, unit);
        // One of the two is 1, so this is x or 1/x.
        L t = low / high, inner = (t - unit) / (t + unit), far = t - L.Of(0.41421356237309503);
        L y = L.IfPositive(far, inner, t), z = y * y;
        L p = ((((L.Of(-0.8750608600031904) * z + L.Of(-16.157537187333652)) * z + L.Of(-75.00855792314705)) * z + L.Of(-122.88666844901361)) * z + L.Of(-64.85021904942025)) * z;
        L q = ((((z + L.Of(24.858464901423062)) * z + L.Of(165.02700983169885)) * z + L.Of(432.88106049129027)) * z + L.Of(485.3903996359137)) * z + L.Of(194.5506571482614);
        L angle = L.IfPositive(far, L.Of(Math.PI / 4), none) + (y * (p / q) + y);
        L whole = L.IfPositive(size - unit, L.Of(Math.PI / 2) - angle, angle);
        return L.Signed(whole, x);
    }

    /// <summary>The angle of the point (x, y) for an x that is not negative: atan y/x, ±π/2 on the axis, 0 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Atan2<L>(L y, L x) where L : struct, ILane<L> => Atan(L.IfPositive(L.Abs(y), y / x, y));
}
