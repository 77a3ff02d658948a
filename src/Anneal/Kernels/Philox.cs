using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>Random bits as a function of a counter and a key: no state to keep, and the same bits whoever asks, in whatever order.</summary>
/// <remarks>
/// Seven rounds of
/// <code>
/// (h₀, l₀) = 0xD2511F53 · x₀     (h₁, l₁) = 0xCD9E8D57 · x₂     x ← (h₁ xor x₁ xor k₀, l₁, h₀ xor x₃ xor k₁, l₀)     k ← k + (0x9E3779B9, 0xBB67AE85)
/// </code>
/// Seven are the fewest that pass every test of BigCrush; ten are the usual number where bits are not needed by the million.
/// Salmon et al., <see href="https://doi.org/10.1145/2063384.2063405">Parallel Random Numbers: As Easy as 1, 2, 3</see> (2011), Philox4x32.
/// </remarks>
public static class Philox
{
    /// <summary>Rounds that the library uses.</summary>
    public const int Rounds = 7;

    /// <summary>128 random bits.</summary>
    /// <param name="counter">Which block: four words.</param>
    /// <param name="key">Which sequence: two words.</param>
    /// <param name="rounds">How thoroughly they are mixed.</param>
    public static (uint A, uint B, uint C, uint D) Block((uint A, uint B, uint C, uint D) counter, (uint A, uint B) key, int rounds = Rounds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        var (a, b, c, d) = counter;
        var (k0, k1) = key;
        for (int i = 0; i < rounds; i++)
        {
            Round(ref a, ref b, ref c, ref d, k0, k1);
            (k0, k1) = (k0 + KeyStep0, k1 + KeyStep1);
        }
        return (a, b, c, d);
    }

    const uint KeyStep0 = 0x9E3779B9, KeyStep1 = 0xBB67AE85, Factor0 = 0xD2511F53, Factor1 = 0xCD9E8D57;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Round(ref uint a, ref uint b, ref uint c, ref uint d, uint k0, uint k1)
    {
        ulong first = (ulong)Factor0 * a, second = (ulong)Factor1 * c;
        (a, b, c, d) = ((uint)(second >> 32) ^ b ^ k0, (uint)second, (uint)(first >> 32) ^ d ^ k1, (uint)first);
    }

    /// <summary>The block as <see cref="Block"/> gives it in seven rounds, written out for the inner loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Seven(ref uint a, ref uint b, ref uint c, ref uint d, uint k0, uint k1)
    {
        Round(ref a, ref b, ref c, ref d, k0, k1);
        Round(ref a, ref b, ref c, ref d, k0 + KeyStep0, k1 + KeyStep1);
        Round(ref a, ref b, ref c, ref d, unchecked(k0 + 2 * KeyStep0), unchecked(k1 + 2 * KeyStep1));
        Round(ref a, ref b, ref c, ref d, unchecked(k0 + 3 * KeyStep0), unchecked(k1 + 3 * KeyStep1));
        Round(ref a, ref b, ref c, ref d, unchecked(k0 + 4 * KeyStep0), unchecked(k1 + 4 * KeyStep1));
        Round(ref a, ref b, ref c, ref d, unchecked(k0 + 5 * KeyStep0), unchecked(k1 + 5 * KeyStep1));
        Round(ref a, ref b, ref c, ref d, unchecked(k0 + 6 * KeyStep0), unchecked(k1 + 6 * KeyStep1));
    }

    /// <summary>Four blocks whose counters follow each other in the first word, side by side in one register: each word in the lower half of 64 bits, what is above it is of no account.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void FourBlocks(uint* target, uint first, uint second, ulong upper, uint k0, uint k1)
    {
        var a = Vector256.Create(first, first + 1UL, first + 2UL, first + 3UL);
        Vector256<ulong> b = Vector256.Create((ulong)second), c = Vector256.Create(upper), d = Vector256.Create(upper >> 32);
        Vector256<uint> factor0 = Vector256.Create(Factor0), factor1 = Vector256.Create(Factor1);
        for (int i = 0; i < Rounds; i++)
        {
            Vector256<ulong> x = Avx2.Multiply(a.AsUInt32(), factor0), y = Avx2.Multiply(c.AsUInt32(), factor1);
            a = (y >>> 32) ^ b ^ Vector256.Create((ulong)k0);
            b = y;
            c = (x >>> 32) ^ d ^ Vector256.Create((ulong)k1);
            d = x;
            k0 += KeyStep0;
            k1 += KeyStep1;
        }
        var word = Vector256.Create(0xFFFFFFFFUL);
        Vector256<ulong> ab = (a & word) | (b << 32), cd = (c & word) | (d << 32), even = Avx2.UnpackLow(ab, cd), odd = Avx2.UnpackHigh(ab, cd);
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().Store(target);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().Store(target + 8);
    }
}
