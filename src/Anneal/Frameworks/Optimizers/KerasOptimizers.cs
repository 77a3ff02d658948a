namespace Anneal.Frameworks;

/// <summary>Reads the optimizers of Keras (<c>keras.optimizers</c>, 3.16).</summary>
static class KerasOptimizers
{
    public static IReadOnlyList<string> Names { get; } =
        ["SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl", "Lion", "Lamb", "Adafactor", "Muon"];

    public static ReadRule Read(string name, Parameters p)
    {
        p.Ignore("name", "use_ema", "ema_momentum");
        p.Unset("ema_overwrite_frequency", "is not known here: wrap the rule in an average instead");
        p.Unset("gradient_accumulation_steps", "is not known here: wrap the rule in an accumulation instead");
        double β1 = name is "SGD" or "RMSprop" or "Adagrad" or "Adadelta" or "Ftrl" or "Adafactor" or "Muon" ? 0 : p.Number("beta_1", 0.9);
        double β2() => p.Number("beta_2", 0.999);
        double ε() => p.Number("epsilon", 1e-7);
        Rule rule = name switch
        {
            "SGD" => new Momentum(p.Number("momentum", 0), Nesterov: p.Flag("nesterov", false) && p.Number("momentum", 0) != 0, Form: MomentumForm.Steps),
            "RMSprop" => new RmsProp(p.Number("rho", 0.9), ε(), EpsilonPlace.Inside, p.Flag("centered", false), p.Number("momentum", 0), RateInMomentum: true),
            "Adam" or "AdamW" => new Adam(β1, β2(), ε(), Amsgrad: p.Flag("amsgrad", false) ? Amsgrad.Raw : Amsgrad.Off, EpsilonHat: true),
            "Adagrad" => new AdaGrad(ε(), p.Number("initial_accumulator_value", 0.1), EpsilonPlace: EpsilonPlace.Inside),
            "Adadelta" => new AdaDelta(p.Number("rho", 0.95), ε()),
            "Adamax" => new Adamax(β1, β2(), ε(), EpsilonPlace.Outside),
            "Nadam" => new NAdam(β1, β2(), ε(), MomentumDecay: 1),
            "Ftrl" => new Ftrl(
                p.Number("learning_rate_power", -0.5), p.Number("initial_accumulator_value", 0.1), p.Number("l1_regularization_strength", 0),
                p.Number("l2_regularization_strength", 0), p.Number("l2_shrinkage_regularization_strength", 0), p.Number("beta", 0)),
            "Lion" => new Lion(β1, p.Number("beta_2", 0.99)),
            "Lamb" => new Lamb(β1, β2(), ε(), Decay: 0),
            "Adafactor" => Adafactor(p),
            "Muon" => Muon(p),
            _ => throw p.Unknown(KerasImport.Framework, name, Names),
        };
        if (name != "Muon")
            rule = rule.Decayed(p.OrNone("weight_decay", name == "AdamW" ? 0.004 : null) ?? 0, DecayForm.Decoupled);
        rule = ClippedAsAsked(rule, p);
        if (p.NumberOrNone("loss_scale_factor") is double scale)
            rule = new GradientScale(rule, 1 / scale);
        return new(rule, p.Number("learning_rate", name == "SGD" ? 0.01 : 0.001));
    }

    /// <summary>At most one of three clips; one that is not above 0 does nothing.</summary>
    static Rule ClippedAsAsked(Rule rule, Parameters p)
    {
        double? each = p.NumberOrNone("clipnorm"), all = p.NumberOrNone("global_clipnorm"), value = p.NumberOrNone("clipvalue");
        if ((each is null ? 0 : 1) + (all is null ? 0 : 1) + (value is null ? 0 : 1) > 1)
            throw p.Refuse(each is null ? "global_clipnorm" : "clipnorm", "cannot stand beside another clip: only one of clipnorm, global_clipnorm and clipvalue can be set");
        if (each > 0)
            return new ClipByNorm(rule, each.Value);
        if (all > 0)
            return new ClipByGlobalNorm(rule, all.Value);
        return value > 0 ? new ClipByValue(rule, value.Value) : rule;
    }

    static Muon Muon(Parameters p)
    {
        // Without a decay of the matrices that of the vectors is off too; without rms_rate there is no factor for the shape at all.
        double? decay = p.OrNone("weight_decay", 0.004), rms = p.OrNone("rms_rate", 0.2);
        double vectorDecay = p.OrNone("adam_weight_decay", 0.004) ?? 0;
        p.Unset("exclude_layers", "cannot be read here: use groups of tensors");
        p.Ignore("exclude_embeddings");
        var triple = new NewtonSchulzStep(p.Number("muon_a", 3.4445), p.Number("muon_b", -4.775), p.Number("muon_c", 2.0315));
        return new(
            p.Number("momentum", 0.95), p.Flag("nesterov", true), p.Count("ns_steps", 0, 5), decay ?? 0, p.Number("adam_lr_ratio", 1), new NewtonSchulz(CustomCoefficients: [triple]),
            rms is null ? MatrixScale.None : MatrixScale.RootLonger, rms ?? 1, MuonMomentum.Sum,
            Vectors: new Adam(p.Number("adam_beta_1", 0.9), p.Number("adam_beta_2", 0.999), p.Number("epsilon", 1e-7), EpsilonHat: true),
            VectorDecay: decay is null ? 0 : vectorDecay);
    }

    static Adafactor Adafactor(Parameters p)
    {
        // Relative or not, the step is in the end capped by 1/√t.
        p.Ignore("relative_step");
        return new(
            -p.Number("beta_2_decay", -0.8), Epsilon: p.Number("epsilon_1", 1e-30), ClippingThreshold: p.Number("clip_threshold", 1), ScaleFloor: p.Number("epsilon_2", 1e-3),
            SinglePrecisionMeans: true);
    }
}
