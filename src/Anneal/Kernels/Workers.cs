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

    /// <summary>Runs all parts; the caller does the first, and after it those that no thread has begun. Where the team is taken by another caller, this one does them all.</summary>
    public static void Run(IJob job, int parts)
    {
        if (parts > 1 && gate.TryEnter())
        {
            try
            {
                while (team.Count < parts - 1)
                    team.Add(new());
                for (int part = 1; part < parts; part++)
                    team[part - 1].Give(job, part, parts);
                job.Do(0, parts);
                for (int part = 1; part < parts; part++)
                    team[part - 1].Finish();
            }
            finally
            {
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
            if (Do())
                return;
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
