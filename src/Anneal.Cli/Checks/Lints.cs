namespace Anneal.Cli;

/// <summary>Every rule that a notebook is held to without being run.</summary>
internal static class Lints
{
    static readonly IReadOnlyList<Func<NotebookText, IEnumerable<Finding>>> all =
        [FileLint.Look, BootLint.Look, SubsetLint.Look, ExerciseLint.Look, NumberLint.Look];

    /// <summary>What all rules find, in the order of the cells.</summary>
    public static IReadOnlyList<Finding> Look(NotebookText text) =>
        [.. all.SelectMany(lint => lint(text)).OrderBy(f => f.Cell ?? 0).ThenBy(f => f.Line ?? 0)];
}
