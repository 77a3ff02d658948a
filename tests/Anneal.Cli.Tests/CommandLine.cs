using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anneal.Cli.Tests;

/// <summary>The built command, run as a user runs it, in a folder of its own that goes away afterwards.</summary>
public sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    public string Site => Path.Combine(Folder, "site");

    static string Host => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>How the command is called.</summary>
    public static string[] Program => [Host, Path.Combine(AppContext.BaseDirectory, "Anneal.Cli.dll")];

    /// <summary>Writes a notebook; its text is that of a .dib file.</summary>
    public CommandLine Notebook(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text.ReplaceLineEndings("\n"));
        return this;
    }

    /// <summary>Starts the command and leaves it to run.</summary>
    public Process Start(params string[] arguments) => Start(Program[0], [Program[1], .. arguments]);

    /// <summary>The same as from a terminal's foreground: a shell makes what it starts in the background deaf to interrupts, and tests may run there.</summary>
    public Process StartInForeground(params string[] arguments) => OperatingSystem.IsLinux()
        ? Start("env", ["--default-signal=INT", .. Program, .. arguments])
        : Start(arguments);

    Process Start(string program, string[] arguments, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the command to its end.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => EndAsync(Start(arguments));

    /// <summary>The same with a variable of its environment set.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunWithAsync(string name, string value, params string[] arguments) =>
        EndAsync(Start(Program[0], [Program[1], .. arguments], (name, value)));

    static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process started)
    {
        using var process = started;
        string[] texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    /// <summary>Starts the command with its standard input open.</summary>
    public static Process Talk(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Program[0], [Program[1], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs the command to its end with a text on its standard input.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> AskAsync(string input, params string[] arguments)
    {
        using var process = Talk(arguments);
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string[] texts = await reading;
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    /// <summary>Renders the folder's notebooks into its site.</summary>
    public Task<(int ExitCode, string Output, string Error)> RenderAsync(params string[] more) => RunAsync(["render", ".", "--out", "site", .. more]);

    public bool HasPage(string name) => File.Exists(Path.Combine(Site, name + ".html"));

    public string Page(string name) => File.ReadAllText(Path.Combine(Site, name + ".html"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
