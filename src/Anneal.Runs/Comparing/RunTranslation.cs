namespace Anneal.Runs;

/// <summary>A run's rates as a schedule of this library, made of its own records: with notation, JSON and exports.</summary>
/// <remarks>A configuration of this library's has its own. Otherwise the curve is fitted as a log would be, and only a schedule that gives the same rate at every update of the run counts: what is returned is checked, not guessed.</remarks>
public static class RunTranslation
{
    /// <summary>Updates that are looked at.</summary>
    const int Most = 20_000;

    /// <summary>How far two rates may lie apart, as a part of the peak.</summary>
    const double Same = 1e-9;

    /// <summary>The schedule; null where none of the library's is the same at every update.</summary>
    public static Schedule? Of(RunConfiguration run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Known is { } known)
            return known;
        if (!(run.Plan.Updates >= 3))
            return null;
        double[] steps = new RunCurve(run).At;
        steps = steps.Length <= Most ? steps : [.. steps.Where((_, i) => i % (steps.Length / Most + 1) == 0)];
        double[] rates = [.. steps.Select(run.RateAt)];
        if (rates.Any(rate => !double.IsFinite(rate) || rate < 0))
            return null;
        double peak = rates.Max();
        var fitted = RunFit.Fit(new(steps, rates, "rate", "update", new(17, -1), []), most: 10, run.Plan.Warmup);
        return fitted.Select(f => f.Schedule).FirstOrDefault(schedule => steps.Zip(rates).All(pair => Math.Abs(schedule.At(pair.First) - pair.Second) <= Same * peak));
    }
}
