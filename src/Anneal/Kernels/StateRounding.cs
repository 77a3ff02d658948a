namespace Anneal.Kernels;

/// <summary>How the remembered numbers of one pass of a formula are rounded where they are kept in fewer bits than they are computed in.</summary>
public readonly struct StateRounding
{
    readonly RandomBits a, b, c, d;
    readonly int startA, startB, startC, startD;

    internal StateRounding(uint seed, uint stream, ulong update, bool nearest, StatePlace a, StatePlace b, StatePlace c, StatePlace d)
    {
        Nearest = nearest;
        (this.a, this.b, this.c, this.d) = (new(seed, stream, a.Slot, update), new(seed, stream, b.Slot, update), new(seed, stream, c.Slot, update), new(seed, stream, d.Slot, update));
        (startA, startB, startC, startD) = (a.Start, b.Start, c.Start, d.Start);
    }

    /// <summary>To the nearest number instead of by chance.</summary>
    internal bool Nearest { get; }

    /// <summary>The bits for the n-th remembered number of the formula.</summary>
    internal RandomBits Bits(int n) => n switch { 0 => a, 1 => b, 2 => c, _ => d };

    /// <summary>Where in its slot the n-th array begins.</summary>
    internal int Start(int n) => n switch { 0 => startA, 1 => startB, 2 => startC, _ => startD };
}

/// <summary>Where a stretch of what a rule remembers stands.</summary>
/// <param name="Slot">Which slot, and of which tensor.</param>
/// <param name="Start">Where in it.</param>
readonly record struct StatePlace(uint Slot, int Start);
