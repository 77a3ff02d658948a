using System.Text.Json;

namespace Anneal.Cli.Tests;

public sealed class ScheduleCommandTests : IDisposable
{
    const string Cosine = """{"type": "cosineDecay", "peak": 0.1, "steps": 100, "floor": 0.001}""";
    const string OneCycle = """{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 100}}""";

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(command.Folder, name), text);
        return name;
    }

    static double[] Rates(string json, string name = "rates")
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
    }

    [Fact]
    public async Task A_file_standard_input_and_notation_give_the_same_rates()
    {
        var file = await command.RunAsync("schedule", File("cosine.json", Cosine), "--at", "0,10,100", "--format", "json");
        var input = await CommandLine.AskAsync(Cosine, "schedule", "-", "--at", "0,10,100", "--format", "json");
        var notation = await command.RunAsync("schedule", "cosine(0.1, 100, 0.001)", "--at", "0,10,100", "--format", "json");
        Assert.Equal((0, file.Output, ""), input);
        Assert.Equal(input, notation);
        Assert.Equal([0.1, new CosineDecay(0.1, 100, 0.001).At(10), 0.001], Rates(file.Output));
    }

    [Fact]
    public async Task A_range_of_steps_is_written_as_csv_with_both_ends() => Assert.Equal(
        (0, "step,rate\n0,0.4\n2,0.2\n4,0\n", ""),
        await command.RunAsync("schedule", "linear(0.4, 4)", "--from-step", "0", "--to", "4", "--every", "2", "--format", "csv"));

    [Theory]
    [InlineData("nowhere/page.html", "There is no folder to write nowhere/page.html into: make it first (mkdir -p nowhere), or choose another place.")]
    [InlineData(".", ". is a folder: name a file in it.")]
    public async Task A_chart_that_cannot_be_written_is_told_in_one_line(string path, string message)
    {
        var (code, _, error) = await command.RunAsync("schedule", "linear(0.4, 4)", "--chart", path);
        Assert.Equal((2, message), (code, error.TrimEnd()));
    }

    [Fact]
    public async Task No_number_of_a_table_is_broken_in_two()
    {
        var (_, output, _) = await command.RunAsync("schedule", "--diff", "cosine(1.23456789e-5, 1000, 1.2345e-9)", "tanh(1.3456789e-5, 999)", "--at", "0,100,900");
        string[] rows = [.. output.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('─') && line.Trim() is [>= '0' and <= '9', ..])];
        Assert.Equal(["0", "100", "900"], rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.All(rows, row => Assert.Equal(4, row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Theory]
    [InlineData("There is no option --bogus", "--bogus")]
    [InlineData("--format is json, csv or table, not xml.", "constant(0.1)", "--format", "xml")]
    [InlineData("--to must be", "constant(0.1)", "--explain", "--to", "NaN")]
    [InlineData("--to must be", "constant(0.1)", "--explain", "--to", "1e300")]
    [InlineData("--to must be", "constant(0.1)", "--plot", "--to", "-5")]
    [InlineData("--to must be", "constant(0.1)", "--chart", "page.html", "--to", "-5")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_written(string message, params string[] arguments)
    {
        var (code, output, error) = await command.RunAsync(["schedule", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(message, error);
    }

    [Fact]
    public async Task A_batch_says_where_a_notation_is_wrong()
    {
        var (_, output, _) = await CommandLine.AskAsync("""{"schedule": "cosine(0.1 100)", "at": [0]}""", "schedule", "--batch");
        Assert.Equal("""{"error":"$.schedule, character 12: expected ')', not '1'."}""", output.TrimEnd());
    }

    [Fact]
    public async Task A_table_shows_every_rate()
    {
        var (code, output, _) = await command.RunAsync("schedule", "linear(0.4, 4)", "--at", "0,2");
        Assert.Equal(0, code);
        Assert.Matches(@"step +rate", output);
        Assert.Matches(@"2 +0\.2", output);
    }

    [Fact]
    public async Task An_import_prints_what_it_became_and_that_gives_the_same_rates()
    {
        string file = File("onecycle.json", OneCycle);
        var became = await command.RunAsync("schedule", "--import", file);
        var theirs = await command.RunAsync("schedule", "--import", file, "--at", "0,29,99,100", "--format", "json");
        var ours = await command.RunAsync("schedule", File("ours.json", became.Output), "--at", "0,29,99,100", "--format", "json");
        Assert.Equal(0, became.ExitCode);
        Assert.Equal(Rates(ours.Output), Rates(theirs.Output));
        Assert.Equal(0.95, Rates(theirs.Output, "momentum")[0]);
    }

    [Theory]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100, "flor": 0.001}""", "$.flor")]
    [InlineData("""{"type": "cosineDecay", "peak": -0.1, "steps": 100}""", "$.peak")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1}""", "steps")]
    [InlineData("""{"type": "cosmicDecay"}""", "$.type")]
    public async Task A_refused_schedule_says_where_and_exits_with_1(string json, string place)
    {
        var (code, output, error) = await command.RunAsync("schedule", File("bad.json", json), "--at", "0");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(place, error);
    }

    [Theory]
    [InlineData("linear(0.4, 4)", "--at", "now")]
    [InlineData("linear(0.4, 4)", "--from-step", "0")]
    public async Task Wrong_options_exit_with_2(params string[] arguments) =>
        Assert.Equal(2, (await command.RunAsync(["schedule", .. arguments])).ExitCode);

    [Fact]
    public async Task A_batch_answers_every_line_in_order_and_never_dies()
    {
        string[] questions =
        [
            $$"""{"schedule": {{Cosine}}, "at": [0, 100]}""",
            "not JSON",
            """{"from": {"framework": "keras", "scheduler": "PiecewiseConstantDecay", "params": {"boundaries": [5], "values": [0.2, 0.1]}}, "at": [5, 6]}""",
            "",
            """{"schedule": {"type": "constant", "value": -1}, "at": [0]}""",
            """{"from": {"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1}}, "at": [0]}""",
            """{"from": {"framework": "pytorch", "scheduler": "ReduceLROnPlateau", "params": {"lr": 1, "factor": 0.5, "patience": 0}}, "at": [0, 1, 2], "metrics": [1, "NaN", 0.5]}""",
            $$"""{"from": {{OneCycle}}, "at": [101]}""",
            "[" + new string('[', 2_000),
            """{"schedule": "linear(0.4, 4)", "at": [2]}""",
        ];
        var (code, output, error) = await CommandLine.AskAsync(string.Join('\n', questions), "schedule", "--batch");
        string[] answers = output.TrimEnd('\n').Split('\n');
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(questions.Length, answers.Length);
        Assert.Equal("""{"rates":[0.1,0.001]}""", answers[0]);
        Assert.Equal("""{"rates":[0.2,0.1]}""", answers[2]);
        Assert.Equal("""{"rates":[1,0.5,0.5]}""", answers[6]);
        Assert.Equal("""{"rates":[0.2]}""", answers[9]);
        Assert.All([1, 3, 4, 5, 7, 8], i => Assert.StartsWith("{\"error\":\"", answers[i], StringComparison.Ordinal));
        Assert.Contains("$.schedule.value", answers[4]);
        Assert.Contains("$.from.params.step_size is missing", answers[5]);
        Assert.Contains("$.at[0]", answers[7]);
    }

    [Fact]
    public async Task An_answer_comes_before_the_next_question_is_asked()
    {
        var stop = TestContext.Current.CancellationToken;
        using var process = CommandLine.Talk("schedule", "--batch");
        for (int t = 0; t < 3; t++)
        {
            await process.StandardInput.WriteLineAsync($$"""{"schedule": "linear(0.4, 4)", "at": [{{t}}]}""".AsMemory(), stop);
            await process.StandardInput.FlushAsync(stop);
            Assert.StartsWith("{\"rates\":[0.", await process.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), stop), StringComparison.Ordinal);
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync(stop);
    }

    [Fact]
    public async Task An_explanation_has_formula_phases_and_sums()
    {
        var (code, output, _) = await command.RunAsync("schedule", "warmup(0.1, 20) > cosine(0.1, 80)", "--explain");
        Assert.Equal(0, code);
        Assert.All(["warmup(0.1, 20) > cosine(0.1, 80)", @"\eta(t)", "rising from 0 to 0.1, Warmup", "Σ η = 5", "Σ η² = "], part => Assert.Contains(part, output));
    }

    [Fact]
    public async Task A_difference_says_where_it_is_largest()
    {
        var (code, output, _) = await command.RunAsync("schedule", "--diff", "cosine(0.1, 100)", "linear(0.1, 100)");
        Assert.Equal(0, code);
        Assert.Contains("They differ first at step 1; most at step 22, by -0.01053 (11.9 % of the larger rate).", output);
    }

    [Theory]
    // Told by hand: cos²(πx/2) − (1 − x) is largest where π sin(πx) = 2, x = 0.219668.
    [InlineData("constant(1) for 10000000 > cosine(1, 10000000)", "constant(1) for 10000000 > linear(1, 10000000)", "first at step 10,000,001; most at step 12,196,679, by -0.1053")]
    [InlineData("cosine(1, 1000000000000)", "linear(1, 1000000000000)", "most at step 219,667,911,528, by -0.1053")]
    [InlineData("loop(cosine(1, 10))", "loop(linear(1, 10))", "Searched up to step")]
    [InlineData("polynomial(0.1, 1000000, 1)", "linear(0.1, 1000000)", "The same at every step from 0 to 1,000,000, to rounding.")]
    [InlineData("constant(0.1) for 7 > cosine(0.1, 100)", "constant(0.1) for 3 > constant(0.1) for 4 > cosine(0.1, 100)", "The same at every step from 0 to 107, to rounding.")]
    public async Task A_difference_is_found_at_any_length_and_nothing_is_claimed_that_was_not_searched(string first, string second, string said)
    {
        string[] to = first.StartsWith("loop", StringComparison.Ordinal) ? ["--to", "1e12"] : [];
        var (code, output, _) = await command.RunAsync(["schedule", "--diff", first, second, .. to]);
        Assert.Equal(0, code);
        Assert.Contains(said, output);
    }

    [Theory]
    [InlineData("repeat(cosine(1, 1), 1000000000)", "--explain", null, 0, "this is its beginning, up to step 100,000")]
    [InlineData("repeat(cosine(1, 10), 1000000)", "--chart", null, 0, "this is its beginning, up to step 4,000")]
    [InlineData("loop(cosine(0.1, 1))", "--explain", "9e15", 2, "--to 100000 is the furthest it can be shown")]
    [InlineData("clamp(loop(cosine(1, 3)), 0.1, 0.5)", "--explain", "1e15", 2, "pieces up to step 1,000,000,000,000,000")]
    public async Task Too_many_pieces_are_not_looked_at_one_by_one(string schedule, string what, string? to, int exit, string said)
    {
        string[] file = what == "--chart" ? ["many.html"] : [], end = to is null ? [] : ["--to", to];
        var (code, _, error) = await command.RunAsync(["schedule", schedule, what, .. file, .. end]);
        Assert.Equal(exit, code);
        Assert.Contains(said, error);
    }

    [Fact]
    public async Task A_difference_takes_imports_and_a_tolerance()
    {
        const string Torch = """{"framework": "pytorch", "scheduler": "CosineAnnealingLR", "params": {"lr": 0.1, "T_max": 100}}""";
        var (code, output, _) = await command.RunAsync("schedule", "--diff", Torch, "cosine(0.1, 100)", "--to", "100", "--tolerance", "1e-9");
        Assert.Equal(0, code);
        Assert.Contains("The same at every step from 0 to 100, within", output);
        (code, output, _) = await command.RunAsync("schedule", "--diff", Torch, "cosine(0.1, 100, 1e-5)", "--to", "100", "--tolerance", "1e-9");
        Assert.Equal(1, code);
        Assert.Contains("most at step 100, by 1E-05", output);
    }

    [Fact]
    public async Task An_export_is_code_or_a_reason()
    {
        Assert.Contains("LambdaLR(optimizer, rate)", (await command.RunAsync("schedule", "linear(0.4, 4)", "--export", "pytorch")).Output);
        var (code, _, error) = await command.RunAsync("schedule", "step(0.1, 0.5, 30)", "--export", "transformers");
        Assert.Equal(1, code);
        Assert.Contains("StepDecay is not among the schedules it names", error);
    }

    [Fact]
    public async Task A_chart_is_a_page_of_its_own()
    {
        var (code, _, error) = await command.RunAsync("schedule", "warmup(0.1, 20) > cosine(0.1, 80)", "--chart", "chart.html");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("<!doctype html>", System.IO.File.ReadAllText(Path.Combine(command.Folder, "chart.html")), StringComparison.OrdinalIgnoreCase);
    }
}
