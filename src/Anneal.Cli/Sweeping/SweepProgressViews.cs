using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>A sweep's progress as one bar with the remaining time, for terminals.</summary>
internal static class SweepBar
{
    public static SweepResults While(Func<Action<SweepProgress>, SweepResults> work) => AnsiConsole.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            var bar = context.AddTask("trials");
            return work(progress =>
            {
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{progress.Finished:N0} of {progress.Total:N0} trials");
                bar.MaxValue = Math.Max(1, progress.Total);
                bar.Value = progress.Finished;
            });
        });
}

/// <summary>A sweep's progress as lines, for logs and pipes.</summary>
internal sealed class SweepLines(TextWriter output)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly long _start = Stopwatch.GetTimestamp();
    long _last = Stopwatch.GetTimestamp();

    public void Report(SweepProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_last) < Pause)
            return;
        _last = Stopwatch.GetTimestamp();
        int run = progress.Finished - progress.Found;
        string left = run == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", about {Stopwatch.GetElapsedTime(_start).TotalSeconds / run * (progress.Total - progress.Finished):0} s left");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Finished:N0} of {progress.Total:N0} trials{left}"));
    }
}
