namespace Anneal.Frameworks;

/// <summary>Reads PyTorch's OneCycleLR, whose phases end between two steps and may be left out or run over.</summary>
/// <remarks>
/// The first phase ends at step pct·N − 1, the second of three at 2·pct·N − 2, the last at N − 1. Index N is accepted and
/// extrapolates the last phase; beyond it the reference raises.
/// </remarks>
static class TorchOneCycle
{
    public static TorchRecipe Read(Parameters p, out Schedule? momentum)
    {
        double peak = p.Amount("max_lr"), share = p.Number("pct_start", 0.3);
        double total = Total(p);
        if (share is < 0 or > 1)
            throw p.Refuse("pct_start", $"must lie between 0 and 1, not {ForeignNumber.Text(share)}");
        var shape = p.Word("anneal_strategy", "cos", "cos", "linear") == "cos" ? Easing.Cosine : Easing.Linear;
        bool moves = p.Flag("cycle_momentum", true), three = p.Flag("three_phase", false);
        double calm = p.Amount("base_momentum", 0.85), brisk = p.Amount("max_momentum", 0.95);
        double start = peak / p.Positive("div_factor", 25), final = start / p.Positive("final_div_factor", 1e4);

        double[] ends = three ? [share * total - 1, 2 * share * total - 2, total - 1] : [share * total - 1, total - 1];
        if (ends[0] == 0)
            throw p.Refuse("pct_start", "makes the first phase 0 steps long, and the reference divides by them");
        var rates = Rates((start, peak, final));
        momentum = moves ? Cycle(ends, three ? [brisk, calm, brisk, brisk] : [brisk, calm, brisk], shape) : null;
        return new(_ => rates, _ => rates, (group, _) =>
        {
            group.Initial = start;
            group.OneCycle = (start, peak, final);
            return new TorchShared(group, Rates);
        })
        {
            Multiplies = false,
            OwnRate = true,
        };

        Schedule Rates((double Start, double Peak, double Final) limits) =>
            Cycle(ends, three ? [limits.Start, limits.Peak, limits.Start, limits.Final] : [limits.Start, limits.Peak, limits.Final], shape);
    }

    static double Total(Parameters p)
    {
        double? epochs = p.NumberOrNone("epochs"), perEpoch = p.NumberOrNone("steps_per_epoch");
        if (p.NumberOrNone("total_steps") is not null)
            return p.Whole("total_steps", 1);
        return epochs is not null && perEpoch is not null ? p.Whole("epochs", 1) * p.Whole("steps_per_epoch", 1)
            : throw p.Refuse("total_steps", "is missing; give it, or epochs and steps_per_epoch");
    }

    /// <param name="ends">The step on which each phase ends; the last one is one step short of the index that is still accepted.</param>
    /// <param name="values">The value at the start of each phase, and at the end of the last.</param>
    /// <param name="shape">The way within each phase.</param>
    static Schedule Cycle(double[] ends, double[] values, Easing shape)
    {
        double last = ends[^1] + 1;
        bool regular = ends[0] > 0 && ends.Zip(ends.Skip(1)).All(pair => pair.First < pair.Second);
        return regular
            ? new OneCycle(values[1], ends[^1], ends[0], values[0], values[^1], ends.Length == 3 ? ends[1] - ends[0] : 0, shape).Continue().For(last).Strict()
            : Irregular(ends, values, shape, last).Strict();
    }

    /// <summary>Phases that start before step 0 or never come, as the reference walks through them.</summary>
    static Segment Irregular(double[] ends, double[] values, Easing shape, double last)
    {
        Segment? cycle = null;
        double from = 0, start = 0;
        for (int i = 0; i < ends.Length && from < last; i++)
        {
            bool final = i == ends.Length - 1;
            double steps = ends[i] - start, until = final ? last : Math.Min(ends[i], last);
            if (until > from && steps != 0)
            {
                // A last phase that would end before it starts is walked backwards, away from its end; a cosine looks the same both ways.
                double to = steps > 0 || shape == Easing.Cosine ? values[i + 1] : 2 * values[i] - values[i + 1];
                Schedule way = new Interpolated([0, Math.Abs(steps)], [values[i], to], shape).Continue();
                var part = (from > start ? way.Shift(start - from) : way).For(until - from);
                cycle = cycle?.Then(part) ?? part;
                from = until;
            }
            start = ends[i];
        }
        return cycle!;
    }
}
