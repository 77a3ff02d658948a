namespace Anneal.Tests;

public class StateRoundingTests
{
    /// <summary>Each of up to four arrays has the bits of its own slot, and each number those of its own index, wherever a pass begins and wherever in its slot the tensor does.</summary>
    [Fact]
    public unsafe void Every_number_of_every_array_gets_the_bits_of_its_index()
    {
        StatePlace[] places = [new(10, 0), new(11, 32), new(2_000, 7), new(13, 1_001)];
        var rounding = new StateRounding(5, 6, 7, places[0], places[1], places[2], places[3]);
        ushort[] drawn = new ushort[4 * StateRounding.Room];
        foreach (int count in new[] { 1, 2, 3, 4 })
            foreach (var (from, to) in new (nint, nint)[] { (0, 1), (0, StateRounding.Most), (StateRounding.Most, 2 * StateRounding.Most), (96, 1_000), (64, 65), (3, 40) })
                foreach (ushort before in new ushort[] { 0, ushort.MaxValue })
                {
                    Array.Fill(drawn, before);
                    fixed (ushort* room = drawn)
                    {
                        ushort* first = rounding.Draw(count, from, to, room);
                        for (int k = 0; k < count; k++)
                        {
                            var bits = new RandomBits(5, 6, places[k].Slot, 7);
                            for (nint i = from; i < to; i++)
                                Assert.Equal(bits.One(places[k].Start + i), first[k * StateRounding.Room + i]);
                        }
                    }
                    // Arrays that were not asked for cost nothing.
                    Assert.All(drawn.Skip(count * StateRounding.Room), bits => Assert.Equal(before, bits));
                }
    }
}
