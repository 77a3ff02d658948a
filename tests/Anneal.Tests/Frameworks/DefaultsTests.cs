using System.Text.Json;
using Json = System.Text.Json.Nodes.JsonNode;

namespace Anneal.Tests;

/// <summary>A parameter left out means what its framework says. The defaults below are the frameworks' own signatures.</summary>
public class DefaultsTests
{
    static readonly Dictionary<string, string> Signatures = new()
    {
        ["pytorch ConstantLR"] = """{"factor": 0.3333333333333333, "total_iters": 5}""",
        ["pytorch LinearLR"] = """{"start_factor": 0.3333333333333333, "end_factor": 1.0, "total_iters": 5}""",
        ["pytorch StepLR"] = """{"gamma": 0.1}""",
        ["pytorch MultiStepLR"] = """{"gamma": 0.1}""",
        ["pytorch PolynomialLR"] = """{"total_iters": 5, "power": 1.0}""",
        ["pytorch CosineAnnealingLR"] = """{"eta_min": 0.0}""",
        ["pytorch CosineAnnealingWarmRestarts"] = """{"T_mult": 1, "eta_min": 0.0}""",
        ["pytorch CyclicLR"] = """{"step_size_up": 2000, "mode": "triangular", "gamma": 1.0, "cycle_momentum": true, "base_momentum": 0.8, "max_momentum": 0.9}""",
        ["pytorch OneCycleLR"] = """{"pct_start": 0.3, "anneal_strategy": "cos", "cycle_momentum": true, "base_momentum": 0.85, "max_momentum": 0.95, "div_factor": 25.0, "final_div_factor": 10000.0, "three_phase": false}""",
        ["pytorch ReduceLROnPlateau"] = """{"mode": "min", "factor": 0.1, "patience": 10, "threshold": 0.0001, "threshold_mode": "rel", "cooldown": 0, "min_lr": 0.0, "eps": 1e-08}""",
        ["huggingface-transformers cosine"] = """{"num_cycles": 0.5}""",
        ["huggingface-transformers cosine_with_restarts"] = """{"num_cycles": 1}""",
        ["huggingface-transformers polynomial"] = """{"lr_end": 1e-07, "power": 1.0}""",
        ["huggingface-transformers warmup_stable_decay"] = """{"warmup_type": "linear", "decay_type": "cosine", "min_lr_ratio": 0, "num_cycles": 0.5}""",
        ["timm CosineLRScheduler"] = """{"lr_min": 0.0, "cycle_mul": 1.0, "cycle_decay": 1.0, "cycle_limit": 1, "warmup_t": 0, "warmup_lr_init": 0.0, "warmup_prefix": false, "k_decay": 1.0}""",
        ["timm PolyLRScheduler"] = """{"power": 0.5, "lr_min": 0.0, "cycle_mul": 1.0, "cycle_decay": 1.0, "cycle_limit": 1, "warmup_prefix": false, "k_decay": 1.0}""",
        ["timm TanhLRScheduler"] = """{"lb": -7.0, "ub": 3.0, "lr_min": 0.0, "cycle_mul": 1.0, "cycle_decay": 1.0, "cycle_limit": 1, "warmup_prefix": false}""",
        ["timm StepLRScheduler"] = """{"decay_rate": 1.0, "warmup_prefix": true}""",
        ["timm MultiStepLRScheduler"] = """{"decay_rate": 1.0, "warmup_prefix": true}""",
        ["timm PlateauLRScheduler"] = """{"decay_rate": 0.1, "patience_t": 10, "threshold": 0.0001, "cooldown_t": 0, "lr_min": 0.0, "mode": "max"}""",
        ["optax cosine_decay_schedule"] = """{"alpha": 0.0, "exponent": 1.0}""",
        ["optax exponential_decay"] = """{"transition_begin": 0, "staircase": false, "end_value": null}""",
        ["optax linear_schedule"] = """{"transition_begin": 0}""",
        ["optax polynomial_schedule"] = """{"transition_begin": 0}""",
        ["optax piecewise_constant_schedule"] = """{"boundaries_and_scales": null}""",
        ["optax linear_onecycle_schedule"] = """{"pct_start": 0.3, "pct_final": 0.85, "div_factor": 25.0, "final_div_factor": 10000.0}""",
        ["optax cosine_onecycle_schedule"] = """{"pct_start": 0.3, "div_factor": 25.0, "final_div_factor": 10000.0}""",
        ["optax warmup_cosine_decay_schedule"] = """{"end_value": 0.0, "exponent": 1.0}""",
        ["optax warmup_exponential_decay_schedule"] = """{"transition_begin": 0, "staircase": false, "end_value": null}""",
        ["optax reduce_on_plateau"] = """{"factor": 0.1, "patience": 10, "rtol": 0.0001, "atol": 0.0, "cooldown": 0, "accumulation_size": 1, "min_scale": 0.0}""",
        ["keras ExponentialDecay"] = """{"staircase": false}""",
        ["keras InverseTimeDecay"] = """{"staircase": false}""",
        ["keras PolynomialDecay"] = """{"end_learning_rate": 0.0001, "power": 1.0, "cycle": false}""",
        ["keras CosineDecay"] = """{"alpha": 0.0, "warmup_steps": 0, "warmup_target": null}""",
        ["keras CosineDecayRestarts"] = """{"t_mul": 2.0, "m_mul": 1.0, "alpha": 0.0}""",
        ["keras ReduceLROnPlateau"] = """{"factor": 0.1, "patience": 10, "mode": "auto", "min_delta": 0.0001, "cooldown": 0, "min_lr": 0.0}""",
    };

    public static TheoryData<GoldenRecord> Records => [.. GoldenRecord.All.Where(r => Signatures.ContainsKey(Key(r)))];

    [Theory, MemberData(nameof(Records))]
    public void A_parameter_written_out_at_its_default_may_be_left_out(GoldenRecord record)
    {
        double[] whole = record.Ask(SchedulerImport.Import(record.Configuration));
        foreach (var (name, standard) in Json.Parse(Signatures[Key(record)])!.AsObject())
        {
            var written = Json.Parse(record.Configuration.GetRawText())!;
            var parameters = written["params"]!.AsObject();
            if (parameters.ContainsKey(name) && !Same(parameters[name], standard))
                continue;
            parameters.Remove(name);
            Assert.Equal(whole, record.Ask(Import(written)));
            parameters[name] = standard?.DeepClone();
            Assert.Equal(whole, record.Ask(Import(written)));
        }
    }

    [Theory, MemberData(nameof(Records))]
    public void A_parameter_that_nobody_knows_is_refused_with_its_path(GoldenRecord record)
    {
        var written = Json.Parse(record.Configuration.GetRawText())!;
        written["params"]!["learning_speed"] = 1;
        Assert.Equal("$.params.learning_speed", Assert.Throws<ScheduleFormatException>(() => Import(written)).Path);
    }

    static string Key(GoldenRecord record) => $"{record.Framework} {record.Configuration.GetProperty("scheduler").GetString()}";

    static bool Same(Json? a, Json? b) =>
        Json.DeepEquals(a, b) || (a?.GetValueKind() == JsonValueKind.Number && b?.GetValueKind() == JsonValueKind.Number && Number(a) == Number(b));

    static double Number(Json node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    static Imported Import(Json configuration) => SchedulerImport.Import(configuration.ToJsonString());
}
