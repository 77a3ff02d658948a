namespace Anneal.Runs;

/// <summary>torch's OneCycleLR: phases end at pct·N − 1 and N − 1; index N is extrapolated, the next one raises.</summary>
static class OneCycleCurve
{
    public static Func<double, double> Of(double peak, double total, double start, string strategy, double divisor, double finalDivisor, bool threePhases)
    {
        double first = peak / divisor, last = first / finalDivisor;
        (double End, double From, double To)[] phases = threePhases
            ? [(start * total - 1, first, peak), (2 * start * total - 2, peak, first), (total - 1, first, last)]
            : [(start * total - 1, first, peak), (total - 1, peak, last)];
        return t =>
        {
            if (t > total)
                return double.NaN;
            double begin = 0;
            for (int i = 0; ; begin = phases[i].End, i++)
                if (t <= phases[i].End || i == phases.Length - 1)
                {
                    var (end, from, to) = phases[i];
                    double part = (t - begin) / (end - begin);
                    return strategy == "linear" ? (to - from) * part + from : to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1);
                }
        };
    }
}
