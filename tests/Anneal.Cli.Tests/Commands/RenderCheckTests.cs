using System.Diagnostics;
using System.Text;

namespace Anneal.Cli.Tests;

/// <summary><c>render --check</c>: the page and both checks of a lesson in two runs.</summary>
public sealed class RenderCheckTests : IDisposable
{
    readonly CommandLine command = new();

    public RenderCheckTests()
    {
        string boot = File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "boot.dib"));
        command.Notebook("boot.dib", boot.Replace("../artifacts/lib", Path.Combine(Repository.Root, "artifacts", "lib").Replace('\\', '/')));
    }

    public void Dispose() => command.Dispose();

    Task<(int ExitCode, string Output, string Error)> RenderAsync(SampleLesson lesson)
    {
        lesson.Write(command.Folder);
        return command.RenderAsync("--check");
    }

    [Fact]
    public async Task A_good_lesson_has_its_page_and_nothing_to_change()
    {
        var (exit, output, error) = await RenderAsync(new());
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("1 page written to site in ", output);
        Assert.Matches(@"\n01-sample: run with its exercises solved, nothing to change \([\d.]+ s\)\n", output);
        Assert.Matches(@"\n1 notebook checked, with 6 exercises not solved yet and solved, in [\d.]+ seconds: nothing to change\.\n$", output);
        Assert.True(command.HasPage("01-sample"));
    }

    [Fact]
    public async Task Both_runs_and_the_lints_have_their_findings_once()
    {
        var lesson = new SampleLesson()
            .With("title", "# A sample\n\nThe answer is 0.5, or 0.77.")
            .With("stub-1", "double x1 = 1;")
            .With("solution-2", "<details>\n\n```csharp\ndouble x2 = -1;\n```\n\n</details>");
        var (exit, output, error) = await RenderAsync(lesson);
        Assert.Equal(1, exit);
        Assert.Contains($"cell {lesson.Number("check-1")} (exercises): The stub must be \"not solved yet\"", error);
        Assert.Contains($"cell {lesson.Number("check-2")} (exercises): The solution does not pass its check", error);
        Assert.Single(error.Split('\n'), line => line.Contains("0.77 is stated", StringComparison.Ordinal));
        Assert.EndsWith("3 findings.", output.TrimEnd());
        Assert.True(command.HasPage("01-sample"));
    }

    [Fact]
    public async Task A_claim_that_does_not_hold_takes_the_page_away_and_is_a_finding()
    {
        var (exit, output, error) = await RenderAsync(new SampleLesson().With("claim", "Check.Close(\"the answer\", 1.0 / 4, 0.5, 0.1);"));
        Assert.Equal(1, exit);
        Assert.Contains("01-sample.ipynb, cell 3, line 1 (run): ", error);
        Assert.Contains("0 of 1 page written", output);
        Assert.EndsWith("1 finding.", output.TrimEnd());
        Assert.False(command.HasPage("01-sample"));
    }

    /// <summary>The first run of everything, and the run with solutions.</summary>
    [Theory]
    [InlineData("01-sample: page written", "1 notebook checked, with 6 exercises not solved yet, and stopped before the others, in ")]
    [InlineData("1 page written to site in ", "1 notebook checked, with 6 exercises not solved yet, and stopped before all were solved, in ")]
    public async Task Interrupted_it_tells_what_was_found_until_then(string when, string summary)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill is needed");
        var lesson = new SampleLesson().With("stub-1", "double x1 = 1;");
        if (when.StartsWith("01", StringComparison.Ordinal))
            command.Notebook("long.dib", "#!csharp\nwhile (true) { }\n");
        else
            lesson.With("solution-2", "<details>\n\n```csharp\ndouble x2 = 2;\nwhile (true) { }\n```\n\n</details>");
        lesson.Write(command.Folder);
        using var process = command.StartInForeground("render", ".", "--out", "site", "--check", "--jobs", "2");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.Append(line).Append('\n');
            if (line.StartsWith(when, StringComparison.Ordinal))
                Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains(summary, output.ToString());
        Assert.EndsWith("1 finding.", output.ToString().TrimEnd());
        Assert.Contains($"cell {lesson.Number("check-1")} (exercises): The stub must be \"not solved yet\"", await error);
        Assert.Contains("Stopped. Pages that were finished stay", await error);
        Assert.True(command.HasPage("01-sample"));
    }

    [Fact]
    public async Task A_package_that_would_be_restored_is_refused_as_check_refuses_it()
    {
        var (exit, _, error) = await RenderAsync(new SampleLesson().With("claim", "#r \"nuget: Humanizer, 2.14.1\"\nCheck.Close(\"the answer\", 1.0 / 2, 0.5, 0);"));
        Assert.Equal(1, exit);
        Assert.Contains("--no-restore", error);
    }
}
