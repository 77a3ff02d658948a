using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>What the shared loop runs on a stretch of <c>count</c> numbers, at most one lane's worth, from number <c>i</c> on.</summary>
interface IKernel
{
    void At(nint i, int count);
}

/// <summary>Reads and writes lanes; a stretch shorter than a lane goes through a zeroed buffer, so the tail runs the same arithmetic.</summary>
static unsafe class Stretch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Load<L>(void* array, nint i, int count) where L : struct, ILane<L> =>
        count == L.Count ? L.Load(array, i) : LoadPart<L>(array, i, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L>(L x, void* array, nint i, int count) where L : struct, ILane<L>
    {
        if (count == L.Count)
            L.Store(x, array, i);
        else
            StorePart(x, array, i, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L LoadMemory<L>(void* array, nint i, int count) where L : struct, ILane<L> =>
        count == L.Count ? L.LoadMemory(array, i) : LoadMemoryPart<L>(array, i, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMemory<L>(L x, void* array, nint i, int count) where L : struct, ILane<L>
    {
        if (count == L.Count)
            L.StoreMemory(x, array, i);
        else
            StoreMemoryPart(x, array, i, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static L LoadPart<L>(void* array, nint i, int count) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.WeightSize];
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)(L.Count * L.WeightSize));
        Unsafe.CopyBlockUnaligned(buffer, (byte*)array + i * L.WeightSize, (uint)(count * L.WeightSize));
        return L.Load(buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void StorePart<L>(L x, void* array, nint i, int count) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.WeightSize];
        L.Store(x, buffer, 0);
        Unsafe.CopyBlockUnaligned((byte*)array + i * L.WeightSize, buffer, (uint)(count * L.WeightSize));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static L LoadMemoryPart<L>(void* array, nint i, int count) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.MemorySize];
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)(L.Count * L.MemorySize));
        Unsafe.CopyBlockUnaligned(buffer, (byte*)array + i * L.MemorySize, (uint)(count * L.MemorySize));
        return L.LoadMemory(buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void StoreMemoryPart<L>(L x, void* array, nint i, int count) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.MemorySize];
        L.StoreMemory(x, buffer, 0);
        Unsafe.CopyBlockUnaligned((byte*)array + i * L.MemorySize, buffer, (uint)(count * L.MemorySize));
    }
}

unsafe struct Kernel0<L, U>(U update, void* w, void* g) : IKernel where L : struct, ILane<L> where U : struct, IUpdate<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i, int count) =>
        Stretch.Store(update.Apply(Stretch.Load<L>(w, i, count), Stretch.Load<L>(g, i, count)), w, i, count);
}

unsafe struct Kernel1<L, U>(U update, void* w, void* g, void* a) : IKernel where L : struct, ILane<L> where U : struct, IUpdate1<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i, int count)
    {
        L x = Stretch.LoadMemory<L>(a, i, count);
        Stretch.Store(update.Apply(Stretch.Load<L>(w, i, count), Stretch.Load<L>(g, i, count), ref x), w, i, count);
        Stretch.StoreMemory(x, a, i, count);
    }
}

unsafe struct Kernel2<L, U>(U update, void* w, void* g, void* a, void* b) : IKernel where L : struct, ILane<L> where U : struct, IUpdate2<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i, int count)
    {
        L x = Stretch.LoadMemory<L>(a, i, count), y = Stretch.LoadMemory<L>(b, i, count);
        Stretch.Store(update.Apply(Stretch.Load<L>(w, i, count), Stretch.Load<L>(g, i, count), ref x, ref y), w, i, count);
        Stretch.StoreMemory(x, a, i, count);
        Stretch.StoreMemory(y, b, i, count);
    }
}

unsafe struct Kernel3<L, U>(U update, void* w, void* g, void* a, void* b, void* c) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate3<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i, int count)
    {
        L x = Stretch.LoadMemory<L>(a, i, count), y = Stretch.LoadMemory<L>(b, i, count), z = Stretch.LoadMemory<L>(c, i, count);
        Stretch.Store(update.Apply(Stretch.Load<L>(w, i, count), Stretch.Load<L>(g, i, count), ref x, ref y, ref z), w, i, count);
        Stretch.StoreMemory(x, a, i, count);
        Stretch.StoreMemory(y, b, i, count);
        Stretch.StoreMemory(z, c, i, count);
    }
}

unsafe struct Kernel4<L, U>(U update, void* w, void* g, void* a, void* b, void* c, void* d) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate4<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i, int count)
    {
        L x = Stretch.LoadMemory<L>(a, i, count), y = Stretch.LoadMemory<L>(b, i, count);
        L z = Stretch.LoadMemory<L>(c, i, count), u = Stretch.LoadMemory<L>(d, i, count);
        Stretch.Store(update.Apply(Stretch.Load<L>(w, i, count), Stretch.Load<L>(g, i, count), ref x, ref y, ref z, ref u), w, i, count);
        Stretch.StoreMemory(x, a, i, count);
        Stretch.StoreMemory(y, b, i, count);
        Stretch.StoreMemory(z, c, i, count);
        Stretch.StoreMemory(u, d, i, count);
    }
}
