using System.CommandLine;

namespace Anneal.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Create() => new("Design, check and teach learning-rate schedules and optimizers.")
    {
        RenderCommand.Create(),
        CheckCommand.Create(),
        ScheduleCommand.Create(),
        OptimizeCommand.Create(),
        SweepCommand.Create(),
        RunCommand.Create(),
        AdviseCommand.Create(),
        FindRateCommand.Create(),
        JupyterCommand.Create(),
        TrainCommand.Create(),
        CardsCommand.Create(),
    };
}
