namespace Anneal.Kernels;

/// <summary>How the remembered numbers of one pass of a formula are rounded where they are kept in fewer bits than they are computed in.</summary>
public unsafe struct StateRounding
{
    /// <summary>For how many numbers bits are drawn at a time.</summary>
    internal const int Most = 1_024;

    /// <summary>How many bits' room they take: as many, begun and ended at whole groups of <see cref="RandomBits.Group"/>, and a lane to read past the end.</summary>
    internal const int Room = Most + 2 * RandomBits.Group;

    readonly RandomBits a, b, c, d;
    readonly int startA, startB, startC, startD;
    ushort* drawnA, drawnB, drawnC, drawnD;

    internal StateRounding(uint seed, uint stream, ulong update, bool nearest, StatePlace a, StatePlace b, StatePlace c, StatePlace d)
    {
        Nearest = nearest;
        (this.a, this.b, this.c, this.d) = (new(seed, stream, a.Slot, update), new(seed, stream, b.Slot, update), new(seed, stream, c.Slot, update), new(seed, stream, d.Slot, update));
        (startA, startB, startC, startD) = (a.Start, b.Start, c.Start, d.Start);
    }

    /// <summary>To the nearest number instead of by chance.</summary>
    internal bool Nearest { get; }

    /// <summary>Draws the bits of numbers <paramref name="from"/> to <paramref name="to"/> of the first <paramref name="count"/> arrays.</summary>
    internal void Draw(int count, nint from, nint to, ushort* room)
    {
        drawnA = Draw(a, startA, from, to, room);
        if (count > 1)
            drawnB = Draw(b, startB, from, to, room + Room);
        if (count > 2)
            drawnC = Draw(c, startC, from, to, room + 2 * Room);
        if (count > 3)
            drawnD = Draw(d, startD, from, to, room + 3 * Room);
    }

    /// <returns>Where the bits of number 0 would be.</returns>
    static ushort* Draw(RandomBits bits, int start, nint from, nint to, ushort* room)
    {
        nint first = (start + from) & ~(RandomBits.Group - 1);
        bits.Fill(first, (int)(start + to - first), room);
        return room + (start - first);
    }

    /// <summary>The bits drawn for the n-th remembered number of the formula, from place <paramref name="index"/> on.</summary>
    internal readonly ushort* Drawn(int n, nint index) => n switch { 0 => drawnA, 1 => drawnB, 2 => drawnC, _ => drawnD } + index;
}

/// <summary>Where a stretch of what a rule remembers stands.</summary>
/// <param name="Slot">Which slot, and of which tensor.</param>
/// <param name="Start">Where in it.</param>
readonly record struct StatePlace(uint Slot, int Start);
