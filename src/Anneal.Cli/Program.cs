using System.CommandLine;
using Anneal.Cli;

var root = new RootCommand("Design, check and teach learning-rate schedules and optimizers.")
{
    RenderCommand.Create(),
    CheckCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
