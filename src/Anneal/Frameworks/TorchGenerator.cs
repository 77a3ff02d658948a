namespace Anneal;

/// <summary>PyTorch's generator on a CPU: the Mersenne Twister, and Box and Muller's transform for normal numbers.</summary>
/// <remarks>
/// Matsumoto and Nishimura, <see href="https://doi.org/10.1145/272991.272995">Mersenne Twister</see> (1998), MT19937;
/// Box and Muller, <see href="https://doi.org/10.1214/aoms/1177706645">A Note on the Generation of Random Normal Deviates</see> (1958).
/// </remarks>
sealed class TorchGenerator
{
    const int Size = 624, Middle = 397;

    readonly uint[] state = new uint[Size];
    int next = Size;
    double? spare;

    public TorchGenerator(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Size; i++)
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    }

    /// <summary><c>torch.rand(1)</c>: 24 random bits.</summary>
    public double Uniform() => (Next() & 0xFFFFFF) / (double)(1 << 24);

    /// <summary><c>torch.randn(1)</c>: computed in double precision and rounded to single; two at a time, one of them kept.</summary>
    public double Normal()
    {
        if (spare is { } kept)
        {
            spare = null;
            return (float)kept;
        }
        // The reference takes log1p(−u), which is log(1 − u): no digit is lost, since u has 53 binary places.
        double angle = 2 * Math.PI * Fraction(), radius = Math.Sqrt(-2 * Math.Log(1 - Fraction()));
        spare = radius * Math.Sin(angle);
        return (float)(radius * Math.Cos(angle));
    }

    /// <summary>53 random bits, of two words the lower.</summary>
    double Fraction()
    {
        ulong bits = ((ulong)Next() << 32) | Next();
        return (bits & ((1UL << 53) - 1)) / (double)(1UL << 53);
    }

    uint Next()
    {
        if (next == Size)
            Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7FFFFFFF);
            state[i] = state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }
        next = 0;
    }
}
