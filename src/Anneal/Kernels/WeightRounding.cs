using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>Brings weights to numbers of 16 bits, in place.</summary>
static unsafe class WeightRounding
{
    /// <summary>Below this many weights a second thread is not woken.</summary>
    const int WorthAThread = 100_000;

    /// <summary>w ← w, rounded</summary>
    public static void Round<L>(View<L> weights, NumberFormat format, Rounding rounding, RandomBits bits, int threads) where L : struct, ILane<L>
    {
        var job = Job.Mine;
        job.Set(Task.Round, weights.Data, null, null, weights.Length, L.WeightSize == sizeof(float), format, rounding, bits);
        Workers.Run(job, weights.Length < WorthAThread ? 1 : threads);
    }

    /// <summary>Kahan's addition of the step w − before to before, in numbers of the format.</summary>
    /// <remarks><code>y = (w − before) + lost     w ← before + y, rounded     lost ← y − (w − before), rounded</code></remarks>
    public static void Kahan<L>(View<L> weights, View<L> before, View<L> lost, NumberFormat format, int threads) where L : struct, ILane<L>
    {
        var job = Job.Mine;
        job.Set(Task.Kahan, weights.Data, before.Data, lost.Data, weights.Length, L.WeightSize == sizeof(float), format, Rounding.Nearest, default);
        Workers.Run(job, weights.Length < WorthAThread ? 1 : threads);
    }

    /// <summary>Rounds one number at a time: by the random bits of each, or to nearest where there are none.</summary>
    public static void RoundEach<T>(T* w, ushort* random, int count, NumberFormat format) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
        {
            double x = double.CreateTruncating(w[i]);
            w[i] = T.CreateTruncating(random == null ? format.Nearest(x) : format.Stochastic(x, random[i]));
        }
    }

    /// <summary>Kahan's addition, one number at a time.</summary>
    public static void KahanEach<T>(T* w, T* before, T* lost, int count, NumberFormat format) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
        {
            double start = double.CreateTruncating(before[i]), y = double.CreateTruncating(w[i]) - start + double.CreateTruncating(lost[i]), next = format.Nearest(start + y);
            w[i] = T.CreateTruncating(next);
            lost[i] = T.CreateTruncating(double.IsFinite(next) ? format.Nearest(y - (next - start)) : 0);
        }
    }

    enum Task { Round, Kahan }

    sealed class Job : IJob
    {
        [ThreadStatic] static Job? mine;
        Task task;
        void* weights, before, lost;
        int length;
        bool single;
        NumberFormat format;
        Rounding rounding;
        RandomBits bits;

        public static Job Mine => mine ??= new();

        public void Set(Task task, void* weights, void* before, void* lost, int length, bool single, NumberFormat format, Rounding rounding, RandomBits bits)
        {
            this.weights = weights;
            this.before = before;
            this.lost = lost;
            (this.task, this.length, this.single, this.format, this.rounding, this.bits) = (task, length, single, format, rounding, bits);
        }

        public void Do(int part, int parts)
        {
            // Whole cache lines for each part: two threads never write to the same one.
            int step = (length / parts + 64) & ~63, from = Math.Min(length, part * step), to = Math.Min(length, from + step);
            if (task == Task.Round)
                Round(from, to);
            else if (single)
                WideRounding.Kahan((float*)weights + from, (float*)before + from, (float*)lost + from, to - from, format);
            else
                KahanEach((double*)weights + from, (double*)before + from, (double*)lost + from, to - from, format);
        }

        [SkipLocalsInit]
        void Round(int from, int to)
        {
            ushort* room = stackalloc ushort[StateRounding.Room], random = rounding == Rounding.Stochastic ? room : null;
            // Each part begins at a multiple of 64, and so at a whole group of bits.
            for (int i = from; i < to; i += StateRounding.Most)
            {
                int count = Math.Min(StateRounding.Most, to - i);
                if (random != null)
                    bits.Fill(i, count, random);
                if (!single)
                    RoundEach((double*)weights + i, random, count, format);
                else if (format == NumberFormat.BFloat16)
                    WideRounding.BFloat16((float*)weights + i, random, count);
                else
                    WideRounding.Float16((float*)weights + i, random, count);
            }
        }
    }
}
