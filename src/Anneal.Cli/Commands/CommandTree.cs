using System.CommandLine;
using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        Documents.Register(new PdfReader());
        return new("Design, check and teach learning-rate schedules and optimizers.")
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
}
