namespace Anneal.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    const string Spec = """
        {"data": {"type": "copying", "symbols": 4}, "model": {"context": 16, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"},
         "schedule": {"type": "cosineDecay", "peak": 0.01, "steps": 400}, "steps": 400, "batchSize": 4, "record": 1, "checkpoint": 10, "seed": 2, "diagnostics": {"every": 15}}
        """;

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    string In(params string[] names) => Path.Combine([command.Folder, .. names]);

    [Fact]
    public async Task A_run_killed_again_and_again_ends_with_the_bits_of_one_that_was_not()
    {
        File.WriteAllText(In("run.json"), Spec);
        var (exit, output, error) = await command.RunAsync("train", "run.json", "--out", "whole");
        Assert.True(exit == 0, error);
        Assert.Contains("400 of 400 steps: held-out loss", output);
        Assert.Matches(@"Diagnostics at 27 of 400 steps made now, each in time of a step: .*sharpness \d+ %.*; in all \d+ % of the steps' time\.", output);
        var random = new Random(1);
        int kills = 0;
        for (int i = 0; i < 12; i++)
        {
            using var process = command.Start("train", "run.json", "--out", "killed");
            int before = Lines(), more = random.Next(0, 40);
            while (!process.HasExited && Lines() < before + more)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.True(kills >= 8, $"{kills} kills");
        (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "killed", "--threads", "1");
        Assert.True(exit == 0, error);
        Assert.Equal(File.ReadAllBytes(In("whole", "checkpoint.safetensors")), File.ReadAllBytes(In("killed", "checkpoint.safetensors")));
        foreach (string file in (string[])["trace.csv", "tensors.csv", "attention.csv"])
            Assert.Equal(File.ReadAllBytes(In("whole", file)), File.ReadAllBytes(In("killed", file)));

        int Lines() => File.Exists(In("killed", "trace.csv")) ? File.ReadAllLines(In("killed", "trace.csv")).Length : 0;
    }

    [Fact]
    public async Task Anneal_run_reads_what_it_writes_without_an_option()
    {
        File.WriteAllText(In("run.json"), Spec.Replace("\"record\": 1, ", ""));
        var (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.True(exit == 0, error);
        foreach (string[] call in (string[][])[["run", "out"], ["run", "fit", "out"], ["run", Path.Combine("out", "trace.csv")]])
        {
            (exit, string output, error) = await command.RunAsync(call);
            Assert.True(exit == 0, error);
            Assert.Contains("the rate is rate, the step step.", output);
            Assert.Contains("explains cosine(0.01, 400)", output);
        }
        foreach (string table in (string[])["tensors.csv", "attention.csv"])
        {
            (exit, _, error) = await command.RunAsync("run", Path.Combine("out", table));
            Assert.Equal(1, exit);
            Assert.Contains("it has no rate; give trace.csv, which stands beside it", error);
            Assert.NotEmpty(TraceTable.Read(File.ReadAllText(In("out", table))).Lines);
        }
        (exit, string compared, error) = await command.RunAsync("run", "compare", "run.json", "out");
        Assert.True(exit == 0, error + compared);
        Assert.Contains("entries of rate against step: as planned", compared);
        (exit, compared, error) = await command.RunAsync("run", "check", "run.json");
        Assert.True(exit == 0, error + compared);
        Assert.Contains("cosine(0.01, 400)", compared);
        File.WriteAllText(In("run.json"), Spec.Replace("\"peak\": 0.01", "\"peak\": 0.02"));
        (exit, compared, _) = await command.RunAsync("run", "compare", "run.json", "out");
        Assert.Equal(1, exit);
        Assert.Contains("of rate differ", compared);
    }

    [Theory]
    [InlineData("""{"type": "copying", "symbols": 4}""", """{"type": "gradientAccumulation", "inner": {"type": "adamW"}, "every": 4}""", 100)]
    [InlineData("""{"type": "digits"}""", """{"type": "adamW"}""", 400)]
    [InlineData("""{"type": "modularAddition"}""", """{"type": "adamW"}""", 400)]
    public async Task The_plan_is_what_the_run_does(string data, string rule, int updates)
    {
        string spec = Spec.Replace("""{"type": "copying", "symbols": 4}""", data).Replace("""{"type": "adamW"}""", rule).Replace("{\"every\": 15}", "0").Replace("\"record\": 1", "\"record\": 50").Replace("\"steps\": 400}", $"\"steps\": {updates}}}");
        File.WriteAllText(In("run.json"), spec);
        int tokens = Anneal.Experiments.TrainJson.Read(spec).Recipe.SequenceLength;
        var (exit, plan, error) = await command.RunAsync("run", "check", "run.json");
        Assert.True(exit == 0, error + plan);
        Assert.Contains($"updates    {updates}   ", plan);
        Assert.Contains(FormattableString.Invariant($"tokens     {400 * 4 * tokens:#,0}, {400 / updates * 4 * tokens} to an update"), plan);
        Assert.Contains($"written    cosine(0.01, {updates})", plan);
        (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.True(exit == 0, error);
        (exit, string compared, error) = await command.RunAsync("run", "compare", "run.json", "out");
        Assert.True(exit == 0, error + compared);
        Assert.Contains("as planned", compared);
        Assert.DoesNotContain("ends at step", compared);
    }

    [Theory]
    [InlineData("\"batchSize\": 4", "\"batchSize\": 1000000000", "$.batchSize: 1,000,000,000 sequences of 16 tokens need at least")]
    [InlineData("\"width\": 8", "\"width\": 1000000", "$.model: ")]
    [InlineData("""{"type": "adamW"}""", """{"type": "lbfgs"}""", "$.rule: ")]
    [InlineData("\"type\": \"cosineDecay\", \"peak\": 0.01", "\"type\": \"constant\", \"rate\": 0.01", "constant has no member 'rate'. Its members are value")]
    public async Task What_cannot_be_run_is_refused_before_there_is_a_file(string right, string wrong, string message)
    {
        File.WriteAllText(In("run.json"), Spec.Replace(right, wrong));
        var (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.Equal(2, exit);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains($"run.json: ", error);
        Assert.Contains(message, error);
        Assert.False(Directory.Exists(In("out")));
    }

    [Fact]
    public async Task A_run_that_stops_by_itself_says_why_and_where_to_look()
    {
        // A step of 1e30 makes products that are infinite.
        File.WriteAllText(In("run.json"), Spec.Replace("""{"type": "adamW"}""", """{"type": "sgd"}""").Replace("\"peak\": 0.01", "\"peak\": 1e30").Replace("{\"every\": 15}", "0"));
        var (exit, output, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.Equal((1, ""), (exit, output));
        string[] rows = File.ReadAllLines(In("out", "trace.csv"));
        string said = error.Trim().Split('\n')[^1];
        Assert.Matches(@"^Stopped: the loss is \S+ at step 1; [^.]*\. See out.trace\.csv\.$", said);
        // The steps before it are there, and nothing that is no number is.
        Assert.Equal(1 + 1, rows.Length);
        Assert.DoesNotContain("NaN", rows[1]);
        Assert.DoesNotContain("∞", rows[1]);
        // It does not go on by itself: the same command begins anew and ends the same.
        var again = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.Equal((1, said), (again.ExitCode, again.Error.Trim().Split('\n')[^1]));
        Assert.Equal(rows, File.ReadAllLines(In("out", "trace.csv")));
    }

    [Fact]
    public async Task Memory_that_runs_out_on_the_way_is_told_in_words()
    {
        // 6.3 million weights: 151 MB by what is known beforehand, and with the rule's memory and the checkpoint more than the 192 MB that there are.
        File.WriteAllText(In("run.json"), Spec.Replace("\"width\": 8, \"layers\": 1", "\"width\": 512, \"layers\": 2").Replace("\"batchSize\": 4", "\"batchSize\": 1").Replace("\"checkpoint\": 10", "\"checkpoint\": 1").Replace("{\"every\": 15}", "0"));
        var (exit, output, error) = await command.RunWithAsync("DOTNET_GCHeapHardLimit", "0xC000000", "train", "run.json", "--out", "out");
        Assert.Equal((2, ""), (exit, output));
        Assert.EndsWith("The run needs more memory than there is. Take a smaller batchSize, width or sequenceLength, or a rule that remembers less.", error.Trim());
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task A_guess_ends_with_its_question_mark()
    {
        File.WriteAllText(In("run.json"), Spec.Replace("cosineDecay", "cosinDecay"));
        var (exit, output, _) = await command.RunAsync("run", "check", "run.json");
        Assert.Equal(1, exit);
        Assert.Contains("did you mean 'cosineDecay'?", output);
        Assert.DoesNotContain("?.", output);
    }

    [Fact]
    public async Task The_template_is_a_run()
    {
        var (exit, template, _) = await command.RunAsync("train", "template");
        Assert.Equal(0, exit);
        Assert.Equal(600, Anneal.Experiments.TrainJson.Read(template).Steps);
    }

    [Theory]
    [InlineData("run.json", 2, "--out DIR")]
    [InlineData("run.json --out x", 2, "run.json: $.batchSize: ")]
    [InlineData("not.json --out x", 2, "not.json: $: this is not JSON")]
    [InlineData("fifteen.json --out x", 2, "fifteen.json: $.model.context: copying needs an even number, not 15.")]
    [InlineData("other.json --out x", 2, "There is no file 'other.json'. A run to begin with")]
    public async Task A_mistake_is_named(string arguments, int code, string message)
    {
        File.WriteAllText(In("run.json"), Spec.Replace("\"batchSize\": 4", "\"batchSize\": 0"));
        File.WriteAllText(In("not.json"), "{");
        File.WriteAllText(In("fifteen.json"), Spec.Replace("\"context\": 16", "\"context\": 15"));
        var (exit, _, error) = await command.RunAsync(["train", .. arguments.Split(' ')]);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(code, exit);
        Assert.Contains(message, error);
    }
}
