namespace Anneal.Frameworks;

/// <summary>Reads the optimizers of timm (<c>timm.optim</c>, 1.0.29).</summary>
static class TimmOptimizers
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Lamb", "Adopt", "MADGRAD", "NAdamW", "LaProp", "Lars", "RMSpropTF", "NvNovoGrad", "Adafactor", "AdafactorBigVision", "Mars", "AdamP", "AdamWLegacy", "Lion", "Muon",
    ];

    public static ReadRule Read(string name, Parameters p)
    {
        p.Ignore("foreach", "capturable", "differentiable");
        return name switch
        {
            "Lamb" => Lamb(p),
            "Adopt" => Adopt(p),
            "MADGRAD" => Madgrad(p),
            "NAdamW" => NAdamW(p),
            "LaProp" => LaProp(p),
            "Lars" => Lars(p),
            "RMSpropTF" => RmsPropTF(p),
            "NvNovoGrad" => NovoGrad(p),
            "Adafactor" => Adafactor(p),
            "AdafactorBigVision" => BigVision(p),
            "Mars" => Mars(p),
            "AdamP" => AdamP(p),
            "AdamWLegacy" => AdamWLegacy(p),
            "Lion" => Lion(p),
            "Muon" => Muon(p),
            _ => throw p.Unknown(TimmImport.Framework, name, Names),
        };
    }

    /// <summary>The rate that decay is measured against: only decay beside the rule is corrected.</summary>
    static double? Corrected(Parameters p, double rate, bool beside) => p.Flag("corrected_weight_decay", false) && beside ? rate : null;

    static Rule Ascend(Parameters p, Rule rule) => p.Flag("maximize", false) ? new Maximize(rule) : rule;

    static ReadRule Lamb(Parameters p)
    {
        double rate = p.Number("lr", 1e-3);
        double[] β = p.Several("betas", 0.9, 0.999);
        bool beside = p.Flag("decoupled_decay", false);
        Rule rule = new Lamb(
            β[0], β[1], p.Number("eps", 1e-6), p.Number("weight_decay", 0.01), p.Flag("bias_correction", true), GradientAveraging: p.Flag("grad_averaging", true),
            TrustClip: p.Flag("trust_clip", false), AlwaysAdapt: p.Flag("always_adapt", false), DecoupledDecay: beside, Cautious: p.Flag("caution", false));
        if (p.OrNone("max_grad_norm", 1) is double most)
            rule = new ClipByGlobalNorm(rule, most);
        return new(rule, rate, Corrected(p, rate, beside));
    }

    static ReadRule Adopt(Parameters p)
    {
        double rate = p.Number("lr", 1e-3), decay = p.Number("weight_decay", 0);
        double[] β = p.Several("betas", 0.9, 0.9999);
        bool beside = p.Flag("decoupled", false);
        Rule rule = new Adopt(β[0], β[1], p.Number("eps", 1e-6), p.OrNone("clip_exp", 0.333)).CautiousIf(p.Flag("caution", false));
        // The first step only looks; decay beside the rule is left out there too.
        rule = !beside ? rule.Decayed(decay, DecayForm.L2) : decay == 0 ? rule : new WeightDecay(rule, decay, DecayForm.DecoupledRoundedOnce, From: 2);
        return new(Ascend(p, rule), rate, Corrected(p, rate, beside));
    }

    static ReadRule Madgrad(Parameters p)
    {
        double decay = p.Number("weight_decay", 0);
        bool beside = p.Flag("decoupled_decay", false);
        return new(
            new Madgrad(p.Number("momentum", 0.9), p.Number("eps", 1e-6), beside ? decay : 0).Decayed(beside ? 0 : decay, DecayForm.L2), p.Number("lr", 0.01));
    }

    static ReadRule NAdamW(Parameters p)
    {
        double rate = p.Number("lr", 1e-3);
        double[] β = p.Several("betas", 0.9, 0.999);
        Rule rule = new Adam(β[0], β[1], p.Number("eps", 1e-8), Nesterov: NesterovForm.Plain).CautiousIf(p.Flag("caution", false));
        return new(Ascend(p, rule.Decayed(p.Number("weight_decay", 0.01), DecayForm.Decoupled)), rate, Corrected(p, rate, beside: true));
    }

    static ReadRule LaProp(Parameters p)
    {
        double rate = p.Number("lr", 4e-4);
        double[] β = p.Several("betas", 0.9, 0.999);
        Rule rule = new LaProp(β[0], β[1], p.Number("eps", 1e-15)).CautiousIf(p.Flag("caution", false));
        return new(rule.Decayed(p.Number("weight_decay", 0), DecayForm.DecoupledAfter), rate, Corrected(p, rate, beside: true));
    }

    static ReadRule Lars(Parameters p) => new(
        new Lars(
            p.Number("momentum", 0), p.Number("trust_coeff", 1e-3), p.Number("weight_decay", 0), p.Number("dampening", 0), p.Flag("nesterov", false),
            p.Number("eps", 1e-8), p.Flag("trust_clip", false), p.Flag("always_adapt", false)), p.Number("lr", 1));

    static ReadRule RmsPropTF(Parameters p)
    {
        double rate = p.Number("lr", 0.01), momentum = p.Number("momentum", 0);
        bool beside = p.Flag("decoupled_decay", false);
        Rule rule = new RmsProp(
            p.Number("alpha", 0.9), p.Number("eps", 1e-10), EpsilonPlace.Inside, p.Flag("centered", false), momentum, InitialAccumulator: 1,
            RateInMomentum: p.Flag("lr_in_momentum", true)).CautiousIf(p.Flag("caution", false) && momentum > 0);
        return new(rule.Decayed(p.Number("weight_decay", 0), beside ? DecayForm.Decoupled : DecayForm.L2), rate, Corrected(p, rate, beside));
    }

    static ReadRule NovoGrad(Parameters p)
    {
        double[] β = p.Several("betas", 0.95, 0.98);
        return new(new NovoGrad(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("weight_decay", 0), GradientAveraging: p.Flag("grad_averaging", false), Amsgrad: p.Flag("amsgrad", false)),
            p.Number("lr", 1e-3));
    }

    static ReadRule Adafactor(Parameters p)
    {
        // A rate of 0 counts as none there.
        double rate = p.OrNone("lr", null) ?? 0;
        p.Ignore("relative_step");
        bool warm = p.Flag("warmup_init", false), scaled = p.Flag("scale_parameter", true);
        double floor = p.Number("eps_scale", 1e-3);
        double? beta1 = p.Given("betas", out var betas) && betas.ValueKind == System.Text.Json.JsonValueKind.Array ? p.Numbers("betas")[0] : p.OrNone("beta1", null);
        return new(new Adafactor(
            -p.Number("decay_rate", -0.8), Epsilon: p.Number("eps", 1e-30), ClippingThreshold: p.Number("clip_threshold", 1),
            Rates: rate != 0 ? AdafactorRates.Given : warm ? AdafactorRates.RelativeWithWarmup : AdafactorRates.Relative,
            ScaleFloor: rate == 0 && scaled ? floor : null, Beta1: beta1, MinDimensionToFactor: p.Count("min_dim_size_to_factor", 0, 16) + 1,
            Decay: p.Number("weight_decay", 0), DecayBy: AdafactorDecay.Step, Cautious: p.Flag("caution", false)), rate);
    }

    static ReadRule BigVision(Parameters p)
    {
        double rate = p.Number("lr", 1);
        p.Ignore("decay_offset");
        string format = p.Word("momentum_dtype", "bfloat16", "bfloat16", "float32", "float64", "torch.bfloat16", "torch.float32", "torch.float64");
        bool unscaled = p.Flag("unscaled_wd", false);
        return new(new Adafactor(
            p.Number("decay_rate", 0.8), p.Number("beta2_cap", 0.999), Epsilon: p.OrNone("eps", null) ?? 1e-30, ClippingThreshold: p.OrNone("clipping_threshold", null),
            ClipUpwards: true, Rates: AdafactorRates.Given, ScaleFloor: null, Beta1: p.OrNone("momentum", 0.9), MomentumOfSteps: false,
            MomentumFormat: format.EndsWith("bfloat16") ? MomentumFormat.BFloat16 : format.EndsWith("float32") ? MomentumFormat.Single : MomentumFormat.AsWeights,
            MinDimensionToFactor: p.Count("min_dim_size_to_factor", 0, 16), Decay: p.Number("weight_decay", 0),
            DecayBy: unscaled ? AdafactorDecay.Nothing : AdafactorDecay.Rate, Cautious: p.Flag("caution", false), RowMeansOnly: true), rate, Corrected(p, rate, beside: true));
    }

    static ReadRule Mars(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        double[] vectors = p.Given("betas_1d", out var own) && own.ValueKind == System.Text.Json.JsonValueKind.Array ? p.Several("betas_1d", β) : β;
        return new(new Mars(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("weight_decay", 0), p.Number("gamma", 0.025), p.Word("mars_type", "adamw", "adamw", "lion") == "lion",
            p.Flag("optimize_1d", false), p.Number("lr_1d_factor", 1), vectors[0], vectors[1], p.Flag("caution", false)), p.Number("lr", 3e-3));
    }

    static ReadRule AdamP(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new AdamP(
            β[0], β[1], p.Number("eps", 1e-8), p.Number("weight_decay", 0), p.Number("delta", 0.1), p.Number("wd_ratio", 0.1), p.Flag("nesterov", false),
            p.Flag("caution", false)), p.Number("lr", 1e-3));
    }

    static ReadRule AdamWLegacy(Parameters p)
    {
        double rate = p.Number("lr", 1e-3);
        double[] β = p.Several("betas", 0.9, 0.999);
        Rule rule = new Adam(β[0], β[1], p.Number("eps", 1e-8), Amsgrad: p.Flag("amsgrad", false) ? Amsgrad.Raw : Amsgrad.Off).CautiousIf(p.Flag("caution", false));
        return new(Ascend(p, rule.Decayed(p.Number("weight_decay", 0.01), DecayForm.Decoupled)), rate, Corrected(p, rate, beside: true));
    }

    static ReadRule Lion(Parameters p)
    {
        double rate = p.Number("lr", 1e-4);
        double[] β = p.Several("betas", 0.9, 0.99);
        Rule rule = new Lion(β[0], β[1]).CautiousIf(p.Flag("caution", false));
        return new(Ascend(p, rule.Decayed(p.Number("weight_decay", 0), DecayForm.Decoupled)), rate, Corrected(p, rate, beside: true));
    }

    static ReadRule Muon(Parameters p)
    {
        // Convolutions are seen as one matrix.
        p.Ignore("verbose", "normalize_spatial");
        p.Word("conv_mode", "flatten", "flatten");
        double rate = p.Number("lr", 0.02), decay = p.Number("weight_decay", 0), momentum = p.Number("momentum", 0.95), ε = p.Number("eps", 1e-7);
        double factor = p.OrNone("adamw_lr", null) is double own && rate != 0 ? own / rate : p.Number("fallback_lr_scale", 1), safety = p.Number("safety_factor", 1);
        double[] β = p.Several("betas", 0.9, 0.95);
        bool nesterov = p.Flag("nesterov", false), adaptive = p.Word("algo", "muon", "muon", "adamuon") == "adamuon", fallback = p.Flag("use_fallback", false) | !p.Flag("use_muon", true);
        int steps = p.Count("ns_steps", 0, 5);
        var scaled = p.Flag("scale_eps", false) ? NormEpsilon.AddedByShape : NormEpsilon.Clamped;
        var newtonSchulz = p.Given("ns_coefficients", out var list) && list.ValueKind == System.Text.Json.JsonValueKind.Array
            ? new NewtonSchulz(Epsilon: ε, EpsilonForm: scaled, Safety: safety, CustomCoefficients: p.Triples("ns_coefficients", list))
            : new NewtonSchulz(p.Word("ns_coefficients", "quintic", "original", "quintic", "polar_express", "polar_express_safer") switch
            {
                "original" => CoefficientSet.Jordan,
                "quintic" => CoefficientSet.Quintic,
                "polar_express" => CoefficientSet.PolarExpressCushioned,
                _ => CoefficientSet.PolarExpressSafer,
            }, ε, scaled, safety);
        string? adjust = p.WordOrNone("adjust_lr_fn", "match_rms_adamw", "original", "match_rms_adamw", "rms_to_rms", "rsqrt_in");
        var (scale, size) = adjust switch
        {
            "original" => (MatrixScale.Original, 1.0),
            "match_rms_adamw" => (adaptive ? MatrixScale.None : MatrixScale.RootLonger, 0.2),
            "rms_to_rms" => (MatrixScale.RmsToRms, 1),
            "rsqrt_in" => (MatrixScale.InverseRootColumns, 1),
            _ => (MatrixScale.None, 1),
        };
        // Vectors, and what is not for Muon, run AdamW, or with Nesterov timm's NAdamW.
        var vectors = new Adam(β[0], β[1], ε, Nesterov: nesterov ? NesterovForm.Plain : NesterovForm.Off);
        bool matches = adjust == "match_rms_adamw";
        Rule rule = fallback ? vectors.Decayed(decay, DecayForm.Decoupled)
            : adaptive ? new AdaMuon(
                momentum, β[1], nesterov, steps, decay, factor, ε, false, BiasCorrection: !matches, MatchLength: matches, NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: size,
                Vectors: vectors)
            : new Muon(momentum, nesterov, steps, decay, factor, newtonSchulz, scale, size, Vectors: vectors);
        return new(MatrixOptimizers.In(rule, MatrixOptimizers.FormatOf(p, IterationFormat.BFloat16Fused)), fallback ? rate * factor : rate);
    }
}
