namespace Anneal.Runs;

/// <summary>The rates of a run, looked at once for all checks: every update of a short run, some ten thousand of a long one.</summary>
sealed class RunCurve
{
    /// <summary>Runs of up to so many updates are looked at update by update.</summary>
    const double EachUpdate = 50_000;

    readonly RunConfiguration run;

    public RunCurve(RunConfiguration run)
    {
        this.run = run;
        Updates = run.Plan.Updates;
        At = Samples();
        Rates = [.. At.Select(run.RateAt)];
        Peak = Rates.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        PeakIndex = Math.Max(0, Array.IndexOf(Rates, Peak));
    }

    public double Updates { get; }

    /// <summary>Updates that were looked at, in order.</summary>
    public double[] At { get; }

    public double[] Rates { get; }

    public double Peak { get; }

    public int PeakIndex { get; }

    public double First => Rates[0];

    public double Last => Rates[^1];

    /// <summary>Whether every update was looked at.</summary>
    public bool Whole => Updates <= EachUpdate;

    /// <summary>The lowest rate after the peak, and the first place of it.</summary>
    public (double Rate, double At) LowestAfterPeak
    {
        get
        {
            int best = PeakIndex;
            for (int i = PeakIndex; i < Rates.Length; i++)
                if (Rates[i] < Rates[best])
                    best = i;
            return (Rates[best], At[best]);
        }
    }

    /// <summary>The first update from which on the rate is what it is at the end.</summary>
    public double FlatFrom
    {
        get
        {
            int i = Rates.Length - 1;
            while (i > 0 && Math.Abs(Rates[i - 1] - Last) <= 1e-9 * Math.Abs(Last))
                i--;
            return At[i];
        }
    }

    /// <summary>The rate right after the run, when a change that was due has come.</summary>
    public double After => Math.Min(Last, run.Rates(Updates + run.ChangesEvery) is var rate && rate >= 0 ? rate : Last);

    /// <summary>The lowest rate that the schedule would still come down to if the run went on.</summary>
    public double LowestBeyond
    {
        get
        {
            double lowest = Last;
            if (run.ScheduleEnd is { } end)
                return Math.Min(lowest, run.Rates(Math.Max(end, Updates)));
            for (double t = Updates; t < 20 * Updates; t += Math.Max(1, Math.Floor(Updates / 50)))
                if (run.Rates(t) is var rate && rate < lowest)
                    lowest = rate;
            return lowest;
        }
    }

    double[] Samples()
    {
        if (Updates <= EachUpdate)
            return [.. Enumerable.Range(0, (int)Updates).Select(i => (double)i)];
        var at = new SortedSet<double>();
        double warmup = Math.Floor(run.Plan.Warmup);
        for (int i = 0; i <= 10_000; i++)
            at.Add(Math.Floor((Updates - 1) * (i / 10_000.0)));
        for (int i = 0; i <= 200; i++)
            at.Add(Math.Floor(warmup * (i / 200.0)));
        foreach (double edge in (double[])[0, warmup, Updates])
            for (double t = edge - 3; t <= edge + 3; t++)
                if (t >= 0 && t < Updates)
                    at.Add(t);
        return [.. at];
    }
}
