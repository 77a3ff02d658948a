namespace Anneal.Cli;

/// <summary>Progress on the console: lines that change in place on a terminal, lines one after another in a log or a pipe.</summary>
internal static class ConsoleProgress
{
    /// <summary>Runs work while its progress is on the console.</summary>
    public static Task<T> WhileAsync<T>(Func<IRenderProgress, Task<T>> work) =>
        Console.IsOutputRedirected ? work(new PlainProgress(Console.Out)) : LiveProgress.WhileAsync(work);
}
