namespace Anneal.Frameworks;

/// <summary>Reads the optimizers that authors of papers published on their own, under the names of the golden records.</summary>
static class PaperOptimizers
{
    public static IReadOnlyList<(string Framework, IReadOnlyList<string> Optimizers)> All { get; } =
    [
        ("google-automl", ["Lion"]), ("cybertronai-pytorch-lamb", ["Lamb"]), ("konstmish-prodigy", ["Prodigy"]),
        ("facebookresearch-dadaptation", ["DAdaptAdam", "DAdaptSGD"]), ("sail-sg-adan", ["Adan"]), ("adabelief-pytorch", ["AdaBelief"]),
        ("liuhong99-sophia", ["SophiaG"]), ("luolc-adabound", ["AdaBound", "AdaBoundW"]), ("yangluo7-came", ["CAME"]), ("apple-ml-ademamix", ["AdEMAMix"]),
        ("kellerjordan-muon", ["Muon"]), ("nikhilvyas-soap", ["SOAP"]),
        ("facebookresearch-schedule_free", ["SGDScheduleFree", "AdamWScheduleFree", "RAdamScheduleFree"]), ("kozistr-pytorch_optimizer", ["Yogi", "StableAdamW", "AdamC"]),
    ];

    /// <summary>The optimizer, or null where the framework is not one of these.</summary>
    public static ReadRule? Read(string framework, string name, Parameters p)
    {
        var known = All.FirstOrDefault(f => f.Framework == framework).Optimizers;
        if (known is null)
            return null;
        if (!known.Contains(name))
            throw p.Unknown(framework, name, known);
        p.Ignore("foreach", "fused", "capturable", "differentiable", "fsdp_in_use", "log_every", "layer_scale");
        return name switch
        {
            "Lion" => Lion(p),
            "Lamb" => Lamb(p),
            "Prodigy" => Prodigy(p),
            "DAdaptAdam" => DAdaptAdam(p),
            "DAdaptSGD" => DAdaptSgd(p),
            "Adan" => Adan(p),
            "AdaBelief" => AdaBelief(p),
            "SophiaG" => SophiaG(p),
            "AdaBound" or "AdaBoundW" => AdaBound(p, name == "AdaBound" ? DecayForm.L2 : DecayForm.IndependentAfter),
            "CAME" => Came(p),
            "AdEMAMix" => AdEMAMix(p),
            "Muon" => Muon(p),
            "SOAP" => Soap(p),
            "SGDScheduleFree" => new(
                new ScheduleFreeSgd(p.Number("momentum", 0.9), p.Number("r", 0), p.Number("weight_lr_power", 2), p.Number("weight_decay", 0), p.Count("warmup_steps", 0, 0)),
                p.Number("lr", 1)),
            "AdamWScheduleFree" => FreeAdamW(p),
            "RAdamScheduleFree" => FreeRAdam(p),
            "StableAdamW" => StableAdamW(p),
            "AdamC" => AdamC(p),
            _ => Yogi(p),
        };
    }

    static ReadRule Lion(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        return new(new Lion(β[0], β[1], p.Number("weight_decay", 0)), p.Number("lr", 1e-4));
    }

    static ReadRule Lamb(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        double ε = p.Number("eps", 1e-6), decay = p.Number("weight_decay", 0);
        Rule rule = p.Flag("adam", false)
            ? new Adam(β[0], β[1], ε, BiasCorrection: BiasCorrection.Neither).Decayed(decay, DecayForm.Decoupled)
            : new Lamb(β[0], β[1], ε, decay, BiasCorrection: false, MaxWeightNorm: 10);
        return new(rule, p.Number("lr", 1e-3));
    }

    static ReadRule Prodigy(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        // What the group also holds is its state before the first step.
        p.Ignore("d", "d_max", "d_numerator", "k");
        return new(new Prodigy(
            β[0], β[1], p.OrNone("beta3", null), p.Number("eps", 1e-8), p.Number("weight_decay", 0), p.Flag("decouple", true), p.Flag("use_bias_correction", false),
            p.Flag("safeguard_warmup", false), p.Number("d0", 1e-6), p.Number("d_coef", 1), p.MaybeInfinite("growth_rate", double.PositiveInfinity),
            p.Count("slice_p", 1, 1)), p.Number("lr", 1));
    }

    /// <summary>The first estimate: an argument <c>d0</c>, kept in the group as <c>d</c>.</summary>
    static double First(Parameters p)
    {
        p.Ignore("k", "numerator_weighted", "d", "d0");
        return p.OrNone("d0", null) ?? p.Number("d", 1e-6);
    }

    static ReadRule DAdaptAdam(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new DAdaptAdam(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("weight_decay", 0), p.Flag("decouple", false), p.Flag("use_bias_correction", false), First(p),
            p.MaybeInfinite("growth_rate", double.PositiveInfinity)), p.Number("lr", 1));
    }

    static ReadRule DAdaptSgd(Parameters p) => new(
        new DAdaptSgd(p.Number("momentum", 0), p.Number("weight_decay", 0), First(p), p.MaybeInfinite("growth_rate", double.PositiveInfinity)), p.Number("lr", 1));

    static ReadRule Adan(Parameters p)
    {
        double[] β = p.Several("betas", 0.98, 0.92, 0.99);
        double ε = p.Number("eps", 1e-8), most = p.Number("max_grad_norm", 0);
        Rule rule = new Adan(β[0], β[1], β[2], ε, p.Number("weight_decay", 0), Proximal: !p.Flag("no_prox", false));
        return new(most > 0 ? new ClipByGlobalNorm(rule, most, ε) : rule, p.Number("lr", 1e-3));
    }

    static ReadRule AdaBelief(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        double ε = p.Number("eps", 1e-8);
        bool beside = p.Flag("weight_decouple", false), whole = p.Flag("fixed_decay", false);
        Rule rule = new AdaBelief(β[0], β[1], ε, ε, p.Flag("amsgrad", false), p.Flag("rectify", false));
        return new(rule.Decayed(p.Number("weight_decay", 0), !beside ? DecayForm.L2 : whole ? DecayForm.Independent : DecayForm.Decoupled), p.Number("lr", 1e-3));
    }

    static ReadRule SophiaG(Parameters p)
    {
        double[] β = p.Several("betas", 0.965, 0.99);
        Rule rule = new SophiaG(β[0], β[1], p.Number("rho", 0.04), p.Number("weight_decay", 0.1), p.Number("bs", 5120), p.Count("hessian_interval", 1, 10));
        return new(p.Flag("maximize", false) ? new Maximize(rule) : rule, p.Number("lr", 1e-4));
    }

    static ReadRule AdaBound(Parameters p, DecayForm form)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        double rate = p.Number("lr", 1e-3);
        var rule = new AdaBound(β[0], β[1], p.Number("final_lr", 0.1), p.Number("gamma", 1e-3), p.Number("eps", 1e-8), p.Flag("amsbound", false), rate);
        return new(rule.Decayed(p.Number("weight_decay", 0), form), rate);
    }

    static ReadRule Came(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999, 0.9999), ε = p.Several("eps", 1e-30, 1e-16);
        return new(new Came(β[0], β[1], β[2], ε[0], ε[1], p.Number("clip_threshold", 1), p.Number("weight_decay", 0)), p.Number("lr"));
    }

    static ReadRule AdEMAMix(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999, 0.9999);
        return new(new AdEMAMix(
            β[0], β[1], β[2], p.Number("alpha", 2), p.OrNone("beta3_warmup", null) ?? 0, p.OrNone("alpha_warmup", null) ?? 0, p.Number("eps", 1e-8),
            Decay: p.Number("weight_decay", 0)), p.Number("lr", 1e-3));
    }

    static ReadRule Muon(Parameters p)
    {
        var muon = new Muon(p.Number("momentum", 0.95), p.Flag("nesterov", true), p.Count("ns_steps", 0, 5), p.Number("weight_decay", 0));
        return new(MatrixOptimizers.In(muon, MatrixOptimizers.FormatOf(p, IterationFormat.BFloat16)), p.Number("lr", 0.02));
    }

    static ReadRule Soap(Parameters p)
    {
        double[] β = p.Several("betas", 0.95, 0.95);
        double shampoo = p.Number("shampoo_beta", -1);
        p.Ignore("data_format", "eig_dtype");
        return new(new Soap(
            β[0], β[1], shampoo >= 0 ? shampoo : null, p.Number("eps", 1e-8), p.Number("weight_decay", 0.01), p.Count("precondition_frequency", 1, 10),
            p.Count("max_precond_dim", 0, 10000), p.Flag("merge_dims", false), p.Flag("precondition_1d", false), p.Flag("normalize_grads", false),
            p.Flag("correct_bias", true)), p.Number("lr", 3e-3));
    }

    static ReadRule FreeAdamW(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new ScheduleFreeAdamW(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("r", 0), p.Number("weight_lr_power", 2), p.Number("weight_decay", 0), p.Count("warmup_steps", 0, 0),
            p.Number("inner_momentum", 0)), p.Number("lr", 0.0025));
    }

    static ReadRule FreeRAdam(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new ScheduleFreeRAdam(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("r", 0), p.Number("weight_lr_power", 2), p.Number("weight_decay", 0), p.Flag("silent_sgd_phase", true)),
            p.Number("lr", 0.0025));
    }

    static ReadRule Yogi(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        bool beside = p.Flag("weight_decouple", true), whole = p.Flag("fixed_decay", false);
        Rule rule = new Yogi(β[0], β[1], p.Number("eps", 1e-3), p.Number("initial_accumulator", 1e-6), CorrectMean: !p.Flag("adam_debias", false));
        rule = rule.Decayed(p.Number("weight_decay", 0), !beside ? DecayForm.L2 : whole ? DecayForm.Independent : DecayForm.Decoupled);
        return new(p.Flag("maximize", false) ? new Maximize(rule) : rule, p.Number("lr", 0.01));
    }

    static ReadRule StableAdamW(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        double decay = p.Number("weight_decay", 0.01);
        // Compensated sums change nothing in 64 bits; here they are a wrapper of their own.
        p.Ignore("kahan_sum");
        bool beside = p.Flag("weight_decouple", true);
        Rule rule = new StableAdamW(β[0], β[1], p.Number("eps", 1e-8), beside ? decay : 0);
        rule = beside ? rule : rule.Decayed(decay, DecayForm.L2);
        return new(p.Flag("maximize", false) ? new Maximize(rule) : rule, p.Number("lr", 1e-3));
    }

    static ReadRule AdamC(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        double rate = p.Number("lr", 1e-3);
        bool beside = p.Flag("weight_decouple", true), whole = p.Flag("fixed_decay", false), corrected = p.Flag("normalized", false);
        Rule rule = new Adam(
            β[0], β[1], p.Number("eps", 1e-8), Amsgrad: p.Flag("ams_bound", false) ? Amsgrad.Raw : Amsgrad.Off, EpsilonRoot: 1e-15, EpsilonHat: true);
        rule = rule.Decayed(p.Number("weight_decay", 0), !beside ? DecayForm.L2 : whole ? DecayForm.Independent : DecayForm.Decoupled);
        return new(p.Flag("maximize", false) ? new Maximize(rule) : rule, rate, corrected && beside ? rate : null);
    }
}
