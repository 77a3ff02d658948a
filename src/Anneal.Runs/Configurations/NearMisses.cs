namespace Anneal.Runs;

/// <summary>Keys that are almost one that decides the rates: typing errors that change nothing and say nothing.</summary>
static class NearMisses
{
    public static void Find(Reading reading, MapNode map, string path, IReadOnlyList<string> known)
    {
        foreach (var entry in map.Entries)
            if (!known.Contains(entry.Key) && entry.Key.Length > 3 && Nearest.Of(entry.Key, known, entry.Key.Length > 8 ? 2 : 1) is { } meant && !map.Has(meant))
                reading.Warn("unknown-key", path + entry.Key, entry.Place, $"{path}{entry.Key} is not a key that decides the rates; did you mean {meant}?", Severity.Error);
    }
}
