namespace Anneal.Tests;

/// <summary>What Hugging Face Transformers writes as a factor of the base rate, in the shapes of this library; the recorded rates are held by <see cref="GoldenScheduleTests"/>.</summary>
public class HuggingFaceImportTests
{
    [Theory]
    [InlineData("constant", "{}", "constant(0.1)")]
    [InlineData("linear", """{"num_warmup_steps": 10, "num_training_steps": 100}""", "warmup(0.1, 10) > linear(0.1, 90)")]
    [InlineData("inverse_sqrt", """{"num_warmup_steps": 10}""", "warmup(0.1, 10) > inverseSqrt(0.1, 10)")]
    // A run that is over with its warm-up has no rate left.
    [InlineData("linear", """{"num_warmup_steps": 10, "num_training_steps": 10}""", "warmup(0.1, 10) > constant(0)")]
    public void It_is_the_composition_one_would_write_here(string name, string parameters, string notation) =>
        Assert.Equal(ScheduleNotation.Parse(notation), Import(name, $$"""{"lr": 0.1, {{parameters[1..]}}""".Replace(", }", "}")).Schedule);

    [Theory]
    [InlineData("polynomial", """{"lr": 1e-8, "num_warmup_steps": 0, "num_training_steps": 9}""", "$.params.lr_end", "must be below lr")]
    [InlineData("cosine_with_min_lr", """{"lr": 0.1, "num_warmup_steps": 0, "num_training_steps": 9}""", "$.params.min_lr", "give it, or min_lr_rate")]
    [InlineData("polynomial", """{"lr": 0.1, "num_warmup_steps": 9, "num_training_steps": 9}""", "$.params.num_warmup_steps", "must not be num_training_steps")]
    public void What_the_reference_cannot_run_is_refused(string name, string parameters, string path, string reason)
    {
        var refused = Assert.Throws<ScheduleFormatException>(() => Import(name, parameters));
        Assert.Equal(path, refused.Path);
        Assert.Contains(reason, refused.Message);
    }

    static Imported Import(string name, string parameters) =>
        SchedulerImport.Import($$"""{"framework": "huggingface-transformers", "scheduler": "{{name}}", "params": {{parameters}} }""");
}
