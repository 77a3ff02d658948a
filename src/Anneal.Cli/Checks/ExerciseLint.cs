namespace Anneal.Cli;

/// <summary>An exercise is a stub, a check and a solution, in this order; a lesson has at least five.</summary>
internal static class ExerciseLint
{
    const int Fewest = LessonForm.FewestExercises;

    public static IEnumerable<Finding> Look(NotebookText text)
    {
        var notebook = text.Notebook;
        var whole = ExerciseCells.Of(notebook);
        foreach (var exercise in whole)
        {
            string language = notebook.Cells[exercise.Stub].Language;
            int found = ExerciseCells.Code(notebook.Cells[exercise.Solution], language).Count;
            if (found != 1)
                yield return new("exercises", exercise.Solution + 1, null,
                    $"The solution needs exactly one block ```{language} inside <details>…</details>, to take the place of the stub; it has {found}.");
        }
        foreach (var (i, cell) in notebook.Cells.Index())
        {
            if (cell.Tags.Contains(ExerciseCells.StubTag) && !whole.Any(e => e.Stub == i))
                yield return new("exercises", i + 1, null,
                    "The exercise is not followed by a code cell tagged \"check\" and a markdown cell tagged \"solution\".");
            if (cell.Tags.Contains(ExerciseCells.CheckTag) && !whole.Any(e => e.Check == i))
                yield return new("exercises", i + 1, null, "The check stands alone: before it belongs a code cell tagged \"exercise\", after it a \"solution\".");
            if (cell.Tags.Contains(ExerciseCells.SolutionTag) && !whole.Any(e => e.Solution == i))
                yield return new("exercises", i + 1, null, "The solution stands alone: before it belong code cells tagged \"exercise\" and \"check\".");
        }
        if (text.IsLesson && whole.Count < Fewest)
            yield return new("exercises", null, null, $"A lesson has at least {Fewest} exercises; this one has {whole.Count}.");
    }
}
