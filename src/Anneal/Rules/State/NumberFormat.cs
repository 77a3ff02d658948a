namespace Anneal;

/// <summary>Formats of 16 bits.</summary>
public enum NumberFormat
{
    /// <summary>The upper half of a 32-bit number: its range, 8 significant bits. From 1 the next number is 1 + 2⁻⁷.</summary>
    BFloat16,

    /// <summary>IEEE half precision, float16: 11 significant bits, from 6e-8 to 65504.</summary>
    Float16,
}

/// <summary>Numbers brought to 16 bits and back.</summary>
public static class NumberFormats
{
    /// <summary>The nearest number of the format, ties to even; NaN stays NaN.</summary>
    public static double Nearest(this NumberFormat format, double x) => format == NumberFormat.Float16 ? (double)(Half)x : Nearest(Odd(x));

    /// <summary>One of the two neighbours of x in the format: the one away from 0 with the probability (x − inner)/(outer − inner), if bits are drawn evenly.</summary>
    /// <remarks>
    /// <code>away from 0 where 65536·(|x| − |inner|) / (|outer| − |inner|) + bits ≥ 65536</code>
    /// so the probability is right to 1 part in 65536, and for 32-bit numbers in bfloat16 exactly. A number of the format stays as it is; above the largest finite number the outer neighbour is infinity; NaN stays NaN.
    /// </remarks>
    /// <param name="format">The format.</param>
    /// <param name="x">What is rounded.</param>
    /// <param name="bits">16 random bits.</param>
    public static double Stochastic(this NumberFormat format, double x, ushort bits)
    {
        if (format == NumberFormat.BFloat16)
            return Stochastic(Odd(x), bits);
        if (!double.IsFinite(x))
            return x;
        Half inner = (Half)x;
        if (Math.Abs((double)inner) > Math.Abs(x))
            inner = BitConverter.UInt16BitsToHalf((ushort)(BitConverter.HalfToUInt16Bits(inner) - 1));
        double low = (double)inner, size = Math.Abs(x) - Math.Abs(low);
        if (size == 0)
            return low;
        // Above the largest finite number the next one would be as far away again.
        double high = (double)BitConverter.UInt16BitsToHalf((ushort)(BitConverter.HalfToUInt16Bits(inner) + 1)), gap = double.IsFinite(high) ? Math.Abs(high) - Math.Abs(low) : 32;
        return size / gap * 65536 + bits >= 65536 ? high : low;
    }

    /// <summary>The upper half of a 32-bit number, rounded to nearest.</summary>
    internal static float Nearest(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return float.IsNaN(x) ? Quiet(bits) : BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    /// <summary>The upper half of a 32-bit number, raised where adding the random bits carries into it.</summary>
    internal static float Stochastic(float x, ushort random)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return float.IsNaN(x) ? Quiet(bits) : BitConverter.UInt32BitsToSingle((bits + random) & 0xFFFF0000);
    }

    /// <summary>A NaN cut to its upper half could read as an infinity: its quiet bit is set.</summary>
    static float Quiet(uint bits) => BitConverter.UInt32BitsToSingle((bits & 0xFFFF0000) | 0x00400000);

    /// <summary>The 32-bit number next to x towards 0, with its last bit set where anything was cut off, so that a second rounding comes out as if there had been no first.</summary>
    static float Odd(double x)
    {
        float near = (float)x;
        if (near == x || double.IsNaN(x))
            return near;
        uint bits = BitConverter.SingleToUInt32Bits(near);
        return BitConverter.UInt32BitsToSingle((Math.Abs((double)near) > Math.Abs(x) ? bits - 1 : bits) | 1);
    }
}
