namespace Anneal.Tests;

public class PhiloxTests
{
    /// <summary>The known answers that the authors of Random123 publish, for the usual ten rounds and for seven.</summary>
    [Theory]
    [InlineData(10, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [InlineData(10, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [InlineData(10, 0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0xA4093822u, 0x299F31D0u, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    [InlineData(7, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x5F6FB709u, 0x0D893F64u, 0x4F121F81u, 0x4F730A48u)]
    [InlineData(7, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x5207DDC2u, 0x45165E59u, 0x4D8EE751u, 0x8C52F662u)]
    [InlineData(7, 0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0xA4093822u, 0x299F31D0u, 0x4DFCCABAu, 0x190A87F0u, 0xC47362BAu, 0xB6B5242Au)]
    public void It_gives_the_known_answers(int rounds, uint a, uint b, uint c, uint d, uint k0, uint k1, uint w, uint x, uint y, uint z) =>
        Assert.Equal((w, x, y, z), Philox.Block((a, b, c, d), (k0, k1), rounds));

    [Fact]
    public void The_unrolled_form_is_the_same()
    {
        uint a = 1, b = 2, c = 3, d = 4;
        Philox.Seven(ref a, ref b, ref c, ref d, 5, 6);
        Assert.Equal(Philox.Block((1, 2, 3, 4), (5, 6)), (a, b, c, d));
    }

    /// <summary>4 million draws: every value of the 16 bits is as frequent as chance has it, and neither neighbours nor successive updates, places or seeds know of each other.</summary>
    [Fact]
    public void The_bits_are_even_and_independent()
    {
        const int n = 1 << 22;
        ushort[] first = Filled(new(1, 2, 3, 4), 0, n);
        int[] counts = new int[65536];
        foreach (ushort bits in first)
            counts[bits]++;
        const double expected = n / 65536.0;
        // χ² of 65535 degrees of freedom: mean 65535, deviation √(2 · 65535).
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 65535 - 5 * 362.0, 65535 + 5 * 362.0);
        Assert.InRange(first.Average(b => b), 32767.5 - 5 * 18918 / 2048.0, 32767.5 + 5 * 18918 / 2048.0);
        foreach (int lag in new[] { 1, 2, 4, 7, 8 })
            Assert.InRange(Correlation(first.AsSpan(lag), first), -5 / 2048.0, 5 / 2048.0);
        foreach (var other in new RandomBits[] { new(2, 2, 3, 4), new(1, 3, 3, 4), new(1, 2, 4, 4), new(1, 2, 3, 5) })
            Assert.InRange(Correlation(Filled(other, 0, n), first), -5 / 2048.0, 5 / 2048.0);

        static double Correlation(ReadOnlySpan<ushort> x, ReadOnlySpan<ushort> y)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += (x[i] - 32767.5) * (y[i] - 32767.5);
            return sum / x.Length / (65536.0 * 65536 / 12);
        }
    }

    static unsafe ushort[] Filled(RandomBits bits, nint first, int count)
    {
        ushort[] drawn = new ushort[count + RandomBits.Group];
        fixed (ushort* target = drawn)
            bits.Fill(first, count, target);
        return drawn[..count];
    }

    [Fact]
    public void Eight_numbers_at_once_have_the_bits_of_each_alone()
    {
        var bits = new RandomBits(1, 2, 3, 4);
        for (int i = 0; i < 64; i++)
            Assert.Equal(bits.Eight(i & ~7)[i & 7], bits.One(i));
        Assert.All(new[] { 0, 32, 1 << 20 }, first => Assert.All(new[] { 1, 32, 33, 1_000 }, count => Assert.Equal(Filled(bits, first, count), Enumerable.Range(first, count).Select(i => bits.One(i)))));
        // Another seed, stream, place or update has other bits.
        foreach (var other in new RandomBits[] { new(9, 2, 3, 4), new(1, 9, 3, 4), new(1, 2, 9, 4), new(1, 2, 3, 9), new(1, 2, 3, 4UL << 32) })
            Assert.NotEqual(bits.Eight(0), other.Eight(0));
    }
}
