namespace Anneal.Frameworks;

/// <summary>Keras' ReduceLROnPlateau callback.</summary>
sealed class KerasPlateau(double rate, bool lower, double factor, double patience, double delta, double cooldown, double floor) : Feedback
{
    public static KerasPlateau Read(Parameters p)
    {
        double rate = p.Amount("lr");
        bool lower = Lower(p);
        p.Ignore("verbose");
        var plateau = new KerasPlateau(rate, lower, TorchPlateau.Factor(p, "factor"), p.Number("patience", 10), Math.Abs(p.Number("min_delta", 1e-4)),
            p.Number("cooldown", 0), p.Number("min_lr", 0));
        p.Done();
        return plateau;
    }

    /// <summary>Mode "auto" knows the direction of a loss by its name; of other metrics only a compiled model knows it.</summary>
    static bool Lower(Parameters p)
    {
        string mode = p.Word("mode", "auto", "auto", "min", "max");
        string metric = p.Given("monitor", out var monitor) && monitor.ValueKind == System.Text.Json.JsonValueKind.String ? monitor.GetString()! : "val_loss";
        return mode switch
        {
            "min" => true,
            "max" => false,
            _ => metric is "loss" or "val_loss" ? true : throw p.Refuse("mode", $"must be min or max: what is better for {metric} only a compiled model knows"),
        };
    }

    public override double Base => rate;

    public override ReduceOnPlateau? Machine => rate <= 0 || factor <= 0 || floor < 0 || floor > rate || patience < 0 || cooldown < 0 ? null
        : new(factor, (int)patience, lower ? PlateauMode.Min : PlateauMode.Max, RelativeThreshold: 0, AbsoluteThreshold: delta, (int)cooldown, floor / rate, Counting: PlateauCounting.Keras);

    protected override Func<double, double> Start()
    {
        double now = rate, waited = 0, cooling = 0;
        double? best = null;
        return metric =>
        {
            if (cooling > 0)
            {
                cooling--;
                waited = 0;
            }
            if (IsBetter(metric, best))
            {
                best = metric;
                waited = 0;
            }
            else if (cooling == 0 && ++waited >= patience && (float)now > (float)floor)
            {
                now = Math.Max(now * factor, floor);
                cooling = cooldown;
                waited = 0;
            }
            return now;
        };
    }

    /// <summary>The first report is taken whatever it is, even if it is not a number; nothing is better than that one later.</summary>
    bool IsBetter(double metric, double? best) => best is null || (lower ? metric + delta < best : metric - delta > best);
}
