using System.Text;

namespace Anneal.Runs;

/// <summary>A schedule that frameworks have under a name of its own, and how it is written here.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Where">Which frameworks have it.</param>
/// <param name="Notation">In this library's notation, for the run of <paramref name="Example"/>.</param>
/// <param name="Numbers">Where its numbers come from.</param>
/// <param name="Example">A configuration with the same rates.</param>
/// <param name="Updates">Updates over which they are the same.</param>
public sealed record RunForm(string Name, string Where, string Notation, string Numbers, string Example, int Updates);

/// <summary>Schedules that configurations name, as shapes and compositions of this library.</summary>
public static class RunForms
{
    /// <summary>One row a name.</summary>
    public static IReadOnlyList<RunForm> All { get; } =
    [
        new("Noam", "NeMo `NoamAnnealing`; tensor2tensor", "shift(noam(512, 4000), 1)", "`d_model`, `warmup_steps`; `lr` is the factor; NeMo's first update comes twice, the paper has it once",
            "trainer: {max_steps: 9000}\nmodel: {optim: {lr: 1.0, sched: {name: NoamAnnealing, d_model: 512, warmup_steps: 4000}}}\n", 9000),
        new("inverse square root", "fairseq `inverse_sqrt`; Transformers `inverse_sqrt`", "warmup(0.0007, 4000) > inverseSqrt(0.0007, timescale: 4000)", "`lr`, `warmup_updates` twice",
            "--lr-scheduler inverse_sqrt --lr 0.0007 --warmup-updates 4000 --warmup-init-lr 0 --max-update 9000", 9000),
        new("logarithmic warm-up", "DeepSpeed `WarmupLR`", "constant(0) for 1 > logarithmicWarmup(0.001, 999)", "`warmup_max_lr`, `warmup_num_steps` − 1; the first index comes twice",
            """{"optimizer": {"type": "Adam", "params": {"lr": 1e-3}}, "scheduler": {"type": "WarmupLR", "params": {"warmup_num_steps": 1000, "warmup_max_lr": 0.001}}}""", 3000),
        new("logarithmic warm-up, then a line", "DeepSpeed `WarmupDecayLR`", "constant(0) for 1 > logarithmicWarmup(0.001, 999) > constant(0.001) for 1 > linear(0.001, 4000)", "the line takes `total_num_steps` − `warmup_num_steps`",
            """{"optimizer": {"type": "Adam", "params": {"lr": 1e-3}}, "scheduler": {"type": "WarmupDecayLR", "params": {"warmup_num_steps": 1000, "warmup_max_lr": 0.001, "total_num_steps": 5000}}}""", 5000),
        new("range test", "DeepSpeed `LRRangeTest`", "continue(warmup(0.002, 200, start: 0.001))", "from `min_lr` by `step_rate` · `min_lr` every `step_size`",
            """{"optimizer": {"type": "Adam", "params": {"lr": 1e-3}}, "scheduler": {"type": "LRRangeTest", "params": {"lr_range_test_min_lr": 0.001, "lr_range_test_step_size": 200, "lr_range_test_step_rate": 1}}}""", 1000),
        new("exponential cooldown", "Megatron-LM `--lr-wsd-decay-style exponential`", "wsd(0.0003, 12000, 2000, 2000, floor: 3e-05, shape: exponential)", "`--lr-wsd-decay-iters` is the last number",
            "--lr 3e-4 --min-lr 3e-5 --lr-decay-style WSD --lr-wsd-decay-style exponential --lr-wsd-decay-iters 2000 --lr-warmup-iters 2000 --train-iters 12000 --global-batch-size 8", 12_000),
        new("1 − √x cooldown", "Megatron-LM `minus_sqrt`; torchtitan `sqrt`; Transformers `1-sqrt`", "wsd(0.0003, 12000, 2000, 2000, floor: 3e-05, shape: oneMinusSqrt)", "as before",
            "--lr 3e-4 --min-lr 3e-5 --lr-decay-style WSD --lr-wsd-decay-style minus_sqrt --lr-wsd-decay-iters 2000 --lr-warmup-iters 2000 --train-iters 12000 --global-batch-size 8", 12_000),
        new("warmup-stable-decay", "Transformers `warmup_stable_decay`; MaxText `wsd`; torchtitan `decay_ratio`", "wsd(0.0002, 1000, 100, 200, floor: 2e-05, start: 2e-05, shape: cosine)", "`num_decay_steps`; `min_lr_ratio` is a fraction of the rate, and Transformers' warm-up starts there too",
            """{"output_dir": "out", "learning_rate": 2e-4, "lr_scheduler_type": "warmup_stable_decay", "lr_scheduler_kwargs": {"num_decay_steps": 200, "min_lr_ratio": 0.1}, "warmup_steps": 100, "max_steps": 1000, "per_device_train_batch_size": 8}""", 1000),
        new("quadratic warm-up", "axolotl `lr_quadratic_warmup`; TensorFlow's model garden `polynomial`", "warp(warmup(0.0002, 100), 2) > cosine(0.0002, 900)", "the power of the warm-up",
            "base_model: m\ndatasets: [{path: d}]\nmicro_batch_size: 2\nnum_epochs: 1\nlearning_rate: 0.0002\nlr_scheduler: cosine\nlr_quadratic_warmup: true\nwarmup_steps: 100\nmax_steps: 1000\n", 1000),
        new("tri-stage", "fairseq `tri_stage`", "warmup(0.0003, 1000, start: 3e-06) > constant(0.0003) for 4000 > exponential(0.0003, 0.01, every: 5000) for 5000", "the factor is `final_lr_scale`, every `decay_steps`",
            "--lr-scheduler tri_stage --lr 0.0003 --warmup-steps 1000 --hold-steps 4000 --decay-steps 5000 --init-lr-scale 0.01 --final-lr-scale 0.01 --max-update 10000", 10_000),
        new("polynomial", "timm and MMEngine `poly`; Transformers `polynomial`; fairseq `polynomial_decay`", "polynomial(0.01, 999, 0.9, floor: 0.0001)", "`power`, which timm calls `decay_rate`; MMEngine's is over at `end` − 1",
            "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.01))\nparam_scheduler = [dict(type='PolyLR', eta_min=1e-4, power=0.9, begin=0, end=1000, by_epoch=False)]\ntrain_cfg = dict(type='IterBasedTrainLoop', max_iters=1000)\n", 1000),
        new("the higher of cosine and inverse root", "OLMo `max_scheduler`", "shift(max(warmup(0.0004, 100, start: 4e-05) > cosine(0.0004, 900, floor: 4e-05), warmup(0.0004, 100, start: 4e-05) > inverseSqrt(0.0004, timescale: 100)), -1)", "OLMo's update n has step n + 1",
            "optimizer: {name: adamw, learning_rate: 4.0e-4}\nscheduler: {name: max_scheduler, t_warmup: 100, alpha_f: 0.1, units: steps}\nmax_duration: 1000\nglobal_train_batch_size: 8\nmodel: {max_sequence_length: 128}\n", 999),
        new("cosine under a line", "OLMo `cosine_linear_envelope`", "shift(warmup(0.0004, 100, start: 4e-05) > sum(product(linear(1, 900), cosine(0.00036, 900)), constant(4e-05)), -1)", "the product comes down to `alpha_f` · rate",
            "optimizer: {name: adamw, learning_rate: 4.0e-4}\nscheduler: {name: cosine_linear_envelope, t_warmup: 100, alpha_f: 0.1, units: steps}\nmax_duration: 1000\nglobal_train_batch_size: 8\nmodel: {max_sequence_length: 128}\n", 999),
        new("linear under a power", "TensorFlow's model garden `power_linear`", "product(warmup(0.5, 1, start: 0.5) > inverseSqrt(0.5), constant(1) for 900 > linear(1, 100))", "`total_decay_steps`, of which `linear_decay_fraction` come down",
            "trainer: {train_steps: 1000, optimizer_config: {optimizer: {type: sgd}, learning_rate: {type: power_linear, power_linear: {initial_learning_rate: 0.5, power: -0.5, total_decay_steps: 1000, linear_decay_fraction: 0.1}}}}\n", 1000),
        new("one cycle", "MMEngine `OneCycleLR`; axolotl `one_cycle`; DeepSpeed `OneCycle` as triangles", "triangles(0.0001, 0.001, 300, 700)", "`cycle_min_lr`, `cycle_max_lr`, and the two step sizes",
            """{"optimizer": {"type": "Adam", "params": {"lr": 1e-3}}, "scheduler": {"type": "OneCycle", "params": {"cycle_min_lr": 0.0001, "cycle_max_lr": 0.001, "cycle_first_step_size": 300, "cycle_second_step_size": 700}}}""", 1000),
    ];

    /// <summary>The table as Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("\n### Schedules by their names\n\nWhat the frameworks call them, and the same rates in notation.\n\n| name | where | here | numbers |\n| --- | --- | --- | --- |\n");
        foreach (var form in All)
            text.Append($"| {form.Name} | {form.Where} | `{form.Notation}` | {form.Numbers} |\n");
        return text.ToString();
    }
}
