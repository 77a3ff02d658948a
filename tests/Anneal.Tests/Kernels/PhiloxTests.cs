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

    /// <summary>The published answers once more, as the bits of numbers: number i has halfword i mod 8 of block i div 8.</summary>
    [Fact]
    public void The_bits_of_a_number_are_a_halfword_of_the_published_block()
    {
        // Counter (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344) and key (0xA4093822, 0x299F31D0), digits of π; seven rounds.
        var bits = new RandomBits(0xA4093822, 0x299F31D0, 0x85A308D3, 0x03707344_13198A2E);
        nint first = unchecked((nint)(0x243F6A88L * 8));
        ushort[] answers = [0xCABA, 0x4DFC, 0x87F0, 0x190A, 0x62BA, 0xC473, 0x242A, 0xB6B5];
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(answers[i], bits.One(first + i));
            Assert.Equal(answers[i], bits.Eight(first)[i]);
        }
        // 0x243F6A88 is a multiple of four blocks, so a group begins there.
        Assert.Equal(answers, Filled(bits, first, 8));
        Assert.Equal(answers, FilledByEight(bits, first, 8));
    }

    /// <summary>Each word of the counter and of the key enters by itself: another index, place, update (in either half), seed or stream is another block.</summary>
    [Fact]
    public void Every_part_of_the_counter_and_the_key_counts()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            uint seed = (uint)random.NextInt64(1L << 32), stream = (uint)random.NextInt64(1L << 32), place = (uint)random.NextInt64(1L << 32);
            ulong update = (ulong)random.NextInt64();
            int index = random.Next(int.MaxValue);
            var (a, b, c, d) = Philox.Block(((uint)(index / 8), place, (uint)update, (uint)(update >> 32)), (seed, stream));
            uint word = (index % 8 / 2) switch { 0 => a, 1 => b, 2 => c, _ => d };
            Assert.Equal((ushort)(index % 2 == 0 ? word : word >> 16), new RandomBits(seed, stream, place, update).One(index));
        }
    }

    [Fact]
    public void With_and_without_wide_registers_the_bits_are_the_same_also_where_the_counter_wraps()
    {
        var bits = new RandomBits(0xFFFFFFFF, 0xFFFFFFFE, 3, 0xFFFFFFFF_FFFFFFFF);
        // The last four blocks before 2³², and what follows.
        nint end = unchecked((nint)(((1L << 32) - 4) * 8));
        foreach (nint first in new[] { 0, 64, 1 << 20, end })
            foreach (int count in new[] { 1, 31, 32, 33, 64, 1_000 })
            {
                ushort[] wide = Filled(bits, first, count);
                Assert.Equal(wide, FilledByEight(bits, first, count));
                for (int i = 0; i < count; i++)
                    Assert.Equal(bits.One(first + i), wide[i]);
            }
        Assert.Equal(Filled(bits, 0, 32), Filled(bits, end + 32, 32));
    }

    static unsafe ushort[] FilledByEight(RandomBits bits, nint first, int count)
    {
        ushort[] drawn = new ushort[count + RandomBits.Group];
        fixed (ushort* target = drawn)
            bits.FillByEight(first, count, target);
        return drawn[..count];
    }

    [Fact]
    public void Only_what_is_asked_for_and_the_rest_of_its_group_is_written()
    {
        var bits = new RandomBits(1, 2, 3, 4);
        foreach (int count in new[] { 0, 1, 32, 33 })
        {
            int written = (count + RandomBits.Group - 1) / RandomBits.Group * RandomBits.Group;
            Assert.Equal(written, Written(bits, count, false));
            Assert.Equal(written, Written(bits, count, true));
        }

        static unsafe int Written(RandomBits bits, int count, bool byEight)
        {
            // Twice, over zeros and over ones: what stays as it was both times was not written.
            ushort[] zeros = new ushort[128], ones = [.. Enumerable.Repeat(ushort.MaxValue, 128)];
            fixed (ushort* z = zeros, o = ones)
            {
                if (byEight)
                {
                    bits.FillByEight(0, count, z);
                    bits.FillByEight(0, count, o);
                }
                else
                {
                    bits.Fill(0, count, z);
                    bits.Fill(0, count, o);
                }
            }
            return zeros.Zip(ones).Count(p => p.First == p.Second);
        }
    }

    [Fact]
    public void Fewer_than_no_rounds_are_refused_and_none_changes_nothing()
    {
        Assert.Equal((1u, 2u, 3u, 4u), Philox.Block((1, 2, 3, 4), (5, 6), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Block((1, 2, 3, 4), (5, 6), -1));
    }
}
