using System.Text.Json;

namespace Anneal.Tests;

/// <summary>
/// What the importers of the newest optimizers take a parameter to be that is left out, and what they refuse. The golden records write every parameter out, so the values below are those of the
/// authors' own signatures, which tests/golden's recorders noted.
/// </summary>
public class MatrixOptimizersTests
{
    static ImportedRule Read(string framework, string optimizer, string parameters = "{}") =>
        OptimizerImport.Read(JsonDocument.Parse($$"""{"framework": "{{framework}}", "optimizer": "{{optimizer}}", "params": {{parameters}}}""").RootElement);

    static NewtonSchulz DionForm { get; } = new(CoefficientSet.PolarExpressFive, 1e-8, Safety: 1.02);

    static Adam DionVectors { get; } = new(0.9, 0.95, 1e-8);

    static NewtonSchulz Nvidia(CoefficientSet set, bool cycles) => new(set, 1e-15, NormEpsilon.Clamped, Cycles: cycles);

    static Rule Decayed(Rule rule) => new WeightDecay(rule, 0.01);

    /// <summary>Each importer without any parameter: framework, optimizer, rule, rate.</summary>
    static readonly (string Framework, string Optimizer, Rule Rule, double Rate)[] defaults =
    [
        ("pytorch-main", "Muon", new Muon(0.95, true, 5, 0.1, 1, new(Epsilon: 1e-7, EpsilonForm: NormEpsilon.Clamped)), 1e-3),
        ("moonshotai-moonlight", "Muon", new Muon(0.95, true, 5, 0.1, 1, null, MatrixScale.RootLonger, 0.2, MuonMomentum.Sum, Vectors: new(0.9, 0.95, 1e-8, EpsilonHat: true)), 1e-3),
        ("zichongli5-normuon", "NorMuon", new NorMuon(0.95, 0.95), 0.02),
        ("zichongli5-normuon", "NorMuonWithAuxAdam", new Adam(0.9, 0.95, 1e-10), 3e-4),
        ("chongjie-si-adamuon", "AdaMuon", new AdaMuon(0.95, null, true, 5, 0.01, Epsilon: 1e-8), 1e-3),
        ("microsoft-dion", "Muon", new Muon(0.95, false, 5, 0.01, 1, DionForm, MatrixScale.RmsToRms, 1, MuonMomentum.Sum, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "NorMuon", new NorMuon(0.95, 0.95, false, 5, 0.01, 1, 1e-8, LengthEpsilon: 0, NewtonSchulz: DionForm, Scale: MatrixScale.RmsToRms, Momentum: MuonMomentum.Sum, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "Dion2", new Dion2(0.25, 0.95, null, 5, 0.01, NewtonSchulz: DionForm, Scale: MatrixScale.RmsToRms, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "Dion3", new Dion2(0.25, 0.95, 0.95, 5, 0.01, 1e-8, NewtonSchulz: DionForm, Scale: MatrixScale.RmsToRms, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "Dion", new Dion(0.95, 1, 1, null, 1, true, 0.01, 1e-8, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "Dion (simple)", new Dion(0.95, Rank: 16, TransposeWide: false, Decay: 0.01, Epsilon: 1e-8, Vectors: DionVectors), 0.01),
        ("microsoft-dion", "AdamW", Decayed(new Adam(0.9, 0.95, 1e-8)), 0.01),
        ("microsoft-dion", "Lion", Decayed(new Lion(0.9, 0.95)), 0.01),
        ("lions-epfl-scion", "Scion", new Scion(new SpectralNorm(), 0, 1, true), 1e-3),
        ("karpathy-nanochat", "MuonAdamW", new NorMuon(0.95, 0.95, true, 5, 0, 1, 1e-10, true, 0, MomentLines.Longer, EqualRows: true, UnitLength: true, ScaledDecay: true,
            NewtonSchulz: new(CoefficientSet.PolarExpressFive, 1e-6, Safety: 1.01), CautiousDecay: true), 0.02),
        ("kyleliang919-c-optim", "C-Muon", new Muon(0.95, Cautious: true), 0.02),
        ("kyleliang919-c-optim", "C-Lion", new Cautious(new Lion(0.9, 0.99), 0, 0, true), 1e-4),
        ("nvidia-emerging-optimizers", "Muon", Decayed(new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Quintic, true), MatrixScale.RootLonger)), 3e-4),
        ("nvidia-emerging-optimizers", "PolarGrad", Decayed(new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Quintic, true), MatrixScale.None, DualNorm: true)), 3e-4),
        ("nvidia-emerging-optimizers", "AdaptiveMuon", Decayed(new AdaMuon(0.95, 0.95, false, 5, 0, 1, 1e-8, false, MatchLength: false, NewtonSchulz: Nvidia(CoefficientSet.Quintic, true), Scale: MatrixScale.RootLonger, ScaleFactor: 1)), 3e-4),
        ("agi-arena-mars", "MARS_M", new VarianceReduced(new Muon(0.95, false, 5, 0.1, 1, null, MatrixScale.RootLonger, 0.2, Vectors: new(0.9, 0.95, 1e-8, EpsilonHat: true)), 0.025, 0.95), 1e-3),
        ("lucidrains-adam-atan2", "AdamAtan2", new AdamAtan2(0.9, 0.99, 1.27, 1), 1e-4),
        ("lucidrains-lion-pytorch", "Lion", new Cautious(new Lion(0.9, 0.99), 0, 1e-5), 1e-4),
        ("zyushun-adam-mini", "Adam_mini", new AdamMini(0.9, 0.999, 1e-8, 0, AdamMiniBlocks.ByName, 2048 * 2048 / 32), 1e-3),
    ];

    public static TheoryData<int> Defaults => [.. Enumerable.Range(0, defaults.Length)];

    [Theory, MemberData(nameof(Defaults))]
    public void A_parameter_left_out_is_what_the_authors_signature_says(int index)
    {
        var (framework, optimizer, rule, rate) = defaults[index];
        var read = Read(framework, optimizer);
        Assert.Equal(rule, read.Rule);
        Assert.Equal(rate, read.Rate.At(0));
        Assert.Null(read.DecayRate);
    }

    /// <summary>Each option by itself: framework, optimizer, parameters, rule.</summary>
    static readonly (string Framework, string Optimizer, string Parameters, Rule Rule)[] options =
    [
        ("pytorch-main", "Muon", """{"adjust_lr_fn": "match_rms_adamw", "eps": 1e-5}""", new Muon(0.95, true, 5, 0.1, 1, new(Epsilon: 1e-5, EpsilonForm: NormEpsilon.Clamped), MatrixScale.RootLonger, 0.2)),
        ("pytorch-main", "Muon", """{"adjust_lr_fn": null, "ns_coefficients": [[2, -1.5, 0.5], [1.5, -0.5, 0]]}""",
            new Muon(0.95, true, 5, 0.1, 1, new(Epsilon: 1e-7, EpsilonForm: NormEpsilon.Clamped, CustomCoefficients: [new(2, -1.5, 0.5), new(1.5, -0.5, 0)]))),
        ("zichongli5-normuon", "NorMuonWithAuxAdam", """{"use_muon": false, "weight_decay": 0.01}""", Decayed(new Adam(0.9, 0.95, 1e-10))),
        ("microsoft-dion", "Muon", """{"use_polar_express": false, "adjust_lr": "rms_norm", "cautious_wd": true, "nesterov": true}""",
            new Muon(0.95, true, 5, 0.01, 1, new(CoefficientSet.Quintic, 1e-8), MatrixScale.RootLonger, 0.2, MuonMomentum.Sum, true, Vectors: DionVectors)),
        ("microsoft-dion", "NorMuon", """{"adjust_lr": null, "muon_beta2": 0.5}""",
            new NorMuon(0.95, 0.5, false, 5, 0.01, 1, 1e-8, LengthEpsilon: 0, NewtonSchulz: DionForm, Scale: MatrixScale.None, Momentum: MuonMomentum.Sum, Vectors: DionVectors)),
        ("microsoft-dion", "AdamW", """{"cautious_wd": true}""", new WeightDecay(new Adam(0.9, 0.95, 1e-8), 0.01, Agreement: DecayAgreement.NotAway)),
        ("microsoft-dion", "Lion", """{"weight_decay": 0}""", new Lion(0.9, 0.95)),
        ("microsoft-dion", "Dion", """{"rank_fraction": 0.5, "rank_multiple_of": 8, "power_iters": 3, "qr_method": "cqr"}""", new Dion(0.95, 0.5, 8, null, 3, true, 0.01, 1e-8, Vectors: DionVectors)),
        ("microsoft-dion", "Dion (simple)", """{"rank": 4}""", new Dion(0.95, Rank: 4, TransposeWide: false, Decay: 0.01, Epsilon: 1e-8, Vectors: DionVectors)),
        ("lions-epfl-scion", "Scion", """{"norm": "Spectral"}""", new Scion(new SpectralNorm(5), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "Spectral", "norm_kwargs": {"normalized": false, "max": true, "steps": 7}}""", new Scion(new SpectralNorm(7, SpectralScale.RootRows, 1), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "SpectralConv", "momentum": 0.25}""", new Scion(new SpectralNorm(5, SpectralScale.One), 0.75)),
        ("lions-epfl-scion", "Scion", """{"norm": "Sign", "unconstrained": true, "scale": 3}""", new Scion(new SignNorm(), 0, 3, false)),
        ("lions-epfl-scion", "Scion", """{"norm": "Sign", "norm_kwargs": {"normalized": false}}""", new Scion(new SignNorm(false), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "ColNorm"}""", new Scion(new ColumnNorm(), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "ColNorm", "norm_kwargs": {"normalized": true, "transpose": true}}""", new Scion(new ColumnNorm(true, true), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "RowNorm"}""", new Scion(new RowNorm(), 0)),
        ("lions-epfl-scion", "Scion", """{"norm": "RowNorm", "norm_kwargs": {"normalized": false, "transpose": true}}""", new Scion(new RowNorm(false, true), 0)),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "simple", "scale_mode": "shape_scaling", "extra_scale_factor": 0.2, "nesterov": true, "num_ns_steps": 4}""",
            Decayed(new Muon(0.95, true, 4, 0, 1, Nvidia(CoefficientSet.Jordan, false), MatrixScale.Original, 0.2))),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "cans", "scale_mode": "unit_rms_norm", "weight_decay": 0}""", new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Cans, false), MatrixScale.RmsToRms)),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "polar_express", "weight_decay": 0}""", new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.PolarExpressRounded, false), MatrixScale.RootLonger)),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "aol", "weight_decay": 0}""", new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.AlmostOrthogonal, true), MatrixScale.RootLonger)),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "deepseekv4", "weight_decay": 0}""", new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.DeepSeekV4, false), MatrixScale.RootLonger)),
        ("nvidia-emerging-optimizers", "Muon", """{"coefficient_type": "cubic5", "weight_decay": 0}""", new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Cubic, true), MatrixScale.RootLonger)),
        ("nvidia-emerging-optimizers", "Muon", """{"weight_decay_method": "l2"}""", new WeightDecay(new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Quintic, true), MatrixScale.RootLonger), 0.01, DecayForm.L2)),
        ("nvidia-emerging-optimizers", "Muon", """{"weight_decay_method": "independent"}""",
            new WeightDecay(new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Quintic, true), MatrixScale.RootLonger), 0.01, DecayForm.Independent)),
        ("nvidia-emerging-optimizers", "MuonHyperball", """{"hyperball_radius": 4, "hyperball_eps": 1e-8}""", Decayed(new Muon(0.95, false, 5, 0, 1, Nvidia(CoefficientSet.Quintic, true), MatrixScale.RootLonger, Radius: 4))),
        ("nvidia-emerging-optimizers", "AdaptiveMuon", """{"moment2_method": "namo", "weight_decay": 0}""",
            new AdaMuon(0.95, 0.95, false, 5, 0, 1, 1e-8, false, AdaMuonMoment.PerMatrix, MatchLength: false, NewtonSchulz: Nvidia(CoefficientSet.Quintic, true), Scale: MatrixScale.RootLonger, ScaleFactor: 1)),
        ("nvidia-emerging-optimizers", "AdaptiveMuon", """{"moment2_method": "normuon", "weight_decay": 0}""",
            new NorMuon(0.95, 0.95, false, 5, 0, 1, 1e-8, true, 0, MomentLines.Longer, NewtonSchulz: Nvidia(CoefficientSet.Quintic, true), Scale: MatrixScale.RootLonger)),
        ("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo"}""", new VarianceReduced(
            new Muon(0.95, false, 5, 0, 1, new(Epsilon: 1e-8), Momentum: MuonMomentum.Sum, Vectors: new(0.9, 0.95, 1e-8), VectorDecay: 0.1), 0.025, 0.95)),
        ("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo", "lr": 0.006}""", new VarianceReduced(
            new Muon(0.95, false, 5, 0, 0.5, new(Epsilon: 1e-8), Momentum: MuonMomentum.Sum, Vectors: new(0.9, 0.95, 1e-8), VectorDecay: 0.1), 0.025, 0.95)),
        ("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo", "lr": 0}""", new VarianceReduced(
            new Muon(0.95, false, 5, 0, 0, new(Epsilon: 1e-8), Momentum: MuonMomentum.Sum, Vectors: new(0.9, 0.95, 1e-8), VectorDecay: 0.1), 0.025, 0.95)),
        ("lucidrains-adam-atan2", "AdamAtan2", """{"lr": 0.5, "weight_decay": 0.0625, "decoupled_wd": true, "cautious_wd": true}""", new WeightDecay(new AdamAtan2(0.9, 0.99, 1.27, 1), 0.125, Agreement: DecayAgreement.Towards)),
        ("lucidrains-adam-atan2", "AdamAtan2", """{"lr": 0, "weight_decay": 0.02, "decoupled_wd": true}""", new AdamAtan2(0.9, 0.99, 1.27, 1)),
        ("lucidrains-adam-atan2", "AdamAtan2", """{"weight_decay": 0.02, "cautious_factor": 0.5, "regen_reg_rate": 0.1, "a": 2, "b": 3}""", new WeightDecay(new Cautious(new AdamAtan2(0.9, 0.99, 2, 3, Regeneration: 0.1), 0.5, 1e-5), 0.02)),
        ("lucidrains-lion-pytorch", "Lion", """{"cautious_factor": 1, "lr": 0.5, "weight_decay": 0.0625, "decoupled_weight_decay": true}""", new WeightDecay(new Lion(0.9, 0.99), 0.125)),
        ("lucidrains-lion-pytorch", "Lion", """{"cautious_factor": 1, "lr": 0, "weight_decay": 0.02, "decoupled_weight_decay": true}""", new Lion(0.9, 0.99)),
        ("zyushun-adam-mini", "Adam_mini", """{"name": "h.0.attn.wq.weight", "dim": 64, "n_heads": 4, "weight_decay": 0.1}""", new AdamMini(0.9, 0.999, 1e-8, 0.1, AdamMiniBlocks.PerHead, 1_024)),
        ("zyushun-adam-mini", "Adam_mini", """{"name": "ln_f.bias", "dim": 64, "n_heads": 4, "weight_decay": 0.1}""", new AdamMini(0.9, 0.999, 1e-8, 0, AdamMiniBlocks.PerWeight, 1_024)),
        ("zyushun-adam-mini", "Adam_mini", """{"dim": 1, "n_heads": 4}""", new AdamMini(0.9, 0.999, 1e-8, 0, AdamMiniBlocks.ByName, 1)),
        ("zyushun-adam-mini", "Adam_mini", """{"dim": 1000000, "n_heads": 1}""", new AdamMini(0.9, 0.999, 1e-8, 0, AdamMiniBlocks.ByName, int.MaxValue)),
    ];

    public static TheoryData<int> Options => [.. Enumerable.Range(0, options.Length)];

    [Theory, MemberData(nameof(Options))]
    public void An_option_becomes_that_of_a_rule(int index)
    {
        var (framework, optimizer, parameters, rule) = options[index];
        Assert.Equal(rule, Read(framework, optimizer, parameters).Rule);
    }

    [Fact]
    public void PaLMs_decay_follows_the_square_of_the_rate()
    {
        Assert.Equal(1, Read("nvidia-emerging-optimizers", "Muon", """{"weight_decay_method": "palm"}""").DecayRate);
        Assert.Null(Read("nvidia-emerging-optimizers", "Muon", """{"weight_decay_method": "decoupled"}""").DecayRate);
    }

    [Theory]
    [InlineData("zichongli5-normuon", "NorMuonWithAuxAdam", """{"use_muon": true}""", "$.params.use_muon")]
    [InlineData("karpathy-nanochat", "MuonAdamW", """{"kind": "adamw"}""", "$.params.kind")]
    [InlineData("agi-arena-mars", "MARS_M", """{"is_approx": false}""", "$.params.is_approx")]
    [InlineData("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo", "is_approx": false}""", "$.params.is_approx")]
    [InlineData("agi-arena-mars", "MARS", "{}", "$.params.mars_type")]
    [InlineData("agi-arena-mars", "MARS", """{"mars_type": "mars-lion"}""", "$.params.mars_type")]
    [InlineData("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo", "optimize_1d": true}""", "$.params.optimize_1d")]
    [InlineData("agi-arena-mars", "MARS", """{"mars_type": "mars-shampoo", "amsgrad": true}""", "$.params.amsgrad")]
    [InlineData("nvidia-emerging-optimizers", "MuonHyperball", "{}", "$.params.hyperball_radius")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": []}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": [1, 2]}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": [1, 2, "3"]}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": [[1, 2, 3], [1, 2]]}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": [[1, 2, 3], [1, 2, null]]}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"ns_coefficients": [[1, 2, 3], 4]}""", "$.params.ns_coefficients")]
    [InlineData("pytorch-main", "Muon", """{"adjust_lr_fn": "rms"}""", "$.params.adjust_lr_fn")]
    [InlineData("pytorch-main", "Muon", """{"ns_steps": -1}""", "$.params.ns_steps")]
    [InlineData("pytorch-main", "Muon", """{"ns_dtype": "float16"}""", "$.params.ns_dtype")]
    [InlineData("microsoft-dion", "Dion", """{"rank_multiple_of": 0}""", "$.params.rank_multiple_of")]
    [InlineData("microsoft-dion", "Dion", """{"power_iters": 0}""", "$.params.power_iters")]
    [InlineData("microsoft-dion", "Dion (simple)", """{"rank": 0}""", "$.params.rank")]
    [InlineData("microsoft-dion", "Dion", """{"qr_method": "svd"}""", "$.params.qr_method")]
    [InlineData("lions-epfl-scion", "Scion", """{"norm_kwargs": {"steps": 3}}""", "$.params.norm_kwargs.steps")]
    [InlineData("zyushun-adam-mini", "Adam_mini", """{"n_heads": 0}""", "$.params.n_heads")]
    [InlineData("moonshotai-moonlight", "AdamW", "{}", "$.params")]
    public void What_cannot_be_had_is_refused_by_its_place(string framework, string optimizer, string parameters, string path) =>
        Assert.Equal(path, Assert.Throws<ScheduleFormatException>(() => Read(framework, optimizer, parameters)).Path);

    /// <summary>The format of the iteration, under whatever the rule is wrapped in: PyTorch and NVIDIA fuse, Dion and nanochat square first, the others round every operation.</summary>
    [Theory]
    [InlineData("pytorch-main", "Muon", IterationFormat.BFloat16Fused)]
    [InlineData("nvidia-emerging-optimizers", "AdaptiveMuon", IterationFormat.BFloat16Fused)]
    [InlineData("microsoft-dion", "Muon", IterationFormat.BFloat16SquareFirst)]
    [InlineData("microsoft-dion", "NorMuon", IterationFormat.BFloat16SquareFirst)]
    [InlineData("microsoft-dion", "Dion2", IterationFormat.BFloat16SquareFirst)]
    [InlineData("karpathy-nanochat", "MuonAdamW", IterationFormat.BFloat16SquareFirst)]
    [InlineData("moonshotai-moonlight", "Muon", IterationFormat.BFloat16)]
    [InlineData("zichongli5-normuon", "NorMuon", IterationFormat.BFloat16)]
    [InlineData("chongjie-si-adamuon", "AdaMuon", IterationFormat.BFloat16)]
    [InlineData("lions-epfl-scion", "Scion", IterationFormat.BFloat16)]
    [InlineData("kyleliang919-c-optim", "C-Muon", IterationFormat.BFloat16)]
    [InlineData("agi-arena-mars", "MARS_M", IterationFormat.BFloat16)]
    public void In_bfloat16_the_iteration_rounds_where_the_program_does(string framework, string optimizer, IterationFormat format)
    {
        Rule plain = Read(framework, optimizer).Rule, brief = Read(framework, optimizer, """{"ns_dtype": "bfloat16"}""").Rule;
        Assert.Equal(plain, Read(framework, optimizer, """{"ns_dtype": "float32"}""").Rule);
        Assert.Equal(format, Form(brief).Format);
        Assert.NotEqual(plain, brief);
        // Nothing else has changed.
        Assert.Equal(Form(plain), Form(brief).In(IterationFormat.AsWeights));

        static NewtonSchulz Form(Rule rule) => rule switch
        {
            Wrapper wrapper => Form(wrapper.Inner),
            Muon muon => muon.NewtonSchulz,
            NorMuon muon => muon.NewtonSchulz,
            AdaMuon muon => muon.NewtonSchulz,
            Dion2 dion => dion.NewtonSchulz,
            Scion scion => ((SpectralNorm)scion.Norm!).NewtonSchulz,
            _ => throw new InvalidOperationException($"{rule} has no iteration."),
        } ?? new();
    }

    [Fact]
    public void A_rule_without_an_iteration_is_the_same_in_every_format() =>
        Assert.Equal(Read("lucidrains-adam-atan2", "AdamAtan2").Rule, Read("lucidrains-adam-atan2", "AdamAtan2", """{"ns_dtype": "bfloat16"}""").Rule);
}
