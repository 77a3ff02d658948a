namespace Anneal.Runs.Tests;

/// <summary>Forms that configurations in public repositories have, each in the fewest lines.</summary>
public class PublicFormsTests
{
    /// <summary>0.002 · 5 / (4 + classes), to six decimals; the recorded console of a run with 17 classes says 0.000476.</summary>
    [Theory]
    [InlineData("samples=2400,classes=3", 100, 0.001429)]
    [InlineData("samples=2400,classes=17", 100, 0.000476)]
    [InlineData("batchesPerEpoch=38,classes=3", 100, 0.001429)]
    [InlineData("samples=2400", 300, 0.01)]
    public void An_optimizer_that_chooses_itself_replaces_the_rate(string given, int epochs, double rate)
    {
        var run = RunConfigurations.Read($"task: detect\nmodel: x.pt\nepochs: {epochs}\nbatch: 64\nimgsz: 640\nwarmup_epochs: 0\nlr0: 0.0001\noptimizer: auto\n", given: Given.Parse(given));
        Assert.Equal(rate, run.RateAt(0));
        Assert.Contains(run.Noticed, f => f is { Code: "ignored-key", Key: "lr0", Severity: Severity.Warning });
    }

    [Fact]
    public void Its_default_rate_is_no_surprise() => Assert.DoesNotContain(RunLint.Check(RunConfigurations.Read("task: detect\nmodel: x.pt\nepochs: 10\nbatch: 64\nlr0: 0.01\noptimizer: auto\n", "ultralytics", Given.Parse("samples=2400,classes=3"))),
        f => f.Severity != Severity.Info);

    [Fact]
    public void The_classes_are_asked_for() => Assert.Equal("classes",
        Assert.Throws<MissingGivenException>(() => RunConfigurations.Read("task: detect\nmodel: x.pt\nepochs: 10\nbatch: 64\n", "ultralytics", Given.Parse("samples=2400"))).Name);

    [Fact]
    public void Older_torchtitan_files_have_the_warm_up_under_training()
    {
        var run = RunConfigurations.Read("[optimizer]\nname = \"AdamW\"\nlr = 3e-4\n\n[training]\nbatch_size = 2\nseq_len = 8192\nwarmup_steps = 200\nsteps = 1000\n", given: Given.Parse("worldSize=8"));
        Assert.Equal(3e-4 / 201, run.RateAt(0), 1e-15);
        Assert.Equal(3e-4, run.RateAt(200), 1e-15);
        Assert.Equal(3e-4 / 2, run.RateAt(600), 1e-15);
        Assert.Equal((16, 200), (run.Plan.SamplesPerUpdate, run.Plan.Warmup));
    }

    [Fact]
    public void A_template_of_another_file_is_passed_over()
    {
        var root = ConfigurationText.Read("pipeline = [dict(type='Load', backend={{_base_.backend}})]\nlr = {{ _base_.lr }}\nepochs = {'a': {'b': 2}}\n").Root;
        Assert.Equal("{{ _base_.lr }}", ((ScalarNode)root.Find("lr")!.Value).Text);
        Assert.Equal("2", ((ScalarNode)root.FindPath("epochs.a.b")!.Value).Text);
    }

    [Fact]
    public void A_length_that_another_file_sets_is_asked_for()
    {
        const string Text = "_base_ = ['schedule.py']\noptim_wrapper = dict(optimizer=dict(type='AdamW', lr=6e-5))\nparam_scheduler = [dict(type='PolyLR', power=1.0, begin=0, end=160, by_epoch=False)]\n";
        Assert.Equal("updates", Assert.Throws<MissingGivenException>(() => RunConfigurations.Read(Text)).Name);
        var run = RunConfigurations.Read(Text, given: Given.Parse("updates=160"));
        Assert.Equal(6e-5, run.RateAt(0), 1e-15);
        Assert.DoesNotContain(RunLint.Check(run), f => f.Severity == Severity.Error);
    }

    [Fact]
    public void A_script_that_starts_a_run_fills_in_its_own_variables()
    {
        const string Script = """
            #!/bin/bash
            export CUDA_DEVICE_MAX_CONNECTIONS=1
            GPUS=8
            NODES=${NODES:-2}
            MICRO=4 # sequences
            GLOBAL=$((GPUS * NODES * MICRO))
            LR="3.0e-4"
            OPTIM_ARGS="
                --lr $LR \
                --min-lr 3e-5 \
                --lr-decay-style cosine
            "
            TRAINING_ARGS=(
                --train-iters 5000
                --lr-warmup-iters 100
                --micro-batch-size $MICRO
                --global-batch-size ${GLOBAL}
                --bf16
            )
            SAVE=out
            torchrun --nproc_per_node $GPUS pretrain.py $OPTIM_ARGS ${TRAINING_ARGS[@]} --save $SAVE/run
            """;
        var run = RunConfigurations.Read(Script);
        Assert.Equal("megatron", run.Framework);
        Assert.Equal((5000, 64, 100), (run.Plan.Updates, run.Plan.SamplesPerUpdate, run.Plan.Warmup));
        Assert.Equal(3e-4, run.RateAt(100), 1e-15);
        Assert.Equal(new Place(9, 5), run.Find(Role.Rate)!.Place);
        var unset = Assert.Throws<ConfigurationException>(() => RunConfigurations.Read(Script.Replace("GPUS=8", "")));
        Assert.Contains("GPUS", unset.Message);
    }

    [Fact]
    public void A_comment_behind_a_number_is_no_part_of_it()
    {
        var run = RunConfigurations.Read("[optimizer]\nlr = 3e-4 # peak\n\n[lr_scheduler]\nwarmup_steps = 2_00  # a fifth\n\n[training]\nsteps = 1_000 # long\n");
        Assert.Equal((1000, 200), (run.Plan.Updates, run.Plan.Warmup));
    }

    [Theory]
    [InlineData("{\"zero_optimization\": {\"stage\": 2}, \"train_batch_size\": \"auto\", \"gradient_accumulation_steps\": \"auto\"}", "neither an optimizer nor a scheduler")]
    [InlineData("{\"optimizer\": {\"type\": \"Adam\", \"params\": {\"lr\": 0.0006}}, \"train_micro_batch_size_per_gpu\": 4, \"train_iters\": 1000, \"lr_decay_style\": \"cosine\", \"warmup\": 0.01}", "GPT-NeoX")]
    [InlineData("trainer:\n  max_steps: -1\n  max_epochs: 10\nmodel:\n  train_ds:\n    batch_size: ???\n  optim:\n    lr: 0.1\n    sched:\n      name: CosineAnnealing\n", "command line")]
    public void What_is_not_in_the_file_is_said(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => RunConfigurations.Read(text, given: Given.Parse("samples=1000"))).Message);

    [Fact]
    public void An_accumulation_that_the_trainer_fills_in_does_not_matter_to_the_schedule() => Assert.Equal(3e-4,
        RunConfigurations.Read("{\"train_batch_size\": \"auto\", \"gradient_accumulation_steps\": \"auto\", \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 3e-4}}, \"scheduler\": {\"type\": \"WarmupLR\", \"params\": {\"warmup_num_steps\": 10}}}").RateAt(20));

    [Fact]
    public void A_length_of_question_marks_is_asked_for()
    {
        const string Text = "trainer:\n  max_steps: ???\nmodel:\n  optim:\n    lr: 0.1\n    sched:\n      name: CosineAnnealing\n      warmup_steps: 10\n";
        Assert.Equal("updates", Assert.Throws<MissingGivenException>(() => RunConfigurations.Read(Text)).Name);
        Assert.Equal(200, RunConfigurations.Read(Text, given: Given.Parse("updates=200")).Plan.Updates);
    }

    /// <summary>Megatron's own loop: each update takes the batch of the samples seen before it, and moves the scheduler by it.</summary>
    [Theory]
    [InlineData(16, 8, 1000, 64, 20_000)]
    [InlineData(16, 16, 4, 64, 20_003)]
    [InlineData(4, 4, 19_000, 40, 20_000)]
    [InlineData(4, 4, 8, 8, 13)]
    [InlineData(16, 8, 5000, 64, 4001)]
    public void A_batch_that_grows_is_followed(int start, int increment, int length, int batch, int samples)
    {
        var run = RunConfigurations.Read($"--rampup-batch-size {start} {increment} {length} --global-batch-size {batch} --micro-batch-size 2 --seq-length 10 --train-samples {samples} --lr-warmup-samples 3000 --lr-decay-samples 18000 --lr 1e-3 --min-lr 1e-4 --lr-decay-style linear");
        double each = length / (double)((batch - start) / increment);
        int seen = 0, updates = 0;
        for (; seen <= length && seen <= samples || seen + batch <= samples; updates++)
        {
            double expected = seen <= 3000 ? 1e-3 * seen / 3000 : seen > 18_000 ? 1e-4 : 1e-4 + 9e-4 * (1 - (seen - 3000) / 15_000.0);
            Assert.Equal(expected, run.RateAt(updates), 1e-15);
            Assert.Equal(seen, run.Plan.Convert(updates, ProgressUnit.Updates, ProgressUnit.Samples));
            Assert.Equal(updates, run.Plan.Convert(10 * seen, ProgressUnit.Tokens, ProgressUnit.Updates)!.Value, 1e-9);
            seen += seen > length ? batch : start + increment * (int)(seen / each);
        }
        Assert.Equal(updates, run.Plan.Updates);
    }

    [Theory]
    [InlineData("--rampup-batch-size 16 8 1000 --global-batch-size 64 --train-iters 200", "train_samples")]
    [InlineData("--rampup-batch-size 16 9 1000 --global-batch-size 64 --train-samples 2000", "steps of 9")]
    [InlineData("--rampup-batch-size 128 8 1000 --global-batch-size 64 --train-samples 2000", "global_batch_size (64)")]
    [InlineData("--rampup-batch-size 16 8 --global-batch-size 64 --train-samples 2000", "three numbers")]
    public void A_ramp_that_Megatron_refuses_is_refused(string arguments, string reason) =>
        Assert.Contains(reason, Assert.Throws<RefusedByFrameworkException>(() => RunConfigurations.Read(arguments + " --lr 1e-3 --lr-decay-style cosine")).Message);

    [Fact]
    public void Lengths_in_samples_are_refused_where_the_batch_grows_meanwhile()
    {
        var plan = RunConfigurations.Read("--rampup-batch-size 16 8 1000 --global-batch-size 64 --train-samples 20000 --lr 1e-3 --lr-decay-style cosine").Plan;
        Assert.Equal("warmup(0.001, 34) > cosine(0.001, 200)", UnitNotation.InUpdates("warmup(0.001, 1000 samples) > cosine(0.001, 200 updates)", plan));
        Assert.Contains("where this part begins", Assert.Throws<ConfigurationException>(() => UnitNotation.InUpdates("warmup(0.001, 10) > cosine(0.001, 1000 samples)", plan)).Message);
    }

    /// <summary>Older NeMo files keep the scheduler's numbers in args.params; what stands beside the name then counts for nothing.</summary>
    [Fact]
    public void A_schedulers_own_arguments_are_read()
    {
        const string Text = "trainer:\n  max_steps: 1000\nmodel:\n  optim:\n    lr: 1e-3\n    sched:\n      name: CosineAnnealing\n      warmup_steps: 500\n      args:\n        name: auto\n        params:\n          warmup_steps: 99\n          min_lr: 1e-5\n";
        var run = RunConfigurations.Read(Text);
        Assert.Equal(99, run.Plan.Warmup);
        Assert.Equal(1e-3 / 100, run.RateAt(0), 1e-15);
        Assert.Equal(new Place(12, 11), run.Find(Role.Warmup)!.Place);
    }

    [Fact]
    public void Where_a_batch_has_no_size_in_samples_the_batches_are_asked_for()
    {
        const string Text = "trainer:\n  max_epochs: 4\n  devices: 8\n  accumulate_grad_batches: 2\nmodel:\n  train_ds:\n    tokens_in_batch: 12500\n  optim:\n    lr: 1e-3\n    sched:\n      name: InverseSquareRootAnnealing\n      warmup_ratio: 0.1\n";
        Assert.Equal("batchesPerEpoch", Assert.Throws<MissingGivenException>(() => RunConfigurations.Read(Text, given: Given.Parse("samples=1000"))).Name);
        Assert.Equal(2000, RunConfigurations.Read(Text, given: Given.Parse("batchesPerEpoch=999")).Plan.Updates);
    }

    /// <summary>A script that only calls another has lines that look like YAML, TOML or Python.</summary>
    [Theory]
    [InlineData("#!/bin/bash\nNAME=$1\nif [ -n $NAME ]; then\n  source common.sh\nfi\n")]
    [InlineData("#!/usr/bin/env bash\nset -x -e\nTESTING=0\necho: done\n")]
    public void A_script_without_arguments_is_told_apart(string text) =>
        Assert.Contains("cannot be told from its keys", Assert.Throws<ConfigurationException>(() => RunConfigurations.Read(text)).Message);

    [Theory]
    [InlineData("_base_ = ['../models/resnet50.py', '../schedules/imagenet_bs256.py']\n", "_base_")]
    [InlineData("defaults:\n  - model: base\n  - optim: adam\n", "defaults")]
    [InlineData("base_config: base.yml\nuse_sft: true\n", "base_config")]
    public void A_file_that_only_names_others_says_so(string text, string key)
    {
        var refused = Assert.Throws<ConfigurationException>(() => RunConfigurations.Read(text));
        Assert.Equal(key, refused.Key);
        Assert.Contains("names other files", refused.Message);
    }
}
