using System.Diagnostics;

namespace Anneal.Cli.Tests;

/// <summary>Whatever is on standard input, every command that reads it answers or refuses soon and in words.</summary>
public sealed class InputTests
{
    public static TheoryData<string> Readers =>
        ["schedule --batch", "optimize --batch", "schedule - --at 1", "schedule --import - --at 1", "advise --json -", "advise --base -", "find-rate -", "train - --out trained", "sweep - --out swept"];

    static async Task<(int ExitCode, string Error)> Shell(string command, string redirection)
    {
        string program = string.Join(' ', CommandLine.Program.Select(p => $"'{p}'"));
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"{redirection.Replace("COMMAND", $"{program} {command}")}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            string[] texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, texts[1].Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Endless_closed_and_empty_input_is_refused_in_one_line(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sh is needed");
        // A line of a batch that is too long is one question; a text that is too long is the wrong file.
        int tooLong = command.Contains("batch") ? 1 : 2;
        var (exit, error) = await Shell(command, "COMMAND < /dev/zero");
        Assert.Equal(tooLong, exit);
        Assert.Matches(@"^[^\n]* has more than 64 MB[^\n]*$", error);
        (exit, error) = await Shell(command, "tr '\\0' x < /dev/zero 2> /dev/null | COMMAND");
        Assert.Equal(tooLong, exit);
        Assert.Matches(@"^[^\n]* has more than 64 MB[^\n]*$", error);
        if (OperatingSystem.IsLinux())
        {
            (exit, error) = await Shell(command, "COMMAND <&-");
            Assert.Equal((2, "Standard input is closed. Give what is to be read through a pipe, or with < FILE."), (exit, error));
        }
        (exit, error) = await Shell(command, "COMMAND < /dev/null");
        if (command.Contains("batch"))
            Assert.Equal((0, ""), (exit, error));
        else
        {
            Assert.Equal(2, exit);
            Assert.StartsWith("Standard input is empty. Give what is to be read through a pipe, or with < FILE.", error);
            Assert.Matches(command.Contains("--at") ? "FILE.$" : "to begin with: ", error);
        }
    }

    [Theory]
    [InlineData("schedule --batch", """{"schedule": "constant(1)", "at": [0]}""")]
    [InlineData("optimize --batch", "{}")]
    public async Task A_byte_order_mark_before_the_first_question_is_no_part_of_it(string command, string question)
    {
        var marked = await CommandLine.AskAsync("\uFEFF" + question + "\n", command.Split(' '));
        var plain = await CommandLine.AskAsync(question + "\n", command.Split(' '));
        Assert.Equal(plain, marked);
        Assert.Equal(0, plain.ExitCode);
    }
}
