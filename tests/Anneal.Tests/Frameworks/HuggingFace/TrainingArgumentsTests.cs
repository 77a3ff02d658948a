using System.Text.Json.Nodes;

namespace Anneal.Tests;

/// <summary>What Transformers' <c>trainer.args.to_json_string()</c> writes is read as its <c>get_scheduler</c> would be called with it.</summary>
public class TrainingArgumentsTests
{
    /// <summary>Settings that say nothing of the rates, as they stand among those that do.</summary>
    const string Others = """
        "output_dir": "out", "per_device_train_batch_size": 8, "gradient_accumulation_steps": 1, "weight_decay": 0.01, "optim": "adamw_torch_fused", "optim_args": null, "adam_beta1": 0.9, "max_grad_norm": 1.0,
        "bf16": true, "accelerator_config": {"split_batches": false, "even_batches": true, "gradient_accumulation_kwargs": null}, "fsdp": [], "label_names": null, "hub_token": "<HUB_TOKEN>", "seed": 42
        """;

    [Theory]
    [InlineData("""{"learning_rate": 3e-4, "lr_scheduler_type": "cosine", "lr_scheduler_kwargs": null, "warmup_steps": 500, "max_steps": 10000}""", "cosine", """{"lr": 3e-4, "num_warmup_steps": 500, "num_training_steps": 10000}""")]
    // Version 4 writes both settings of the warm-up, version 5 puts the ratio into the steps and may keep it beside them.
    [InlineData("""{"learning_rate": 2e-5, "lr_scheduler_type": "linear", "lr_scheduler_kwargs": {}, "warmup_ratio": 0.0, "warmup_steps": 500, "max_steps": 10000}""", "linear", """{"lr": 2e-5, "num_warmup_steps": 500, "num_training_steps": 10000}""")]
    [InlineData("""{"learning_rate": 2e-5, "lr_scheduler_type": "linear", "warmup_ratio": 0.0301, "warmup_steps": 0, "max_steps": 1000}""", "linear", """{"lr": 2e-5, "num_warmup_steps": 31, "num_training_steps": 1000}""")]
    [InlineData("""{"learning_rate": 2e-5, "lr_scheduler_type": "linear", "warmup_ratio": 0.1, "warmup_steps": 0.1, "max_steps": 1000}""", "linear", """{"lr": 2e-5, "num_warmup_steps": 100, "num_training_steps": 1000}""")]
    [InlineData("""{"learning_rate": 2e-5, "lr_scheduler_type": "linear", "warmup_ratio": null, "warmup_steps": 0.1, "max_steps": 1000}""", "linear", """{"lr": 2e-5, "num_warmup_steps": 100, "num_training_steps": 1000}""")]
    [InlineData("""{"learning_rate": 2e-5, "warmup_steps": 10.9, "max_steps": 1000}""", "linear", """{"lr": 2e-5, "num_warmup_steps": 10, "num_training_steps": 1000}""")]
    [InlineData("""{"lr_scheduler_type": "SchedulerType.LINEAR", "max_steps": 1000}""", "linear", """{"lr": 5e-5, "num_warmup_steps": 0, "num_training_steps": 1000}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "cosine_with_min_lr", "lr_scheduler_kwargs": {"min_lr_rate": 0.1}, "warmup_steps": 10, "max_steps": 100}""", "cosine_with_min_lr", """{"lr": 1e-4, "num_warmup_steps": 10, "num_training_steps": 100, "min_lr_rate": 0.1}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "cosine_with_restarts", "lr_scheduler_kwargs": {"num_cycles": 3}, "warmup_steps": 10, "max_steps": 100}""", "cosine_with_restarts", """{"lr": 1e-4, "num_warmup_steps": 10, "num_training_steps": 100, "num_cycles": 3}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "warmup_stable_decay", "lr_scheduler_kwargs": {"num_decay_steps": 30}, "warmup_steps": 10, "max_steps": 100}""", "warmup_stable_decay", """{"lr": 1e-4, "num_warmup_steps": 10, "num_training_steps": 100, "num_decay_steps": 30}""")]
    // Without the updates of the run: what does not ask for them.
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "warmup_stable_decay", "lr_scheduler_kwargs": {"num_decay_steps": 30, "num_stable_steps": 60}, "warmup_steps": 10, "max_steps": -1}""", "warmup_stable_decay", """{"lr": 1e-4, "num_warmup_steps": 10, "num_stable_steps": 60, "num_decay_steps": 30}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "constant", "warmup_steps": 10, "max_steps": -1}""", "constant", """{"lr": 1e-4}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "constant_with_warmup", "warmup_steps": 10, "max_steps": -1}""", "constant_with_warmup", """{"lr": 1e-4, "num_warmup_steps": 10}""")]
    [InlineData("""{"learning_rate": 1e-4, "lr_scheduler_type": "inverse_sqrt", "warmup_steps": 10, "max_steps": -1, "num_train_epochs": 3.0}""", "inverse_sqrt", """{"lr": 1e-4, "num_warmup_steps": 10}""")]
    public void They_are_the_schedule_that_is_called(string arguments, string scheduler, string parameters)
    {
        var called = SchedulerImport.Import($$"""{"framework": "huggingface-transformers", "scheduler": "{{scheduler}}", "params": {{parameters}}}""");
        var read = SchedulerImport.Import($"{arguments[..^1]}, {Others}}}");
        Assert.Equal((called.Framework, called.Scheduler), (read.Framework, read.Scheduler));
        Assert.Equal(called.Schedule, read.Schedule);
    }

    [Fact]
    public void What_listens_to_a_metric_is_told_by_its_keywords()
    {
        var read = SchedulerImport.Import("""{"learning_rate": 0.1, "lr_scheduler_type": "reduce_lr_on_plateau", "lr_scheduler_kwargs": {"patience": 3}, "max_steps": -1}""");
        Assert.NotNull(read.Feedback);
        Assert.Null(read.Schedule);
    }

    [Theory]
    [InlineData("""{"learning_rate": 3e-4, "lr_scheduler_type": "cosine", "max_steps": -1, "num_train_epochs": 3}""", "$.max_steps", "cosine falls over the whole run. Put the updates of the run there")]
    [InlineData("""{"learning_rate": 3e-4, "warmup_ratio": 0.1, "lr_scheduler_type": "constant_with_warmup"}""", "$.max_steps", "the warm-up is a share of the run")]
    [InlineData("""{"learning_rate": 3e-4, "warmup_ratio": 0.1, "warmup_steps": 500, "max_steps": 1000}""", "$.warmup_ratio", "keep one")]
    [InlineData("""{"learning_rate": 3e-4, "warmup_steps": -1, "max_steps": 1000}""", "$.warmup_steps", "must be 0 or above")]
    [InlineData("""{"learning_rate": "1e-4", "max_steps": 1000}""", "$.learning_rate", "must be a number")]
    [InlineData("""{"learning_rate": -1, "max_steps": 1000}""", "$.learning_rate", "must be 0 or above, not -1")]
    [InlineData("""{"lr_scheduler_type": "greedy", "max_steps": 1000}""", "$.lr_scheduler_type", "must be one of constant,")]
    [InlineData("""{"lr_scheduler_type": 5, "max_steps": 1000}""", "$.lr_scheduler_type", "must be a word, not 5")]
    [InlineData("""{"lr_scheduler_type": "cosine_with_min_lr", "max_steps": 1000}""", "$.lr_scheduler_kwargs.min_lr", "give it, or min_lr_rate")]
    [InlineData("""{"lr_scheduler_type": "cosine", "lr_scheduler_kwargs": {"cycles": 1}, "max_steps": 1000}""", "$.lr_scheduler_kwargs.cycles", "is not a parameter of cosine")]
    [InlineData("""{"lr_scheduler_type": "cosine", "lr_scheduler_kwargs": {"lr": 1}, "max_steps": 1000}""", "$.lr_scheduler_kwargs.lr", "the trainer hands it over itself")]
    [InlineData("""{"lr_scheduler_type": "cosine", "lr_scheduler_kwargs": [1], "max_steps": 1000}""", "$.lr_scheduler_kwargs", "must be an object, not a list")]
    [InlineData("""{"lr_scheduler_type": "inverse_sqrt", "lr_scheduler_kwargs": {"timescale": 10}, "max_steps": 1000}""", "$.lr_scheduler_kwargs.timescale", "by some versions only")]
    public void What_is_missing_or_wrong_is_told_with_its_place(string arguments, string path, string reason)
    {
        var refused = Assert.Throws<ScheduleFormatException>(() => SchedulerImport.Import(arguments));
        Assert.Equal(path, refused.Path);
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void What_they_are_told_by_is_no_other_configuration()
    {
        foreach (var row in CheatSheet.Rows)
            Assert.Equal(row.Framework, SchedulerImport.Import(new JsonObject { ["framework"] = row.Framework, ["scheduler"] = row.Scheduler, ["params"] = JsonNode.Parse(row.Parameters), ["learning_rate"] = 1, ["max_steps"] = 9 }.ToJsonString()).Framework);
    }
}
