using System.Numerics;
using System.Runtime.Intrinsics;

namespace Anneal;

/// <summary>Eight doubles or sixteen floats side by side.</summary>
public readonly struct Wide<T>(Vector512<T> value) : ILane<Wide<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;
    public static unsafe int WeightSize => sizeof(T);
    public static unsafe int MemorySize => sizeof(T);

    public static Wide<T> operator +(Wide<T> x, Wide<T> y) => new(x.value + y.value);
    public static Wide<T> operator -(Wide<T> x, Wide<T> y) => new(x.value - y.value);
    public static Wide<T> operator *(Wide<T> x, Wide<T> y) => new(x.value * y.value);
    public static Wide<T> operator /(Wide<T> x, Wide<T> y) => new(x.value / y.value);
    public static Wide<T> operator -(Wide<T> x) => new(-x.value);

    public static Wide<T> Of(double value) => new(Vector512.Create(T.CreateTruncating(value)));
    public static Wide<T> MultiplyAdd(Wide<T> x, Wide<T> y, Wide<T> z) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    public static Wide<T> Sqrt(Wide<T> x) => new(Vector512.Sqrt(x.value));
    public static Wide<T> Abs(Wide<T> x) => new(Vector512.Abs(x.value));
    public static Wide<T> Max(Wide<T> x, Wide<T> y) => new(Vector512.Max(x.value, y.value));
    public static Wide<T> Min(Wide<T> x, Wide<T> y) => new(Vector512.Min(x.value, y.value));

    public static Wide<T> IfPositive(Wide<T> x, Wide<T> then, Wide<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x.value, Vector512<T>.Zero), then.value, otherwise.value));

    public static Wide<T> Map(Wide<T> x, Func<double, double> f)
    {
        Span<T> lanes = stackalloc T[Count];
        x.value.CopyTo(lanes);
        foreach (ref T lane in lanes)
            lane = T.CreateTruncating(f(double.CreateTruncating(lane)));
        return new(Vector512.Create<T>(lanes));
    }

    public static double Sum(Wide<T> x)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += double.CreateTruncating(x.value[i]);
        return sum;
    }

    public static unsafe Wide<T> Spread(void* array, nint i) => new(Vector512.Create(((T*)array)[i]));
    public static unsafe Wide<T> Load(void* array, nint i) => new(Vector512.Load((T*)array + i));
    public static unsafe void Store(Wide<T> x, void* array, nint i) => x.value.Store((T*)array + i);
    public static unsafe Wide<T> LoadMemory(void* array, nint i) => Load(array, i);
    public static unsafe void StoreMemory(Wide<T> x, void* array, nint i) => Store(x, array, i);
    public static unsafe double Get(void* array, nint i) => double.CreateTruncating(((T*)array)[i]);
    public static unsafe void Set(void* array, nint i, double value) => ((T*)array)[i] = T.CreateTruncating(value);
}
