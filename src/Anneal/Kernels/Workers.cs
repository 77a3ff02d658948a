namespace Anneal.Kernels;

/// <summary>Work that comes in parts, which may run at the same time.</summary>
interface IJob
{
    void Do(int part, int parts);
}

/// <summary>Threads that wait for parts of a job, kept between steps so that a step allocates nothing.</summary>
static class Workers
{
    static readonly Lock gate = new();
    static readonly List<Worker> team = [];

    /// <summary>
    /// Runs all parts; the caller does the first, and after it those that no thread has begun. Where the team is taken, by another caller or by the job whose part this is,
    /// the caller does them all. Throws what a part throws on the caller's thread, when the parts begun have ended; the others are then left out.
    /// </summary>
    public static void Run(IJob job, int parts)
    {
        if (parts > 1 && !gate.IsHeldByCurrentThread && gate.TryEnter())
        {
            int given = 1;
            try
            {
                while (team.Count < parts - 1)
                    team.Add(new());
                for (; given < parts; given++)
                    team[given - 1].Give(job, given, parts);
                job.Do(0, parts);
                while (given > 1)
                    team[--given - 1].Finish();
            }
            finally
            {
                while (given > 1)
                    team[--given - 1].TakeBack();
                gate.Exit();
            }
        }
        else
        {
            for (int part = 0; part < parts; part++)
                job.Do(part, parts);
        }
    }

    sealed class Worker
    {
        readonly ManualResetEventSlim given = new(), done = new();
        IJob? job;
        int part, parts;

        public Worker() => new Thread(Work) { IsBackground = true, Name = "Anneal worker" }.Start();

        public void Give(IJob job, int part, int parts)
        {
            (this.part, this.parts) = (part, parts);
            Volatile.Write(ref this.job, job);
            given.Set();
        }

        /// <summary>Waits until the part is done, or does it where the thread has not yet woken.</summary>
        public void Finish()
        {
            if (!Do())
                Wait();
        }

        /// <summary>The part is left out, or waited for where the thread has begun it.</summary>
        public void TakeBack()
        {
            if (Interlocked.Exchange(ref job, null) is null)
                Wait();
        }

        void Wait()
        {
            done.Wait();
            done.Reset();
        }

        void Work()
        {
            while (true)
            {
                given.Wait();
                given.Reset();
                if (Do())
                    done.Set();
            }
        }

        /// <summary>The part is done by who takes it first.</summary>
        bool Do()
        {
            var taken = Interlocked.Exchange(ref job, null);
            taken?.Do(part, parts);
            return taken is not null;
        }
    }
}
