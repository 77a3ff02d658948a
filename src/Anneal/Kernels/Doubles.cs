namespace Anneal.Kernels;

/// <summary>Copies between the numbers of a rule and 64 bits, on as many threads as pay; nothing is allocated.</summary>
static class Doubles
{
    /// <summary>target ← source</summary>
    public static void Read<L>(View<L> source, View<Wide<double>> target, int threads) where L : struct, ILane<L> => Job<L>.Run(source, target, threads, reads: true);

    /// <summary>target ← source, rounded to its precision</summary>
    public static void Write<L>(View<Wide<double>> source, View<L> target, int threads) where L : struct, ILane<L> => Job<L>.Run(target, source, threads, reads: false);

    /// <summary>The numbers of a view.</summary>
    public static unsafe Span<double> Of(View<Wide<double>> view) => new(view.Data, view.Length);

    sealed class Job<L> : IJob where L : struct, ILane<L>
    {
        /// <summary>Numbers read and written for each place, counted in those of 32 bits.</summary>
        const int Trips = 3;

        [ThreadStatic] static Job<L>? mine;
        View<L> numbers;
        View<Wide<double>> doubles;
        bool reads;

        public static void Run(View<L> numbers, View<Wide<double>> doubles, int threads, bool reads)
        {
            if (numbers.Length != doubles.Length)
                throw new ArgumentException($"Views of {numbers.Length} and {doubles.Length} numbers do not fit together.");
            var job = mine ??= new();
            (job.numbers, job.doubles, job.reads) = (numbers, doubles, reads);
            Workers.Run(job, (int)Math.Clamp((long)numbers.Length * Trips / (Loop.WorthAThread / 2), 1, threads));
        }

        public void Do(int part, int parts)
        {
            // Whole cache lines for each part: two threads never write to the same one.
            int step = (numbers.Length / parts + 64) & ~63, from = Math.Min(numbers.Length, part * step), count = Math.Min(step, numbers.Length - from);
            View<L> those = numbers.Slice(from, count);
            Span<double> these = Of(doubles.Slice(from, count));
            if (reads)
                those.CopyTo(these);
            else
                those.CopyFrom(these);
        }
    }
}
