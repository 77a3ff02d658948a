using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Models;

/// <summary>What the transformer's rows are made of: as many numbers side by side as the processor takes, the rest one by one.</summary>
/// <remarks>A row of the same length gives the same bits, wherever it stands and whoever computes it.</remarks>
static unsafe class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, Vector<T> z) => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), z.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), z.As<T, double>()).As<double, T>();

    /// <summary>What an exponential below it counts as: 0, to float's numbers.</summary>
    /// <remarks>
    /// e⁻⁶⁹ is 1e-30. A share of attention as small, times a gradient, is often a subnormal number, and many processors take some hundred cycles for each of these: where
    /// attention had collapsed and hidden units were saturated, a step took 14 times as long. Doubles become subnormal at e⁻⁷⁰⁸ and are left alone.
    /// </remarks>
    const float Least = -69;

    /// <summary>eˣ</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Exp<T>(Vector<T> x) => typeof(T) == typeof(float)
        ? Exp(x.As<T, float>()).As<float, T>()
        : Vector.Exp(x.As<T, double>()).As<double, T>();

    /// <summary>eˣ to within 2 units of the last place from <see cref="Least"/>, below which it is 0, to 88, where it is cut off: 2ⁿ·e^r with |r| ≤ ½ ln 2 and e^r by its series to r⁷, whose next term is below 1e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<float> Exp(Vector<float> x)
    {
        const float Rounder = 12_582_912; // 1.5·2²³: what is added to it is rounded to a whole number
        var tooSmall = Vector.LessThan(x, Vector.Create(Least));
        x = Vector.Min(Vector.Max(x, Vector.Create(Least)), Vector.Create(88f));
        var shifted = Vector.FusedMultiplyAdd(x, Vector.Create(1.44269504f), Vector.Create(Rounder));
        var n = shifted - Vector.Create(Rounder);
        // ln 2 in two parts, the first short enough for an exact product.
        var r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.693359375f), x);
        r = Vector.FusedMultiplyAdd(n, Vector.Create(2.12194440e-4f), r);
        var sum = Vector.Create(1 / 5040f);
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1 / 720f));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1 / 120f));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1 / 24f));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1 / 6f));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(0.5f));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector<float>.One);
        sum = Vector.FusedMultiplyAdd(sum, r, Vector<float>.One);
        var power = Vector.ShiftLeft(Vector.AsVectorInt32(shifted) - Vector.Create(0x4B400000 - 127), 23);
        return Vector.ConditionalSelect(tooSmall, Vector<float>.Zero, sum * Vector.AsVectorSingle(power));
    }

    /// <summary>1/(1 + e^(−x)), which is 0 where <see cref="Exp{T}"/> of x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sigmoid<T>(Vector<T> x)
    {
        var s = Vector<T>.One / (Vector<T>.One + Exp(-x));
        return typeof(T) == typeof(float) ? Vector.ConditionalSelect(Vector.LessThan(x.As<T, float>(), Vector.Create(Least)), Vector<float>.Zero, s.As<T, float>()).As<float, T>() : s;
    }

    /// <summary>The first <paramref name="count"/> numbers at <paramref name="x"/>, fewer than a vector has, and then 0.</summary>
    [SkipLocalsInit]
    public static Vector<T> Part<T>(T* x, int count) where T : unmanaged
    {
        T* room = stackalloc T[Vector<T>.Count];
        for (int i = 0; i < Vector<T>.Count; i++)
            room[i] = i < count ? x[i] : default;
        return Vector.Load(room);
    }

    /// <summary>Writes the first <paramref name="count"/> numbers of a vector.</summary>
    [SkipLocalsInit]
    public static void StorePart<T>(Vector<T> value, T* x, int count) where T : unmanaged
    {
        T* room = stackalloc T[Vector<T>.Count];
        value.Store(room);
        for (int i = 0; i < count; i++)
            x[i] = room[i];
    }

    /// <summary>y ← y + x</summary>
    public static void Add<T>(T* x, T* y, long n) where T : unmanaged, INumber<T>
    {
        long i = 0;
        for (; i + Vector<T>.Count <= n; i += Vector<T>.Count)
            (Vector.Load(y + i) + Vector.Load(x + i)).Store(y + i);
        for (; i < n; i++)
            y[i] += x[i];
    }

    /// <summary>y ← y + the sum of the rows of x.</summary>
    public static void AddRows<T>(T* x, int rows, int width, T* y) where T : unmanaged, INumber<T>
    {
        for (int r = 0; r < rows; r++)
            Add(x + (nint)r * width, y, width);
    }

    public static void Copy<T>(T* from, T* to, long n) where T : unmanaged => Unsafe.CopyBlockUnaligned(to, from, checked((uint)(n * sizeof(T))));

    public static void Clear<T>(T* x, long n) where T : unmanaged => Unsafe.InitBlockUnaligned(x, 0, checked((uint)(n * sizeof(T))));
}
