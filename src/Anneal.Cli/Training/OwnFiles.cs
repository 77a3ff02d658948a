using System.Globalization;
using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>Tells what was read of one's own files, and what was not.</summary>
internal static class OwnFiles
{
    const int Shown = 3;

    /// <summary>What a run and a sweep write that would be read as text.</summary>
    static readonly string[] written = ["trace.csv", "text.sha256", "left-out.txt", "sweep.json", "summary.html", "trials.jsonl"];

    /// <summary>The results do not go where the text comes from: they would be a part of it when the run goes on.</summary>
    /// <exception cref="UsageException">They do.</exception>
    public static void RequireOutside(TokenData data, string folder)
    {
        if (data.Files is { } files && written.FirstOrDefault(name => files.WouldRead(Path.GetFullPath(Path.Combine(folder, name)))) is { } first)
            throw new UsageException($"--out {folder} lies in a folder that is read ($.data.paths), so that {first} would change the text: choose a folder outside of it, or name what is read by $.data.endings.");
    }

    /// <summary>The first three that were left out with the reason, the rest by number.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="folder">The run's folder, where all of them are named; null where they are not.</param>
    public static void Tell(TokenData data, string? folder = null)
    {
        if (data.Files is not { } files)
            return;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Text.Length:N0} characters from {files.Read.Count:N0} {(files.Read.Count == 1 ? "file" : "files")}"));
        foreach (string why in files.LeftOut.Take(Shown))
            Console.Error.WriteLine($"left out: {why}");
        if (files.LeftOut.Count > Shown)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left out: {files.LeftOut.Count - Shown:N0} more{(folder is null ? "" : $"; {Path.Combine(folder, "left-out.txt")} names all")}"));
    }
}
