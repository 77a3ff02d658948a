using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>The bits that decide how the numbers of one array are rounded in one update: 16 for each, by its index.</summary>
/// <remarks>
/// <code>number i takes halfword i mod 8 of Philox(counter = (i div 8, place, update), key = (seed, stream))</code>
/// The place is the slot and the tensor, the stream which of nested states it is. So the bits depend on neither threads nor lanes, and after a resume they go on as they would have.
/// </remarks>
/// <param name="Seed">The caller's.</param>
/// <param name="Stream">Which of nested states.</param>
/// <param name="Place">Which slot of which tensor.</param>
/// <param name="Update">The number of the update.</param>
readonly record struct RandomBits(uint Seed, uint Stream, uint Place, ulong Update)
{
    /// <summary>Those of eight numbers, from one whose index is a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ushort> Eight(nint index)
    {
        uint a = (uint)(index >> 3), b = Place, c = (uint)Update, d = (uint)(Update >> 32);
        Philox.Seven(ref a, ref b, ref c, ref d, Seed, Stream);
        return Vector128.Create(a, b, c, d).AsUInt16();
    }

    /// <summary>How many numbers are drawn for at once.</summary>
    public const int Group = 32;

    /// <summary>Those of <paramref name="count"/> numbers and what their last group lacks, from one whose index is a multiple of <see cref="Group"/>.</summary>
    public unsafe void Fill(nint first, int count, ushort* target)
    {
        if (Avx2.IsSupported)
            FillWide(first, count, target);
        else
            FillByEight(first, count, target);
    }

    /// <summary>Four blocks at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void FillWide(nint first, int count, ushort* target)
    {
        for (int i = 0; i < count; i += Group)
            Philox.FourBlocks((uint*)(target + i), (uint)((first + i) >> 3), Place, Update, Seed, Stream);
    }

    /// <summary>One block at a time, for processors without wide registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal unsafe void FillByEight(nint first, int count, ushort* target)
    {
        for (int i = 0; i < count; i += Group)
            for (int k = 0; k < Group; k += 8)
                Eight(first + i + k).Store(target + i + k);
    }

    /// <summary>Those of one number.</summary>
    public ushort One(nint index) => Eight(index & ~7)[(int)(index & 7)];
}
