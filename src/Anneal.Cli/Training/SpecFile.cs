using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>A run or a sweep as a JSON file that is named.</summary>
internal static class SpecFile
{
    /// <summary>Reads it; what is wrong is told with the file's name and the path to it, and ends with 2.</summary>
    /// <param name="file">Its name, <c>-</c> for standard input.</param>
    /// <param name="read">What reads its text.</param>
    /// <exception cref="UsageException">It is wrong.</exception>
    public static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SweepFormatException refused)
        {
            throw new UsageException($"{Input.Name(file)}: {refused.Message}");
        }
    }
}
