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
        for (long i = 0; Any && i < n; i += Most)
        {
            int count = (int)Math.Min(Most, n - i);
            if (format == ComputeFormat.BFloat16)
                WideRounding.BFloat16((float*)x + i, null, count);
            else
                WideRounding.Float16((float*)x + i, null, count);
        }
    }

    /// <summary>As many at a time as an int counts, in whole groups of eight.</summary>
    const int Most = 1 << 30;
}
