using System.Text.Json;
using Anneal.Advice;
using Anneal.Experiments;

namespace Anneal.Cli.Tests;

public sealed class AdviseCommandTests : IDisposable
{
    const string Case = """{"task": "languageModeling", "family": "transformer", "pretrained": false, "parameters": 350e6, "trainingTokens": 2e9, "tokensPerSample": 4096, "batch": 128}""";

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    string In(string name) => Path.Combine(command.Folder, name);

    [Fact]
    public async Task Options_and_JSON_give_the_same_proposal()
    {
        var (exit, fromOptions, error) = await command.RunAsync("advise", "--task", "languageModeling", "--family", "transformer", "--pretrained", "no", "--parameters", "350M",
            "--training-tokens", "2B", "--tokens-per-sample", "4096", "--batch", "128");
        Assert.True(exit == 0, error);
        var (again, fromJson, _) = await CommandLine.AskAsync(Case, "advise", "--json", "-");
        Assert.Equal(0, again);
        Assert.Equal(fromOptions, fromJson);
        Assert.Contains("The run: 3,815 updates of 128 samples, 524,288 tokens.", fromJson);
        Assert.Contains("against it: 1.47e-3, DeepSeek LLM", fromJson);
        Assert.Contains("Passed over: it is less sure", fromJson);
    }

    [Fact]
    public async Task What_is_missing_is_said_and_ends_with_1()
    {
        var (exit, output, error) = await command.RunAsync("advise", "--task", "languageModeling", "--family", "transformer");
        Assert.Equal(1, exit);
        Assert.Contains("--pretrained, --parameters, --tokens-per-sample, --updates", error);
        Assert.Contains("MUST  How many weights has the model?", output);
        (exit, _, error) = await command.RunAsync("advise", "--task", "languageModeling", "--family", "transformer", "--out", "a.py");
        Assert.Equal(2, exit);
        Assert.Contains("a.py was not written: Still to be said", error);
    }

    [Fact]
    public async Task The_proposal_as_JSON_has_the_rule_and_schedule_that_the_library_reads()
    {
        File.WriteAllText(In("case.json"), Case);
        var (exit, output, error) = await command.RunAsync("advise", "--json", "case.json", "--format", "json");
        Assert.True(exit == 0, error);
        using var document = JsonDocument.Parse(output);
        var proposal = Adviser.Advise(TrainingCase.Read(Case));
        Assert.Equal(proposal.Rule, RuleJson.Read(document.RootElement.GetProperty("rule")));
        Assert.Equal(proposal.Schedule, ScheduleJson.Read(document.RootElement.GetProperty("schedule")));
        Assert.Equal(proposal.Case, TrainingCase.Read(document.RootElement.GetProperty("case").GetRawText()));
        Assert.Equal(proposal.Items.Count, document.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_run_is_the_case_and_comes_back_with_the_advice_in_it_and_trains()
    {
        var (_, template, _) = await command.RunAsync("train", "template");
        File.WriteAllText(In("run.json"), template.Replace("\"steps\": 600", "\"steps\": 12", StringComparison.Ordinal));
        var (exit, output, error) = await command.RunAsync("advise", "--base", "run.json", "--out", "advised.json", "--as", "train");
        Assert.True(exit == 0, error);
        Assert.Contains("anneal train advised.json --out DIR", output);
        var spec = TrainJson.Read(File.ReadAllText(In("advised.json")));
        Assert.Equal(12, spec.Steps);
        Assert.IsType<ClipByGlobalNorm>(spec.Recipe.Rule);
        (exit, _, error) = await command.RunAsync("train", "advised.json", "--out", "trained");
        Assert.True(exit == 0, error);
    }

    [Fact]
    public async Task A_sweep_comes_back_as_a_tuning_plan_about_the_advised_rate()
    {
        File.WriteAllText(In("sweep.json"), """
            {"data": "penguins", "preparation": "standardised", "model": {"type": "perceptron", "hidden": [4]}, "batches": {"type": "shuffled", "size": 16}, "steps": 40, "rates": [1, 2, 3],
             "methods": [{"name": "a", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}}]}
            """);
        var (exit, output, error) = await command.RunAsync("advise", "--base", "sweep.json", "--out", "plan.json", "--as", "sweep", "--runs", "33");
        Assert.True(exit == 0, error + output);
        var sweep = SweepJson.ReadSweep(File.ReadAllText(In("plan.json")));
        Assert.Equal(3, sweep.Rates.Count);
        Assert.Equal(33, sweep.Trials().Count);
        // Written for rate 1: the middle rate makes it the advised schedule.
        Assert.Equal(1, sweep.Methods[0].Schedule.Range(0, 40).Highest, 1e-12);
        (exit, output, error) = await command.RunAsync("advise", "--base", "sweep.json", "--runs", "7");
        Assert.True(exit == 0, error);
        Assert.Contains("With 7 runs to find the rate", output);
        Assert.Contains("Refine: on both sides", output);
        (exit, output, error) = await command.RunAsync("sweep", "plan.json", "--out", "results");
        Assert.True(exit == 0, error + output);
    }

    [Theory]
    [InlineData("pytorch", "torch.optim.AdamW(groups, lr=1.0, betas=(0.9, 0.95), eps=1e-08)", "scheduler = LambdaLR(optimizer, rate)", "clip_grad_norm_(model.parameters(), 1)")]
    [InlineData("transformers", "torch.optim.AdamW(groups, lr=0.0003", "get_scheduler(\"warmup_stable_decay\", optimizer, num_warmup_steps=191, num_training_steps=3815", "max_grad_norm=1,")]
    public async Task A_proposal_is_written_as_code(string form, params string[] parts)
    {
        File.WriteAllText(In("case.json"), Case);
        var (exit, output, error) = await command.RunAsync("advise", "--json", "case.json", "--as", form, "--out", "-");
        Assert.True(exit == 0, error);
        Assert.All(parts, part => Assert.Contains(part, output));
        Assert.Contains("with_decay = [p for name, p in trained if not (p.ndim < 2)]", output);
        Assert.StartsWith("import torch", output);
    }

    [Theory]
    [InlineData("advise", 2, "Say what is known of the run")]
    [InlineData("advise --batch many", 2, "--batch: batch must be a whole number of 1 or more, such as 64, 350M or 2e9; it was 'many'")]
    [InlineData("advise --task poetry", 2, "--task: task must be one of languageModeling")]
    [InlineData("advise --json none.json", 2, "There is no file 'none.json'. A case to begin with: ")]
    [InlineData("advise --task tabular --family linear --samples 300 --batch 512 --updates 40", 1, "What was said does not go together: A batch of 512 does not fit into a data set of 300 samples. Take 300 or fewer. [--batch]")]
    [InlineData("advise --task tabular --family linear --samples 300 --updates 40 --out setup.py --as transformers", 1, "write it for pytorch")]
    [InlineData("advise --batch 3 --as train", 2, "say --out FILE too")]
    [InlineData("advise --batch 3 --out a.txt", 2, "Say how a.txt is written: --as train")]
    [InlineData("advise --base none.json", 2, "anneal train template > none.json")]
    [InlineData("advise --table prices", 2, "There is no table 'prices'")]
    [InlineData("advise --batch 3 --runs 0", 2, "--runs must be a whole number from 1 to 100000")]
    [InlineData("advise --batch 3 --runs 5 --out a.json --as sweep", 2, "anneal advise --runs 5 says which first")]
    [InlineData("advise --batch 3 --format xml", 2, "--format is text or json")]
    public async Task A_mistake_is_named(string line, int code, string message)
    {
        var (exit, _, error) = await command.RunAsync(line.Split(' '));
        Assert.Equal((code, true), (exit, error.Contains(message, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_for_train_needs_a_base()
    {
        File.WriteAllText(In("case.json"), Case);
        foreach (string form in (string[])["train", "sweep"])
        {
            var (exit, _, error) = await command.RunAsync("advise", "--json", "case.json", "--out", "x.json", "--as", form);
            Assert.Equal(2, exit);
            Assert.Contains("which no advice can invent: give --base", error);
        }
    }

    [Fact]
    public async Task The_page_has_the_tables_as_they_are_now()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, ".github", "ADVICE.md")).ReplaceLineEndings("\n");
        foreach (string table in (string[])["setups", "slides"])
        {
            var (exit, output, error) = await command.RunAsync("advise", "--table", table);
            Assert.True(exit == 0, error);
            Assert.True(page.Contains(output.Trim(), StringComparison.Ordinal), $"The table of {table} in .github/ADVICE.md is not what `anneal advise --table {table}` prints: put that in its place.");
        }
    }

    [Fact]
    public void Most_published_setups_are_what_would_have_been_said()
    {
        var setups = PublishedSetup.All;
        Assert.True(setups.Count >= 24, $"{setups.Count}");
        var parts = setups.SelectMany(s => s.Parts).ToList();
        Assert.DoesNotContain(parts, p => p.Agreement == Agreement.Unanswered);
        // Where no row of ours is from the recipe, agreement is worth something: at least half of the peaks, and two thirds of all parts.
        var apart = setups.Where(s => !s.InTables).SelectMany(s => s.Parts).ToList();
        Assert.True(apart.Count(p => p.Agreement == Agreement.Agrees) >= 0.6 * apart.Count, $"{apart.Count(p => p.Agreement == Agreement.Agrees)} of {apart.Count}");
    }
}
