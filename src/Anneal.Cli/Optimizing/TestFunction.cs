namespace Anneal.Cli;

/// <summary>The functions that rules are tried on, by name.</summary>
internal static class TestFunction
{
    /// <summary>A function by its own name or its type's; spaces, marks and capitals do not matter.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Objective Named(string name) =>
        Gallery.Objectives.FirstOrDefault(o => Plain(o.Name) == Plain(name) || Plain(o.GetType().Name) == Plain(name))
        ?? throw new UsageException($"There is no function '{name}'; there are {string.Join(", ", Gallery.Objectives.Select(o => o.GetType().Name))}.");

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
