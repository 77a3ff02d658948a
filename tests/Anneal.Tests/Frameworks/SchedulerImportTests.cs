namespace Anneal.Tests;

public class SchedulerImportTests
{
    [Theory]
    [InlineData("pytorch")]
    [InlineData("huggingface-transformers")]
    [InlineData("timm")]
    [InlineData("optax")]
    [InlineData("keras")]
    public void An_endless_name_is_refused_briefly(string framework)
    {
        string name = new('x', 3_000);
        foreach (string configuration in (string[])[
            $$$"""{"framework": "{{{framework}}}", "scheduler": "{{{name}}}", "params": {"lr": 1}}""",
            $$$"""{"framework": "{{{name}}}", "scheduler": "StepLR", "params": {"lr": 1}}"""])
            Assert.InRange(Assert.Throws<ScheduleFormatException>(() => SchedulerImport.Import(configuration)).Message.Length, 50, 600);
    }

    [Theory]
    [InlineData("""{"framework": "caffe", "scheduler": "step", "params": {}}""", "$.framework", "must be one of pytorch, huggingface-transformers, timm, optax, keras, not caffe")]
    [InlineData("""{"scheduler": "StepLR", "params": {}}""", "$.framework", "must be a word, not nothing")]
    [InlineData("""[]""", "$", "must be an object with framework")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": []}""", "$.params", "must be an object with the parameters of StepLR")]
    [InlineData("""{"framework": "pytorch", "scheduler": "WarpLR", "params": {"lr": 1}}""", "$.params", "WarpLR is not a scheduler of pytorch; known are ConstantLR")]
    [InlineData("""{"framework": "pytorch", "scheduler": "LambdaLR", "params": {"lr": 1}}""", "$.params", "made of a Python function")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1}}""", "$.params.step_size", "is missing; StepLR of pytorch has no default for it")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1, "step_size": 0}}""", "$.params.step_size", "must be above 0, not 0")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": "NaN", "step_size": 3}}""", "$.params.lr", "must be a finite number, not NaN")]
    [InlineData("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": "fast", "step_size": 3}}""", "$.params.lr", "must be a number, not \"fast\"")]
    [InlineData("""{"framework": "pytorch", "scheduler": "LinearLR", "params": {"lr": 0.1, "start_factor": 0}}""", "$.params.start_factor", "must lie above 0 and be at most 1, not 0")]
    [InlineData("""{"framework": "pytorch", "scheduler": "CosineAnnealingLR", "params": {"lr": 0.1, "T_max": 9, "eta_min": -1}}""", "$.params.eta_min", "must be 0 or above, not -1")]
    [InlineData("""{"framework": "pytorch", "scheduler": "CosineAnnealingLR", "params": {"lr": 0.1, "T_max": 9}, "form": "sideways"}""", "$.form", "not sideways")]
    [InlineData("""{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1}}""", "$.params.total_steps", "give it, or epochs and steps_per_epoch")]
    [InlineData("""{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 10, "pct_start": 0.1}}""", "$.params.pct_start", "the reference divides by them")]
    [InlineData("""{"framework": "pytorch", "scheduler": "SequentialLR", "params": {"lr": 0.1, "schedulers": [{"name": "StepLR", "params": {"step_size": 2}}], "milestones": [3]}}""", "$.params.milestones", "must be one fewer than the schedulers: 0, not 1")]
    [InlineData("""{"framework": "pytorch", "scheduler": "ChainedScheduler", "params": {"lr": 0.1, "schedulers": [{"name": "StepLR", "params": {"step": 2}}]}}""", "$.params.schedulers[0].params.step_size", "is missing")]
    [InlineData("""{"framework": "pytorch", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 1.0}}""", "$.params.factor", "must be below 1, not 1")]
    [InlineData("""{"framework": "timm", "scheduler": "MultiStepLRScheduler", "params": {"lr": 0.1, "decay_t": [9, 3]}}""", "$.params.decay_t", "must be in order")]
    [InlineData("""{"framework": "timm", "scheduler": "CosineLRScheduler", "params": {"lr": 0.1, "t_initial": 10, "noise_range_t": 3, "noise_pct": 0}}""", "$.params.noise_pct", "0.0001 or above")]
    [InlineData("""{"framework": "optax", "scheduler": "warmup_cosine_decay_schedule", "params": {"init_value": 0, "peak_value": 0.1, "warmup_steps": 9, "decay_steps": 9}}""", "$.params.decay_steps", "must be above warmup_steps (9)")]
    [InlineData("""{"framework": "optax", "scheduler": "piecewise_constant_schedule", "params": {"init_value": 1, "boundaries_and_scales": {"5": -1}}}""", "$.params.boundaries_and_scales.5", "must be 0 or above, not -1")]
    [InlineData("""{"framework": "optax", "scheduler": "reduce_on_plateau", "params": {"rtol": 0}}""", "$.params.atol", "must be above 0 if rtol is 0")]
    [InlineData("""{"framework": "keras", "scheduler": "PiecewiseConstantDecay", "params": {"boundaries": [3], "values": [1]}}""", "$.params.values", "must be one more than the boundaries: 2, not 1")]
    [InlineData("""{"framework": "keras", "scheduler": "PiecewiseConstantDecay", "params": {"boundaries": [3, 2], "values": [1, 2, 3]}}""", "$.params", "must be in order")]
    [InlineData("""{"framework": "keras", "scheduler": "CosineDecayRestarts", "params": {"initial_learning_rate": 1, "first_decay_steps": 9, "t_mul": 0.5}}""", "$.params.t_mul", "must be 1 or above, not 0.5")]
    [InlineData("""{"framework": "keras", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "monitor": "val_accuracy"}}""", "$.params.mode", "only a compiled model knows")]
    public void What_cannot_be_read_is_refused_with_path_and_reason(string configuration, string path, string reason)
    {
        var refused = Assert.Throws<ScheduleFormatException>(() => SchedulerImport.Import(configuration));
        Assert.Equal(path, refused.Path);
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void Every_scheduler_that_is_known_is_on_the_cheat_sheet() =>
        Assert.Equal(SchedulerImport.All.SelectMany(f => f.Schedulers.Select(s => (f.Framework, s))), CheatSheet.Rows.Select(r => (r.Framework, r.Scheduler)));

    [Fact]
    public void Every_scheduler_of_the_golden_records_is_on_the_cheat_sheet() =>
        Assert.Empty(GoldenRecord.All.Select(r => (r.Framework, r.Configuration.GetProperty("scheduler").GetString()!)).Except(CheatSheet.Rows.Select(r => (r.Framework, r.Scheduler))));
}
