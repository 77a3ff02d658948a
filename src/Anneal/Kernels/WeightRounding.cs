using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
            if (task == Task.Kahan)
                Kahan(from, to);
            else if (single && format == NumberFormat.BFloat16)
                Upper(from, to);
            else
                for (int i = from; i < to; i++)
                    Put(weights, i, rounding == Rounding.Nearest ? format.Nearest(Get(weights, i)) : format.Stochastic(Get(weights, i), bits.One(i)));
        }

        double Get(void* array, int i) => single ? ((float*)array)[i] : ((double*)array)[i];

        void Put(void* array, int i, double value)
        {
            if (single)
                ((float*)array)[i] = (float)value;
            else
                ((double*)array)[i] = value;
        }

        void Kahan(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                double start = Get(before, i), y = Get(weights, i) - start + Get(lost, i), next = format.Nearest(start + y);
                Put(weights, i, next);
                Put(lost, i, double.IsFinite(next) ? format.Nearest(y - (next - start)) : 0);
            }
        }

        /// <summary>The upper halves of floats, eight at a time.</summary>
        [SkipLocalsInit]
        void Upper(int from, int to)
        {
            ushort* drawn = stackalloc ushort[StateRounding.Room];
            // Each part begins at a multiple of 64, and so at a whole group of bits.
            for (int i = from; i < to; i += StateRounding.Most)
            {
                int end = Math.Min(to, i + StateRounding.Most);
                if (rounding == Rounding.Stochastic)
                    bits.Fill(i, end - i, drawn);
                Upper((float*)weights + i, rounding == Rounding.Stochastic ? drawn : null, end - i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static void Upper(float* w, ushort* drawn, int count)
        {
            int i = 0;
            for (; i <= count - 8; i += 8)
            {
                var x = Vector256.Load((uint*)w + i);
                Vector256<uint> added;
                if (drawn == null)
                    added = Vector256.Create(0x7FFFu) + ((x >> 16) & Vector256<uint>.One);
                else
                {
                    var (low, high) = Vector128.Widen(Vector128.Load(drawn + i));
                    added = Vector256.Create(low, high);
                }
                var cut = Vector256.ConditionalSelect(Vector256.Equals(x.AsSingle(), x.AsSingle()).AsUInt32(), x + added, x | Vector256.Create(0x00400000u));
                (cut & Vector256.Create(0xFFFF0000u)).Store((uint*)w + i);
            }
            for (; i < count; i++)
                w[i] = drawn == null ? NumberFormats.Nearest(w[i]) : NumberFormats.Stochastic(w[i], drawn[i]);
        }
    }
}
