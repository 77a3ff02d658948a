using Anneal.Notebooks;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>Progress as a line per notebook that changes in place, for terminals.</summary>
internal sealed class LiveProgress(ProgressContext context) : IRenderProgress
{
    readonly Dictionary<string, ProgressTask> _tasks = [];

    /// <summary>Runs work while its progress is on the terminal.</summary>
    public static Task<T> WhileAsync<T>(Func<IRenderProgress, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
        .StartAsync(context => work(new LiveProgress(context)));

    public void Started(string name)
    {
        lock (_tasks)
            _tasks[name] = context.AddTask(Markup.Escape(name));
    }

    public void Cell(CellProgress progress)
    {
        lock (_tasks)
            if (_tasks.TryGetValue(progress.Notebook.Name, out var task))
            {
                task.Description = Markup.Escape(PlainProgress.Where(progress));
                task.MaxValue = progress.Notebook.Cells.Count;
                task.Value = progress.Cell;
            }
    }

    public void Finished(PageResult result)
    {
        lock (_tasks)
            if (_tasks.TryGetValue(result.Name, out var task))
            {
                task.Description = Markup.Escape(result.Name) + (result.Problem is not null ? " [red]failed[/]" : result.Ran is null ? " [green]page written[/]" : " [green]page written, unchanged[/]");
                End(task);
            }
    }

    public void Checked(CheckResult result, string tried, TimeSpan elapsed)
    {
        lock (_tasks)
            if (_tasks.TryGetValue(result.Name, out var task))
            {
                task.Description = $"{Markup.Escape(result.Name)} [{(result.Count == 0 ? "green" : "red")}]{CheckSummary.Verdict(result.Count)}[/]";
                End(task);
            }
    }

    static void End(ProgressTask task)
    {
        task.Value = task.MaxValue;
        task.StopTask();
    }
}
