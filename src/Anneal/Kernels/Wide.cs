using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>As many numbers side by side as fill one register of this processor: four, eight or sixteen floats, half as many doubles.</summary>
/// <remarks>
/// <see cref="Vector{T}"/> and not a vector of a fixed size: a wider one than the processor has would be put together in software, which is
/// slower than one number at a time. Every member is inlined by order, not by the compiler's judgement: a call that is left in the loop
/// costs more than the arithmetic.
/// </remarks>
public readonly struct Wide<T>(Vector<T> value) : ILane<Wide<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly Vector<T> value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<T>.Count;
    }

    /// <inheritdoc/>
    public static unsafe int WeightSize => sizeof(T);

    /// <inheritdoc/>
    public static unsafe int StateSize => sizeof(T);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator +(Wide<T> x, Wide<T> y) => new(x.value + y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator -(Wide<T> x, Wide<T> y) => new(x.value - y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator *(Wide<T> x, Wide<T> y) => new(x.value * y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator /(Wide<T> x, Wide<T> y) => new(x.value / y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator -(Wide<T> x) => new(-x.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Of(double value) => new(Vector.Create(T.CreateTruncating(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> MultiplyAdd(Wide<T> x, Wide<T> y, Wide<T> z) => typeof(T) == typeof(float)
        ? new(Vector.FusedMultiplyAdd(x.value.As<T, float>(), y.value.As<T, float>(), z.value.As<T, float>()).As<float, T>())
        : new(Vector.FusedMultiplyAdd(x.value.As<T, double>(), y.value.As<T, double>(), z.value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Sqrt(Wide<T> x) => new(Vector.SquareRoot(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Abs(Wide<T> x) => new(Vector.Abs(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Max(Wide<T> x, Wide<T> y) => new(Vector.Max(x.value, y.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Min(Wide<T> x, Wide<T> y) => new(Vector.Min(x.value, y.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> IfPositive(Wide<T> x, Wide<T> then, Wide<T> otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(x.value, Vector<T>.Zero), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Signed(Wide<T> size, Wide<T> x) => new(Vector.ConditionalSelect(
        Vector.GreaterThan(Vector.Abs(x.value), Vector<T>.Zero), size.value ^ (x.value & Vector.Create(T.NegativeZero)), x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> CbrtSeed(Wide<T> x) => typeof(T) == typeof(float)
        ? new(Kernels.CbrtSeed.Of(x.value.As<T, float>()).As<float, T>())
        : new(Kernels.CbrtSeed.Of(x.value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    public static Wide<T> Map(Wide<T> x, Func<double, double> f)
    {
        Span<T> lanes = stackalloc T[Count];
        x.value.CopyTo(lanes);
        foreach (ref T lane in lanes)
            lane = T.CreateTruncating(f(double.CreateTruncating(lane)));
        return new(new Vector<T>(lanes));
    }

    /// <inheritdoc/>
    public static double Sum(Wide<T> x)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += double.CreateTruncating(x.value[i]);
        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Wide<T> Broadcast(void* array, nint i) => new(Vector.Create(((T*)array)[i]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Wide<T> Load(void* array, nint i) => new(Vector.Load((T*)array + i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Wide<T> x, void* array, nint i) => x.value.Store((T*)array + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Wide<T> LoadState(void* array, nint i) => Load(array, i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreState(Wide<T> x, void* array, nint i) => Store(x, array, i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreState(Wide<T> x, void* array, nint i, ushort* random) => Store(x, array, i);

    /// <inheritdoc/>
    public static unsafe double Get(void* array, nint i) => double.CreateTruncating(((T*)array)[i]);

    /// <inheritdoc/>
    public static unsafe void Set(void* array, nint i, double value) => ((T*)array)[i] = T.CreateTruncating(value);
}
