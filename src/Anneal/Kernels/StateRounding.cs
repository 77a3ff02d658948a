namespace Anneal.Kernels;

/// <summary>The chances by which the remembered numbers of one pass of a formula are rounded where they are kept in fewer bits than they are computed in.</summary>
readonly unsafe struct StateRounding(uint seed, uint stream, ulong update, StatePlace a, StatePlace b, StatePlace c, StatePlace d)
{
    /// <summary>For how many numbers bits are drawn at a time.</summary>
    public const int Most = 1_024;

    /// <summary>How many bits' room they take: as many, begun and ended at whole groups of <see cref="RandomBits.Group"/>, and a lane to read past the end.</summary>
    public const int Room = Most + 3 * RandomBits.Group;

    /// <summary>Draws the bits of numbers <paramref name="from"/> to <paramref name="to"/> of the first <paramref name="count"/> arrays.</summary>
    /// <returns>Where the bits of number 0 of the first array would be; those of each further array follow after <see cref="Room"/>.</returns>
    public ushort* Draw(int count, nint from, nint to, ushort* room)
    {
        Draw(a, from, to, room);
        if (count > 1)
            Draw(b, from, to, room + Room);
        if (count > 2)
            Draw(c, from, to, room + 2 * Room);
        if (count > 3)
            Draw(d, from, to, room + 3 * Room);
        return room + RandomBits.Group - from;
    }

    /// <summary>Draws whole groups, and puts them so that number <paramref name="from"/> comes to the same place wherever in its group it is.</summary>
    void Draw(StatePlace place, nint from, nint to, ushort* room)
    {
        nint first = place.Start + from, before = first & (RandomBits.Group - 1);
        new RandomBits(seed, stream, place.Slot, update).Fill(first - before, (int)(to - from + before), room + RandomBits.Group - before);
    }
}

/// <summary>Where a stretch of what a rule remembers stands.</summary>
/// <param name="Slot">Which slot, and of which tensor.</param>
/// <param name="Start">Where in it.</param>
readonly record struct StatePlace(uint Slot, int Start);
