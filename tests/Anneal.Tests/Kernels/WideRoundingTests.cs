using System.Runtime.InteropServices;

namespace Anneal.Tests;

/// <summary>Eight numbers at a time are rounded to the bits that one at a time gives.</summary>
public class WideRoundingTests
{
    /// <summary>Every finite number of the format, and what is a little below, at and a little above the middle to the next one.</summary>
    static IEnumerable<float> AroundAll(NumberFormat format)
    {
        for (int i = 0; i < 0x8000; i++)
        {
            double low = Value(i), high = Value(i + 1);
            if (!double.IsFinite(high))
                yield break;
            float middle = (float)((low + high) / 2);
            foreach (float x in new[] { (float)low, MathF.BitIncrement((float)low), MathF.BitDecrement(middle), middle, MathF.BitIncrement(middle), MathF.BitDecrement((float)high) })
            {
                yield return x;
                yield return -x;
            }
        }

        double Value(int word) => format == NumberFormat.Float16 ? (double)BitConverter.UInt16BitsToHalf((ushort)word) : BitConverter.UInt32BitsToSingle((uint)word << 16);
    }

    /// <summary>Numbers of all sizes between powers of 2, each eighth lane or so now and then something out of the ordinary.</summary>
    static float[] Mixed(Random random, int n, int least, int most) =>
        [.. Enumerable.Range(0, n).Select(_ => random.Next(100) == 0 ? odd[random.Next(odd.Length)] : Sized(random, least, most))];

    static float Sized(Random random, int least, int most) => (float)Math.ScaleB(random.NextDouble() * 2 - 1, random.Next(least, most));

    static readonly float[] odd =
    [
        0, -0f, float.NaN, BitConverter.UInt32BitsToSingle(0x7F800001), BitConverter.UInt32BitsToSingle(0xFFC12345), float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon,
        1e-40f, float.MaxValue, -float.MaxValue, 3.38953139e38f, 65504, 65519.996f, 65520, -65535, 65536, 6.1e-5f, 5.96e-8f, 2.98e-8f, 2.9802322e-8f, 2.98024e-8f,
    ];

    static IEnumerable<float[]> Inputs(NumberFormat format)
    {
        yield return [.. AroundAll(format)];
        var random = new Random(5);
        yield return Mixed(random, 200_003, -30, 20);
        yield return Mixed(random, 200_003, -151, 130);
        byte[] anything = new byte[400_004];
        random.NextBytes(anything);
        yield return [.. MemoryMarshal.Cast<byte, float>(anything)];
        for (int n = 0; n < 20; n++)
            yield return Mixed(random, n, -20, 10);
    }

    [Theory, InlineData(NumberFormat.BFloat16), InlineData(NumberFormat.Float16)]
    public unsafe void Rounding_gives_the_bits_of_one_number_at_a_time(NumberFormat format)
    {
        var random = new Random(6);
        foreach (float[] start in Inputs(format))
        {
            ushort[] drawn = [.. start.Select(_ => (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, _ => random.Next(65536) }))];
            foreach (bool byChance in new[] { false, true })
            {
                float[] wide = [.. start], each = [.. start];
                fixed (float* w = wide, e = each)
                fixed (ushort* bits = drawn)
                {
                    ushort* given = byChance ? bits : null;
                    if (format == NumberFormat.Float16)
                        WideRounding.Float16(w, given, wide.Length);
                    else
                        WideRounding.BFloat16(w, given, wide.Length);
                    WeightRounding.RoundEach(e, given, each.Length, format);
                }
                Same(each, wide, i => $"{format} of {start[i]:R} by {(byChance ? drawn[i] : "nearest")}");
            }
        }
    }

    [Theory, InlineData(NumberFormat.BFloat16), InlineData(NumberFormat.Float16)]
    public unsafe void Kahans_addition_gives_the_bits_of_one_number_at_a_time(NumberFormat format)
    {
        var random = new Random(7);
        int digits = format == NumberFormat.Float16 ? 11 : 8;
        foreach (float[] numbers in Inputs(format))
        {
            float[] before = [.. numbers.Select(x => (float)format.Nearest(x))];
            // Steps from far below a unit of the number to above it; what was lost before is half a unit or less.
            float[] stepped = [.. before.Select(x => x + (x + 1e-6f) * Sized(random, -24, 2))];
            float[] carried = [.. before.Select(x => (float)format.Nearest(x * Sized(random, -digits - 12, -digits)))];
            foreach (var (from, to, rest) in new[] { (before, stepped, carried), (numbers, [.. numbers.Reverse()], carried), (before, numbers, [.. numbers.Reverse()]) })
            {
                float[] wide = [.. to], each = [.. to], wideLost = [.. rest], eachLost = [.. rest];
                fixed (float* w = wide, e = each, wl = wideLost, el = eachLost, b = from)
                {
                    WideRounding.Kahan(w, b, wl, wide.Length, format);
                    WeightRounding.KahanEach(e, b, el, each.Length, format);
                }
                Same(each, wide, i => $"{format} from {from[i]:R} to {to[i]:R} with {rest[i]:R}");
                Same(eachLost, wideLost, i => $"What {format} lost from {from[i]:R} to {to[i]:R} with {rest[i]:R}");
            }
        }
    }

    static void Same(float[] expected, float[] actual, Func<int, string> what)
    {
        for (int i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToUInt32Bits(expected[i]) != BitConverter.SingleToUInt32Bits(actual[i]))
                Assert.Fail($"{what(i)}: {expected[i]:R} one at a time, {actual[i]:R} eight at a time.");
    }
}
