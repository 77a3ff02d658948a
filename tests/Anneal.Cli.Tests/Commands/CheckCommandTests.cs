namespace Anneal.Cli.Tests;

public sealed class CheckCommandTests : IDisposable
{
    readonly CommandLine command = new();

    public CheckCommandTests()
    {
        string boot = File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "boot.dib"));
        command.Notebook("boot.dib", boot.Replace("../artifacts/lib", Path.Combine(Repository.Root, "artifacts", "lib").Replace('\\', '/')));
    }

    public void Dispose() => command.Dispose();

    Task<(int ExitCode, string Output, string Error)> CheckAsync(SampleLesson lesson, params string[] options)
    {
        lesson.Write(command.Folder);
        return command.RunAsync(["check", "01-sample.ipynb", .. options]);
    }

    static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];

    [Fact]
    public async Task A_good_lesson_passes_with_stubs_and_with_solutions()
    {
        var stubs = await CheckAsync(new());
        Assert.Equal((0, ""), (stubs.ExitCode, stubs.Error));
        Assert.Matches(@"^1 notebook run with 6 exercises not solved yet in [\d.]+ seconds: nothing to change\.$", LastLine(stubs.Output));
        var solved = await CheckAsync(new(), "--solutions");
        Assert.Equal((0, ""), (solved.ExitCode, solved.Error));
        Assert.Matches(@"^1 notebook run with 6 exercises solved in [\d.]+ seconds: nothing to change\.$", LastLine(solved.Output));
    }

    [Fact]
    public async Task A_file_that_is_no_notebook_is_named_once_with_line_and_column()
    {
        command.Notebook("broken.ipynb", "{\"cells\": [\n  nonsense");
        var (exitCode, _, error) = await command.RunAsync("check", "broken.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Matches(@"^\S*broken\.ipynb \(file\): line 2, column \d+: This is not valid JSON", error);
    }

    [Fact]
    public async Task Solutions_that_are_wrong_missing_or_fail_their_own_check_are_found()
    {
        var lesson = new SampleLesson()
            .With("solution-1", "<details>\n\n```csharp\ndouble x1 = -1;\n```\n\n</details>")
            .With("solution-2", "<details>\n\n```csharp\ndouble x2 = Answer.NotYet;\n```\n\n</details>");
        var (exitCode, output, error) = await CheckAsync(lesson, "--solutions");
        Assert.Equal(1, exitCode);
        Assert.Contains($"cell {lesson.Number("check-1")} (exercises): The solution does not pass its check: ✗ Not right yet. x: -1. The sign is wrong.", error);
        Assert.Contains($"cell {lesson.Number("check-2")} (exercises): The solution does not pass its check: ○ Not solved yet.", error);
        Assert.EndsWith("2 findings.", LastLine(output));
    }

    [Fact]
    public async Task A_stub_that_is_an_answer_already_is_found()
    {
        var lesson = new SampleLesson().With("stub-1", "double x1 = 1;").With("check-2", "x2");
        var (exitCode, _, error) = await CheckAsync(lesson);
        Assert.Equal(1, exitCode);
        Assert.Contains($"cell {lesson.Number("check-1")} (exercises): The stub must be \"not solved yet\"", error);
        Assert.Contains($"cell {lesson.Number("check-2")} (exercises): The check shows no verdict.", error);
    }

    [Fact]
    public async Task A_claim_that_does_not_hold_is_found_with_its_line_and_numbers()
    {
        var (exitCode, output, error) = await CheckAsync(new SampleLesson().With("claim", "\nCheck.Close(\"the answer\", 1.0 / 4, 0.5, 0.1);"));
        Assert.Equal(1, exitCode);
        Assert.Contains("01-sample.ipynb, cell 3, line 2 (run): ", error);
        Assert.Contains("The check \"the answer\" failed.", error);
        Assert.Contains("difference: 0.25", error);
        Assert.EndsWith("1 finding.", LastLine(output));
    }

    [Fact]
    public async Task Looking_only_runs_nothing()
    {
        var (exitCode, output, _) = await CheckAsync(new SampleLesson().With("claim", "Check.Close(\"the answer\", 1.0 / 4, 0.5, 0);"), "--lint-only");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^1 notebook looked at, not run in [\d.]+ seconds: nothing to change\.$", LastLine(output));
    }

    [Fact]
    public async Task A_broken_file_is_a_finding_and_a_wrong_path_a_usage_error()
    {
        File.WriteAllText(Path.Combine(command.Folder, "02-broken.ipynb"), "{\"cells\": [");
        Assert.Equal(1, (await command.RunAsync("check", "02-broken.ipynb", "--lint-only")).ExitCode);
        Assert.Equal(2, (await command.RunAsync("check", "03-none.ipynb")).ExitCode);
    }

    [Fact]
    public async Task Interrupted_it_tells_what_was_found_until_then()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill is needed");
        new SampleLesson().With("stub-1", "double x1 = 1;").Write(command.Folder);
        command.Notebook("long.dib", "#!csharp\nwhile (true) { }\n");
        using var process = command.StartInForeground("check", "01-sample.ipynb", "long.dib", "--jobs", "2");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string last = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("01-sample: run with its exercises not solved yet, 1 finding (", StringComparison.Ordinal))
                System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
            last = line;
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Matches(@"^1 notebook run with 6 exercises not solved yet, and stopped before the others, in [\d.]+ seconds: 1 finding\.$", last);
        Assert.Contains("The stub must be \"not solved yet\"", await error);
    }

    [Fact]
    public async Task Solutions_cannot_be_tried_without_running() =>
        Assert.NotEqual(0, (await command.RunAsync("check", ".", "--solutions", "--lint-only")).ExitCode);

    [Fact]
    public async Task Without_built_libraries_the_boot_file_says_what_to_run()
    {
        string boot = File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "boot.dib"));
        command.Notebook("boot.dib", boot);
        var (exitCode, _, error) = await CheckAsync(new());
        Assert.Equal(1, exitCode);
        Assert.Contains("not built yet", error);
        Assert.Contains("dotnet build notebooks/Libraries.csproj -c Release", error);
    }

    const string CSharpStub = "double[] Mine(double[] gradients, double rate) => Answer.NotWritten<double[]>();";
    const string CSharpLines = "double[] Mine(double[] gradients, double rate)\n{\n    double w = 0;\n    return [.. gradients.Select(g => w -= rate * g)];\n}";
    const string FSharpStub = "#!fsharp\nlet mine (gradients: float[]) (rate: float) : float[] = Answer.NotWritten()";
    const string FSharpLines = "#!fsharp\nlet mine (gradients: float[]) (rate: float) =\n    gradients |> Array.scan (fun w g -> w - rate * g) 0.0 |> Array.tail";

    static SampleLesson Coding(string language, string stub, string check, string solution) => new SampleLesson()
        .Changed(l => l["stub-1"]["metadata"] = new System.Text.Json.Nodes.JsonObject
        {
            ["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = language },
            ["tags"] = new System.Text.Json.Nodes.JsonArray("exercise", "coding"),
        })
        .Changed(l => l["check-1"]["metadata"]!["polyglot_notebook"]!["kernelName"] = language)
        .With("stub-1", stub).With("check-1", check).With("solution-1", $"<details>\n\n```{language}\n{solution}\n```\n\n</details>");

    [Theory]
    [InlineData("csharp", CSharpStub, "RulesFromScratch.GradientDescent.Check(Mine)", CSharpLines)]
    [InlineData("fsharp", FSharpStub, "#!fsharp\nRulesFromScratch.GradientDescent.Check mine", FSharpLines)]
    public async Task A_coding_exercise_is_unsolved_with_its_stub_and_solved_with_its_solution(string language, string stub, string check, string solution)
    {
        var stubs = await CheckAsync(Coding(language, stub, check, solution));
        Assert.Equal((0, ""), (stubs.ExitCode, stubs.Error));
        var solved = await CheckAsync(Coding(language, stub, check, solution), "--solutions");
        Assert.Equal((0, ""), (solved.ExitCode, solved.Error));
    }

    [Theory]
    [InlineData("csharp", CSharpStub, "RulesFromScratch.GradientDescent.Check(Mine)", CSharpLines, "w -= rate", "w += rate", "The sign: the weight moves against the gradient")]
    [InlineData("fsharp", FSharpStub, "#!fsharp\nRulesFromScratch.GradientDescent.Check mine", FSharpLines, "|> Array.tail", "", "one update too late")]
    public async Task A_wrong_program_is_told_its_first_step_and_the_usual_cause(string language, string stub, string check, string solution, string right, string wrong, string says)
    {
        var (exitCode, _, error) = await CheckAsync(Coding(language, stub, check, solution.Replace(right, wrong)), "--solutions");
        Assert.Equal(1, exitCode);
        Assert.Contains("update 1 is the first that differs", error);
        Assert.Contains(says, error);
    }

    [Fact]
    public async Task A_stub_for_a_program_without_its_tag_is_found()
    {
        var lesson = Coding("csharp", CSharpStub, "RulesFromScratch.GradientDescent.Check(Mine)", CSharpLines)
            .Changed(l => l["stub-1"]["metadata"]!["tags"] = new System.Text.Json.Nodes.JsonArray("exercise"));
        Assert.Contains("the stub needs the tag \"coding\"", (await CheckAsync(lesson)).Error);
    }
}
