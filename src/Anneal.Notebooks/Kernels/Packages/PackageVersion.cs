namespace Anneal.Notebooks;

/// <summary>Compares versions of packages as notebooks write them: "1.2.3", "1.2.3-preview.1", "1.*", "[1.2.3]", "1.2,2.0".</summary>
internal static class PackageVersion
{
    /// <summary>Whether the version asked for is the one there is.</summary>
    public static bool Matches(string wanted, string available) => wanted.EndsWith('*')
        ? available.StartsWith(wanted.TrimEnd('*', '-'), StringComparison.OrdinalIgnoreCase)
        : wanted.Trim('[', ']', ' ').Equals(available, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the version asked for is the one there is, or an earlier one.</summary>
    public static bool IsAtMost(string wanted, string available) => Matches(wanted, available) || Compare(wanted, available) < 0;

    static int Compare(string a, string b)
    {
        var (x, y) = (Numbers(a), Numbers(b));
        for (int i = 0; i < Math.Max(x.Length, y.Length); i++)
            if (x.ElementAtOrDefault(i).CompareTo(y.ElementAtOrDefault(i)) is not 0 and var order)
                return order;
        // 1.0.0-preview comes before 1.0.0.
        return b.Contains('-').CompareTo(a.Contains('-'));
    }

    static int[] Numbers(string version) => [.. version.Trim('[', ']', '(', ')', ' ').Split(',', '-')[0].Split('.').TakeWhile(part => int.TryParse(part, out _)).Select(int.Parse)];
}
