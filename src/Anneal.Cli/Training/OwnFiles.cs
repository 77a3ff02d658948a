using System.Globalization;
using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>Tells what was read of one's own files, and what was not.</summary>
internal static class OwnFiles
{
    const int Shown = 3;

    /// <summary>The first three that were left out with the reason, the rest by number.</summary>
    public static void Tell(TokenData data)
    {
        if (data.Files is not { } files)
            return;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Text.Length:N0} characters from {files.Read.Count:N0} {(files.Read.Count == 1 ? "file" : "files")}"));
        foreach (string why in files.LeftOut.Take(Shown))
            Console.Error.WriteLine($"left out: {why}");
        if (files.LeftOut.Count > Shown)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left out: {files.LeftOut.Count - Shown:N0} more"));
    }
}
