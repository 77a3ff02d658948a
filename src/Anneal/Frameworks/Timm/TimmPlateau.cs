namespace Anneal.Frameworks;

/// <summary>timm's PlateauLRScheduler: PyTorch's, after a warm-up during which nothing is reported, with noise on top.</summary>
sealed class TimmPlateau(TorchPlateau inner, double rate, double warmup, double first, TimmNoise? noise) : Feedback
{
    public static TimmPlateau Read(Parameters p, double rate, double warmup, double first, TimmNoise? noise)
    {
        bool lower = p.Word("mode", "max", "min", "max") == "min";
        // The cuts begin at the rate that the warm-up has really reached.
        double reached = warmup > 0 ? first + Math.Floor(warmup) * ((rate - first) / warmup) : rate;
        var inner = new TorchPlateau(reached, lower, TorchPlateau.Factor(p, "decay_rate"), p.Number("patience_t", 10), p.Number("threshold", 1e-4), relative: true,
            p.Number("cooldown_t", 0), p.Number("lr_min", 0), eps: 1e-8);
        p.Done();
        return new(inner, rate, warmup, first, noise);
    }

    public override double Base => rate;

    public override ReduceOnPlateau? Machine => noise is null ? inner.Machine : null;

    public override string? Remark => warmup > 0 ? $"during the first {ForeignNumber.Text(warmup)} epochs the rate climbs from {ForeignNumber.Text(first)} and no metric is reported" : inner.Remark;

    protected override int FirstIndex => 1;

    protected override Func<double, double> Start()
    {
        var report = inner.Begin();
        int epoch = 0;
        return metric =>
        {
            if (++epoch <= warmup)
                return first + epoch * ((rate - first) / warmup);
            double now = report(metric);
            return noise?.On(now, epoch) ?? now;
        };
    }
}
