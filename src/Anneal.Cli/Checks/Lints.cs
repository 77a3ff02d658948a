namespace Anneal.Cli;

/// <summary>Every rule that a notebook is held to without being run.</summary>
internal static class Lints
{
    static readonly IReadOnlyList<Func<NotebookText, IEnumerable<Finding>>> all =
        [FileLint.Look, BootLint.Look, SubsetLint.Look, ExerciseLint.Look, CodingLint.Look, NumberLint.Look];

    /// <summary>What makes a lesson a good one to read. Lessons that course/old-form.json lists are told, but not held to it.</summary>
    static readonly IReadOnlyList<Func<NotebookText, IEnumerable<Finding>>> form =
        [LanguageLineLint.Look, LineLint.Look, VacuousLint.Look, CaptionLint.Look, SentenceLint.Look, WordLint.Look, LinkLint.Look, SignLint.Look];

    /// <summary>What all rules find, in the order of the cells.</summary>
    public static IReadOnlyList<Finding> Look(NotebookText text) =>
        [.. all.SelectMany(lint => lint(text)).Concat(text.IsLesson ? text.Later(form.SelectMany(lint => lint(text))) : []).OrderBy(f => f.Cell ?? 0).ThenBy(f => f.Line ?? 0)];
}
