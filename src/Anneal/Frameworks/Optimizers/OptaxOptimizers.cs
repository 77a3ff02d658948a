namespace Anneal.Frameworks;

/// <summary>Reads the optimizers of optax (0.2.9), with or without <c>contrib.</c> before the name.</summary>
static class OptaxOptimizers
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "sgd", "adam", "adamw", "nadam", "nadamw", "radam", "adabelief", "adagrad", "adadelta", "adamax", "adamaxw", "amsgrad", "lamb", "lion", "novograd", "rmsprop",
        "yogi", "adafactor", "contrib.ademamix", "contrib.adopt", "contrib.madgrad", "contrib.muon",
    ];

    public static ReadRule Read(string name, Parameters p)
    {
        p.Ignore("accumulator_dtype", "mu_dtype", "dtype_momentum");
        p.Unset("mask", "cannot be read here: a mask is made of a Python function");
        p.Unset("weight_decay_mask", "cannot be read here: a mask is made of a Python function");
        double b1() => p.Number("b1", 0.9);
        double b2() => p.Number("b2", 0.999);
        double eps() => p.Number("eps", 1e-8);
        double under() => p.Number("eps_root", 0);
        double decay(double standard) => p.OrNone("weight_decay", standard) ?? 0;
        NesterovForm ahead(bool standard) => p.Flag("nesterov", standard) ? NesterovForm.BiasCorrected : NesterovForm.Off;
        Rule rule = name.StartsWith("contrib.") ? Contributed(name, p) : name switch
        {
            "sgd" => new Momentum(p.OrNone("momentum", null) ?? 0, Nesterov: p.Flag("nesterov", false) && p.OrNone("momentum", null) is not null),
            "adam" or "nadam" => new Adam(b1(), b2(), eps(), EpsilonRoot: under(), Nesterov: ahead(name == "nadam")),
            "adamw" or "nadamw" => new Adam(b1(), b2(), eps(), EpsilonRoot: under(), Nesterov: ahead(name == "nadamw")).Decayed(decay(1e-4), DecayForm.Decoupled),
            "radam" => new RAdam(b1(), b2(), eps(), p.Number("threshold", 5), under(), EpsilonHat: false, ahead(false)),
            "adabelief" => new AdaBelief(b1(), b2(), p.Number("eps", 1e-16), p.Number("eps_root", 1e-16), Nesterov: ahead(false)).Decayed(decay(0), DecayForm.Decoupled),
            "adagrad" => new AdaGrad(p.Number("eps", 1e-7), p.Number("initial_accumulator_value", 0.1), EpsilonPlace: EpsilonPlace.Inside),
            "adadelta" => new AdaDelta(p.Number("rho", 0.9), p.Number("eps", 1e-6)).Decayed(decay(0), DecayForm.L2),
            "adamax" => new Adamax(b1(), b2(), eps()),
            "adamaxw" => new Adamax(b1(), b2(), eps()).Decayed(decay(1e-4), DecayForm.Decoupled),
            "amsgrad" => new Adam(b1(), b2(), eps(), Amsgrad: Amsgrad.BiasCorrected, EpsilonRoot: under(), BiasCorrection: Correction(p)),
            "lamb" => new Lamb(b1(), b2(), p.Number("eps", 1e-6), decay(0), EpsilonRoot: under()),
            "lion" => new Lion(b1(), p.Number("b2", 0.99), decay(1e-3)),
            "novograd" => new NovoGrad(b1(), p.Number("b2", 0.25), p.Number("eps", 1e-6), decay(0), under(), StartsAgain: false),
            "rmsprop" => RmsProp(p),
            "yogi" => new Yogi(b1(), b2(), p.Number("eps", 1e-3)),
            "adafactor" => Adafactor(p),
            "ademamix" or "adopt" or "madgrad" or "muon" => Contributed("contrib." + name, p),
            _ => throw p.Unknown(OptaxImport.Framework, name, Names),
        };
        return new(rule, name == "adafactor" ? p.OrNone("learning_rate", null) ?? 1 : p.Number("learning_rate"));
    }

    static BiasCorrection Correction(Parameters p) => (p.Flag("bias_correction_mu", true), p.Flag("bias_correction_nu", true)) switch
    {
        (true, true) => BiasCorrection.Both,
        (true, false) => BiasCorrection.Mean,
        (false, true) => BiasCorrection.Square,
        _ => BiasCorrection.Neither,
    };

    static RmsProp RmsProp(Parameters p)
    {
        double? momentum = p.OrNone("momentum", null);
        return new(
            p.Number("decay", 0.9), p.Number("eps", 1e-8), p.Flag("eps_in_sqrt", true) ? EpsilonPlace.Inside : EpsilonPlace.Outside, p.Flag("centered", false),
            momentum ?? 0, p.Flag("nesterov", false) && momentum is not null, p.Number("initial_scale", 0), p.Flag("bias_correction", false), RateInMomentum: true);
    }

    static Adafactor Adafactor(Parameters p)
    {
        int least = p.Count("min_dim_size_to_factor", 0, 128);
        return new(
            p.Number("decay_rate", 0.8), Offset: p.Number("decay_offset", 0), Epsilon: p.Number("eps", 1e-30), ClippingThreshold: p.OrNone("clipping_threshold", 1),
            Rates: AdafactorRates.Given, ScaleFloor: p.Flag("multiply_by_parameter_scale", true) ? 1e-3 : null, Beta1: p.OrNone("momentum", null),
            MinDimensionToFactor: p.Flag("factored", true) ? least : int.MaxValue, Decay: p.OrNone("weight_decay_rate", null) ?? 0, DecayBy: AdafactorDecay.Nothing);
    }

    static Rule Contributed(string name, Parameters p) => name switch
    {
        "contrib.ademamix" => new AdEMAMix(
            p.Number("b1", 0.9), p.Number("b2", 0.999), p.Number("b3", 0.9999), p.Number("alpha", 5), Epsilon: p.Number("eps", 1e-8),
            EpsilonRoot: p.Number("eps_root", 0), Decay: p.Number("weight_decay", 0)),
        "contrib.adopt" => new Adopt(
            p.Number("b1", 0.9), p.Number("b2", 0.9999), p.Number("eps", 1e-6), p.Flag("use_clipping", true) ? 0.25 : null, p.Flag("nesterov", false)),
        "contrib.madgrad" => new Madgrad(p.Number("momentum", 0.9), p.Number("eps", 1e-6)).Decayed(p.Number("weight_decay", 0), DecayForm.L2),
        "contrib.muon" => Muon(p),
        _ => throw p.Unknown(OptaxImport.Framework, name, Names),
    };

    static Muon Muon(Parameters p)
    {
        int steps = p.Count("ns_steps", 0, 5);
        IReadOnlyList<NewtonSchulzStep>? own = null;
        var set = CoefficientSet.Jordan;
        if (p.Given("ns_coeffs", out var list) && list.ValueKind == System.Text.Json.JsonValueKind.Array)
            own = p.Triples("ns_coeffs", list);
        else
            set = p.Word("ns_coeffs", "standard", "standard", "dion") == "dion" ? CoefficientSet.Quintic : set;
        int listed = own?.Count ?? NewtonSchulzCoefficients.Of(set).Count;
        // Their number is checked the wrong way round: more triples than steps are refused, and with fewer only those are run.
        if (listed > 1 && steps < listed)
            throw p.Refuse("ns_steps", $"must be {listed} or above: optax refuses more triples than steps");
        var preconditioning = p.Word("preconditioning", "frobenius", "frobenius", "spectral", "aol", "schatten") switch
        {
            "spectral" => Preconditioning.Spectral,
            "aol" => Preconditioning.AlmostOrthogonal,
            "schatten" => Preconditioning.Schatten,
            _ => Preconditioning.Frobenius,
        };
        double? rms = p.OrNone("consistent_rms", null);
        bool nesterov = p.Flag("nesterov", true);
        double ε = p.Number("eps", 1e-8);
        double? vectorRate = p.OrNone("adam_learning_rate", null);
        return new(
            p.Number("beta", 0.95), nesterov, listed > 1 ? listed : steps, p.Number("weight_decay", 0),
            vectorRate is double vectors && p.Number("learning_rate") is > 0 and double rate ? vectors / rate : 1,
            new NewtonSchulz(set, ε, Preconditioning: preconditioning, CustomCoefficients: own),
            rms is null ? MatrixScale.OriginalTransposed : MatrixScale.RootLonger, rms ?? 1, MuonMomentum.BiasCorrected, DualNorm: p.Flag("adaptive", false),
            Vectors: new Adam(
                p.Number("adam_b1", 0.9), p.Number("adam_b2", 0.999), ε, EpsilonRoot: p.Number("adam_eps_root", 0), Nesterov: nesterov ? NesterovForm.BiasCorrected : NesterovForm.Off),
            VectorDecay: p.Number("adam_weight_decay", 0));
    }
}
