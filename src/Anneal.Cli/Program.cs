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
var parsed = root.Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? UsageException.ExitCode : exitCode;
