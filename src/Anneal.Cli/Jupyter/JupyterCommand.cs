using System.CommandLine;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary><c>anneal jupyter</c>: the notebooks' languages as kernels of JupyterLab, Jupyter Notebook, nbconvert and VS Code.</summary>
internal static class JupyterCommand
{
    public static Command Create() => new("jupyter", "Run C# and F# cells in Jupyter front ends.") { Install(), Run() };

    static Command Install()
    {
        var user = new Option<bool>("--user") { Description = "For this user; so it is without an option." };
        var prefix = new Option<string?>("--prefix") { Description = "For the environment in this folder, into its share/jupyter/kernels.", HelpName = "DIR" };
        var command = new Command("install", "Tell Jupyter of the kernels anneal (C#) and anneal-fsharp.") { user, prefix };
        command.Validators.Add(result =>
        {
            if (result.GetValue(user) && result.GetValue(prefix) is not null)
                result.AddError("--user and --prefix name two places: choose one.");
        });
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(prefix) is { } path ? KernelSpec.FolderUnder(path) : KernelSpec.UserFolder;
            NamedFile.RequireFolder(folder);
            foreach (string written in KernelSpec.Install(folder, [.. ThisProgram, "jupyter", "run"]))
                Console.WriteLine($"Installed {written}.");
            Console.WriteLine("Try it: jupyter console --kernel anneal");
        });
        return command;
    }

    static Command Run()
    {
        var connection = new Argument<string>("CONNECTION") { Description = "The connection file that the front end has written." };
        var language = new Option<string>("--language") { Description = "The language of cells that do not say theirs: csharp or fsharp.", DefaultValueFactory = _ => "csharp" };
        language.AcceptOnlyFromAmong("csharp", "fsharp");
        var command = new Command("run", "Run a kernel; Jupyter front ends call this.") { connection, language };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                NamedFile.RequireReadable(parsed.GetValue(connection)!, "A front end writes it; to start one: jupyter console --kernel anneal.");
                await JupyterKernel.RunAsync(parsed.GetValue(connection)!, parsed.GetValue(language)!, cancel);
                return 0;
            }
            catch (Exception e) when (e is InvalidDataException or UsageException)
            {
                Console.Error.WriteLine(e.Message);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    /// <summary>How this program was started: as a program of its own, or by dotnet.</summary>
    static string[] ThisProgram => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, typeof(JupyterCommand).Assembly.Location]
        : [Environment.ProcessPath!];
}
