using System.Runtime.InteropServices;

namespace Anneal.Models;

/// <summary>Numbers at a fixed place that begins on a cache line: working room that is made once.</summary>
sealed unsafe class AlignedArray<T> where T : unmanaged
{
    readonly byte[] bytes;

    public AlignedArray(long count)
    {
        Count = count;
        bytes = GC.AllocateArray<byte>(checked((int)(count * sizeof(T) + 64)), pinned: true);
        At = (T*)((Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0) + 63) & ~63);
    }

    public T* At { get; }

    public long Count { get; }
}
