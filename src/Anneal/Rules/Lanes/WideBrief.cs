using System.Runtime.Intrinsics;

namespace Anneal;

/// <summary>Sixteen floats side by side, whose memory is kept as bfloat16: the upper half of a float, rounded to nearest, ties to even.</summary>
/// <remarks>
/// Halves the memory of a rule and the traffic for it. A value keeps 8 significant bits, so an average that moves by less than 1 part
/// in 512 per step stands still: with β₂ = 0.999 the second moment of Adam no longer follows small gradients.
/// </remarks>
public readonly struct WideBrief(Vector512<float> value) : ILane<WideBrief>
{
    readonly Vector512<float> value = value;

    public static int Count => Vector512<float>.Count;
    public static int WeightSize => sizeof(float);
    public static int MemorySize => sizeof(ushort);

    public static WideBrief operator +(WideBrief x, WideBrief y) => new(x.value + y.value);
    public static WideBrief operator -(WideBrief x, WideBrief y) => new(x.value - y.value);
    public static WideBrief operator *(WideBrief x, WideBrief y) => new(x.value * y.value);
    public static WideBrief operator /(WideBrief x, WideBrief y) => new(x.value / y.value);
    public static WideBrief operator -(WideBrief x) => new(-x.value);

    public static WideBrief Of(double value) => new(Vector512.Create((float)value));
    public static WideBrief MultiplyAdd(WideBrief x, WideBrief y, WideBrief z) => new(Vector512.FusedMultiplyAdd(x.value, y.value, z.value));
    public static WideBrief Sqrt(WideBrief x) => new(Vector512.Sqrt(x.value));
    public static WideBrief Abs(WideBrief x) => new(Vector512.Abs(x.value));
    public static WideBrief Max(WideBrief x, WideBrief y) => new(Vector512.Max(x.value, y.value));
    public static WideBrief Min(WideBrief x, WideBrief y) => new(Vector512.Min(x.value, y.value));

    public static WideBrief IfPositive(WideBrief x, WideBrief then, WideBrief otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x.value, Vector512<float>.Zero), then.value, otherwise.value));

    public static WideBrief Map(WideBrief x, Func<double, double> f)
    {
        Span<float> lanes = stackalloc float[Count];
        x.value.CopyTo(lanes);
        foreach (ref float lane in lanes)
            lane = (float)f(lane);
        return new(Vector512.Create<float>(lanes));
    }

    public static double Sum(WideBrief x)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += x.value[i];
        return sum;
    }

    public static unsafe WideBrief Spread(void* array, nint i) => new(Vector512.Create(((float*)array)[i]));
    public static unsafe WideBrief Load(void* array, nint i) => new(Vector512.Load((float*)array + i));
    public static unsafe void Store(WideBrief x, void* array, nint i) => x.value.Store((float*)array + i);

    public static unsafe WideBrief LoadMemory(void* array, nint i)
    {
        var (low, high) = Vector256.Widen(Vector256.Load((ushort*)array + i));
        return new((Vector512.Create(low, high) << 16).AsSingle());
    }

    public static unsafe void StoreMemory(WideBrief x, void* array, nint i)
    {
        var bits = x.value.AsUInt32();
        var nearest = (bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512.Create(1u))) >> 16;
        // Rounding a NaN upwards could turn it into an infinity; its quiet bit is set instead.
        var whole = Vector512.ConditionalSelect(Vector512.Equals(x.value, x.value).AsUInt32(), nearest, (bits >> 16) | Vector512.Create(0x40u));
        Vector256.Narrow(whole.GetLower(), whole.GetUpper()).Store((ushort*)array + i);
    }

    public static unsafe double Get(void* array, nint i) => ((float*)array)[i];
    public static unsafe void Set(void* array, nint i, double value) => ((float*)array)[i] = (float)value;
}
