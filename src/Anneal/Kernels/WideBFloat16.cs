using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>Floats side by side, whose memory is kept as bfloat16: the upper half of a float, rounded by chance so that the mean is kept, or to nearest.</summary>
/// <remarks>
/// Halves the memory of a rule and the traffic for it; what 8 significant bits cannot follow is told at <see cref="Precision.SingleWithBFloat16State"/>.
/// </remarks>
public readonly struct WideBFloat16(Vector<float> value) : ILane<WideBFloat16>
{
    readonly Vector<float> value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.Count;
    }

    /// <inheritdoc/>
    public static int WeightSize => sizeof(float);

    /// <inheritdoc/>
    public static int StateSize => sizeof(ushort);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 operator +(WideBFloat16 x, WideBFloat16 y) => new(x.value + y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 operator -(WideBFloat16 x, WideBFloat16 y) => new(x.value - y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 operator *(WideBFloat16 x, WideBFloat16 y) => new(x.value * y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 operator /(WideBFloat16 x, WideBFloat16 y) => new(x.value / y.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 operator -(WideBFloat16 x) => new(-x.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Of(double value) => new(Vector.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 MultiplyAdd(WideBFloat16 x, WideBFloat16 y, WideBFloat16 z) => new(Vector.FusedMultiplyAdd(x.value, y.value, z.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Sqrt(WideBFloat16 x) => new(Vector.SquareRoot(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Abs(WideBFloat16 x) => new(Vector.Abs(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Max(WideBFloat16 x, WideBFloat16 y) => new(Vector.Max(x.value, y.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Min(WideBFloat16 x, WideBFloat16 y) => new(Vector.Min(x.value, y.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 IfPositive(WideBFloat16 x, WideBFloat16 then, WideBFloat16 otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(x.value, Vector<float>.Zero), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 Signed(WideBFloat16 size, WideBFloat16 x) => new(Vector.ConditionalSelect(
        Vector.GreaterThan(Vector.Abs(x.value), Vector<float>.Zero), size.value ^ (x.value & Vector.Create(-0f)), x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBFloat16 CbrtSeed(WideBFloat16 x) => new(Kernels.CbrtSeed.Of(x.value));

    /// <inheritdoc/>
    public static WideBFloat16 Map(WideBFloat16 x, Func<double, double> f)
    {
        Span<float> lanes = stackalloc float[Count];
        x.value.CopyTo(lanes);
        foreach (ref float lane in lanes)
            lane = (float)f(lane);
        return new(new Vector<float>(lanes));
    }

    /// <inheritdoc/>
    public static double Sum(WideBFloat16 x)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += x.value[i];
        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe WideBFloat16 Broadcast(void* array, nint i) => new(Vector.Create(((float*)array)[i]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe WideBFloat16 Load(void* array, nint i) => new(Vector.Load((float*)array + i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(WideBFloat16 x, void* array, nint i) => x.value.Store((float*)array + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe WideBFloat16 LoadState(void* array, nint i) => new((Widen((ushort*)array + i) << 16).As<uint, float>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreState(WideBFloat16 x, void* array, nint i) =>
        StoreUpper(x, Vector.Create(0x7FFFu) + ((x.value.As<float, uint>() >> 16) & Vector.Create(1u)), array, i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreState(WideBFloat16 x, void* array, nint i, ushort* random) => StoreUpper(x, Widen(random), array, i);

    /// <summary>Writes the upper halves, raised where what is added to the lower ones carries into them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void StoreUpper(WideBFloat16 x, Vector<uint> added, void* array, nint i)
    {
        var bits = x.value.As<float, uint>();
        // Rounding a NaN upwards could turn it into an infinity; its quiet bit is set instead.
        var whole = Vector.ConditionalSelect(Vector.Equals(x.value, x.value).As<int, uint>(), (bits + added) >> 16, (bits >> 16) | Vector.Create(0x40u));
        if (Count == Vector256<float>.Count)
        {
            var eight = whole.AsVector256();
            var halves = Avx512F.VL.IsSupported ? Avx512F.VL.ConvertToVector128UInt16(eight) : Vector128.Narrow(eight.GetLower(), eight.GetUpper());
            halves.Store((ushort*)array + i);
            return;
        }
        for (int k = 0; k < Count; k++)
            ((ushort*)array)[i + k] = (ushort)whole[k];
    }

    /// <summary>16 bits for each lane, in its lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector<uint> Widen(ushort* bits) =>
        Count == Vector256<float>.Count ? Vector256.WidenLower(Vector128.Load(bits).ToVector256Unsafe()).AsVector() : WidenEach(bits);

    // A method of its own: one that takes room on the stack would be called from the loop, not inlined.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static unsafe Vector<uint> WidenEach(ushort* bits)
    {
        uint* lanes = stackalloc uint[Count];
        for (int k = 0; k < Count; k++)
            lanes[k] = bits[k];
        return Vector.Load(lanes);
    }

    /// <inheritdoc/>
    public static unsafe double Get(void* array, nint i) => ((float*)array)[i];

    /// <inheritdoc/>
    public static unsafe void Set(void* array, nint i, double value) => ((float*)array)[i] = (float)value;
}
