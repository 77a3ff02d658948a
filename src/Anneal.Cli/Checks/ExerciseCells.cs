using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The three cells of an exercise, and the exchange of stubs for solutions.</summary>
/// <param name="Stub">Index of the cell that the reader fills in.</param>
/// <param name="Check">Index of the cell that looks at the answer.</param>
/// <param name="Solution">Index of the folded text.</param>
internal sealed partial record ExerciseCells(int Stub, int Check, int Solution)
{
    public const string StubTag = "exercise", CheckTag = "check", SolutionTag = "solution";

    /// <summary>The second tag of a stub that asks for a program.</summary>
    public const string CodingTag = "coding";

    /// <summary>True when the reader is asked for a program.</summary>
    public bool IsCoding(Notebook notebook) => notebook.Cells[Stub].Tags.Contains(CodingTag);

    /// <summary>The exercises whose three cells follow one another.</summary>
    public static IReadOnlyList<ExerciseCells> Of(Notebook notebook) => [.. Enumerable.Range(0, Math.Max(0, notebook.Cells.Count - 2))
        .Where(i => Is(notebook, i, StubTag, CellKind.Code) && Is(notebook, i + 1, CheckTag, CellKind.Code)
            && Is(notebook, i + 2, SolutionTag, CellKind.Markdown))
        .Select(i => new ExerciseCells(i, i + 1, i + 2))];

    /// <summary>The same notebook, each stub replaced by the code of its solution.</summary>
    public static Notebook WithSolutions(Notebook notebook)
    {
        Cell[] cells = [.. notebook.Cells];
        foreach (var exercise in Of(notebook))
            if (Code(cells[exercise.Solution], cells[exercise.Stub].Language) is [var code])
                cells[exercise.Stub] = cells[exercise.Stub] with { Source = code };
        return notebook with { Cells = cells };
    }

    /// <summary>The fenced code in this language inside the <c>&lt;details&gt;</c> of a solution.</summary>
    public static IReadOnlyList<string> Code(Cell solution, string language) => [.. Details().Matches(solution.Source)
        .SelectMany(details => Fence().Matches(details.Value))
        .Where(fence => fence.Groups["language"].Value == language)
        .Select(fence => fence.Groups["code"].Value.TrimEnd('\n'))];

    static bool Is(Notebook notebook, int i, string tag, CellKind kind) =>
        notebook.Cells[i].Kind == kind && notebook.Cells[i].Tags.Contains(tag);

    [GeneratedRegex(@"<details\b.*?</details>", RegexOptions.Singleline)]
    private static partial Regex Details();

    [GeneratedRegex(@"^```(?<language>\w+)[ \t]*\n(?<code>.*?)^```[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
