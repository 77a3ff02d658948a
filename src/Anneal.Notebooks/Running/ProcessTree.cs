using System.Globalization;

namespace Anneal.Notebooks;

/// <summary>A process and all that it has started, on Linux, as the kernel lists them.</summary>
/// <remarks>
/// A process that starts a session of its own leaves its group but not this tree: when its parent ends, it becomes a child of
/// the nearest reaper above (<see cref="ProcessGroup.Adopt"/>).
/// </remarks>
internal static class ProcessTree
{
    readonly record struct Entry(int Id, int Parent, char State);

    /// <summary>Ends all that a process has started, but not the process itself.</summary>
    public static void KillBelow(int root)
    {
        // What has been halted starts nothing more, so this ends even with programs that start others all the time.
        var halted = new HashSet<int>();
        const int mostRounds = 1_000;
        for (int round = 0; round < mostRounds && Below(root).Where(halted.Add).ToList() is [_, ..] more; round++)
            more.ForEach(id => ProcessGroup.Send(id, ProcessGroup.StopSignal));
        for (int round = 0; round < mostRounds && Below(root) is [_, ..] left; round++)
        {
            left.ForEach(id => ProcessGroup.Send(id, ProcessGroup.KillSignal));
            Thread.Sleep(1);
        }
    }

    /// <summary>Bytes of memory that all below a process hold together; what they share is counted once where the sum matters.</summary>
    /// <param name="root">The process above them.</param>
    /// <param name="limit">Below this the sum may count shared memory several times, which is quicker to find out.</param>
    public static long MemoryBelow(int root, long limit)
    {
        var ids = Below(root);
        long resident = ids.Sum(Resident);
        return resident <= limit || ids.Count < 2 ? resident : ids.Sum(id => Shared(id) ?? Resident(id));
    }

    /// <summary>The processes below one, those excepted that have ended and only wait to be asked for their exit code.</summary>
    static List<int> Below(int root)
    {
        var children = All().ToLookup(e => e.Parent);
        var below = new List<int>();
        var waiting = new Queue<int>([root]);
        while (waiting.TryDequeue(out int id))
            foreach (var child in children[id])
            {
                waiting.Enqueue(child.Id);
                if (child.State is not ('Z' or 'X'))
                    below.Add(child.Id);
            }
        return below;
    }

    /// <summary>Children of a process that have ended and wait to be asked for their exit code.</summary>
    public static IEnumerable<int> EndedBelow(int parent) => All().Where(e => e.Parent == parent && e.State == 'Z').Select(e => e.Id);

    static List<Entry> All()
    {
        var entries = new List<Entry>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read($"{folder}/stat") is { } stat)
            {
                // "42 (name, which may have brackets) S 1 …"
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
                entries.Add(new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0]));
            }
        return entries;
    }

    static long Resident(int id) => Read($"/proc/{id}/statm") is { } pages ? long.Parse(pages.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    /// <summary>Its own memory and its part of what it shares; null where the kernel does not say.</summary>
    static long? Shared(int id) => Read($"/proc/{id}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
        ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10
        : null;

    /// <summary>Null for a process that has gone meanwhile, or that belongs to somebody else.</summary>
    static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
