using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Kernels;

/// <summary>Brings floats to numbers of 16 bits, eight at a time: the same bits as <see cref="NumberFormats"/> gives one at a time.</summary>
/// <remarks>
/// Numbers of a format with b bits after the point are u = max(2ᵉ, smallest normal number) · 2⁻ᵇ apart between 2ᵉ and 2ᵉ⁺¹. Adding 1.5 · u · 2²³ to a float, or 1.5 · u · 2⁵² to a double,
/// leaves multiples of u, as the sum's last digit is worth u; it is rounded as the format is, ties to even. Subtracting it again is exact.
/// Eight with a number beyond the format, an infinity or a NaN among them are rounded one at a time.
/// </remarks>
static unsafe class WideRounding
{
    const float SmallestHalf = 6.103515625e-5f, LargestHalf = 65504;
    const double SmallestUpper = 1.1754943508222875e-38, LargestUpper = 3.3895313892515355e38;

    /// <summary>Up to which place there are eight.</summary>
    static int End(int count) => Vector256.IsHardwareAccelerated ? count & ~7 : 0;

    /// <summary>Rounds to the upper halves of floats: by the random bits of each, or to nearest where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BFloat16(float* w, ushort* random, int count)
    {
        int end = End(count);
        for (int i = 0; i < end; i += 8)
        {
            var x = Vector256.Load((uint*)w + i);
            var added = random == null ? Vector256.Create(0x7FFFu) + ((x >> 16) & Vector256<uint>.One) : Widen(random + i);
            var cut = Vector256.ConditionalSelect(Vector256.Equals(x.AsSingle(), x.AsSingle()).AsUInt32(), x + added, x | Vector256.Create(0x00400000u));
            (cut & Vector256.Create(0xFFFF0000u)).Store((uint*)w + i);
        }
        for (int i = end; i < count; i++)
            w[i] = random == null ? NumberFormats.Nearest(w[i]) : NumberFormats.Stochastic(w[i], random[i]);
    }

    /// <summary>Rounds to half precision: by the random bits of each, or to nearest where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Float16(float* w, ushort* random, int count)
    {
        int end = End(count);
        for (int i = 0; i < end; i += 8)
        {
            Vector256<float> x = Vector256.Load(w + i), size = Vector256.Abs(x);
            if (!Vector256.LessThanOrEqualAll(size, Vector256.Create(LargestHalf)))
            {
                WeightRounding.RoundEach(w + i, random == null ? null : random + i, 8, NumberFormat.Float16);
                continue;
            }
            var power = Vector256.MaxNative(size & Vector256.Create(0x7F800000u).AsSingle(), Vector256.Create(SmallestHalf));
            var raise = power * Vector256.Create(1.5f * (1 << 13));
            var rounded = size + raise - raise;
            if (random != null)
            {
                var unit = power * Vector256.Create(1f / (1 << 10));
                var low = rounded - (Vector256.GreaterThan(rounded, size).AsSingle() & unit);
                // 1 / power, exactly: the exponent counted from the other end.
                var inverse = (Vector256.Create(0x7F000000u) - power.AsUInt32()).AsSingle();
                var part = Vector256.ConvertToInt32Native((size - low) * (inverse * Vector256.Create((float)(1 << 26))));
                rounded = low + (Vector256.GreaterThan(part + Widen(random + i).AsInt32(), Vector256.Create(65535)).AsSingle() & unit);
            }
            (rounded | (x & Vector256.Create(-0f))).Store(w + i);
        }
        WeightRounding.RoundEach(w + end, random == null ? null : random + end, count - end, NumberFormat.Float16);
    }

    /// <summary>Kahan's addition, as <see cref="WeightRounding.Kahan"/> has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kahan(float* w, float* before, float* lost, int count, NumberFormat format)
    {
        bool half = format == NumberFormat.Float16;
        Vector256<double> smallest = Vector256.Create(half ? SmallestHalf : SmallestUpper), largest = Vector256.Create(half ? LargestHalf : LargestUpper);
        var raise = Vector256.Create(1.5 * (1L << (half ? 42 : 45)));
        int end = End(count);
        for (int i = 0; i < end; i += 8)
        {
            var (w0, w1) = Vector256.Widen(Vector256.Load(w + i));
            var (before0, before1) = Vector256.Widen(Vector256.Load(before + i));
            var (lost0, lost1) = Vector256.Widen(Vector256.Load(lost + i));
            Vector256<double> y0 = w0 - before0 + lost0, y1 = w1 - before1 + lost1, sum0 = before0 + y0, sum1 = before1 + y1;
            Vector256<double> next0 = Nearest(sum0, smallest, raise), next1 = Nearest(sum1, smallest, raise);
            Vector256<double> rest0 = y0 - (next0 - before0), rest1 = y1 - (next1 - before1);
            var inside = Inside(sum0, largest) & Inside(sum1, largest) & Inside(rest0, largest) & Inside(rest1, largest);
            if (inside.ExtractMostSignificantBits() != 0b1111)
            {
                WeightRounding.KahanEach(w + i, before + i, lost + i, 8, format);
                continue;
            }
            Vector256.Narrow(next0, next1).Store(w + i);
            Vector256.Narrow(Nearest(rest0, smallest, raise), Nearest(rest1, smallest, raise)).Store(lost + i);
        }
        WeightRounding.KahanEach(w + end, before + end, lost + end, count - end, format);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Inside(Vector256<double> x, Vector256<double> largest) => Vector256.LessThanOrEqual(Vector256.Abs(x), largest);

    /// <summary>The nearest numbers of a format, from its smallest normal number and 1.5 · 2⁵² of its units at 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Nearest(Vector256<double> x, Vector256<double> smallest, Vector256<double> raise)
    {
        var raised = Vector256.MaxNative(x & Vector256.Create(0x7FF0000000000000u).AsDouble(), smallest) * raise;
        return (Vector256.Abs(x) + raised - raised) | (x & Vector256.Create(-0.0));
    }

    /// <summary>Eight times 16 bits, each in the lower half of 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Widen(ushort* bits) => Vector256.WidenLower(Vector128.Load(bits).ToVector256Unsafe());
}
