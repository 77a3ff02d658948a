using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>Where the iteration for a cube root begins: a third of the bits, which is about a third of the logarithm.</summary>
/// <remarks>
/// <code>upper bits of y = (upper bits of x)/3 + B     B = ⅔ of the exponent's bias, less 0.033, which halves the largest error to 6 %</code>
/// The upper bits are made a number by writing them into the mantissa of 2²³ or 2⁵², and back, so that nothing but additions, a product and shifts occur: the same bits in every width.
/// Kahan's, in fdlibm (1993).
/// </remarks>
static class CbrtSeed
{
    const float Magic = 8_388_608, Bias = 10_833;

    const double WideMagic = 4_503_599_627_370_496, WideBias = 715_094_163;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        var upper = ((x.As<float, uint>() >> 16) | Vector.Create(0x4B000000u)).As<uint, float>() - Vector.Create(Magic);
        return ((upper * Vector.Create(1 / 3f) + Vector.Create(Bias) + Vector.Create(Magic)).As<float, uint>() << 16).As<uint, float>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> x)
    {
        var upper = ((x.As<double, ulong>() >> 32) | Vector.Create(0x4330000000000000ul)).As<ulong, double>() - Vector.Create(WideMagic);
        return ((upper * Vector.Create(1 / 3.0) + Vector.Create(WideBias) + Vector.Create(WideMagic)).As<double, ulong>() << 32).As<ulong, double>();
    }

    public static float Of(float x)
    {
        float upper = BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(x) >> 16) | 0x4B000000) - Magic;
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(upper * (1 / 3f) + Bias + Magic) << 16);
    }

    public static double Of(double x)
    {
        double upper = BitConverter.UInt64BitsToDouble((BitConverter.DoubleToUInt64Bits(x) >> 32) | 0x4330000000000000) - WideMagic;
        return BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(upper * (1 / 3.0) + WideBias + WideMagic) << 32);
    }
}
