namespace Anneal.Frameworks;

/// <summary>optax' <c>contrib.reduce_on_plateau</c>: a scale, starting at 1.</summary>
sealed class OptaxPlateau(double factor, double patience, double relative, double absolute, double cooldown, double together, double floor) : Feedback
{
    public static OptaxPlateau Read(Parameters p)
    {
        double factor = p.Number("factor", 0.1), relative = p.Amount("rtol", 1e-4), absolute = p.Amount("atol", 0);
        if (factor is <= 0 or >= 1)
            throw p.Refuse("factor", $"must lie above 0 and below 1, not {ForeignNumber.Text(factor)}");
        if (relative > 1)
            throw p.Refuse("rtol", $"must be at most 1, not {ForeignNumber.Text(relative)}");
        if (relative == 0 && absolute == 0)
            throw p.Refuse("atol", "must be above 0 if rtol is 0");
        var plateau = new OptaxPlateau(factor, p.Number("patience", 10), relative, absolute, p.Number("cooldown", 0),
            p.Whole("accumulation_size", 1, standard: 1), p.Number("min_scale", 0));
        p.Done();
        return plateau;
    }

    public override double Base => 1;

    public override ReduceOnPlateau? Machine => patience < 1 || relative >= 1 || cooldown < 0 || floor is < 0 or > 1 || together > 1 ? null
        : new(factor, (int)patience - 1, PlateauMode.Min, relative, absolute, (int)cooldown, floor, Counting: PlateauCounting.PyTorch);

    public override string? Remark => patience == 0 ? "with patience 0 the scale is cut by every improvement, and by nothing else" : null;

    protected override Func<double, double> Start()
    {
        double scale = 1, best = double.PositiveInfinity, bad = 0, cooling = 0, mean = 0, count = 0;
        return metric =>
        {
            mean = (count * mean + metric) / (count + 1);
            if (++count != together)
                return scale;
            bool better = mean < (1 - relative) * best - absolute;
            best = better ? mean : best;
            bad = better ? 0 : bad + 1;
            if (cooling > 0)
            {
                cooling--;
                bad = 0;
            }
            else
            {
                bool cut = bad == patience;
                scale = Math.Max(cut ? scale * factor : scale, floor);
                cooling = cut ? cooldown : 0;
                bad = cut ? 0 : bad;
            }
            (mean, count) = (0, 0);
            return scale;
        };
    }
}
