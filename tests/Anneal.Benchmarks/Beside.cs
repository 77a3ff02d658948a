namespace Anneal.Benchmarks;

/// <summary>A second thread that does something at the same time as the caller.</summary>
sealed class Beside : IDisposable
{
    readonly Barrier barrier = new(2);
    Action? work;

    public Beside() => new Thread(Work) { IsBackground = true }.Start();

    public void Run(Action here, Action there)
    {
        work = there;
        barrier.SignalAndWait();
        here();
        barrier.SignalAndWait();
    }

    public void Dispose()
    {
        work = null;
        barrier.SignalAndWait();
    }

    void Work()
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (work is null)
                return;
            work();
            barrier.SignalAndWait();
        }
    }
}
