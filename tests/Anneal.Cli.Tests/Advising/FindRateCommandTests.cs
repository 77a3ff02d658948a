namespace Anneal.Cli.Tests;

public sealed class FindRateCommandTests : IDisposable
{
    const string Sweep = """
        {"data": "cars", "preparation": "standardised", "model": {"type": "linear"}, "batches": {"type": "shuffled", "size": 8}, "steps": 60, "rates": [0.01, 0.1, 1],
         "methods": [{"name": "line", "rule": {"type": "sgd"}, "schedule": {"type": "linearDecay", "peak": 1, "steps": 60}}, {"name": "momentum", "rule": {"type": "momentum"}, "schedule": {"type": "constant", "value": 1}}]}
        """;

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task Five_suggestions_points_and_a_page()
    {
        File.WriteAllText(Path.Combine(command.Folder, "cars.json"), Sweep);
        var (exit, output, error) = await command.RunAsync("find-rate", "cars.json", "--method", "momentum", "--seeds", "3", "--steps", "120", "--csv", "points.csv", "--suggestions", "found.csv", "--chart", "rates.html");
        Assert.True(exit == 0, error + output);
        foreach (string kind in (string[])["steepest", "valley", "a tenth of the minimum", "best short run", "largest stable"])
            Assert.Contains(kind, output);
        string[] points = File.ReadAllLines(Path.Combine(command.Folder, "points.csv"));
        Assert.Equal("seed,rate,loss,smoothed,error,slope,slope_error", points[0]);
        Assert.Equal(["0", "1", "2"], points.Skip(1).Select(p => p.Split(',')[0]).Distinct());
        // Each file is named, and the command to go on with is the last line.
        string[] printed = output.TrimEnd().Split('\n');
        Assert.StartsWith("anneal advise --base cars.json", printed[^1]);
        Assert.Equal(["Wrote points.csv.", "Wrote found.csv.", "Wrote rates.html."], printed.Where(l => l.StartsWith("Wrote ", StringComparison.Ordinal)));
        Assert.Contains("so both the seeds' spread and the scatter of each.", output);
        Assert.Contains("Smoothed loss after an update at each rate", File.ReadAllText(Path.Combine(command.Folder, "rates.html")));
    }

    [Fact]
    public async Task A_run_of_train_is_tested_from_its_own_start()
    {
        File.WriteAllText(Path.Combine(command.Folder, "run.json"), """
            {"data": {"type": "copying", "symbols": 4}, "model": {"context": 16, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"},
             "schedule": {"type": "constant", "value": 0.01}, "steps": 400, "batchSize": 8, "seed": 2}
            """);
        string[] line = ["find-rate", "run.json", "--from", "1e-4", "--to", "10", "--steps", "100", "--stable-steps", "30"];
        var (exit, output, error) = await command.RunAsync(line);
        Assert.True(exit == 0, error + output);
        Assert.Equal(output, (await command.RunAsync(line)).Output);
    }

    [Theory]
    [InlineData("cars.json", "momentum", "momentum")]
    [InlineData("my runs/it's.json", "line", "sgd")]
    [InlineData("run.json", null, "adamW")]
    public async Task The_line_that_says_what_to_do_next_is_a_command_that_does_it(string file, string? method, string optimizer)
    {
        string path = Path.Combine(command.Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, method is null ? """
            {"data": {"type": "copying", "symbols": 4}, "model": {"context": 16, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "clipByGlobalNorm", "inner": {"type": "adamW"}, "maxNorm": 1},
             "schedule": {"type": "constant", "value": 0.01}, "steps": 400, "batchSize": 8, "seed": 2}
            """ : Sweep);
        var (exit, output, error) = await command.RunAsync(["find-rate", file, "--from", "1e-4", "--to", "10", "--steps", "100", "--stable-steps", "30", "--suggestions", "found.csv", .. method is null ? Array.Empty<string>() : ["--method", method]]);
        Assert.True(exit == 0, error + output);
        double found = double.Parse(File.ReadAllLines(Path.Combine(command.Folder, "found.csv")).Single(l => l.Contains("best short run", StringComparison.Ordinal)).Split(',')[2], System.Globalization.CultureInfo.InvariantCulture);
        string line = Assert.Single(output.Split('\n'), l => l.StartsWith("anneal advise ", StringComparison.Ordinal));
        // As a shell takes it apart.
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", line.Replace("anneal ", "printf '%s\\n' ", StringComparison.Ordinal)]) { RedirectStandardOutput = true })!;
        string[] words = (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        (exit, output, error) = await command.RunAsync(words);
        Assert.True(exit == 0, error);
        Assert.DoesNotContain("is taken for", output);
        string plan = System.Text.RegularExpressions.Regex.Match(output, "^Wrote (.*?): anneal sweep", System.Text.RegularExpressions.RegexOptions.Multiline).Groups[1].Value;
        var sweep = Anneal.Experiments.SweepJson.ReadSweep(File.ReadAllText(Path.Combine(command.Folder, plan)));
        // The rate that was found, in three digits, and others on both sides, of the rule that it was found with.
        Assert.InRange(sweep.Rates.Min(r => Math.Abs(r / found - 1)), 0, 0.005);
        Assert.True(sweep.Rates[0] < 0.9 * found && sweep.Rates[^1] > 1.1 * found);
        Assert.Contains($"optimizer  {optimizer}", System.Text.RegularExpressions.Regex.Replace(output, " {2,}", "  "));
    }

    [Fact]
    public async Task A_finished_sweep_is_compared_with()
    {
        File.WriteAllText(Path.Combine(command.Folder, "cars.json"), Sweep);
        Assert.Equal(0, (await command.RunAsync("sweep", "cars.json", "--out", "results")).ExitCode);
        File.Copy(Path.Combine(command.Folder, "results", "results.csv"), Path.Combine(command.Folder, "cars.csv"));
        var (exit, output, error) = await command.RunAsync("find-rate", "compare", "cars.json:line", "--seeds", "2", "--steps", "100");
        Assert.True(exit == 0, error);
        Assert.Equal(8, output.TrimEnd().Split('\n').Length);
        Assert.Contains("| cars, line | ", output);
    }

    [Fact]
    public async Task Every_seed_s_suggestions_are_a_table_and_their_mean_is_what_is_printed()
    {
        File.WriteAllText(Path.Combine(command.Folder, "cars.json"), Sweep);
        var (exit, output, error) = await command.RunAsync("find-rate", "cars.json", "--seeds", "3", "--steps", "120", "--suggestions", "found.csv");
        Assert.True(exit == 0, error + output);
        string[][] lines = [.. File.ReadAllLines(Path.Combine(command.Folder, "found.csv")).Select(l => l.Split(','))];
        Assert.Equal(["seed", "suggestion", "rate", "low", "high"], lines[0]);
        Assert.Equal(1 + 5 * 3, lines.Length);
        double mean = Math.Exp(lines.Where(l => l[1] == "largest stable").Average(l => Math.Log(double.Parse(l[2], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Contains(mean.ToString("0.##e-0", System.Globalization.CultureInfo.InvariantCulture), output.Split('\n').Single(l => l.Contains("largest stable")));
    }

    [Fact]
    public async Task Interrupted_it_tells_what_the_finished_seeds_say()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(Path.Combine(command.Folder, "cars.json"), Sweep);
        using var process = command.StartInForeground("find-rate", "cars.json", "--seeds", "10000", "--suggestions", "found.csv");
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // The first line of progress comes after two seconds, when a seed of some milliseconds is finished.
        string? line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Matches(@"^seed \d+ of 10000, \d+ of at most \d+ runs, about \d+ s left$", line);
        System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString()]).WaitForExit();
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        var said = System.Text.RegularExpressions.Regex.Match(rest, @"Stopped: this is what (\d+) of 10000 seeds say\.");
        Assert.True(said.Success, rest);
        Assert.Contains("largest stable", await reading);
        Assert.Equal(1 + 5 * int.Parse(said.Groups[1].Value), File.ReadAllLines(Path.Combine(command.Folder, "found.csv")).Length);
    }

    [Theory]
    [InlineData("find-rate", 2, "Say what is trained")]
    [InlineData("find-rate none.json", 2, "There is no file 'none.json'")]
    [InlineData("find-rate cars.json --method third", 2, "it has line, momentum")]
    [InlineData("find-rate cars.json --from 1 --to 0.1", 2, "--to must be above --from (1)")]
    [InlineData("find-rate compare cars.json:line --from 1 --to 0.1", 2, "--to must be above --from (1)")]
    [InlineData("find-rate cars.json --from 0", 2, "--from must be a finite number above 0")]
    [InlineData("find-rate cars.json --from many", 2, "many")]
    [InlineData("find-rate cars.json --steps 5", 2, "--steps must be a whole number from 20")]
    [InlineData("find-rate cars.json --stable-steps 1", 2, "--stable-steps must be a whole number from 20")]
    [InlineData("find-rate cars.json --smoothing 0", 2, "--smoothing must be above 0 and at most 0.25")]
    [InlineData("find-rate cars.json --smoothing -1", 2, "--smoothing must be above 0 and at most 0.25")]
    [InlineData("find-rate cars.json --seeds 0", 2, "--seeds must be from 1 to 10000; it was 0")]
    [InlineData("find-rate cars.json --seeds 10001", 2, "--seeds must be from 1 to 10000; it was 10001")]
    [InlineData("find-rate compare cars.json:line --seeds 0", 2, "--seeds must be from 1 to 10000; it was 0")]
    [InlineData("find-rate cars.json --csv none/points.csv", 2, "none")]
    [InlineData("find-rate compare cars.json:line", 2, "must lie beside it as cars.csv")]
    public async Task A_mistake_is_named(string line, int code, string message)
    {
        File.WriteAllText(Path.Combine(command.Folder, "cars.json"), Sweep);
        var (exit, output, error) = await command.RunAsync(line.Split(' '));
        Assert.Equal((code, true, true), (exit, error.Contains(message, StringComparison.Ordinal), output.Length == 0 || output.StartsWith("Description:", StringComparison.Ordinal)));
    }

    /// <summary>A form of momentum whose steps are ten times as short at the same rate is carried over by that factor; one that no factor makes the advised rule is not.</summary>
    [Theory]
    [InlineData("""{"type": "momentum"}""", "momentum", 1)]
    [InlineData("""{"type": "momentum", "beta": 0.99}""", "momentum", 10)]
    [InlineData("""{"type": "momentum", "dampening": 0.9}""", "momentum", 0.1)]
    [InlineData("""{"type": "momentum", "form": "average"}""", "momentum", 0.1)]
    [InlineData("""{"type": "momentum", "form": "steps"}""", "momentum", 1)]
    [InlineData("""{"type": "momentum", "nesterov": true, "form": "average"}""", "nesterov", 0.19)]
    [InlineData("""{"type": "clipByGlobalNorm", "maxNorm": 1, "inner": {"type": "momentum"}}""", "momentum", 1)]
    [InlineData("""{"type": "gradientScale", "factor": 3, "inner": {"type": "sgd"}}""", null, 0)]
    [InlineData("""{"type": "lookahead", "inner": {"type": "sgd"}}""", null, 0)]
    [InlineData("""{"type": "muon"}""", null, 0)]
    [InlineData("""{"type": "rmsProp", "momentum": 0.9}""", null, 0)]
    [InlineData("""{"type": "sgd"}""", "sgd", 1)]
    public void A_rate_is_named_for_the_advised_form_or_not_at_all(string rule, string? optimizer, double factor)
    {
        string file = Path.Combine(command.Folder, "sweep.json");
        File.WriteAllText(file, Sweep.Replace("""{"type": "sgd"}""", rule, StringComparison.Ordinal));
        var advised = RateSubject.Read(file, "line").Advised;
        Assert.Equal(optimizer, advised?.Optimizer);
        Assert.Equal(factor, advised?.Factor ?? 0, 1e-12);
    }

    [Fact]
    public async Task A_rate_that_is_carried_over_says_so_and_one_that_cannot_be_names_no_command()
    {
        string file = Path.Combine(command.Folder, "sweep.json");
        foreach (var (rule, said) in ((string, string)[])[("""{"type": "momentum", "dampening": 0.9}""", "it is carried over × 0.1:"), ("""{"type": "lookahead", "inner": {"type": "sgd"}}""", "no table knows the rates of this rule in this form")])
        {
            File.WriteAllText(file, Sweep.Replace("""{"type": "sgd"}""", rule, StringComparison.Ordinal));
            var (exit, output, error) = await command.RunAsync("find-rate", "sweep.json", "--steps", "60", "--stable-steps", "30");
            Assert.True(exit == 0, error + output);
            Assert.Contains(said, output);
            Assert.Equal(rule.Contains("momentum"), output.Contains("anneal advise --base", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_page_says_of_suggestions_that_never_fail_is_what_its_table_says()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, ".github", "ADVICE.md"));
        var rows = page.Split('\n').Where(l => l.StartsWith("| | | ", StringComparison.Ordinal)).Select(l => l.Split('|').Select(c => c.Trim()).ToArray()).ToList();
        // Six problems, five kinds.
        Assert.Equal(30, rows.Count);
        var sound = rows.GroupBy(r => r[3]).Where(g => !g.Any(r => r[^2].StartsWith("failed", StringComparison.Ordinal)))
            .ToDictionary(g => g.Key, g => g.Select(r => double.Parse(r[5], System.Globalization.CultureInfo.InvariantCulture)).ToList());
        Assert.Equal(["best short run", "largest stable"], sound.Keys.Order());
        Assert.Contains("**Two suggestions never fail** by the table's measure, a factor of ten", page);
        Assert.Contains(System.FormattableString.Invariant($"the best of short runs, at {sound["best short run"].Min():0.#} to {sound["best short run"].Max():0.#} times the best peak"), page);
        Assert.All(sound["largest stable"], times => Assert.InRange(times, 1, 10));
    }

    [Fact]
    public async Task A_rule_that_finds_its_own_step_has_no_rate_to_find()
    {
        File.WriteAllText(Path.Combine(command.Folder, "full.json"), """
            {"data": "cars", "preparation": "standardised", "model": {"type": "linear"}, "batches": {"type": "full"}, "steps": 10, "rates": [1, 2, 3],
             "methods": [{"name": "a", "rule": {"type": "lbfgs", "lineSearch": true}, "schedule": {"type": "constant", "value": 1}}]}
            """);
        var (exit, output, error) = await command.RunAsync("find-rate", "full.json");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("there is no rate to find, since L-BFGS with a line search finds its own step. Name a method", error);
        (exit, _, error) = await command.RunAsync("advise", "--base", "full.json", "--out", "plan.json", "--as", "sweep");
        Assert.Equal(2, exit);
        Assert.Contains("There is no rate to tune", error);
    }
}
