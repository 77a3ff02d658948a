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

    /// <summary>How what it remembers is rounded; nothing where it remembers nothing.</summary>
    StateRounding* Rounding { get; set; }

    void At<S>(nint i, S stretch) where S : struct, IStretch;
}

/// <summary>How lanes are read and written: whole, or the few numbers that are left at the end.</summary>
unsafe interface IStretch
{
    L Load<L>(void* array, nint i) where L : struct, ILane<L>;
    void Store<L>(L x, void* array, nint i) where L : struct, ILane<L>;
    L LoadState<L>(void* array, nint i) where L : struct, ILane<L>;
    void StoreState<L>(L x, void* array, nint i, StateRounding* rounding, int n) where L : struct, ILane<L>;
}

/// <summary>A whole lane.</summary>
readonly unsafe struct WholeLane : IStretch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Load<L>(void* array, nint i) where L : struct, ILane<L> => L.Load(array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<L>(L x, void* array, nint i) where L : struct, ILane<L> => L.Store(x, array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L LoadState<L>(void* array, nint i) where L : struct, ILane<L> => L.LoadState(array, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreState<L>(L x, void* array, nint i, StateRounding* rounding, int n) where L : struct, ILane<L> => L.StoreState(x, array, i, rounding, n, i);
}

/// <summary>A whole lane, and word to the memory which line will be wanted soon: with four arrays or more to walk along, it does not guess that well.</summary>
readonly unsafe struct LaneAhead : IStretch
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
            Sse.Prefetch0((byte*)array + i * L.MemorySize + Bytes);
        return L.LoadState(array, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreState<L>(L x, void* array, nint i, StateRounding* rounding, int n) where L : struct, ILane<L> => L.StoreState(x, array, i, rounding, n, i);
}

/// <summary>The first <paramref name="count"/> numbers of a lane: they go through a zeroed buffer, so the tail runs the same arithmetic.</summary>
readonly unsafe struct PartOfLane(int count) : IStretch
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
        byte* buffer = stackalloc byte[L.Count * L.MemorySize];
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)(L.Count * L.MemorySize));
        Unsafe.CopyBlockUnaligned(buffer, (byte*)array + i * L.MemorySize, (uint)(count * L.MemorySize));
        return L.LoadState(buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StoreState<L>(L x, void* array, nint i, StateRounding* rounding, int n) where L : struct, ILane<L>
    {
        byte* buffer = stackalloc byte[L.Count * L.MemorySize];
        L.StoreState(x, buffer, 0, rounding, n, i);
        Unsafe.CopyBlockUnaligned((byte*)array + i * L.MemorySize, buffer, (uint)(count * L.MemorySize));
    }
}

unsafe struct Kernel0<L, U>(U update, void* w, void* g) : IKernel where L : struct, ILane<L> where U : struct, IUpdate<L>
{
    public static int Trips => 3;
    public static int Remembered => 0;
    public StateRounding* Rounding { readonly get => null; set => _ = value; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch =>
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i)), w, i);
}

unsafe struct Kernel1<L, U>(U update, void* w, void* g, void* a, StateRounding* rounding) : IKernel where L : struct, ILane<L> where U : struct, IUpdate1<L>
{
    public static int Trips => 5;
    public static int Remembered => 1;
    public StateRounding* Rounding { readonly get => rounding; set => rounding = value; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x), w, i);
        stretch.StoreState(x, a, i, rounding, 0);
    }
}

unsafe struct Kernel2<L, U>(U update, void* w, void* g, void* a, void* b, StateRounding* rounding) : IKernel where L : struct, ILane<L> where U : struct, IUpdate2<L>
{
    public static int Trips => 7;
    public static int Remembered => 2;
    public StateRounding* Rounding { readonly get => rounding; set => rounding = value; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y), w, i);
        stretch.StoreState(x, a, i, rounding, 0);
        stretch.StoreState(y, b, i, rounding, 1);
    }
}

unsafe struct Kernel3<L, U>(U update, void* w, void* g, void* a, void* b, void* c, StateRounding* rounding) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate3<L>
{
    public static int Trips => 9;
    public static int Remembered => 3;
    public StateRounding* Rounding { readonly get => rounding; set => rounding = value; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i), z = stretch.LoadState<L>(c, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y, ref z), w, i);
        stretch.StoreState(x, a, i, rounding, 0);
        stretch.StoreState(y, b, i, rounding, 1);
        stretch.StoreState(z, c, i, rounding, 2);
    }
}

unsafe struct Kernel4<L, U>(U update, void* w, void* g, void* a, void* b, void* c, void* d, StateRounding* rounding) : IKernel
    where L : struct, ILane<L> where U : struct, IUpdate4<L>
{
    public static int Trips => 11;
    public static int Remembered => 4;
    public StateRounding* Rounding { readonly get => rounding; set => rounding = value; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S>(nint i, S stretch) where S : struct, IStretch
    {
        L x = stretch.LoadState<L>(a, i), y = stretch.LoadState<L>(b, i);
        L z = stretch.LoadState<L>(c, i), u = stretch.LoadState<L>(d, i);
        stretch.Store(update.Apply(stretch.Load<L>(w, i), stretch.Load<L>(g, i), ref x, ref y, ref z, ref u), w, i);
        stretch.StoreState(x, a, i, rounding, 0);
        stretch.StoreState(y, b, i, rounding, 1);
        stretch.StoreState(z, c, i, rounding, 2);
        stretch.StoreState(u, d, i, rounding, 3);
    }
}
