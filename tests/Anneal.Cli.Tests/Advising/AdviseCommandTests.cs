using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Advice;
using Anneal.Experiments;
using Anneal.Live;

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
    [InlineData("advise --batch many", 2, "--batch: batch must be a whole number from 1 to 1e12, such as 32, 4096 or 1k; it was 'many'")]
    [InlineData("advise --task poetry", 2, "--task: task must be one of languageModeling")]
    [InlineData("advise --json none.json", 2, "There is no file 'none.json'. A case to begin with: ")]
    [InlineData("advise --task tabular --family linear --samples 300 --batch 512 --updates 40", 1, "What was said does not go together: A batch of 512 does not fit into a data set of 300 samples. Take 300 or fewer. [--batch]")]
    [InlineData("advise --task tabular --family linear --samples 300 --updates 40 --out setup.py --as transformers", 2, "write it for pytorch")]
    [InlineData("advise --task imageClassification --family residual --pretrained no --samples 50000 --epochs 9 --optimizer lamb --out setup.py", 2, "fix another optimizer, such as adamW")]
    [InlineData("advise --task imageClassification --family residual --pretrained no --samples 50000 --epochs 9 --batch 100 --devices 8 --out setup.py", 2, "An update of 100 samples does not split into equal parts for 8 devices, which this form needs: take a batch of 96, or another multiple of 8.")]
    [InlineData("advise --task tabular --family linear --samples 301 --updates 40 --devices 8 --out setup.py", 2, "An update of 301 samples does not split into equal parts for 8 devices, which this form needs: take 7 devices.")]
    [InlineData("advise --task tabular --family perceptron --pretrained no --samples 300 --updates 40 --earlier-batch 32", 1, "Of an earlier run its batch is said, but not its peak rate, without which it says nothing. Give the rate too (earlierRate), or leave this out. [--earlier-batch]")]
    [InlineData("advise --batch 3 --as train", 2, "say --out FILE too")]
    [InlineData("advise --batch 3 --out a.txt", 2, "Say how a.txt is written: --as train")]
    [InlineData("advise --base none.json", 2, "anneal train template > none.json")]
    [InlineData("advise --table prices", 2, "There is no table 'prices'")]
    [InlineData("advise --batch 3 --runs 0", 2, "--runs must be a whole number from 1 to 100000")]
    [InlineData("advise --batch 3 --runs 1e300", 2, "--runs must be a whole number from 1 to 100000; it was 1e300")]
    [InlineData("advise --batch 3 --runs few", 2, "--runs must be a whole number from 1 to 100000; it was 'few'")]
    [InlineData("advise --batch 3 --runs -4", 2, "--runs must be a whole number from 1 to 100000; it was -4")]
    [InlineData("advise --batch -3", 2, "--batch: batch must be a whole number from 1 to 1e12")]
    [InlineData("advise --epochs 0,5", 2, "--epochs: epochs must be a number from 1e-6 to 1e9")]
    [InlineData("advise --batch 3 --runs 5 --out a.json --as sweep", 2, "without a file to write, the advice for 5 runs says which first")]
    [InlineData("advise --json - --base -", 2, "--json and --base cannot both be -: there is one standard input")]
    [InlineData("advise --batch 3 --format xml", 2, "--format is text or json")]
    public async Task A_mistake_is_named(string line, int code, string message)
    {
        var (exit, _, error) = await command.RunAsync(line.Split(' '));
        Assert.Equal((code, true), (exit, error.Contains(message, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"batch": 0}""", "$.batch: batch must be a whole number from 1 to 1e12, such as")]
    [InlineData("""{"samples": 1e300}""", "$.samples: samples must be a whole number from 1 to 1e15, such as")]
    [InlineData("""{"parameters": 1e30}""", "$.parameters: parameters must be a whole number from 1 to 1e15, such as")]
    [InlineData("""{"epochs": -1}""", "$.epochs: epochs must be a number from 1e-6 to 1e9, such as")]
    [InlineData("""{"batch": [1, 2]}""", "$.batch: batch must be one value, not a list")]
    [InlineData("""{"bach": 1}""", "$.bach: A case has no member 'bach'; did you mean 'batch'?")]
    [InlineData("""{"task": "poetry"}""", "$.task: task must be one of languageModeling")]
    [InlineData("[]", "A case to begin with: {")]
    [InlineData("{", "$: this is not JSON: line 1, byte 2")]
    [InlineData("", "A case to begin with: {")]
    public async Task A_mistake_in_a_case_names_the_file_the_path_and_the_fix(string json, string said)
    {
        File.WriteAllText(In("my-case.json"), json);
        var (exit, output, error) = await command.RunAsync("advise", "--json", "my-case.json");
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("my-case.json: $", error);
        Assert.Contains(said, error);
        (exit, _, error) = await CommandLine.AskAsync(json + " ", "advise", "--json", "-");
        Assert.Equal(2, exit);
        Assert.StartsWith("standard input: $", error);
    }

    [Theory]
    [InlineData("[]", "$: this must be an object", "A run to begin with: anneal train template")]
    [InlineData("{", "$: this is not JSON", "A run to begin with: anneal train template")]
    [InlineData("""{"methods": []}""", "$", "A sweep to begin with: anneal sweep template example")]
    [InlineData("""{"data": "cars", "model": {"type": "linear"}, "steps": 60, "rates": [0.01, 0.1, 1], "methods": [{"name": "a", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}}]}""", "$", "A sweep to begin with: anneal sweep template example")]
    [InlineData("""{"methods": 3, "rates": "all"}""", "$", "")]
    [InlineData("""{"data": {"type": "copying"}, "steps": -3}""", "$", "")]
    [InlineData("""{"model": {"width": 1e30}}""", "$", "")]
    public async Task A_mistake_in_a_base_names_the_file_the_path_and_the_fix(string json, string said, string fix)
    {
        File.WriteAllText(In("base.json"), json);
        var (exit, output, error) = await command.RunAsync("advise", "--base", "base.json", "--out", "x.json", "--as", "train");
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith($"base.json: {said}", error);
        Assert.Contains(fix, error);
        Assert.DoesNotContain("   at ", error);
        Assert.False(File.Exists(In("x.json")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(33)]
    [InlineData(40)]
    [InlineData(70)]
    public async Task The_plan_that_is_printed_is_the_sweep_that_is_written(int? runs)
    {
        File.WriteAllText(In("sweep.json"), """
            {"data": "penguins", "preparation": "standardised", "model": {"type": "perceptron", "hidden": [4]}, "batches": {"type": "shuffled", "size": 16}, "steps": 40, "rates": [1, 2, 3],
             "methods": [{"name": "a", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}}]}
            """);
        string[] asked = ["advise", "--base", "sweep.json", "--out", "plan.json", "--as", "sweep", .. runs is { } named ? ["--runs", $"{named}"] : Array.Empty<string>()];
        var (exit, output, error) = await command.RunAsync(asked);
        Assert.True(exit == 0, error);
        var sweep = SweepJson.ReadSweep(File.ReadAllText(In("plan.json")));
        string of = runs > sweep.Trials().Count ? $" of the {runs}" : "";
        Assert.Contains($"{sweep.Trials().Count} trials{of}: each of {sweep.Rates.Count} rates with {sweep.TuningSeeds} seed", output);
        string rates = Regex.Match(output, $@"and {sweep.EvaluationSeeds} others that judge it\. Rates: (.*)\.").Groups[1].Value;
        Assert.Equal(sweep.Rates, rates.Split(", ").Select(rate => double.Parse(rate, CultureInfo.InvariantCulture)));
        Assert.Contains("The choice among them saves", output);
        Assert.Contains(TuningPlan.Assumption, output);
        // And no plan beside it that would be another.
        Assert.DoesNotContain("runs to find the rate", output);
        Assert.DoesNotContain("Refine:", output);
        Assert.True(sweep.Trials().Count <= (runs ?? TuningPlan.UsualRuns));
        (exit, output, error) = await command.RunAsync([.. asked, "--format", "json"]);
        Assert.True(exit == 0, error);
        using var document = JsonDocument.Parse(output);
        var tuning = document.RootElement.GetProperty("tuning");
        Assert.Equal(sweep.Rates, tuning.GetProperty("sweep").GetProperty("rates").EnumerateArray().Select(r => r.GetDouble()));
        Assert.Equal(sweep.Trials().Count, tuning.GetProperty("sweep").GetProperty("trials").GetInt32());
        Assert.Equal(TuningPlan.Assumption, tuning.GetProperty("savesAssumes").GetString());
    }

    [Theory]
    [InlineData(1, "One run: at the advised rate. Rates: 1e-3.")]
    [InlineData(2, "Two runs: at the advised rate and at 2 times it")]
    [InlineData(3, "Rates: 3.73e-4, 1e-3, 6.26e-3.")]
    [InlineData(5, "begin at the advised 1e-3")]
    public async Task Too_few_runs_for_a_sweep_are_planned_by_hand_and_no_sweep_is_written(int runs, string said)
    {
        string[] given = ["advise", "--task", "tabular", "--family", "perceptron", "--pretrained", "no", "--samples", "1438", "--batch", "32", "--updates", "400", "--runs", $"{runs}"];
        File.WriteAllText(In("sweep.json"), "{}");
        var (exit, output, error) = await command.RunAsync([.. given, "--base", "sweep.json", "--out", "plan.json", "--as", "sweep"]);
        Assert.Equal((2, "", false), (exit, output, File.Exists(In("plan.json"))));
        Assert.Contains($"--runs must be 33 or more. With fewer, make them by hand: without a file to write, the advice for {runs} run{(runs == 1 ? "" : "s")} says which first.", error);
        (exit, output, error) = await command.RunAsync(given);
        Assert.True(exit == 0, error);
        Assert.Contains(said, output);
        Assert.Equal(runs > 1, output.Contains(TuningPlan.Assumption, StringComparison.Ordinal));
        (exit, output, _) = await command.RunAsync([.. given, "--format", "json"]);
        using var document = JsonDocument.Parse(output);
        var stages = document.RootElement.GetProperty("tuning").GetProperty("stages");
        Assert.Equal(runs, stages.EnumerateArray().Sum(s => s.GetProperty("runs").GetInt32()));
    }

    [Fact]
    public async Task After_a_run_that_broke_nothing_as_high_is_printed_to_try()
    {
        var (exit, output, error) = await command.RunAsync("advise", "--task", "languageModeling", "--family", "transformer", "--pretrained", "no", "--parameters", "350M", "--training-tokens", "7B",
            "--tokens-per-sample", "2048", "--batch", "256", "--symptoms", "spikes@1200", "--earlier-rate", "6e-4", "--earlier-batch", "256", "--runs", "9");
        Assert.True(exit == 0, error);
        string row = output.Split('\n').First(line => line.TrimStart().StartsWith("peak", StringComparison.Ordinal));
        Assert.Contains("1.5e-4 to 4.2e-4", row);
        Assert.DoesNotContain("6e-4", row);
        Assert.Contains("not above 4.2e-4: ", output);
        Assert.Contains("Passed over: it lies above 4.2e-4, the most to try after the run that broke.", output);
        Assert.Contains("go on in that direction first, but not above 4.2e-4.", output);
    }

    [Theory]
    [InlineData("""{"type": "shuffled", "size": 16}""", null, """{"type":"shuffled","size":16}""")]
    [InlineData("""{"type": "shuffled", "size": 16}""", 64, """{"type":"shuffled","size":64}""")]
    [InlineData("""{"type": "withReplacement", "size": 16}""", 64, """{"type":"withReplacement","size":64}""")]
    [InlineData("""{"type": "full"}""", 64, """{"type":"shuffled","size":64}""")]
    [InlineData("""{"type": "full"}""", null, """{"type":"full"}""")]
    [InlineData("""{"type": "shuffled", "size": 16}""", 1797, """{"type":"full"}""")]
    public async Task The_sweep_that_is_written_has_the_batch_that_is_advised(string batches, int? batch, string written)
    {
        File.WriteAllText(In("sweep.json"), $$$"""
            {"data": "digits", "preparation": "largest", "model": {"type": "softmax"}, "batches": {{{batches}}}, "steps": 40, "rates": [1, 2, 3],
             "methods": [{"name": "a", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}}]}
            """);
        var (exit, output, error) = await command.RunAsync(["advise", "--base", "sweep.json", "--optimizer", "momentum", "--out", "plan.json", "--as", "sweep", .. batch is { } size ? ["--batch", $"{size}"] : Array.Empty<string>()]);
        Assert.True(exit == 0, error + output);
        using var plan = JsonDocument.Parse(File.ReadAllText(In("plan.json")));
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(written)), JsonSerializer.Serialize(plan.RootElement.GetProperty("batches")));
    }

    [Theory]
    [InlineData("sweep")]
    [InlineData("train")]
    public async Task A_runs_batch_and_its_parts_follow_the_advice(string form)
    {
        var run = System.Text.Json.Nodes.JsonNode.Parse(TrainCommand.Template)!;
        run["accumulationSteps"] = 4;
        File.WriteAllText(In("run.json"), run.ToJsonString());
        var (exit, output, error) = await command.RunAsync("advise", "--base", "run.json", "--batch", "6", "--out", "advised.json", "--as", form);
        Assert.True(exit == 0, error + output);
        using var advised = JsonDocument.Parse(File.ReadAllText(In("advised.json")));
        Assert.Equal((6, false), (advised.RootElement.GetProperty("batchSize").GetInt32(), advised.RootElement.TryGetProperty("accumulationSteps", out _)));
    }

    /// <summary>Another value than the base's of every member, and whether data and model decide it.</summary>
    public static TheoryData<string, string, bool> Others => new()
    {
        { "task", "tabular", true },
        { "family", "recurrent", true },
        { "pretrained", "yes", true },
        { "lowRank", "yes", true },
        { "openEnded", "yes", false },
        { "parameters", "350M", true },
        { "samples", "50", true },
        { "tokens", "500", true },
        { "tokensPerSample", "512", true },
        { "batch", "16", false },
        { "deviceBatch", "8", false },
        { "devices", "1", false },
        { "updates", "300", false },
        { "epochs", "2", false },
        { "trainingTokens", "300k", false },
        { "optimizer", "momentum", false },
        { "earlierRate", "0.01", false },
        { "earlierBatch", "32", false },
        { "earlierOptimizer", "lion", false },
        { "earlierShort", "yes", false },
        { "sharpness", "3", false },
        { "symptoms", "overfits", false },
    };

    [Fact]
    public void Every_member_is_tried_against_a_base() => Assert.Equal(LiveAdvice.Form.Parts.SelectMany(p => p.Fields).Select(f => f.Name).Order(), Others.Select(row => row.Data.Item1).Order());

    [Theory, MemberData(nameof(Others))]
    public async Task What_data_and_model_of_a_base_decide_cannot_be_said_otherwise(string member, string value, bool decided)
    {
        File.WriteAllText(In("run.json"), TrainCommand.Template);
        string option = Option(member);
        string[] rate = member is "earlierBatch" or "earlierOptimizer" or "earlierShort" ? ["--earlier-rate", "0.01", .. member == "earlierBatch" ? Array.Empty<string>() : ["--earlier-batch", "32"]] : member == "earlierRate" ? ["--earlier-batch", "32"] : [];
        File.WriteAllText(In("case.json"), new TrainingCase().With(member, value).Write());
        foreach (string[] said in (string[][])[[option, value], ["--json", "case.json"]])
        {
            File.Delete(In("x.json"));
            var (exit, output, error) = await command.RunAsync(["advise", "--base", "run.json", .. said, .. rate, "--out", "x.json", "--as", "train"]);
            if (decided)
            {
                Assert.Equal((2, ""), (exit, output));
                Assert.StartsWith($"{(said[0] == "--json" ? $"case.json: $.{member}" : option)} says {value}, and run.json has ", error);
                Assert.EndsWith(": leave it out, or change run.json.", error.Trim());
                Assert.False(File.Exists(In("x.json")));
            }
            else
            {
                Assert.True(exit == 0, error);
                Assert.True(File.Exists(In("x.json")));
            }
        }
        // The same value is none.
        using var known = JsonDocument.Parse(AdviceBase.Read(In("run.json")).Case.Write());
        if (decided && known.RootElement.TryGetProperty(member, out var own))
            Assert.Equal(0, (await command.RunAsync("advise", "--base", "run.json", option, own.ToString().ToLowerInvariant())).ExitCode);
    }

    static string Option(string member) => LiveAdvice.Form.Parts.SelectMany(p => p.Fields).Single(f => f.Name == member).Option;

    [Fact]
    public async Task A_budget_that_is_said_takes_the_place_of_the_base_s()
    {
        File.WriteAllText(In("run.json"), TrainCommand.Template);
        var own = AdviceBase.Read(In("run.json")).Case;
        // The names are a text of so many tokens; two passes over it.
        double passes = Math.Floor(own.Tokens!.Value / own.TokensPerSample!.Value) / own.Batch!.Value * 2;
        var (exit, _, error) = await command.RunAsync("advise", "--base", "run.json", "--epochs", "2", "--out", "x.json", "--as", "train");
        Assert.True(exit == 0, error);
        Assert.InRange(TrainJson.Read(File.ReadAllText(In("x.json"))).Steps, passes - 0.01, passes + 2);
    }

    [Theory]
    [InlineData("train", "--devices 4", "uses one device, and not 4: leave the devices out, or write the advice as pytorch or transformers")]
    [InlineData("sweep", "--devices 4", "A sweep uses one device, and not 4")]
    [InlineData("sweep", "--devices 1 --device-batch 8", "A sweep makes each update in one batch, and not in 4 parts: leave out how many samples fit on a device, or take a batch of 8 or less")]
    public async Task What_a_form_cannot_do_is_refused(string form, string options, string said)
    {
        File.WriteAllText(In("run.json"), TrainCommand.Template);
        var (exit, _, error) = await command.RunAsync(["advise", "--base", "run.json", .. options.Split(' '), "--out", "x.json", "--as", form]);
        Assert.Equal((2, false), (exit, File.Exists(In("x.json"))));
        Assert.Contains(said, error);
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
