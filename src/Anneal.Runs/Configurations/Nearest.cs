namespace Anneal.Runs;

/// <summary>Which known name a typing error is closest to.</summary>
static class Nearest
{
    /// <summary><c>; did you mean warmup_steps?</c>, or nothing when no name is close.</summary>
    public static string DidYouMean(string name, IReadOnlyList<string> known) => Of(name, known, Math.Max(2, name.Length / 3)) is { } best ? $"; did you mean {best}?" : "";

    /// <summary>The closest name within so many changes; null when there is none.</summary>
    public static string? Of(string name, IReadOnlyList<string> known, int changes) => known
        .Select(candidate => (candidate, Distance(Plain(name), Plain(candidate))))
        .Where(c => c.Item2 <= changes)
        .OrderBy(c => c.Item2)
        .Select(c => c.candidate)
        .FirstOrDefault();

    static string Plain(string name) => name.Replace('-', '_').ToLowerInvariant();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two words.</summary>
    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            for (int j = 0; j <= b.Length; j++)
                d[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)) is var best
                        && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(best, d[i - 2, j - 2] + 1) : best;
        return d[a.Length, b.Length];
    }
}
