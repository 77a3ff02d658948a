using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>Reads Muon and its relatives, and other rules of 2024 and later, as their authors published them, under the names of the golden records.</summary>
static class MatrixOptimizers
{
    public static IReadOnlyList<(string Framework, IReadOnlyList<string> Optimizers)> All { get; } =
    [
        ("pytorch-main", ["Muon"]), ("moonshotai-moonlight", ["Muon"]), ("zichongli5-normuon", ["NorMuon", "NorMuonWithAuxAdam"]),
        ("chongjie-si-adamuon", ["AdaMuon"]), ("microsoft-dion", ["Muon", "NorMuon", "Dion", "Dion (simple)", "Dion2", "Dion3", "AdamW", "Lion"]),
        ("lions-epfl-scion", ["Scion"]), ("karpathy-nanochat", ["MuonAdamW"]), ("kyleliang919-c-optim", ["C-Muon", "C-Lion"]),
        ("nvidia-emerging-optimizers", ["Muon", "AdaptiveMuon", "PolarGrad", "MuonHyperball"]), ("agi-arena-mars", ["MARS_M", "MARS"]),
        ("zyushun-adam-mini", ["Adam_mini"]), ("lucidrains-adam-atan2", ["AdamAtan2"]), ("lucidrains-lion-pytorch", ["Lion"]),
    ];

    /// <summary>The optimizer, or null where the framework is not one of these.</summary>
    public static ReadRule? Read(string framework, string name, Parameters p)
    {
        var known = All.FirstOrDefault(f => f.Framework == framework).Optimizers;
        if (known is null)
            return null;
        if (!known.Contains(name))
            throw p.Unknown(framework, name, known);
        var format = FormatOf(p, framework switch
        {
            "pytorch-main" or "nvidia-emerging-optimizers" => IterationFormat.BFloat16Fused,
            "microsoft-dion" or "karpathy-nanochat" => IterationFormat.BFloat16SquareFirst,
            _ => IterationFormat.BFloat16,
        });
        p.Ignore("qr_dtype", "foreach", "fused", "flatten", "use_triton", "fp32_matmul_prec", "use_syrk");
        var read = (framework, name) switch
        {
            ("pytorch-main", _) => Torch(p),
            ("moonshotai-moonlight", _) => Moonlight(p),
            ("zichongli5-normuon", "NorMuon") => NorMuon(p),
            ("zichongli5-normuon", _) => AuxAdam(p),
            ("chongjie-si-adamuon", _) => AdaMuon(p),
            ("microsoft-dion", _) => Dion(p, name),
            ("lions-epfl-scion", _) => Scion(p),
            ("karpathy-nanochat", _) => NanoChat(p),
            (_, "C-Muon") => new(new Muon(p.Number("momentum", 0.95), Cautious: true, Decay: p.Number("weight_decay", 0)), p.Number("lr", 0.02)),
            (_, "C-Lion") => CLion(p),
            ("nvidia-emerging-optimizers", _) => Nvidia(p, name),
            (_, "MARS_M") => MarsM(p),
            (_, "MARS") => Mars(p),
            ("zyushun-adam-mini", _) => AdamMini(p),
            ("lucidrains-adam-atan2", _) => AdamAtan2(p),
            _ => Lion(p),
        };
        return read with { Rule = In(read.Rule, format) };
    }

    /// <summary>The format of the iteration: the published one, with its roundings where the program has them, only where bfloat16 is asked for.</summary>
    internal static IterationFormat FormatOf(Parameters p, IterationFormat published) =>
        p.Word("ns_dtype", "float64", "bfloat16", "float32", "float64") == "bfloat16" ? published : IterationFormat.AsWeights;

    /// <summary>The rule with its iteration in a format, wherever it has one.</summary>
    internal static Rule In(Rule rule, IterationFormat format) => format == IterationFormat.AsWeights ? rule : rule switch
    {
        Muon muon => muon with { NewtonSchulz = (muon.NewtonSchulz ?? Anneal.Muon.Jordan).In(format) },
        NorMuon muon => muon with { NewtonSchulz = (muon.NewtonSchulz ?? Anneal.Muon.Jordan).In(format) },
        AdaMuon muon => muon with { NewtonSchulz = (muon.NewtonSchulz ?? Anneal.Muon.Jordan).In(format) },
        Dion2 dion => dion with { NewtonSchulz = (dion.NewtonSchulz ?? Dion2.PolarExpress).In(format) },
        Scion { Norm: SpectralNorm norm } scion => scion with { Norm = norm with { NewtonSchulz = (norm.NewtonSchulz ?? Anneal.Muon.Jordan).In(format) } },
        Wrapper wrapper => wrapper with { Inner = In(wrapper.Inner, format) },
        _ => rule,
    };

    /// <summary>Own triples: one, or a list of them.</summary>
    internal static IReadOnlyList<NewtonSchulzStep> Triples(this Parameters p, string name, JsonElement list)
    {
        bool one = list.GetArrayLength() == 3 && list.EnumerateArray().All(x => x.ValueKind == JsonValueKind.Number);
        var rows = one ? [list] : list.EnumerateArray().ToArray();
        return rows.Length > 0 && rows.All(r => r.ValueKind == JsonValueKind.Array && r.GetArrayLength() == 3 && r.EnumerateArray().All(x => x.ValueKind == JsonValueKind.Number))
            ? [.. rows.Select(r => new NewtonSchulzStep(r[0].GetDouble(), r[1].GetDouble(), r[2].GetDouble()))]
            : throw p.Refuse(name, $"must be three numbers or a list of threes, not {Parameters.Kind(list)}");
    }

    /// <summary>A word, or nothing where it is null.</summary>
    internal static string? WordOrNone(this Parameters p, string name, string? standard, params ReadOnlySpan<string> words) =>
        !p.Given(name, out var value) ? standard : value.ValueKind == JsonValueKind.Null ? null : p.Word(name, "", words);

    /// <summary>Weight decay beside the rule, where wanted only as far as the step agrees.</summary>
    static Rule Beside(Rule rule, double decay, DecayAgreement agreement) => decay == 0 ? rule : new WeightDecay(rule, decay, Agreement: agreement);

    internal static ReadRule Torch(Parameters p)
    {
        var newtonSchulz = new NewtonSchulz(
            Epsilon: p.Number("eps", 1e-7), EpsilonForm: NormEpsilon.Clamped,
            CustomCoefficients: p.Given("ns_coefficients", out var own) && own.ValueKind == JsonValueKind.Array ? p.Triples("ns_coefficients", own) : null);
        bool matches = p.WordOrNone("adjust_lr_fn", null, "original", "match_rms_adamw") == "match_rms_adamw";
        return new(
            new Muon(
                p.Number("momentum", 0.95), p.Flag("nesterov", true), p.Count("ns_steps", 0, 5), p.Number("weight_decay", 0.1), 1, newtonSchulz,
                matches ? MatrixScale.RootLonger : MatrixScale.Original, matches ? 0.2 : 1), p.Number("lr", 1e-3));
    }

    static ReadRule Moonlight(Parameters p)
    {
        double[] β = p.Several("adamw_betas", 0.9, 0.95);
        return new(
            new Muon(
                p.Number("momentum", 0.95), p.Flag("nesterov", true), p.Count("ns_steps", 0, 5), p.Number("wd", 0.1), 1, null, MatrixScale.RootLonger, 0.2, MuonMomentum.Sum,
                Vectors: new Adam(β[0], β[1], p.Number("adamw_eps", 1e-8), EpsilonHat: true)), p.Number("lr", 1e-3));
    }

    static ReadRule NorMuon(Parameters p) => new(
        new NorMuon(p.Number("momentum", 0.95), p.Number("beta2", 0.95), Decay: p.Number("weight_decay", 0)), p.Number("lr", 0.02));

    static ReadRule AuxAdam(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.95);
        if (p.Flag("use_muon", false))
            throw p.Refuse("use_muon", "must be false here: with it the group is that of NorMuon");
        return new(new Adam(β[0], β[1], p.Number("eps", 1e-10)).Decayed(p.Number("weight_decay", 0), DecayForm.Decoupled), p.Number("lr", 3e-4));
    }

    static ReadRule AdaMuon(Parameters p) => new(
        new AdaMuon(
            p.Number("momentum", 0.95), null, p.Flag("nesterov", true), p.Count("ns_steps", 0, 5), p.Number("weight_decay", 0.01), Epsilon: p.Number("eps", 1e-8)), p.Number("lr", 1e-3));

    static ReadRule Dion(Parameters p, string name)
    {
        double rate = p.Number("lr", 0.01), decay = p.Number("weight_decay", 0.01), ε = p.Number("epsilon", 1e-8), mu = p.Number("mu", 0.95);
        double[] β = p.Several("betas", 0.9, 0.95);
        p.Ignore("algorithm", "verbose", "use_gram_newton_schulz");
        var vectors = new Adam(β[0], β[1], ε);
        bool cautious = p.Flag("cautious_wd", false), nesterov = p.Flag("nesterov", false);
        string? adjust = p.WordOrNone("adjust_lr", "spectral_norm", "spectral_norm", "rms_norm");
        var (scale, factor) = adjust switch { "spectral_norm" => (MatrixScale.RmsToRms, 1), "rms_norm" => (MatrixScale.RootLonger, 0.2), _ => (MatrixScale.None, 1.0) };
        var newtonSchulz = p.Flag("use_polar_express", true)
            ? new NewtonSchulz(CoefficientSet.PolarExpressFive, ε, Safety: 1.02) : new NewtonSchulz(CoefficientSet.Quintic, ε);
        var agreement = cautious ? DecayAgreement.NotAway : DecayAgreement.All;
        Rule rule = name switch
        {
            "Muon" => new Muon(mu, nesterov, 5, decay, 1, newtonSchulz, scale, factor, MuonMomentum.Sum, cautious, Vectors: vectors),
            "NorMuon" => new NorMuon(
                mu, p.Number("muon_beta2", 0.95), nesterov, 5, decay, 1, 1e-8, LengthEpsilon: 0, NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: factor,
                Momentum: MuonMomentum.Sum, CautiousDecay: cautious, Vectors: vectors),
            "Dion2" => new Dion2(
                p.Number("fraction", 0.25), p.Number("ef_decay", 0.95), null, 5, decay, NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: factor, Vectors: vectors),
            "Dion3" => new Dion2(
                p.Number("fraction", 0.25), mu, p.Number("muon_beta2", 0.95), 5, decay, 1e-8, NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: factor, Vectors: vectors),
            "Dion" => new Dion(
                mu, p.Number("rank_fraction", 1), p.Count("rank_multiple_of", 1, 1), null, p.Count("power_iters", 1, 1), true, decay, ε, Vectors: vectors),
            "Dion (simple)" => new Dion(mu, Rank: p.Count("rank", 1, 16), TransposeWide: false, Decay: decay, Epsilon: ε, Vectors: vectors),
            "AdamW" => Beside(new Adam(β[0], β[1], ε), decay, agreement),
            _ => Beside(new Lion(β[0], β[1]), decay, agreement),
        };
        if (name == "Dion")
            p.Word("qr_method", "rcqr", "rcqr", "cqr", "qr");
        return new(rule, rate);
    }

    static ReadRule Scion(Parameters p)
    {
        string norm = p.Word("norm", "Auto", "Auto", "Spectral", "SpectralConv", "Sign", "ColNorm", "RowNorm", "BiasRMS");
        var k = p.Inner("norm_kwargs");
        int steps = norm is "Spectral" or "SpectralConv" ? k.Count("steps", 0, 5) : 5;
        bool normalised = norm is "Spectral" or "Sign" or "RowNorm" or "ColNorm" && k.Flag("normalized", norm != "ColNorm");
        MatrixNorm ball = norm switch
        {
            "Auto" => new SpectralNorm(),
            "Spectral" => new SpectralNorm(steps, normalised ? SpectralScale.RmsToRms : SpectralScale.RootRows, k.Flag("max", false) ? 1 : 0),
            "SpectralConv" => new SpectralNorm(steps, SpectralScale.One),
            "Sign" => new SignNorm(normalised),
            "ColNorm" => new ColumnNorm(normalised, k.Flag("transpose", false)),
            "RowNorm" => new RowNorm(normalised, k.Flag("transpose", false)),
            _ => new ColumnNorm(),
        };
        k.Ignore("zero_init");
        k.Done();
        // Its momentum is the share of the new gradient.
        double share = p.Number("momentum", 1);
        return new(new Scion(ball, 1 - share, p.Number("scale", 1), !p.Flag("unconstrained", false)), p.Number("lr", 1e-3));
    }

    static ReadRule NanoChat(Parameters p)
    {
        if (p.Word("kind", "muon", "muon", "adamw") == "adamw")
            throw p.Refuse("kind", "must be muon: the other groups are PyTorch's AdamW");
        return new(
            new NorMuon(
                p.Number("momentum", 0.95), p.Number("beta2", 0.95), true, p.Count("ns_steps", 0, 5), p.Number("weight_decay", 0), 1, 1e-10, true, 0, MomentLines.Longer,
                EqualRows: true, UnitLength: true, ScaledDecay: true, NewtonSchulz: new(CoefficientSet.PolarExpressFive, 1e-6, Safety: 1.01), CautiousDecay: true), p.Number("lr", 0.02));
    }

    static ReadRule CLion(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        return new(new Cautious(new Lion(β[0], β[1]), Floor: 0, CountsOneMore: true).Decayed(p.Number("weight_decay", 0), DecayForm.Decoupled), p.Number("lr", 1e-4));
    }

    static ReadRule Nvidia(Parameters p, string name)
    {
        double rate = p.Number("lr", 3e-4), decay = p.Number("weight_decay", 0.01), factor = p.Number("extra_scale_factor", 1), momentum = p.Number("momentum", 0.95);
        bool nesterov = p.Flag("nesterov", false);
        int steps = p.Count("num_ns_steps", 0, 5);
        string list = p.Word("coefficient_type", "quintic", "simple", "quintic", "polar_express", "cans", "aol", "deepseekv4", "cubic5");
        var newtonSchulz = new NewtonSchulz(list switch
        {
            "simple" => CoefficientSet.Jordan,
            "quintic" => CoefficientSet.Quintic,
            "polar_express" => CoefficientSet.PolarExpressRounded,
            "cans" => CoefficientSet.Cans,
            "aol" => CoefficientSet.AlmostOrthogonal,
            "deepseekv4" => CoefficientSet.DeepSeekV4,
            _ => CoefficientSet.Cubic,
        }, 1e-15, NormEpsilon.Clamped, Cycles: list is "quintic" or "aol" or "cubic5");
        var scale = name == "PolarGrad" ? MatrixScale.None : p.Word("scale_mode", "spectral", "spectral", "shape_scaling", "unit_rms_norm") switch
        {
            "spectral" => MatrixScale.RootLonger,
            "shape_scaling" => MatrixScale.Original,
            _ => MatrixScale.RmsToRms,
        };
        Rule rule;
        if (name == "AdaptiveMuon")
        {
            double β2 = p.Number("beta2", 0.95), ε = p.Number("eps", 1e-8);
            rule = p.Word("moment2_method", "adamuon", "adamuon", "normuon", "namo") switch
            {
                "normuon" => new NorMuon(
                    momentum, β2, nesterov, steps, 0, 1, ε, true, 0, MomentLines.Longer, NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: factor),
                var method => new AdaMuon(
                    momentum, β2, nesterov, steps, 0, 1, ε, false, method == "namo" ? AdaMuonMoment.PerMatrix : AdaMuonMoment.PerWeight, MatchLength: false,
                    NewtonSchulz: newtonSchulz, Scale: scale, ScaleFactor: factor),
            };
        }
        else
        {
            double? radius = name == "MuonHyperball" ? p.Number("hyperball_radius") : null;
            p.Ignore("hyperball_eps");
            rule = new Muon(momentum, nesterov, steps, 0, 1, newtonSchulz, scale, factor, DualNorm: name == "PolarGrad", Radius: radius);
        }
        string form = p.Word("weight_decay_method", "decoupled", "decoupled", "independent", "l2", "palm");
        // PaLM's decay is the square of the rate: the rate times a decay that follows the rate.
        return new(
            rule.Decayed(decay, form switch { "l2" => DecayForm.L2, "independent" => DecayForm.Independent, _ => DecayForm.Decoupled }), rate,
            form == "palm" ? 1 : null);
    }

    /// <summary>Two gradients a step are not to be had here.</summary>
    static void Approximate(Parameters p)
    {
        if (!p.Flag("is_approx", true))
            throw p.Refuse("is_approx", "must be true: the exact form needs the gradient of this batch at the weights before");
    }

    static ReadRule MarsM(Parameters p)
    {
        Approximate(p);
        p.Ignore("clip_c");
        double momentum = p.Number("momentum", 0.95);
        double[] β = p.Several("adamw_betas", 0.9, 0.95);
        var muon = new Muon(
            momentum, false, p.Count("ns_steps", 0, 5), p.Number("wd", 0.1), 1, null, MatrixScale.RootLonger, 0.2,
            Vectors: new Adam(β[0], β[1], p.Number("adamw_eps", 1e-8), EpsilonHat: true));
        return new(new VarianceReduced(muon, p.Number("gamma", 0.025), momentum), p.Number("lr", 1e-3));
    }

    static ReadRule Mars(Parameters p)
    {
        Approximate(p);
        double rate = p.Number("lr", 3e-3), vectorRate = p.Number("lr_1d", 3e-3), ε = p.Number("eps", 1e-8), gamma = p.Number("gamma", 0.025);
        double[] β = p.Several("betas", 0.95, 0.99), vectors = p.Several("betas_1d", 0.9, 0.95);
        double decay = p.Number("weight_decay", 0), vectorDecay = p.Number("weight_decay_1d", 0.1);
        if (p.Word("mars_type", "mars-adamw", "mars-adamw", "mars-lion", "mars-shampoo") != "mars-shampoo")
            throw p.Refuse("mars_type", "must be mars-shampoo here; timm's Mars has the forms of AdamW and Lion");
        if (p.Flag("optimize_1d", false) || p.Flag("amsgrad", false))
            throw p.Refuse(p.Flag("optimize_1d", false) ? "optimize_1d" : "amsgrad", "must be false here");
        var muon = new Muon(
            β[0], false, 5, decay, rate == 0 ? 0 : vectorRate / rate, new NewtonSchulz(Epsilon: ε), Momentum: MuonMomentum.Sum,
            Vectors: new Adam(vectors[0], vectors[1], ε), VectorDecay: vectorDecay);
        return new(new VarianceReduced(muon, gamma, β[0]), rate);
    }

    static ReadRule AdamMini(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        double dimension = p.Number("dim", 2048), heads = p.Whole("n_heads", 1, 32), decay = p.Number("weight_decay", 0), ε = p.Number("eps", 1e-8), rate = p.Number("lr", 1e-3);
        p.Ignore("n_kv_heads", "model_sharding", "verbose");
        int size = (int)Math.Min(Math.Max(1, dimension * dimension / heads), int.MaxValue);
        return p.Given("name", out var name) && name.ValueKind == JsonValueKind.String
            ? new(new AdamMini(β[0], β[1], ε, Anneal.AdamMini.Decays(name.GetString()!) ? decay : 0, Anneal.AdamMini.Named(name.GetString()!), size), rate)
            : new(new AdamMini(β[0], β[1], ε, decay, AdamMiniBlocks.ByName, size), rate);
    }

    static ReadRule AdamAtan2(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        double rate = p.Number("lr", 1e-4), decay = p.Number("weight_decay", 0), left = p.Number("cautious_factor", 1);
        if (p.Flag("decoupled_wd", false))
            decay = rate == 0 ? 0 : decay / rate;
        Rule rule = new AdamAtan2(β[0], β[1], p.Number("a", 1.27), p.Number("b", 1), Regeneration: p.Number("regen_reg_rate", 0));
        if (left < 1)
            rule = new Cautious(rule, left, 1e-5);
        return new(Beside(rule, decay, p.Flag("cautious_wd", false) ? DecayAgreement.Towards : DecayAgreement.All), rate);
    }

    static ReadRule Lion(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.99);
        double rate = p.Number("lr", 1e-4), decay = p.Number("weight_decay", 0), left = p.Number("cautious_factor", 0);
        if (p.Flag("decoupled_weight_decay", false))
            decay = rate == 0 ? 0 : decay / rate;
        Rule rule = new Lion(β[0], β[1]);
        if (left < 1)
            rule = new Cautious(rule, left, 1e-5);
        return new(rule.Decayed(decay, DecayForm.Decoupled), rate);
    }
}
