namespace Anneal.Runs;

/// <summary>A log put in order: every step once, what a resumed run did again only as it was done last.</summary>
sealed class Series
{
    public required double[] Steps { get; init; }

    public required double[] Rates { get; init; }

    /// <summary>How far each rate may be off because of how it was written.</summary>
    public required double[] Tolerance { get; init; }

    /// <summary>Steps at which the log went back, and to where.</summary>
    public required IReadOnlyList<(double From, double To)> Resumed { get; init; }

    /// <summary>Entries that only repeated the step before.</summary>
    public required int Repeated { get; init; }

    public int Count => Steps.Length;

    public double Peak { get; private init; }

    public static Series Of(RunLog log, double tolerance = 0)
    {
        var steps = new List<double>(log.Count);
        var rates = new List<double>(log.Count);
        var resumed = new List<(double, double)>();
        int repeated = 0;
        for (int i = 0; i < log.Count; i++)
        {
            double step = log.Steps[i];
            if (steps.Count > 0 && step == steps[^1])
            {
                rates[^1] = log.Rates[i];
                repeated++;
                continue;
            }
            if (steps.Count > 0 && step < steps[^1])
            {
                resumed.Add((steps[^1], step));
                while (steps.Count > 0 && steps[^1] >= step)
                {
                    steps.RemoveAt(steps.Count - 1);
                    rates.RemoveAt(rates.Count - 1);
                }
            }
            steps.Add(step);
            rates.Add(log.Rates[i]);
        }
        double[] values = [.. rates];
        return new()
        {
            Steps = [.. steps],
            Rates = values,
            Tolerance = [.. values.Select(rate => Math.Max(log.Resolution(rate), tolerance * Math.Abs(rate)))],
            Resumed = resumed,
            Repeated = repeated,
            Peak = values.DefaultIfEmpty(0).Max(),
        };
    }

    /// <summary>Some of the entries, evenly chosen, the first and the last among them.</summary>
    public int[] Chosen(int most, int from = 0)
    {
        int count = Count - from;
        return count <= most ? [.. Enumerable.Range(from, Math.Max(0, count))] : [.. Enumerable.Range(0, most).Select(i => from + (int)((long)i * (count - 1) / (most - 1)))];
    }

    /// <summary>Which part of the chosen entries a curve meets.</summary>
    public double Met(IReadOnlyList<int> chosen, Func<double, double> curve, Func<double, double>? slack = null)
    {
        int met = 0;
        foreach (int i in chosen)
            if (Math.Abs(curve(Steps[i]) - Rates[i]) <= Tolerance[i] + 1e-9 * Peak + (slack?.Invoke(Steps[i]) ?? 0))
                met++;
        return chosen.Count == 0 ? 0 : (double)met / chosen.Count;
    }
}
