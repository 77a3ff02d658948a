namespace Anneal.Frameworks;

/// <summary>PyTorch's generator on a CPU: the Mersenne Twister, and Box and Muller's transform for normal numbers.</summary>
/// <remarks>
/// Matsumoto and Nishimura, <see href="https://doi.org/10.1145/272991.272995">Mersenne Twister</see> (1998), MT19937;
/// Box and Muller, <see href="https://doi.org/10.1214/aoms/1177706645">A Note on the Generation of Random Normal Deviates</see> (1958).
/// Of its 624 words only those are computed that have an influence on what is drawn: a generator that gives one number is made for each step.
/// </remarks>
/// <param name="seed">What the words are made from.</param>
/// <param name="state">Room for <see cref="Size"/> words, which the generator keeps to itself.</param>
ref struct TorchGenerator(uint seed, Span<uint> state)
{
    public const int Size = 624;

    const int Middle = 397;

    readonly Span<uint> state = state;
    int seeded, next;
    double? spare;

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

    // Each word is twisted when it is wanted, from words that have been twisted in this round if they come before it, else in the last one.
    uint Next()
    {
        int i = next, after = i + 1 < Size ? i + 1 : 0, far = i + Middle < Size ? i + Middle : i + Middle - Size;
        Seed(Math.Max(after, far));
        uint y = (state[i] & 0x80000000) | (state[after] & 0x7FFFFFFF);
        y = state[i] = state[far] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        next = after;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    void Seed(int upTo)
    {
        if (seeded == 0)
            state[seeded++] = seed;
        for (; seeded <= upTo; seeded++)
            state[seeded] = 1812433253 * (state[seeded - 1] ^ (state[seeded - 1] >> 30)) + (uint)seeded;
    }
}
