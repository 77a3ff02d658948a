namespace Anneal.Notebooks;

/// <summary>Why a process no longer runs, in words for the reader of a notebook.</summary>
internal static class Ended
{
    public static Failure TimedOut(RunSettings settings) => new("timed out",
        $"The notebook was still at this cell after {settings.Timeout.TotalSeconds:0.#} seconds and was stopped. --timeout allows it more.", null, null, []);

    public static Failure OutOfMemory(RunSettings settings) => new("out of memory",
        $"The notebook took more than {Gigabytes(settings)} GB of memory and was stopped. --memory allows it more.", null, null, []);

    public static Failure BeforeItBegan(string why, RunSettings settings) => new("process ended",
        $"The process that runs the notebook, with {Gigabytes(settings)} GB of memory (--memory), could not be started. {why}", null, null, []);

    public static Failure BrokenChannel { get; } = new("process ended",
        "The process that runs the notebook no longer answered as it should and was stopped. This happens when a cell writes into files that it has not opened itself.", null, null, []);

    /// <param name="code">The exit code, where known.</param>
    /// <param name="wasAsked">Whether it ended in an orderly way, as <see cref="Environment.Exit"/> makes it.</param>
    /// <param name="words">What it wrote last to standard error.</param>
    /// <param name="settings">Its limits.</param>
    public static Failure ByItself(int? code, bool wasAsked, LastWords words, RunSettings settings) => (code, words) switch
    {
        _ when words.Contains("Stack overflow.") => new("stack overflow",
            "A function called itself, directly or by way of others, until the stack was full, and that ends the process.", null, null, []),
        _ when words.Contains("Out of memory.") || words.Contains("OutOfMemoryException") => OutOfMemory(settings),
        _ when wasAsked => new("process ended",
            $"The cell ended the process that runs the notebook, with exit code {code} (Environment.Exit or exit). A cell ends by reaching its end.", null, null, []),
        _ => new("process ended",
            $"The process that runs the notebook ended unexpectedly{(code is null ? "" : $" with exit code {code}")}. It said last:\n{words.Lines(5)}", null, null, []),
    };

    static string Gigabytes(RunSettings settings) => (settings.MemoryLimit / (double)(1L << 30)).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
