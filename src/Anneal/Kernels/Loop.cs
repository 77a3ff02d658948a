using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>The one loop of all rules: it walks the arrays lane by lane, hands parts to other threads when that pays, and finishes the tail.</summary>
/// <remarks>
/// Each number is computed from its own place alone, so the result does not depend on where the arrays are cut. Sums are taken over
/// blocks of a fixed size, each in a fixed order, and the blocks are added in order: the same bits at any number of threads.
/// </remarks>
static class Loop
{
    /// <summary>Below this many numbers read and written a second thread is not woken.</summary>
    /// <remarks>
    /// Measured: to wake a thread that has gone to sleep takes about 8 µs, to read or write a number in cache 0.04 ns, a little more with a
    /// root and a quotient. So halves pay from about 130,000 weights on for gradient descent and from 60,000 on for AdamW.
    /// </remarks>
    internal const int WorthAThread = 400_000;

    const int Block = 4_096;

    /// <summary>Runs a kernel over all places of its arrays.</summary>
    /// <param name="kernel">What is done at each.</param>
    /// <param name="length">How many places there are.</param>
    /// <param name="threads">The most threads it may use.</param>
    /// <param name="rounding">The chances by which what it remembers is rounded; null for rounding to nearest.</param>
    public static unsafe void Run<L, K>(K kernel, int length, int threads, StateRounding* rounding = null) where L : struct, ILane<L> where K : struct, IKernel
    {
        int parts = (int)Math.Min(threads, (long)length * K.Trips / (WorthAThread / 2));
        if (parts <= 1)
            Walk<L, K>(kernel, rounding, 0, length);
        else
            Workers.Run(Walker<L, K>.For(kernel, rounding, length, parts), parts);
    }

    public static unsafe double Sum<L, S>(S term, void* x, void* y, int length, int threads)
        where L : struct, ILane<L> where S : struct, ITerm<L>
    {
        int blocks = (length + Block - 1) / Block;
        if (blocks == 1)
            return SumBlock<L, S>(term, x, y, 0, length);
        var sums = Sums<L, S>.For(term, x, y, length, blocks);
        int parts = length < WorthAThread / 2 ? 1 : Math.Min(threads, blocks);
        Workers.Run(sums, parts);
        double sum = 0;
        for (int b = 0; b < blocks; b++)
            sum += sums.Partial[b];
        return sum;
    }

    static unsafe void Walk<L, K>(K kernel, StateRounding* rounding, nint from, nint to) where L : struct, ILane<L> where K : struct, IKernel
    {
        if (K.Remembered > 0 && L.StateSize < L.WeightSize && rounding != null)
            WalkByChance<L, K>(kernel, rounding, from, to);
        else
            Stretch<L, K, ToNearest>(kernel, default, from, to);
    }

    /// <summary>Random bits are drawn for a stretch that stays in the nearest cache, then it is walked: drawn many at a time they cost a fraction.</summary>
    [SkipLocalsInit]
    static unsafe void WalkByChance<L, K>(K kernel, StateRounding* rounding, nint from, nint to) where L : struct, ILane<L> where K : struct, IKernel
    {
        ushort* room = stackalloc ushort[K.Remembered * StateRounding.Room];
        for (nint i = from; i < to; i += StateRounding.Most)
        {
            nint end = Math.Min(to, i + StateRounding.Most);
            Stretch<L, K, ByChance>(kernel, new(rounding->Draw(K.Remembered, i, end, room)), i, end);
        }
    }

    // Compiled once and at its best, however the host sets up its compiler and however few steps are taken: nothing here waits for a profile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Stretch<L, K, R>(K kernel, R store, nint from, nint to) where L : struct, ILane<L> where K : struct, IKernel where R : struct, IStateStore
    {
        nint i = from;
        for (; i <= to - 2 * L.Count; i += 2 * L.Count)
        {
            kernel.At(i, new LaneAhead<R>(store));
            kernel.At(i + L.Count, new WholeLane<R>(store));
        }
        if (i <= to - L.Count)
        {
            kernel.At(i, new WholeLane<R>(store));
            i += L.Count;
        }
        if (i < to)
            Finish<L, K, R>(kernel, store, i, (int)(to - i));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Finish<L, K, R>(K kernel, R store, nint i, int count) where L : struct, ILane<L> where K : struct, IKernel where R : struct, IStateStore =>
        kernel.At(i, new PartOfLane<R>(count, store));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe double SumBlock<L, S>(S term, void* x, void* y, nint from, nint to) where L : struct, ILane<L> where S : struct, ITerm<L>
    {
        // Four sums side by side: one alone would wait for each addition to end.
        L sum0 = L.Of(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        nint i = from;
        for (; i <= to - 4 * L.Count; i += 4 * L.Count)
        {
            sum0 += term.Of(L.Load(x, i), L.Load(y, i));
            sum1 += term.Of(L.Load(x, i + L.Count), L.Load(y, i + L.Count));
            sum2 += term.Of(L.Load(x, i + 2 * L.Count), L.Load(y, i + 2 * L.Count));
            sum3 += term.Of(L.Load(x, i + 3 * L.Count), L.Load(y, i + 3 * L.Count));
        }
        for (; i <= to - L.Count; i += L.Count)
            sum0 += term.Of(L.Load(x, i), L.Load(y, i));
        if (i < to)
        {
            var rest = new PartOfLane<ToNearest>((int)(to - i), default);
            sum0 += term.Of(rest.Load<L>(x, i), rest.Load<L>(y, i));
        }
        return L.Sum(sum0 + sum1 + (sum2 + sum3));
    }

    sealed unsafe class Walker<L, K> : IJob where L : struct, ILane<L> where K : struct, IKernel
    {
        [ThreadStatic] static Walker<L, K>? mine;
        K kernel;
        StateRounding* rounding;
        nint length, step;

        public static Walker<L, K> For(K kernel, StateRounding* rounding, int length, int parts)
        {
            var job = mine ??= new();
            job.rounding = rounding;
            // Whole cache lines for each part: two threads never write to the same one.
            (job.kernel, job.length, job.step) = (kernel, length, (length / parts + 64) & ~63);
            return job;
        }

        public void Do(int part, int parts) => Walk<L, K>(kernel, rounding, part * step, Math.Min(length, (part + 1) * step));
    }

    sealed unsafe class Sums<L, S> : IJob where L : struct, ILane<L> where S : struct, ITerm<L>
    {
        [ThreadStatic] static Sums<L, S>? mine;
        public double[] Partial = [];
        S term;
        void* x, y;
        int length, blocks;

        public static Sums<L, S> For(S term, void* x, void* y, int length, int blocks)
        {
            var job = mine ??= new();
            job.x = x;
            job.y = y;
            (job.term, job.length, job.blocks) = (term, length, blocks);
            if (job.Partial.Length < blocks)
                job.Partial = new double[blocks];
            return job;
        }

        public void Do(int part, int parts)
        {
            int step = (blocks + parts - 1) / parts;
            for (int b = part * step; b < Math.Min(blocks, (part + 1) * step); b++)
                Partial[b] = SumBlock<L, S>(term, x, y, (nint)b * Block, Math.Min(length, ((nint)b + 1) * Block));
        }
    }
}
