using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>How far a sweep is, in words, with the time that is left at the speed so far; trials found from an earlier run do not count as speed.</summary>
internal sealed class SweepClock
{
    readonly long _start = Stopwatch.GetTimestamp();

    public string Tell(SweepProgress progress)
    {
        int run = progress.Finished - progress.Found, open = progress.Total - progress.Finished;
        string left = run == 0 || open == 0 ? "" : $", {Short(Stopwatch.GetElapsedTime(_start) / run * open)} left";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Finished:N0} of {progress.Total:N0} trials{left}");
    }

    /// <summary>Hours and minutes, or minutes and seconds, or seconds.</summary>
    static string Short(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{Math.Max(1, time.Seconds)} s";
}

/// <summary>A sweep's progress as one bar with the remaining time, for terminals.</summary>
internal static class SweepBar
{
    public static SweepResults While(Func<Action<SweepProgress>, SweepResults> work) => AnsiConsole.Progress()
        .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            var clock = new SweepClock();
            var bar = context.AddTask("trials");
            return work(progress =>
            {
                bar.Description = clock.Tell(progress);
                bar.MaxValue = Math.Max(1, progress.Total);
                bar.Value = progress.Finished;
            });
        });
}

/// <summary>A sweep's progress as lines, for logs and pipes.</summary>
internal sealed class SweepLines(TextWriter output)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly SweepClock _clock = new();
    long _last = Stopwatch.GetTimestamp();

    public void Report(SweepProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_last) < Pause)
            return;
        _last = Stopwatch.GetTimestamp();
        output.WriteLine(_clock.Tell(progress));
    }
}
