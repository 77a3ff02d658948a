using System.Text.Json;

namespace Anneal.Cli.Tests.Running;

public sealed class RunCommandTests : IDisposable
{
    const string Trainer = "output_dir: out\nlearning_rate: 3.0e-4\nlr_scheduler_type: cosine\nmax_steps: 1000\nwarmup_steps: 100\nper_device_train_batch_size: 4\n";

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(command.Folder, name), text);

    [Fact]
    public async Task Check_prints_the_plan_and_is_content_with_a_good_file()
    {
        File("train.yaml", Trainer);
        var (exit, output, _) = await command.RunAsync("run", "check", "train.yaml", "--strict");
        Assert.Equal(0, exit);
        Assert.Contains("warmup(0.0003, 100) > cosine(0.0003, 900)", output);
        Assert.Contains("No errors, no warnings.", output);
    }

    [Fact]
    public async Task Check_annotates_the_line_of_a_mistake()
    {
        File("train.yaml", Trainer.Replace("warmup_steps: 100", "warmup_steps: 5000"));
        var (exit, output, _) = await command.RunAsync("run", "check", "train.yaml", "--format", "github");
        Assert.Equal(1, exit);
        Assert.Contains("::error file=train.yaml,line=5,col=1,title=ends-in-warmup::warmup_steps: 5000:", output);
    }

    [Fact]
    public async Task Check_asks_for_a_number_that_is_missing()
    {
        File("train.yaml", Trainer.Replace("max_steps: 1000", "num_train_epochs: 3"));
        var (exit, _, error) = await command.RunAsync("run", "check", "train.yaml");
        Assert.Equal(2, exit);
        Assert.Contains("--given samples=NUMBER", error);
    }

    [Fact]
    public async Task Compare_says_what_happened_and_draws_it()
    {
        File("train.yaml", Trainer);
        File("log.csv", "step,lr\n" + string.Concat(Enumerable.Range(0, 1000).Select(t => FormattableString.Invariant($"{t},{(t < 100 ? 6e-4 * t / 100 : 3e-4 * (1 + Math.Cos(Math.PI * (t - 100) / 900))):R}\n"))));
        var (exit, output, error) = await command.RunAsync("run", "compare", "train.yaml", "log.csv", "--page", "page.html");
        Assert.Equal(1, exit);
        Assert.Contains("2 times those of the plan", output);
        Assert.Empty(error);
        Assert.True(System.IO.File.Exists(Path.Combine(command.Folder, "page.html")));
    }

    [Fact]
    public async Task Fit_names_the_schedule()
    {
        File("log.csv", "step,lr\n" + string.Concat(Enumerable.Range(0, 500).Select(t => FormattableString.Invariant($"{t},{0.01 * (500 - t) / 500:R}\n"))));
        var (exit, output, _) = await command.RunAsync("run", "fit", "log.csv");
        Assert.Equal(0, exit);
        Assert.Contains("explains linear(0.01, 500)", output);
    }

    [Fact]
    public async Task A_batch_answers_questions_about_configurations()
    {
        string question = JsonSerializer.Serialize(new { config = Trainer, at = (double[])[0, 50, 100, 1000] });
        string refused = JsonSerializer.Serialize(new { config = Trainer.Replace("3.0e-4", "3e-4"), framework = "hf", at = (double[])[0] });
        var (exit, output, _) = await CommandLine.AskAsync($"{question}\n{refused}\n", "schedule", "--batch");
        Assert.Equal(0, exit);
        string[] answers = output.Split('\n');
        Assert.StartsWith("{\"rates\":[0,0.00015,0.0003,0]", answers[0]);
        Assert.StartsWith("{\"rates\":[\"error\"],\"error\":\"line 2, column 1: learning_rate", answers[1]);
    }

    [Fact]
    public async Task Import_reads_a_runs_own_configuration()
    {
        File("train.yaml", Trainer);
        var (exit, output, _) = await command.RunAsync("schedule", "--import", "train.yaml");
        Assert.Equal(0, exit);
        Assert.Contains("cosineDecay", output);
        Assert.Contains("0.00015", (await command.RunAsync("schedule", "--import", "train.yaml", "--at", "50", "--format", "csv")).Output);
    }

    [Fact]
    public async Task Notation_takes_units_from_a_runs_plan()
    {
        File("train.yaml", Trainer);
        var (exit, output, _) = await command.RunAsync("schedule", "warmup(1, 400 samples) > constant(1)", "--plan", "train.yaml", "--at", "50", "--format", "csv");
        Assert.Equal(0, exit);
        Assert.Contains("50,0.5", output);
    }

    [Fact]
    public async Task Places_in_a_run_are_asked_for_in_any_unit()
    {
        File("train.yaml", Trainer);
        string[] asked = ["--import", "train.yaml", "--format", "csv", "--at"];
        Assert.Equal("step,rate\n50,0.00015\n100,0.0003\n", (await command.RunAsync(["schedule", .. asked, "5 %, 400 samples"])).Output);
        Assert.Equal("step,rate\n0,0\n50,0.00015\n100,0.0003\n", (await command.RunAsync("schedule", "--import", "train.yaml", "--format", "csv", "--from-step", "0 %", "--to", "10 %", "--every", "200 samples")).Output);
        Assert.Contains("does not tell", (await command.RunAsync(["schedule", .. asked, "1 epoch"])).Error);
        var (exit, _, error) = await command.RunAsync("schedule", "linear(1, 100)", "--at", "5 %");
        Assert.Equal(2, exit);
        Assert.Contains("--plan", error);
        Assert.Contains("half is none", (await command.RunAsync("schedule", "linear(1, 100)", "--at", "half")).Error);
    }

    [Fact]
    public async Task A_runs_configuration_is_explained_and_exported_like_a_schedule()
    {
        File("train.yaml", Trainer);
        var (exit, output, _) = await command.RunAsync("schedule", "--import", "train.yaml", "--explain", "--export", "pytorch");
        Assert.Equal(0, exit);
        Assert.Contains("schedule   warmup(0.0003, 100) > cosine(0.0003, 900)", output);
        Assert.Contains("lr_scheduler", output);
        Assert.Equal(2, (await command.RunAsync("schedule", "linear(1, 100)", "--import", "train.yaml")).ExitCode);
    }

    [Fact]
    public async Task Check_lists_the_phases()
    {
        File("train.yaml", Trainer);
        string output = (await command.RunAsync("run", "check", "train.yaml")).Output;
        Assert.Contains("phase      0 … 100: rising from 0 to 0.0003, Warmup", output);
        Assert.Contains("phase      100 … 1000: falling from 0.0003 to 0, CosineDecay", output);
    }

    [Fact]
    public async Task Extend_shows_the_jump_of_a_longer_run_and_of_another_batch()
    {
        File("train.yaml", Trainer.Replace("max_steps: 1000", "num_train_epochs: 10"));
        var (exit, output, _) = await command.RunAsync("run", "extend", "train.yaml", "--to", "2000", "--given", "samples=400");
        Assert.Equal(0, exit);
        Assert.Contains("num_train_epochs: 10 → 20 makes 2,000 updates", output);
        Assert.Contains("instead    ", output);
        string batch = (await command.RunAsync("run", "extend", "train.yaml", "--batch", "8", "--resume-at", "400", "--given", "samples=400")).Output;
        Assert.Contains("per_device_train_batch_size: 4 → 8 makes 500 updates", batch);
        Assert.Equal(2, (await command.RunAsync("run", "extend", "train.yaml", "--batch", "8", "--given", "samples=400")).ExitCode);
    }

    [Fact]
    public async Task Tensors_tells_what_was_not_meant()
    {
        File("shapes.txt", "embed.weight 100 8\nblocks.0.w.weight 8 8\nnorm.weight 8\n");
        var (exit, output, _) = await command.RunAsync("run", "tensors", "shapes.txt", "--rule", "muon");
        Assert.Equal(1, exit);
        Assert.Contains("1 embedding is under Muon, such as embed.weight", output);
    }
}
