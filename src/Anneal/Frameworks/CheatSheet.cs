using System.Text;

namespace Anneal.Frameworks;

/// <summary>How one scheduler of another framework is written here.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Scheduler">Its scheduler.</param>
/// <param name="Parameters">An example, as a JSON object.</param>
/// <param name="Remark">Where its conventions differ from ours, and what surprises.</param>
public sealed record CheatSheetRow(string Framework, string Scheduler, string Parameters, string Remark)
{
    /// <summary>The example as a configuration that <see cref="SchedulerImport.Import(string)"/> reads.</summary>
    public string Configuration => $$"""{"framework": "{{Framework}}", "scheduler": "{{Scheduler}}", "params": {{Parameters}}}""";

    /// <summary>What the example becomes here.</summary>
    public Imported Import() => SchedulerImport.Import(Configuration);

    /// <summary>The example in our notation, or the state machine of a scheduler that listens to a metric.</summary>
    public string Ours() => Import() is { Schedule: { } schedule } ? ScheduleNotation.Print(schedule) : Import().Feedback!.Machine!.ToString();
}

/// <summary>The table of all foreign schedulers that are read, made by the importers themselves.</summary>
public static class CheatSheet
{
    /// <summary>One row per scheduler, in the frameworks' order.</summary>
    public static IReadOnlyList<CheatSheetRow> Rows { get; } =
    [
        new("pytorch", "ConstantLR", """{"lr": 0.1, "factor": 0.5, "total_iters": 40}""", "With `total_iters` 0 the stepped form stays at the factor for ever; the closed form never uses it."),
        new("pytorch", "LinearLR", """{"lr": 0.1, "start_factor": 0.1, "total_iters": 10}""", "Factors of the base rate, not rates. With `total_iters` 0 it stays at the start when stepped."),
        new("pytorch", "StepLR", """{"lr": 0.1, "step_size": 30}""", "The same."),
        new("pytorch", "MultiStepLR", """{"lr": 0.1, "milestones": [30, 80]}""", "Changes *at* the milestone. One named twice counts twice."),
        new("pytorch", "ExponentialLR", """{"lr": 1.0, "gamma": 0.5}""", "The same."),
        new("pytorch", "PolynomialLR", """{"lr": 0.01, "total_iters": 100, "power": 2.0}""", "Always down to 0."),
        new("pytorch", "CosineAnnealingLR", """{"lr": 0.1, "T_max": 50}""", "Not held at the end: past `T_max` it rises again, back at the base rate at 2·`T_max`. Its recursion loses digits where `eta_min` is many times the base rate; here it does not."),
        new("pytorch", "CosineAnnealingWarmRestarts", """{"lr": 0.05, "T_0": 7, "T_mult": 3, "eta_min": 0.001}""", "Asked with `step(epoch)`, a logarithm finds the cycle, and some restarts come late."),
        new("pytorch", "CyclicLR", """{"base_lr": 0.01, "max_lr": 0.05, "step_size_up": 15, "mode": "triangular2"}""", "Momentum moves against the rate, from `max_momentum` 0.9 to `base_momentum` 0.8. Chained behind another scheduler, its very first rate is still that one's base rate."),
        new("pytorch", "OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}""", "The first phase ends at pct·N − 1, between two steps if that is no whole number; the last at N − 1. Index N extrapolates, below 0 if linear; N + 1 raises. Momentum moves against the rate. Of two in one optimizer, both follow the limits of the second."),
        new("pytorch", "SequentialLR", """{"lr": 0.1, "schedulers": [{"name": "LinearLR", "params": {"start_factor": 0.1, "total_iters": 10}}, {"name": "CosineAnnealingLR", "params": {"T_max": 90}}], "milestones": [10]}""", "Each child starts from the base rate again, wherever the one before was."),
        new("pytorch", "ChainedScheduler", """{"lr": 0.3, "schedulers": [{"name": "LinearLR", "params": {"start_factor": 0.1, "total_iters": 10}}, {"name": "ExponentialLR", "params": {"gamma": 0.97}}]}""", "A product, but for cosines: those add on their way up, so a chain with one is replayed call by call."),
        new("pytorch", "ReduceLROnPlateau", """{"lr": 0.1, "factor": 0.5, "patience": 3, "cooldown": 2}""", "Cuts when bad reports *exceed* the patience. A relative threshold loosens below 0. A cut of `eps` (1e-8) or less is left out, yet resets the counters."),
        new("huggingface-transformers", "constant", """{"lr": 0.1}""", "The same."),
        new("huggingface-transformers", "constant_with_warmup", """{"lr": 0.1, "num_warmup_steps": 10}""", "t/W: the first update runs at 0."),
        new("huggingface-transformers", "linear", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100}""", "`num_training_steps` includes the warm-up."),
        new("huggingface-transformers", "cosine", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100}""", "Not held at the end: the rate rises again. `num_cycles` counts whole waves, 0.5 by default."),
        new("huggingface-transformers", "cosine_with_restarts", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "num_cycles": 3}""", "0 after the end. `num_cycles` counts half waves here."),
        new("huggingface-transformers", "polynomial", """{"lr": 0.001, "num_warmup_steps": 20, "num_training_steps": 100, "lr_end": 1e-05, "power": 0.5}""", "`lr_end` is 1e-7 unless given, and must be below the rate. A warm-up as long as the run divides by 0."),
        new("huggingface-transformers", "inverse_sqrt", """{"lr": 0.05, "num_warmup_steps": 20, "timescale": 100}""", "`timescale` is the warm-up's length unless given, or 10,000 without warm-up."),
        new("huggingface-transformers", "cosine_with_min_lr", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "min_lr": 0.001}""", "Not held at the end. `min_lr` is a rate, `min_lr_rate` a fraction."),
        new("huggingface-transformers", "cosine_warmup_with_min_lr", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "min_lr": 0.01}""", "Counts from one: (t + 1)/W in the warm-up, and the minimum already at N − 1; then it rises again."),
        new("huggingface-transformers", "warmup_stable_decay", """{"lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "num_decay_steps": 30}""", "The warm-up too starts at `min_lr_ratio`. Held at the end."),
        new("huggingface-transformers", "reduce_lr_on_plateau", """{"lr": 0.1, "patience": 3}""", "PyTorch's."),
        new("timm", "CosineLRScheduler", """{"lr": 0.1, "t_initial": 90, "warmup_t": 10, "warmup_lr_init": 0.001, "lr_min": 0.001}""", "Without `warmup_prefix` it climbs to the base rate and jumps down onto the curve at `warmup_t`. A logarithm finds the cycle where `cycle_mul` is not 1."),
        new("timm", "TanhLRScheduler", """{"lr": 0.1, "t_initial": 100, "lr_min": 0.001}""", "Starts a little below the base rate; its warm-up aims at the curve."),
        new("timm", "PolyLRScheduler", """{"lr": 0.3, "t_initial": 60, "power": 1.5, "k_decay": 0.5, "lr_min": 0.01}""", "Power 0.5 unless given; warm-up as for the cosine."),
        new("timm", "StepLRScheduler", """{"lr": 0.5, "decay_t": 30, "decay_rate": 0.1}""", "`decay_rate` is 1 unless given. The warm-up comes first (`warmup_prefix` is true here)."),
        new("timm", "MultiStepLRScheduler", """{"lr": 0.1, "decay_t": [30, 60, 90], "decay_rate": 0.1}""", "Changes one epoch *before* each milestone."),
        new("timm", "PlateauLRScheduler", """{"lr": 0.1, "decay_rate": 0.5, "patience_t": 3}""", "Wraps PyTorch's; mode max unless given. Nothing is reported during its warm-up. Epochs count from 1."),
        new("optax", "constant_schedule", """{"value": 0.1}""", "The same."),
        new("optax", "linear_schedule", """{"init_value": 0.1, "end_value": 0.0, "transition_steps": 100}""", "With 0 `transition_steps` it stays at `init_value`."),
        new("optax", "polynomial_schedule", """{"init_value": 1.0, "end_value": 0.0, "power": 0.5, "transition_steps": 60, "transition_begin": 20}""", "With 0 `transition_steps` it stays at `init_value`."),
        new("optax", "exponential_decay", """{"init_value": 1.0, "transition_steps": 5, "decay_rate": 0.3, "transition_begin": 3, "end_value": 0.001}""", "`end_value` is a floor below rate 1, a ceiling above."),
        new("optax", "cosine_decay_schedule", """{"init_value": 0.1, "decay_steps": 50, "alpha": 0.1}""", "`alpha` is a fraction of `init_value`. Held at the end; with an `exponent` below 1 there may be a rest there (7e-9 of the peak for 0.5), where ours is the floor exactly."),
        new("optax", "piecewise_constant_schedule", """{"init_value": 1.0, "boundaries_and_scales": {"10": 0.5, "20": 0.5, "40": 2.0}}""", "Scales multiply up. Changes *at* the boundary."),
        new("optax", "piecewise_interpolate_schedule", """{"interpolate_type": "linear", "init_value": 1.0, "boundaries_and_scales": {"4": 0.1, "8": 0.01}}""", "Scales multiply up; the way goes between the products."),
        new("optax", "linear_onecycle_schedule", """{"transition_steps": 100, "peak_value": 0.1}""", "Phases end on whole steps (rounded down). The final rate is peak/`final_div_factor`, not start/`final_div_factor`."),
        new("optax", "cosine_onecycle_schedule", """{"transition_steps": 100, "peak_value": 0.1}""", "Two phases, which end on whole steps (rounded down). The final rate is peak / (`div_factor` · `final_div_factor`) · 1."),
        new("optax", "warmup_constant_schedule", """{"init_value": 0.0, "peak_value": 0.1, "warmup_steps": 10}""", "With 0 `warmup_steps` it never reaches the peak."),
        new("optax", "warmup_cosine_decay_schedule", """{"init_value": 0.001, "peak_value": 0.1, "warmup_steps": 20, "decay_steps": 120, "end_value": 0.005}""", "`decay_steps` *includes* the warm-up; equal to it is refused."),
        new("optax", "warmup_exponential_decay_schedule", """{"init_value": 0.0, "peak_value": 0.1, "warmup_steps": 10, "transition_steps": 20, "decay_rate": 0.5}""", "The decay counts from the end of the warm-up."),
        new("optax", "sgdr_schedule", """{"cosine_kwargs": [{"init_value": 0.0, "peak_value": 1.0, "warmup_steps": 3, "decay_steps": 15}, {"init_value": 0.0, "peak_value": 0.5, "warmup_steps": 3, "decay_steps": 30}]}""", "Each cycle is a warmup_cosine_decay_schedule."),
        new("optax", "join_schedules", """{"schedules": [{"name": "linear_schedule", "params": {"init_value": 0.0, "end_value": 0.1, "transition_steps": 10}}, {"name": "cosine_decay_schedule", "params": {"init_value": 0.1, "decay_steps": 40}}], "boundaries": [10]}""", "Boundaries count from the start. Schedules without a boundary are dropped without a word."),
        new("optax", "reduce_on_plateau", """{"factor": 0.5, "patience": 3, "cooldown": 2}""", "A scale of the update, starting at 1. Cuts when bad reports *reach* the patience. Both thresholds apply at once."),
        new("keras", "ExponentialDecay", """{"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5}""", "The same; `staircase` makes it a step decay."),
        new("keras", "PiecewiseConstantDecay", """{"boundaries": [30, 60], "values": [0.1, 0.01, 0.001]}""", "Changes *after* the boundary: the step on it still has the old value."),
        new("keras", "PolynomialDecay", """{"initial_learning_rate": 0.1, "decay_steps": 40, "end_learning_rate": 0.01, "cycle": true}""", "`cycle` stretches the decay to the next multiple of `decay_steps`. `end_learning_rate` is 1e-4 unless given."),
        new("keras", "InverseTimeDecay", """{"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5}""", "The rate of decay is `decay_rate`/`decay_steps` per update."),
        new("keras", "CosineDecay", """{"initial_learning_rate": 0.01, "decay_steps": 50, "alpha": 0.05, "warmup_target": 0.2, "warmup_steps": 50}""", "`decay_steps` *excludes* the warm-up. `alpha` is a fraction."),
        new("keras", "CosineDecayRestarts", """{"initial_learning_rate": 0.2, "first_decay_steps": 10, "m_mul": 0.8, "alpha": 0.05}""", "Cycles double unless told. The floor does not shrink with the peaks. A logarithm finds the cycle."),
        new("keras", "ReduceLROnPlateau", """{"lr": 0.1, "factor": 0.5, "patience": 3, "min_delta": 0.01, "cooldown": 2, "mode": "min"}""", "Cuts when bad epochs *reach* the patience. The last epoch of a cooldown counts again. Thresholds are absolute. A first report that is not a number is never beaten."),
    ];

    /// <summary>The table as Markdown, a section per framework.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Cheat sheet: schedules of other frameworks

            What a scheduler of another framework is called here, with an example, and what to look out for. The middle column is
            printed by the importers themselves. Here step t counts the updates already made, a warm-up is t/W, rates are absolute, and a
            schedule holds its last rate.

            | framework | an index is |
            | --- | --- |
            | pytorch, huggingface-transformers | calls of `scheduler.step()`; 0 is the first update |
            | timm | the number passed to `scheduler.step(t)`; a plateau counts from 1 |
            | optax, keras | updates made; 0 is the first update |

            """.ReplaceLineEndings("\n"));
        foreach (var framework in Rows.GroupBy(r => r.Framework))
        {
            text.Append($"\n## {framework.Key}\n\n| there | is written here | differences |\n| --- | --- | --- |\n");
            foreach (var row in framework)
                text.Append($"| `{row.Scheduler}` `{Cell(row.Parameters)}` | `{Cell(row.Ours())}` | {row.Remark} |\n");
        }
        return text.ToString();
    }

    /// <summary>A bar would end the cell.</summary>
    static string Cell(string text) => text.Replace("|", "\\|");
}
