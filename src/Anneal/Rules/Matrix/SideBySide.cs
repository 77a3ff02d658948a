using System.Runtime.ExceptionServices;

namespace Anneal;

/// <summary>What a rule does to one matrix.</summary>
interface IMatrixStep<L> where L : struct, ILane<L>
{
    void Do(in Pass<L> one);
}

/// <summary>Matrices on threads of their own: none waits for another between two products.</summary>
/// <remarks>A matrix has the same bits on any number of threads, so it does not matter which way it is done.</remarks>
static class SideBySide
{
    /// <summary>Below this many multiplications waking a second thread does not pay.</summary>
    const long WorthAThread = 200_000;

    /// <summary>Does all matrices of a pass, each on one thread; false, and nothing, where some threads would have much less to do than others.</summary>
    public static bool Run<L, M>(in Pass<L> pass, M step) where L : struct, ILane<L> where M : struct, IMatrixStep<L>
    {
        if (pass.Threads < 2 || Parts(pass.Layout, pass.Threads) is not { } parts)
            return false;
        Job<L, M>.Run(pass, step, parts);
        return true;
    }

    /// <summary>What was dealt last on this thread: a run asks for the same at every step.</summary>
    [ThreadStatic] static (Layout Layout, int Threads, List<int>[]? Parts) dealt;

    static List<int>[]? Parts(Layout layout, int threads)
    {
        if (!ReferenceEquals(dealt.Layout, layout) || dealt.Threads != threads)
            dealt = (layout, threads, Parts([.. layout.Tensors.Select(t => t.IsMatrix ? (long)t.Count * Math.Min(t.Rows, t.Columns) : 0)], threads));
        return dealt.Parts;
    }

    /// <summary>Which tensors each thread takes, the largest first to the one that has least; null where that leaves some idle for more than a twentieth of the time.</summary>
    internal static List<int>[]? Parts(long[] work, int threads)
    {
        long all = work.Sum();
        if (all < WorthAThread * threads || work.Max() > all / threads * 1.05)
            return null;
        var parts = new List<int>[threads];
        var sums = new long[threads];
        for (int i = 0; i < threads; i++)
            parts[i] = [];
        foreach (int k in Enumerable.Range(0, work.Length).Where(k => work[k] > 0).OrderByDescending(k => work[k]))
        {
            int least = Array.IndexOf(sums, sums.Min());
            parts[least].Add(k);
            sums[least] += work[k];
        }
        return sums.Max() > all / threads * 1.05 ? null : parts;
    }

    sealed class Job<L, M> : IJob where L : struct, ILane<L> where M : struct, IMatrixStep<L>
    {
        [ThreadStatic] static Job<L, M>? mine;
        Pass<L> pass;
        M step;
        List<int>[] parts = [];
        volatile ExceptionDispatchInfo? error;

        public static void Run(in Pass<L> pass, M step, List<int>[] parts)
        {
            var job = mine ??= new();
            (job.pass, job.step, job.parts, job.error) = (pass, step, parts, null);
            Workers.Run(job, parts.Length);
            // Kept are the thread's job and the deal, not the weights and what the step remembers.
            (job.pass, job.step, job.parts) = (default, default, []);
            job.error?.Throw();
        }

        public void Do(int part, int count)
        {
            // What a thread of the team throws would end the process.
            try
            {
                foreach (int k in parts[part])
                    step.Do(pass.Of(k).Alone);
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
            }
        }
    }
}
