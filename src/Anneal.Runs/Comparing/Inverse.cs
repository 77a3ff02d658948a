namespace Anneal.Runs;

/// <summary>At which updates a planned curve has a given rate.</summary>
sealed class Inverse
{
    const int Cells = 4096;

    readonly Func<double, double> curve;
    readonly double[] at, rates;

    public Inverse(Func<double, double> curve, double updates)
    {
        this.curve = curve;
        int cells = (int)Math.Min(Cells, Math.Max(2, updates));
        at = [.. Enumerable.Range(0, cells + 1).Select(i => updates * i / cells)];
        rates = [.. at.Select(curve)];
    }

    /// <summary>All places where the curve passes the rate; not where it stays at it.</summary>
    public IEnumerable<double> Of(double rate)
    {
        for (int i = 0; i + 1 < at.Length; i++)
        {
            double below = rates[i] - rate, above = rates[i + 1] - rate;
            if (below == 0 && above == 0 || below * above > 0 || !double.IsFinite(below * above))
                continue;
            double low = at[i], high = at[i + 1];
            for (int k = 0; k < 60 && high - low > 1e-6; k++)
            {
                double middle = (low + high) / 2, value = curve(middle) - rate;
                if (value * below > 0 || below == 0 && value != 0 && value * above < 0)
                    low = middle;
                else
                    high = middle;
            }
            yield return (low + high) / 2;
        }
    }
}
