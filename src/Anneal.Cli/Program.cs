using System.CommandLine;
using Anneal.Cli;

var root = new RootCommand("Design, check and teach learning-rate schedules and optimizers.")
{
    RenderCommand.Create(),
    CheckCommand.Create(),
    ScheduleCommand.Create(),
    OptimizeCommand.Create(),
    SweepCommand.Create(),
};
CommandHelp.For(root);
var parsed = root.Parse(args);
try
{
    int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? UsageException.ExitCode : exitCode;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
