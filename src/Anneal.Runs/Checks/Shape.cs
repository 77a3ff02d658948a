namespace Anneal.Runs;

/// <summary>What kind of curve a scheduler's name stands for, in so far as the checks must know.</summary>
static class Shape
{
    /// <summary>It comes back up by design.</summary>
    public static bool Restarts(RunConfiguration run) => run.Restarts || Has(run.Scheduler, "restart") || Has(run.Scheduler, "cycl") || Has(run.Scheduler, "triangular");

    /// <summary>It climbs above the named rate, or for ever, by design.</summary>
    public static bool Climbs(string name) => Has(name, "OneCycle") || Has(name, "one_cycle") || Has(name, "RangeTest") || Has(name, "triangular");

    /// <summary>It falls for ever and has no length to compare with the run's.</summary>
    public static bool HasNoEnd(string name) => Has(name, "sqrt") || Has(name, "square") || Has(name, "Noam") || Has(name, "expon") || Has(name, "InverseTime") || Has(name, "power") || Has(name, "max_scheduler") || Steps(name);

    /// <summary>It changes in steps.</summary>
    public static bool Steps(string name) => Has(name, "step") || Has(name, "piecewise") || name is "fixed" or "constant" or "constant_with_warmup" or "none";

    /// <summary>It stays at its floor, or at its peak, because a key says so.</summary>
    public static bool HoldsOnPurpose(RunConfiguration run) => Has(run.Scheduler, "OneCycle") || run.Scheduler is "tri_stage" or "inv_sqrt_with_warmup" || run.Holds;

    /// <summary>Keys that hold a part of the rate.</summary>
    public static bool IsFraction(string key) => key[(key.LastIndexOf('.') + 1)..] is "min_lr_rate" or "min_lr_ratio" or "alpha_f" or "cosine_min_lr_ratio" or "lrf" or "min_lr_factor" or "lr_min"
        or "learning_rate_final_fraction" or "cosine_learning_rate_final_fraction" or "lr_scheduler_min_lr_ratio" or "alpha";

    static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
