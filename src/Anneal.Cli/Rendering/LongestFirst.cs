using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The order in which notebooks start: the longest first, so that none is left over when the others are done.</summary>
internal static class LongestFirst
{
    /// <summary>The indices of files. One that has run here before is expected to take as long as then, another as long as its course says; where neither is known, its size says it.</summary>
    /// <param name="files">The notebooks.</param>
    /// <param name="stated">What a notebook's course says of it, or null.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<string> files, Func<string, TimeSpan?>? stated = null)
    {
        TimeSpan?[] known = [.. files.Select(file => (KeptRuns.Place(file) is { } place ? RunFile.Elapsed(place) : null) ?? stated?.Invoke(file))];
        double perByte = files.Index().Where(file => known[file.Index] is not null && Size(file.Item) > 0).Select(file => known[file.Index]!.Value.TotalSeconds / Size(file.Item)).DefaultIfEmpty(1).Average();
        return [.. Enumerable.Range(0, files.Count).OrderByDescending(i => known[i]?.TotalSeconds ?? Size(files[i]) * perByte)];
    }

    static long Size(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
