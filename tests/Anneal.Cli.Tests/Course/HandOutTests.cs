namespace Anneal.Cli.Tests;

public sealed class HandOutTests : IDisposable
{
    readonly CommandLine command = new();

    public HandOutTests()
    {
        string boot = File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "boot.dib"));
        command.Notebook("boot.dib", boot.Replace("../artifacts/lib", Path.Combine(Repository.Root, "artifacts", "lib").Replace('\\', '/')));
        new SampleLesson().With("solution-1", "<details>\n<summary>Solution</summary>\n\nThe secret is out.\n\n```csharp\ndouble x1 = 1;\n```\n\n</details>")
            .Write(command.Folder);
    }

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task The_hand_out_has_stubs_checks_and_answer_boxes_but_no_solutions()
    {
        Assert.Equal(0, (await command.RenderAsync("--without-solutions")).ExitCode);
        string page = command.Page("01-sample");
        Assert.DoesNotContain("The secret is out.", page);
        Assert.DoesNotContain("<summary>Solution", page);
        Assert.Equal(6, page.Split("class=\"answer-box\"").Length - 1);
    }

    [Fact]
    public async Task Without_the_option_solutions_are_there_to_unfold()
    {
        Assert.Equal(0, (await command.RenderAsync()).ExitCode);
        Assert.Contains("The secret is out.", command.Page("01-sample"));
    }
}
