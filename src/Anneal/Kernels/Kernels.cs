using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>What the shared loop runs on a stretch of numbers, from number <c>i</c> on.</summary>
unsafe interface IKernel
{
    /// <summary>How many numbers it reads and writes for each weight.</summary>
    static abstract int Trips { get; }

    /// <summary>How many of those it remembers.</summary>
    static abstract int Remembered { get; }

    void At<S>(nint i, S stretch) where S : struct, IStretch;
}

/// <summary>How lanes are read and written: whole, or the few numbers that are left at the end.</summary>
unsafe interface IStretch
{
    L Load<L>(void* array, nint i) where L : struct, ILane<L>;
    void Store<L>(L x, void* array, nint i) where L : struct, ILane<L>;
    L LoadState<L>(void* array, nint i) where L : struct, ILane<L>;

    /// <summary>Writes the n-th remembered number of a formula.</summary>
    void StoreState<L>(L x, void* array, nint i, int n) where L : struct, ILane<L>;
}

/// <summary>How remembered numbers are rounded where they are kept in fewer bits: a type, so that the loop over them is compiled for each way and has no branch.</summary>
unsafe interface IStateStore
{
    /// <summary>Writes the n-th remembered number of a formula.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="array">Where they are kept.</param>
    /// <param name="i">The place in the array.</param>
    /// <param name="n">Which one of the formula's it is.</param>
    /// <param name="index">The place in all of the array, of which this may be a copy of a part.</param>
    void Put<L>(L x, void* array, nint i, int n, nint index) where L : struct, ILane<L>;
}

/// <summary>To the nearest number.</summary>
readonly unsafe struct ToNearest : IStateStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<L>(L x, void* array, nint i, int n, nint index) where L : struct, ILane<L> => L.StoreState(x, array, i);
}

/// <summary>By chance.</summary>
/// <param name="drawn">Where the random bits of number 0 of the first array would be; those of each further array follow after <see cref="StateRounding.Room"/>.</param>
readonly unsafe struct ByChance(ushort* drawn) : IStateStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<L>(L x, void* array, nint i, int n, nint index) where L : struct, ILane<L> => L.StoreState(x, array, i, drawn + index + n * StateRounding.Room);
}

/// <summary>A whole lane.</summary>
readonly unsafe struct WholeLane<R>(R store) : IStretch where R : struct, IStateStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Load<L>(void* array, nint i) where L : struct, ILane<L> => L.Load(array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<L>(L x, void* array, nint i) where L : struct, ILane<L> => L.Store(x, array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L LoadState<L>(void* array, nint i) where L : struct, ILane<L> => L.LoadState(array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreState<L>(L x, void* array, nint i, int n) where L : struct, ILane<L> => store.Put(x, array, i, n, i);
}

/// <summary>A whole lane, and word to the memory which line will be wanted soon: with four arrays or more to walk along, it does not guess that well.</summary>
readonly unsafe struct LaneAhead<R>(R store) : IStretch where R : struct, IStateStore
{
    // Eight cache lines on. Measured: 256 to 768 are alike, 2048 is no longer of use.
    const int Bytes = 512;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Load<L>(void* array, nint i) where L : struct, ILane<L>
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((byte*)array + i * L.WeightSize + Bytes);
        return L.Load(array, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<L>(L x, void* array, nint i) where L : struct, ILane<L> => L.Store(x, array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L LoadState<L>(void* array, nint i) where L : struct, ILane<L>
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((byte*)array + i * L.StateSize + Bytes);
        return L.LoadState(array, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreState<L>(L x, void* array, nint i, int n) where L : struct, ILane<L> => store.Put(x, array, i, n, i);
}

/// <summary>The first <paramref name="count"/> numbers of a lane: they go through a zeroed buffer, so the tail runs the same arithmetic.</summary>
readonly unsafe struct PartOfLane<R>(int count, R store) : IStretch where R : struct, IStateStore
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public L Load<L>(void* array, nint i) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.WeightSize];
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)(L.Count * L.WeightSize));
        Unsafe.CopyBlockUnaligned(buffer, (byte*)array + i * L.WeightSize, (uint)(count * L.WeightSize));
        return L.Load(buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Store<L>(L x, void* array, nint i) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.WeightSize];
        L.Store(x, buffer, 0);
        Unsafe.CopyBlockUnaligned((byte*)array + i * L.WeightSize, buffer, (uint)(count * L.WeightSize));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public L LoadState<L>(void* array, nint i) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.StateSize];
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)(L.Count * L.StateSize));
        Unsafe.CopyBlockUnaligned(buffer, (byte*)array + i * L.StateSize, (uint)(count * L.StateSize));
        return L.LoadState(buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StoreState<L>(L x, void* array, nint i, int n) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.StateSize];
        store.Put(x, buffer, 0, n, i);
        Unsafe.CopyBlockUnaligned((byte*)array + i * L.StateSize, buffer, (uint)(count * L.StateSize));
    }
}

unsafe struct Kernel0<L, U>(U update, void* w, void* g) : IKernel where L : struct, ILane<L> where U : struct, IUpdate<L>
{
    public static int Trips => 3;
    public static int Remembered => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch =>
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i)), w, i);
}

unsafe struct Kernel1<L, U>(U update, void* w, void* g, void* a) : IKernel where L : struct, ILane<L> where U : struct, IUpdate1<L>
{
    public static int Trips => 5;
    public static int Remembered => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x), w, i);
        stretch.StoreState(x, a, i, 0);
    }
}

unsafe struct Kernel2<L, U>(U update, void* w, void* g, void* a, void* b) : IKernel where L : struct, ILane<L> where U : struct, IUpdate2<L>
{
    public static int Trips => 7;
    public static int Remembered => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y), w, i);
        stretch.StoreState(x, a, i, 0);
        stretch.StoreState(y, b, i, 1);
    }
}

unsafe struct Kernel3<L, U>(U update, void* w, void* g, void* a, void* b, void* c) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate3<L>
{
    public static int Trips => 9;
    public static int Remembered => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i), z = stretch.LoadState<L>(c, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y, ref z), w, i);
        stretch.StoreState(x, a, i, 0);
        stretch.StoreState(y, b, i, 1);
        stretch.StoreState(z, c, i, 2);
    }
}

unsafe struct Kernel4<L, U>(U update, void* w, void* g, void* a, void* b, void* c, void* d) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate4<L>
{
    public static int Trips => 11;
    public static int Remembered => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i);
        L z = stretch.LoadState<L>(c, i), u = stretch.LoadState<L>(d, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y, ref z, ref u), w, i);
        stretch.StoreState(x, a, i, 0);
        stretch.StoreState(y, b, i, 1);
        stretch.StoreState(z, c, i, 2);
        stretch.StoreState(u, d, i, 3);
    }
}
