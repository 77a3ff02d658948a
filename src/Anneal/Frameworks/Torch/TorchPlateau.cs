namespace Anneal.Frameworks;

/// <summary>PyTorch's ReduceLROnPlateau.</summary>
sealed class TorchPlateau(double rate, bool lower, double factor, double patience, double threshold, bool relative, double cooldown, double floor, double eps) : Feedback
{
    public static TorchPlateau Read(Parameters p)
    {
        double rate = p.Amount("lr");
        bool lower = p.Word("mode", "min", "min", "max") == "min", relative = p.Word("threshold_mode", "rel", "rel", "abs") == "rel";
        var plateau = new TorchPlateau(rate, lower, Factor(p, "factor"), p.Number("patience", 10), p.Number("threshold", 1e-4), relative,
            p.Number("cooldown", 0), Floor(p, "min_lr"), p.Number("eps", 1e-8));
        p.Ignore("verbose");
        p.Done();
        return plateau;
    }

    /// <summary>A factor that the reference accepts.</summary>
    public static double Factor(Parameters p, string name) => p.Number(name, 0.1) is < 1 and var factor ? factor
        : throw p.Refuse(name, $"must be below 1, not {ForeignNumber.Text(p.Number(name))}");

    /// <summary>A number, or a list of one: there is one parameter group here.</summary>
    static double Floor(Parameters p, string name) =>
        p.Given(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.Array
            ? p.Numbers(name) is [var only] ? only : throw p.Refuse(name, "must be one number: there is one parameter group here")
            : p.Number(name, 0);

    public override double Base => rate;

    public override ReduceOnPlateau? Machine =>
        rate <= 0 || factor <= 0 || floor < 0 || floor > rate || threshold < 0 || (relative && threshold >= 1) || patience < 0 || cooldown < 0 ? null
        : new(factor, (int)patience, lower ? PlateauMode.Min : PlateauMode.Max, relative ? threshold : 0, relative ? 0 : threshold,
            (int)cooldown, floor / rate, Math.Max(0, eps) / rate, PlateauCounting.PyTorch);

    public override string? Remark => eps > 0 && floor == 0 ? $"never below about {ForeignNumber.Text(eps * factor / (1 - factor))}: a cut of eps or less is left out" : null;

    protected override Func<double, double> Start() => Begin();

    internal Func<double, double> Begin()
    {
        double now = rate, best = lower ? double.PositiveInfinity : double.NegativeInfinity, bad = 0, cooling = 0;
        return metric =>
        {
            bad = IsBetter(metric, best) ? 0 : bad + 1;
            if (bad == 0)
                best = metric;
            if (cooling > 0)
            {
                cooling--;
                bad = 0;
            }
            if (bad > patience)
            {
                double cut = Math.Max(now * factor, floor);
                now = now - cut > eps ? cut : now;
                cooling = cooldown;
                bad = 0;
            }
            return now;
        };
    }

    bool IsBetter(double metric, double best) => (lower, relative) switch
    {
        (true, true) => metric < best * (1 - threshold),
        (true, false) => metric < best - threshold,
        (false, true) => metric > best * (threshold + 1),
        (false, false) => metric > best + threshold,
    };
}
