using System.Diagnostics;

namespace Anneal.Cli.Tests;

/// <summary>The built command: kills, shards, and what is refused.</summary>
public sealed class SweepCommandTests : IDisposable
{
    const string Spec = """
        {"data": "digits", "preparation": "largest", "model": {"type": "softmax"}, "batches": {"type": "withReplacement", "size": 1}, "steps": STEPS,
         "rates": [0.02, 0.16, 1.28, 10.24, 81.92], "tuningSeeds": 2, "evaluationSeeds": 10, "widenings": 0,
         "methods": [{"name": "constant", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}},
                     {"name": "linear", "rule": {"type": "sgd"}, "schedule": {"type": "linearDecay", "peak": 1, "steps": STEPS}}]}
        """;

    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    string In(params string[] names) => Path.Combine([_command.Folder, .. names]);

    void Write(int steps) => File.WriteAllText(In("sweep.json"), Spec.Replace("STEPS", $"{steps}"));

    [Fact]
    public async Task Fifty_kills_lose_nothing_and_double_nothing()
    {
        Write(steps: 8_000);
        var (exit, output, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "whole");
        Assert.True(exit == 0, error);
        Assert.Contains("120 of 120 trials are in whole", output);
        var random = new Random(7);
        string journal = In("killed", "trials.jsonl");
        int kills = 0, kept = 0, missed = 0;
        for (bool anew = true; kills < 50; anew = anew || kills % 5 == 0)
        {
            // A kill in the middle of a sweep that would soon be over: every fifth starts anew, and so does one that was over before its kill, as on a busy machine.
            if (anew && Directory.Exists(In("killed")))
                Directory.Delete(In("killed"), recursive: true);
            int before = Lines(journal);
            using var process = _command.Start("sweep", "sweep.json", "--out", "killed", "--jobs", "1");
            // Any moment: while it starts or reads its journal, or some trials later, in the midst of one or of writing it down.
            // Trials are counted, not timed, so that a busy machine leaves as many to kill as a quiet one.
            int more = random.Next(4) == 0 ? 0 : random.Next(1, 17);
            while (more > 0 && !process.HasExited && Lines(journal) < before + more)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(more == 0 ? 400 : 40), TestContext.Current.CancellationToken);
            anew = process.HasExited;
            (kills, missed) = anew ? (kills, missed + 1) : (kills + 1, missed);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            int after = Lines(journal);
            Assert.True(after >= before, $"{before} lines before kill {kills}, {after} after it");
            Assert.True(missed <= 25, $"{missed} sweeps were over before their kill: the sweep is too short for this test");
            kept += after - before;
        }
        Assert.True(kept > 200, $"{kept} lines kept");
        (exit, _, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "killed");
        Assert.True(exit == 0, error);
        foreach (string file in (string[])["results.csv", "results.parquet"])
            Assert.Equal(File.ReadAllBytes(In("whole", file)), File.ReadAllBytes(In("killed", file)));
        string[] keys = [.. File.ReadLines(In("killed", "trials.jsonl")).Select(line => line.Split('"')[3])];
        Assert.Equal((120, 120), (keys.Length, keys.Distinct().Count()));
    }

    [Fact]
    public async Task Three_shards_merged_equal_one_run_to_the_byte()
    {
        Write(steps: 300);
        var (exit, _, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "whole");
        Assert.True(exit == 0, error);
        for (int i = 1; i <= 3; i++)
            Assert.Equal(0, (await _command.RunAsync("sweep", "sweep.json", "--out", $"shard-{i}", "--shard", $"{i}/3")).ExitCode);
        var (early, _, reason) = await _command.RunAsync("sweep", "merge", "shard-1", "shard-3", "--out", "early");
        Assert.Equal(1, early);
        Assert.Contains("40 of 120 trials are missing", reason);
        Assert.Equal(0, (await _command.RunAsync("sweep", "merge", "shard-1", "shard-2", "shard-3", "--out", "merged")).ExitCode);
        foreach (string file in (string[])["results.csv", "results.parquet"])
            Assert.Equal(File.ReadAllBytes(In("whole", file)), File.ReadAllBytes(In("merged", file)));
        string page = File.ReadAllText(In("merged", "summary.html"));
        Assert.Contains("Every method was tried at the same 5 rates", page);
        Assert.Contains("Ranking by final loss", page);
    }

    [Fact]
    public async Task The_example_is_a_sweep_and_a_task_of_the_array_runs_its_shard()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash is needed");
        foreach (var (name, file) in new[] { ("example", "sweep.json"), ("slurm", "slurm.sh"), ("kubernetes", "kubernetes.yaml") })
            File.WriteAllText(In(file), (await _command.RunAsync("sweep", "template", name)).Output);
        Assert.Contains($"```json\n{File.ReadAllText(In("sweep.json"))}```", File.ReadAllText(Path.Combine(Repository.Root, ".github", "SWEEPS.md")));
        var task = new ProcessStartInfo("bash", ["slurm.sh", "sweep.json", "results", "3"]) { WorkingDirectory = _command.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        task.Environment["ANNEAL"] = string.Join(' ', CommandLine.Program);
        task.Environment["SLURM_ARRAY_TASK_ID"] = "2";
        task.Environment["SLURM_CPUS_PER_TASK"] = "1";
        using var process = Process.Start(task)!;
        Assert.Contains("117 of 351 trials are in results/shard-2", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(117, Lines(In("results", "shard-2", "trials.jsonl")));
        Assert.Contains("sweep /spec/sweep.json --out \"/results/shard-$shard\" --shard \"$shard/$SHARDS\"", File.ReadAllText(In("kubernetes.yaml")));
    }

    [Fact]
    public async Task The_transformers_template_is_a_sweep()
    {
        File.WriteAllText(In("sweep.json"), (await _command.RunAsync("sweep", "template", "transformer")).Output);
        var (exit, output, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "part", "--shard", "1/130");
        Assert.True(exit == 0, error + output);
        Assert.Contains("1 of 130 trials are in part", output);
    }

    [Fact]
    public async Task The_help_of_merge_has_the_arguments_of_merge_alone()
    {
        var (exit, output, error) = await _command.RunAsync("sweep", "merge", "--help");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("anneal sweep merge <DIR>...", output);
        Assert.DoesNotContain("SPEC", output);
        Assert.Contains("anneal sweep [<SPEC>]", (await _command.RunAsync("sweep", "--help")).Output);
    }

    [Fact]
    public async Task A_merge_says_when_one_machine_would_have_tried_more_rates()
    {
        File.WriteAllText(In("sweep.json"), Spec.Replace("STEPS", "300").Replace("\"widenings\": 0", "\"widenings\": 1").Replace("10.24, 81.92", "0.5, 0.7"));
        for (int i = 1; i <= 2; i++)
            Assert.Equal(0, (await _command.RunAsync("sweep", "sweep.json", "--out", $"shard-{i}", "--shard", $"{i}/2")).ExitCode);
        var (exit, output, _) = await _command.RunAsync("sweep", "merge", "shard-1", "shard-2", "--out", "merged");
        Assert.Equal(0, exit);
        Assert.Contains("run the sweep once more with --out merged, and only they are run", output);
        Assert.Equal(0, (await _command.RunAsync("sweep", "sweep.json", "--out", "merged")).ExitCode);
        Assert.Equal(0, (await _command.RunAsync("sweep", "sweep.json", "--out", "whole")).ExitCode);
        foreach (string file in (string[])["results.csv", "results.parquet"])
            Assert.Equal(File.ReadAllBytes(In("whole", file)), File.ReadAllBytes(In("merged", file)));
    }

    [Fact]
    public async Task A_part_of_a_table_is_run_again_to_the_byte()
    {
        // The best rates lie on the edge, so that the table has two rates which the file does not name.
        File.WriteAllText(In("sweep.json"), Spec.Replace("STEPS", "300").Replace("\"widenings\": 0", "\"widenings\": 1").Replace("10.24, 81.92", "0.5, 0.7"));
        Assert.Equal(0, (await _command.RunAsync("sweep", "sweep.json", "--out", "whole")).ExitCode);
        string[] whole = File.ReadAllLines(In("whole", "results.csv"));
        Assert.True(whole.Length > 1 + 120, $"{whole.Length} lines");
        // Every third trial, at any rate and seed.
        string[] part = [whole[0], .. whole.Skip(1).Where((_, i) => i % 3 == 0)];
        File.WriteAllLines(In("part.csv"), part);
        var (exit, output, error) = await _command.RunAsync("sweep", "sweep.json", "--only", "part.csv", "--out", "again");
        Assert.True(exit == 0, error);
        Assert.Contains(", those of part.csv among them; there is no ranking of a part.", output);
        Assert.Equal(part, File.ReadAllLines(In("again", "results.csv")));
        Assert.Equal(part.Length - 1, Lines(In("again", "trials.jsonl")));
        // The rest joins them, and all is as if run at once.
        (exit, _, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "again");
        Assert.True(exit == 0, error);
        Assert.Equal(whole, File.ReadAllLines(In("again", "results.csv")));
        File.WriteAllLines(In("part.csv"), [.. part, part[1].Replace(part[1].Split(',')[0], "another way")]);
        (exit, _, error) = await _command.RunAsync("sweep", "sweep.json", "--only", "part.csv", "--out", "other");
        Assert.Equal(2, exit);
        Assert.Contains("part.csv: The table belongs to another sweep", error);
        // Nor can a table be read in which one of the file's rates does not stand.
        foreach (string[] lines in (string[][])[[whole[0]], [whole[0], part[1]], [.. whole.Where(line => line.Split(',')[1] != "0.16")]])
        {
            File.WriteAllLines(In("part.csv"), lines);
            (exit, _, error) = await _command.RunAsync("sweep", "sweep.json", "--only", "part.csv", "--out", "other");
            Assert.Equal(2, exit);
            Assert.Matches(@"part\.csv: The table belongs to another sweep, or lacks one of its rates, [\d.]+: every rate of the sweep must stand in it\.", error);
        }
        Assert.False(Directory.Exists(In("other")));
    }

    [Fact]
    public async Task An_interrupt_keeps_what_has_finished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill is needed");
        Write(steps: 100_000);
        using var process = _command.StartInForeground("sweep", "sweep.json", "--out", "out", "--jobs", "2");
        while (!process.HasExited && Lines(In("out", "trials.jsonl")) < 3)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Process.Start("kill", ["-INT", process.Id.ToString()]).WaitForExit();
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("What has finished is kept in out", error);
        Assert.True(Lines(In("out", "trials.jsonl")) >= 3);
    }

    [Theory]
    [InlineData(2, "Say which sweep")]
    [InlineData(2, "Say where to", "sweep.json")]
    [InlineData(2, "There is no file 'nowhere.json'", "nowhere.json", "--out", "o")]
    [InlineData(2, "Say where to", "sweep.json", "--out", "")]
    [InlineData(2, ". is a folder: name a file in it", ".", "--out", "o")]
    [InlineData(2, "'slum' not recognized", "template", "slum")]
    [InlineData(2, "--jobs must be a number above 0", "sweep.json", "--out", "o", "--jobs", "0")]
    [InlineData(2, "--shard is i/n with i from 1 to n", "sweep.json", "--out", "o", "--shard", "4/3")]
    [InlineData(2, "bad.json: $.steps: ", "bad.json", "--out", "o")]
    [InlineData(1, "unfit.json: ", "unfit.json", "--out", "o")]
    [InlineData(1, "holds no sweep", "merge", ".", "--out", "o")]
    [InlineData(2, "is a file: choose another place", "sweep.json", "--out", "sweep.json/below")]
    public async Task What_cannot_be_done_is_refused_with_the_reason(int exit, string message, params string[] arguments)
    {
        Write(steps: 100);
        File.WriteAllText(In("bad.json"), Spec.Replace("STEPS", "\"many\""));
        File.WriteAllText(In("unfit.json"), Spec.Replace("STEPS", "100").Replace("\"softmax\"", "\"linear\""));
        var (code, _, error) = await _command.RunAsync(["sweep", .. arguments]);
        Assert.Contains(arguments is ["unfit.json", ..] ? "least squares needs numbers" : message, error);
        Assert.Equal(exit, code);
    }

    static int Lines(string path)
    {
        if (!File.Exists(path))
            return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file);
        return text.ReadToEnd().Count(c => c == '\n');
    }
}
