namespace Anneal.Runs.Tests;

/// <summary>An otherwise good configuration with one mistake, and what must be said about it.</summary>
public sealed record PlantedMistake(string Name, string Framework, string Text, string Given, string Code)
{
    public override string ToString() => Name;

    /// <summary>Six that the schedules' own lint was found to miss, and more of the kinds that public reports are about.</summary>
    public static IReadOnlyList<PlantedMistake> All { get; } =
    [
        // A cosine shorter than the run climbs again; a floor above the peak; a falling warm-up; flat at the end; what never happens; a run within its warm-up.
        new("cosine shorter than the run", "hf", Trainer("lr_scheduler_kwargs: {num_cycles: 0.8}"), "samples=8000", "rises-at-the-end"),
        new("T_max of a quarter of the run", "mmengine", "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1))\nparam_scheduler = [dict(type='CosineAnnealingLR', T_max=30, by_epoch=True)]\ntrain_cfg = dict(by_epoch=True, max_epochs=50)\n", "epochLength=20", "rises-at-the-end"),
        new("floor above the rate", "hf", Trainer("lr_scheduler_kwargs: {min_lr: 0.001}", scheduler: "cosine_with_min_lr"), "samples=8000", "floor-above-rate"),
        new("floor fraction above 1", "olmo", Olmo("alpha_f: 1.5"), "", "floor-above-rate"),
        new("warm-up that falls", "fairseq", "--lr 1e-4 --lr-scheduler inverse_sqrt --warmup-updates 400 --warmup-init-lr 1e-3 --max-update 20000", "", "warmup-falls"),
        new("flat at the end", "megatron", Megatron("--lr-decay-iters 7000"), "", "floor-too-early"),
        new("milestone beyond the end", "detectron2", "SOLVER:\n  BASE_LR: 0.02\n  STEPS: (60000, 95000)\n  MAX_ITER: 90000\n", "", "steps-beyond-end"),
        new("run within its warm-up", "hf", Trainer("warmup_steps: 9000"), "samples=8000", "ends-in-warmup"),

        // Units.
        new("warm-up in samples", "composer", Composer("t_warmup: 6400ba"), "batchesPerEpoch=1000", "ends-in-warmup"),
        new("warm-up in batches", "hf", Trainer("warmup_steps: 700"), "samples=8000", "long-warmup"),
        new("ratio as a percentage", "hf", Trainer("warmup_ratio: 3"), "samples=8000", "ratio-above-one"),
        new("decay in batches", "megatron", Megatron("--lr-decay-iters 80000"), "", "never-comes-down"),
        new("total in batches", "deepspeed", DeepSpeed("total_num_steps", 16000), "updates=4000", "never-comes-down"),
        new("warm-up in two units", "composer", Composer("t_warmup: 100000tok"), "batchesPerEpoch=1000", "refused"),
        new("epochs where iterations are meant", "mmengine", "optim_wrapper = dict(optimizer=dict(type='AdamW', lr=6e-5))\nparam_scheduler = [dict(type='LinearLR', start_factor=1e-6, begin=0, end=1500), dict(type='PolyLR', power=1.0, begin=0, end=60, by_epoch=True)]\ntrain_cfg = dict(by_epoch=True, max_epochs=60)\n", "epochLength=500", "ends-in-warmup"),

        new("iterations where epochs are counted", "mmengine", "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.01))\nparam_scheduler = [dict(type='PolyLR', eta_min=1e-4, power=0.9, begin=0, end=20000, by_epoch=True)]\ntrain_cfg = dict(type='EpochBasedTrainLoop', max_epochs=100)\n", "epochLength=200", "end-beyond-run"),
        new("epochs in a loop of iterations", "mmengine", "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.01))\nparam_scheduler = [dict(type='PolyLR', power=0.9, begin=0, end=40000)]\ntrain_cfg = dict(type='IterBasedTrainLoop', max_iters=40000)\n", "", "never-acts"),

        // Keys.
        new("a rate that is not taken", "ultralytics", "task: detect\nmodel: x.pt\nepochs: 50\nbatch: 16\nimgsz: 640\nlr0: 0.0001\n", "samples=2400,classes=3", "ignored-key"),
        new("typing error", "hf", Trainer("warmup_step: 100"), "samples=8000", "unknown-key"),
        new("unknown key of the section", "torchtitan", "[optimizer]\nlr = 3e-4\n\n[lr_scheduler]\nwarmup_stepss = 100\n\n[training]\nsteps = 1000\n", "", "refused"),
        new("a text for PyYAML", "hf", Trainer("learning_rate: 1e-4", rate: null), "samples=8000", "refused"),
        new("two warm-ups", "hf", Trainer("warmup_ratio: 0.1\nwarmup_steps: 20"), "samples=8000", "two-warmups"),
        new("two lengths", "hf", Trainer("max_steps: 200"), "samples=8000", "two-lengths"),
        new("warm-up of a constant", "hf", Trainer("warmup_steps: 20", scheduler: "constant"), "samples=8000", "ignored-key"),
        new("keywords of an inverse root", "hf", Trainer("warmup_steps: 20\nlr_scheduler_kwargs: {timescale: 500}", scheduler: "inverse_sqrt"), "samples=8000", "ignored-key"),
        new("floor of a linear schedule", "axolotl", "base_model: x\nmicro_batch_size: 2\ngradient_accumulation_steps: 4\nnum_epochs: 3\nlearning_rate: 0.0002\nlr_scheduler: linear\nwarmup_steps: 10\ncosine_min_lr_ratio: 0.1\n", "samples=8000", "ignored-key"),
        new("rate replaced by the scheduler's", "deepspeed", DeepSpeed("warmup_max_lr", 0.001), "updates=4000", "rate-replaced"),
        new("length replaced by the trainer's", "nemo", "trainer:\n  max_steps: 20000\nmodel:\n  optim:\n    name: adamw\n    lr: 3e-4\n    sched:\n      name: CosineAnnealing\n      warmup_steps: 500\n      max_steps: 50000\n", "", "length-replaced"),

        // Numbers.
        new("a floor as a rate", "torchtitan", "[optimizer]\nlr = 2.2e-4\n\n[lr_scheduler]\nwarmup_steps = 200\nlr_min = 2.2e-5\n\n[training]\nsteps = 10000\n", "", "fraction-like-a-rate"),
        new("a rate as a fraction", "olmo", Olmo("alpha_f: 0.00001"), "", "fraction-like-a-rate"),
        new("an exponent lost", "hf", Trainer("learning_rate: 0.2", rate: null), "samples=8000", "rate-high"),
        new("a rate of 0", "hf", Trainer("learning_rate: 0.0", rate: null), "samples=8000", "always-zero"),
        new("batches that do not divide", "megatron", Megatron("--lr-decay-iters 10000 --micro-batch-size 5"), "worldSize=8", "batch-mismatch"),
        new("zero after the schedule", "maxtext", "run_name: x\nsteps: 1000\nlearning_rate_schedule_steps: 700\nlearning_rate: 3e-4\nwarmup_steps_fraction: 0.05\n", "", "zero-at-the-end"),
        new("warm-up longer than Megatron's decay", "megatron", Megatron("--lr-warmup-iters 10000", warmup: ""), "", "refused"),
        new("a batch above the data set", "hf", Trainer("gradient_accumulation_steps: 512"), "samples=2000,worldSize=8", "batch-above-samples"),
    ];

    /// <summary>8,000 samples are 750 updates.</summary>
    static string Trainer(string more, string scheduler = "cosine", string? rate = "learning_rate: 2.0e-4") =>
        $"output_dir: out\n{(rate is null ? "" : rate + "\n")}lr_scheduler_type: {scheduler}\nnum_train_epochs: 3\nper_device_train_batch_size: 4\n{(more.Contains("accumulation") ? "" : "gradient_accumulation_steps: 8\n")}{more}\n";

    static string Olmo(string more) => $"model:\n  max_sequence_length: 1024\noptimizer:\n  learning_rate: 3e-4\nscheduler:\n  name: cosine_with_warmup\n  t_warmup: 100\n  {more}\nmax_duration: 5000\nglobal_train_batch_size: 64\n";

    static string Megatron(string more, string warmup = "--lr-warmup-iters 200") => $"--global-batch-size 64 --train-iters 10000 --lr 3e-4 --min-lr 3e-5 --lr-decay-style cosine {warmup} {more}";

    static string Composer(string warmup) => $"max_duration: 3ep\nglobal_train_batch_size: 64\nmax_seq_len: 512\noptimizer:\n  name: decoupled_adamw\n  lr: 1e-4\nscheduler:\n  name: cosine_with_warmup\n  {warmup}\n  alpha_f: 0.1\n";

    static string DeepSpeed(string key, double value)
    {
        var values = new Dictionary<string, double> { ["warmup_min_lr"] = 0, ["warmup_max_lr"] = 3e-4, ["warmup_num_steps"] = 200, ["total_num_steps"] = 4000, [key] = value };
        string parameters = string.Join(", ", values.Select(v => $"\"{v.Key}\": {v.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
        return "{\"train_batch_size\": 64, \"gradient_accumulation_steps\": 4, \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 3e-4}}, \"scheduler\": {\"type\": \"WarmupDecayLR\", \"params\": {"
            + parameters + ", \"warmup_type\": \"linear\"}}}";
    }
}
