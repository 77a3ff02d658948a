using System.Diagnostics;
using Anneal.Advice;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary>How far a search for rates is, on standard error, once it takes longer than two seconds: one line that is written over on a terminal, else a line every two seconds.</summary>
internal sealed class RateProgressLine : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Blink = TimeSpan.FromSeconds(0.2);

    readonly long start = Stopwatch.GetTimestamp();
    readonly bool terminal = !Console.IsErrorRedirected;
    TimeSpan told;

    public void Report(RateProgress progress)
    {
        var now = Stopwatch.GetElapsedTime(start);
        if (now < Pause || now - told < (terminal ? Blink : Pause))
            return;
        told = now;
        string line = Tell(progress, now);
        if (terminal)
            Console.Error.Write($"\r{line.PadRight(Math.Max(0, Console.WindowWidth - 1))}");
        else
            Console.Error.WriteLine(line);
    }

    /// <summary>Wipes the line off a terminal.</summary>
    public void Dispose()
    {
        if (terminal && told > TimeSpan.Zero)
            Console.Error.Write($"\r{new string(' ', Math.Max(0, Console.WindowWidth - 1))}\r");
    }

    static string Tell(RateProgress progress, TimeSpan spent) =>
        Invariant($"seed {progress.Seed + 1} of {progress.Seeds}, {progress.Runs} of at most {progress.MostRuns} runs{(progress.Share > 0 ? Invariant($", about {Math.Ceiling((spent / progress.Share - spent).TotalSeconds):0} s left") : "")}");
}
