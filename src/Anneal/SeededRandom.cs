namespace Anneal;

/// <summary>Reproducible draws: the same seed gives the same sequence on every platform and in every version of .NET.</summary>
/// <remarks>
/// SplitMix64 on unsigned 64-bit integers, all arithmetic modulo 2⁶⁴:
/// <code>
/// state ← state + 0x9E3779B97F4A7C15      z ← state
/// z ← (z xor z≫30) · 0xBF58476D1CE4E5B9   z ← (z xor z≫27) · 0x94D049BB133111EB   draw = z xor z≫31
/// </code>
/// Steele, Lea and Flood, <see href="https://doi.org/10.1145/2714064.2660195">Fast Splittable Pseudorandom Number Generators</see> (2014).
/// </remarks>
/// <param name="seed">Where the sequence starts.</param>
public sealed class SeededRandom(ulong seed)
{
    ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to and without <paramref name="count"/>: the upper half of draw · count.</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(Next(), (ulong)count, out _);
    }

    /// <summary>A number from 0 up to and without 1: the upper 53 bits of a draw, divided by 2⁵³.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A draw from the normal distribution of mean 0 and variance 1, by the method of Box and Muller (1958): two draws each.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Puts the items into a random order, each order as likely as the others (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>One of these, each as likely as the others.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
