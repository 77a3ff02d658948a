namespace Anneal.Models;

/// <summary>The format that weights, activations and their gradients are rounded to in a pass; sums are kept in the weights' own.</summary>
public enum ComputeFormat
{
    /// <summary>That of the weights: nothing is rounded.</summary>
    Full,

    /// <summary>bfloat16: the upper half of a float, 8 bits of precision, the same range.</summary>
    BFloat16,

    /// <summary>IEEE half precision: 11 bits of precision, 6e-8 to 65,504; needs loss scaling.</summary>
    Float16,
}

/// <summary>Rounds numbers to a format, to the nearest and to even.</summary>
readonly unsafe struct Rounding<T>(ComputeFormat format) where T : unmanaged
{
    public bool Any => format != ComputeFormat.Full;

    public void Apply(T* x, long n)
    {
        if (format == ComputeFormat.BFloat16)
            Brief((float*)x, n);
        else if (format == ComputeFormat.Float16)
            for (long i = 0; i < n; i++)
                ((float*)x)[i] = (float)(Half)((float*)x)[i];
    }

    static void Brief(float* x, long n)
    {
        uint* bits = (uint*)x;
        for (long i = 0; i < n; i++)
            if (!float.IsNaN(x[i]))
                bits[i] = bits[i] + 0x7FFF + (bits[i] >> 16 & 1) & 0xFFFF0000;
    }
}
