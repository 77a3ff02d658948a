namespace Anneal;

/// <summary>The one loop of all rules: it walks the arrays lane by lane, hands parts to other threads when that pays, and finishes the tail.</summary>
/// <remarks>
/// Each number is computed from its own place alone, so the result does not depend on where the arrays are cut. Sums are taken over
/// blocks of a fixed size, each in a fixed order, and the blocks are added in order: the same bits at any number of threads.
/// </remarks>
static class Loop
{
    /// <summary>Below this many numbers a second thread is not woken; an estimate, to be replaced by a measurement.</summary>
    internal const int WorthAThread = 65_536;

    const int Block = 4_096;

    public static void Run<L, K>(K kernel, int length, int threads) where L : struct, ILane<L> where K : struct, IKernel
    {
        int parts = Math.Min(threads, length / (WorthAThread / 2));
        if (parts <= 1)
            Walk<L, K>(kernel, 0, length);
        else
            Workers.Run(Walker<L, K>.For(kernel, length, parts), parts);
    }

    public static unsafe double Sum<L, S>(S term, void* x, void* y, int length, int threads)
        where L : struct, ILane<L> where S : struct, ITerm<L>
    {
        int blocks = (length + Block - 1) / Block;
        if (blocks == 1)
            return SumBlock<L, S>(term, x, y, 0, length);
        var sums = Sums<L, S>.For(term, x, y, length, blocks);
        int parts = length < WorthAThread ? 1 : Math.Min(threads, blocks);
        Workers.Run(sums, parts);
        double sum = 0;
        for (int b = 0; b < blocks; b++)
            sum += sums.Partial[b];
        return sum;
    }

    static void Walk<L, K>(K kernel, nint from, nint to) where L : struct, ILane<L> where K : struct, IKernel
    {
        nint i = from;
        for (; i <= to - L.Count; i += L.Count)
            kernel.At(i, L.Count);
        if (i < to)
            kernel.At(i, (int)(to - i));
    }

    static unsafe double SumBlock<L, S>(S term, void* x, void* y, nint from, nint to) where L : struct, ILane<L> where S : struct, ITerm<L>
    {
        L sum = L.Of(0);
        nint i = from;
        for (; i <= to - L.Count; i += L.Count)
            sum += term.Of(L.Load(x, i), L.Load(y, i));
        if (i < to)
            sum += term.Of(Stretch.Load<L>(x, i, (int)(to - i)), Stretch.Load<L>(y, i, (int)(to - i)));
        return L.Sum(sum);
    }

    sealed class Walker<L, K> : IJob where L : struct, ILane<L> where K : struct, IKernel
    {
        [ThreadStatic] static Walker<L, K>? mine;
        K kernel;
        nint length, step;

        public static Walker<L, K> For(K kernel, int length, int parts)
        {
            var job = mine ??= new();
            // Whole cache lines for each part: two threads never write to the same one.
            (job.kernel, job.length, job.step) = (kernel, length, (length / parts + 64) & ~63);
            return job;
        }

        public void Do(int part, int parts) => Walk<L, K>(kernel, part * step, Math.Min(length, (part + 1) * step));
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
