using System.Text;

namespace Anneal.Runs;

/// <summary>How one framework counts, and what surprises.</summary>
/// <param name="Framework">The framework, as <c>--framework</c> takes it.</param>
/// <param name="Length">How long a run is, in updates.</param>
/// <param name="Warmup">How the rate climbs; n counts the updates already made, W the warm-up's.</param>
/// <param name="Surprise">What people are caught by.</param>
public sealed record RunConvention(string Framework, string Length, string Warmup, string Surprise);

/// <summary>The conventions of all frameworks whose run configurations are read, as a table.</summary>
public static class RunConventions
{
    /// <summary>One row a framework, in the order of <see cref="RunConfigurations.Frameworks"/>.</summary>
    public static IReadOnlyList<RunConvention> Rows { get; } =
    [
        new("hf", "⌈epochs · max(1, ⌈⌈⌈samples / batch⌉ / processes⌉ / accumulation⌉)⌉, or `max_steps`", "n/W; a value below 1 is a ratio, rounded up", "`1e-4` is a text for PyYAML. A cosine rises again past the end. `constant` takes no warm-up; `inverse_sqrt` gets no keywords."),
        new("llamafactory", "as hf", "as hf", "`1e-4` is a number. A warmup_stable_decay without numbers is stable for a third of what follows the warm-up."),
        new("axolotl", "⌈samples · epochs / (micro batch · accumulation · processes)⌉, or `max_steps`", "n/W; a ratio is rounded down, no key means 3 % and at most 100, and 1 becomes 2", "`cosine_min_lr_ratio` acts on the cosine alone. rex counts from one."),
        new("deepspeed", "`total_num_steps`, which is the schedule's", "log(n)/log W unless `warmup_type` is linear, one update late: updates 0 and 1 are alike", "`warmup_max_lr` replaces the optimizer's rate; WarmupDecayLR's default is 0.001."),
        new("megatron", "`train-iters`, or ⌊`train-samples` / batch⌋", "init + (max − init)·s/W in samples s; a fraction is of the decay and stays fractional", "Past `lr-decay-iters` the rate is `min-lr`, for the inverse root too, by a jump. A warm-up as long as the decay is refused."),
        new("nemo", "`trainer.max_steps` if not negative, else `sched.max_steps`, else from epochs", "(n + 1)/(W + 1), with index W the peak", "CosineAnnealing with `constant_steps` climbs from 0 instead. After the end `min_lr`, by a jump for inverse roots."),
        new("torchtitan", "`training.steps`", "(n + 1)/W: the first update is not 0", "A warm-up longer than the run is cut; past the end a linear decay goes below 0."),
        new("composer", "`max_duration` in batches", "t/W one update late: updates 0 and 1 both have 0", "`t_warmup` and `t_max` must end up in one unit, and `t_max` must not be shorter than the run."),
        new("olmo", "`max_duration`: steps, `5e9T` tokens, `2ep`", "from a tenth of the rate unless `warmup_min_lr` says otherwise; update n has step n + 1", "`alpha_f` is a fraction. A constant takes no warm-up."),
        new("maxtext", "`steps`", "n/W, W cut off from a fraction", "After `learning_rate_schedule_steps` the rate is 0. The cosine divides by its length − 1."),
        new("mmengine", "epochs · iterations, or `max_iters`", "LinearLR reaches its end at `end` − 1", "`by_epoch` is true unless said otherwise: lengths are epochs. Schedulers act on one rate, one after another."),
        new("detectron2", "`MAX_ITER`", "linear from WARMUP_FACTOR to the schedule's value where the warm-up ends", "WARMUP_ITERS is 1,000 unless set. Steps beyond MAX_ITER are dropped."),
        new("fairseq", "`max_update`", "from `warmup_init_lr`, which is 0 or the floor unless set", "The cosine's `lr_shrink` is 0.1: past its period it begins again at a tenth. The key is spelt `lr_deacy_period`."),
        new("keras", "not in the file", "from `initial_learning_rate` to `warmup_target`; `decay_steps` excludes it", "A boundary itself still has the old value."),
        new("timm", "epochs (+ warm-up with `warmup_prefix`) + cooldown", "by epoch: the first epoch runs at `warmup_lr`", "Without `warmup_prefix` it drops onto the curve. Milestones act one epoch early. `decay_rate` is the power of poly."),
        new("ultralytics", "what epochs · batches make with an accumulation that grows", "by batch, from 0 to the current epoch's rate; biases come down from `warmup_bias_lr`", "`optimizer: auto` ignores `lr0`. Before 8.4 the warm-up had at least 100 batches."),
        new("diffusers", "`max_train_steps`, or epochs · ⌈⌈batches / processes⌉ / accumulation⌉", "n/W; W is 500 unless given", "polynomial ends at 1e-7. A constant takes no warm-up."),
        new("kohya", "`max_train_steps`, which `max_train_epochs` replaces", "n·processes/W: an absolute warm-up is shortened by the processes", "A constant with a warm-up is refused. A value below 1, or with %, is a part of the run."),
        new("tf_model_garden", "`train_steps`", "replaces the schedule's first steps and aims at its value there", "Only `offset` shifts the schedule. A boundary itself still has the old value."),
        new("anneal", "`steps`", "n/W", "The JSON of `anneal train`; a schedule that ends before the run holds its last rate."),
    ];

    /// <summary>The table as Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("\n## Run configurations\n\nWhat `anneal run check` reads, and how each framework counts.\n\n| framework | length of the run, in updates | warm-up | surprises |\n| --- | --- | --- | --- |\n");
        foreach (var row in Rows)
            text.Append($"| {row.Framework} | {row.Length} | {row.Warmup} | {row.Surprise} |\n");
        return text.ToString();
    }
}
