using System.Numerics;

namespace Anneal.Kernels;

/// <summary>One number at a time: the plainest lane, against which the wide ones are checked.</summary>
public readonly struct Scalar<T>(T value) : ILane<Scalar<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly T value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe int WeightSize => sizeof(T);

    /// <inheritdoc/>
    public static unsafe int StateSize => sizeof(T);

    /// <inheritdoc/>
    public static Scalar<T> operator +(Scalar<T> x, Scalar<T> y) => new(x.value + y.value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> x, Scalar<T> y) => new(x.value - y.value);

    /// <inheritdoc/>
    public static Scalar<T> operator *(Scalar<T> x, Scalar<T> y) => new(x.value * y.value);

    /// <inheritdoc/>
    public static Scalar<T> operator /(Scalar<T> x, Scalar<T> y) => new(x.value / y.value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> x) => new(-x.value);

    /// <inheritdoc/>
    public static Scalar<T> Of(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    public static Scalar<T> MultiplyAdd(Scalar<T> x, Scalar<T> y, Scalar<T> z) => new(T.FusedMultiplyAdd(x.value, y.value, z.value));

    /// <inheritdoc/>
    public static Scalar<T> Sqrt(Scalar<T> x) => new(T.Sqrt(x.value));

    /// <inheritdoc/>
    public static Scalar<T> Abs(Scalar<T> x) => new(T.Abs(x.value));

    /// <inheritdoc/>
    public static Scalar<T> Max(Scalar<T> x, Scalar<T> y) => new(T.Max(x.value, y.value));

    /// <inheritdoc/>
    public static Scalar<T> Min(Scalar<T> x, Scalar<T> y) => new(T.Min(x.value, y.value));

    /// <inheritdoc/>
    public static Scalar<T> IfPositive(Scalar<T> x, Scalar<T> then, Scalar<T> otherwise) => x.value > T.Zero ? then : otherwise;

    /// <inheritdoc/>
    public static Scalar<T> Signed(Scalar<T> size, Scalar<T> x) => x.value > T.Zero ? size : x.value < T.Zero ? -size : x;

    /// <inheritdoc/>
    public static Scalar<T> CbrtSeed(Scalar<T> x) => typeof(T) == typeof(float)
        ? new((T)(object)Kernels.CbrtSeed.Of((float)(object)x.value)) : new((T)(object)Kernels.CbrtSeed.Of((double)(object)x.value));

    /// <inheritdoc/>
    public static Scalar<T> Map(Scalar<T> x, Func<double, double> f) => Of(f(double.CreateTruncating(x.value)));

    /// <inheritdoc/>
    public static double Sum(Scalar<T> x) => double.CreateTruncating(x.value);

    /// <inheritdoc/>
    public static unsafe Scalar<T> Broadcast(void* array, nint i) => new(((T*)array)[i]);

    /// <inheritdoc/>
    public static unsafe Scalar<T> Load(void* array, nint i) => new(((T*)array)[i]);

    /// <inheritdoc/>
    public static unsafe void Store(Scalar<T> x, void* array, nint i) => ((T*)array)[i] = x.value;

    /// <inheritdoc/>
    public static unsafe Scalar<T> LoadState(void* array, nint i) => Load(array, i);

    /// <inheritdoc/>
    public static unsafe void StoreState(Scalar<T> x, void* array, nint i) => Store(x, array, i);

    /// <inheritdoc/>
    public static unsafe void StoreState(Scalar<T> x, void* array, nint i, ushort* random) => Store(x, array, i);

    /// <inheritdoc/>
    public static unsafe double Get(void* array, nint i) => double.CreateTruncating(((T*)array)[i]);

    /// <inheritdoc/>
    public static unsafe void Set(void* array, nint i, double value) => ((T*)array)[i] = T.CreateTruncating(value);
}
