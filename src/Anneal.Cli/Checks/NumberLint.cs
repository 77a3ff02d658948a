using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>No number is stated that no code mentions.</summary>
/// <remarks>
/// Every decimal fraction, percentage, power of ten and whole number from 100 up that stands in text, tables or formulas must
/// stand, in the same digits, in the code that runs no later than the end of its section (a section ends at the next heading of level
/// one or two): in a check, where it is a result, or as an input. Comments in code do not count; 12,500 and 12_500 are the same digits, and so
/// are 4.65 % and 0.0465. Solutions bring their own code along. Left out are code spans and blocks, addresses, "§" references, years in
/// brackets, numbers with leading zeros such as "lecture 002", and the section "Sources". Anything else that needs no check is named in the
/// same cell: <c>&lt;!-- given: 2017, 3.5 --&gt;</c>.
/// </remarks>
internal static class NumberLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        var cells = text.Notebook.Cells;
        var mentioned = new HashSet<double>();
        int read = 0;
        for (int i = 0; i < cells.Count; i++)
        {
            if (cells[i].Kind != CellKind.Markdown || Prose.Heading(cells[i])?.Equals("Sources", StringComparison.OrdinalIgnoreCase) == true)
                continue;
            for (int end = EndOfSection(cells, i); read < end; read++)
                mentioned.UnionWith(InCode(cells, read));
            var given = Prose.Given(cells[i]).ToHashSet();
            foreach (var number in Prose.Numbers(cells[i]).DistinctBy(n => n.Readings[0]))
                if (!number.Readings.Any(r => mentioned.Contains(r) || given.Contains(r)))
                    yield return new("numbers", i + 1, number.Line,
                        $"{number.Text} is stated here, but no code up to the end of this section mentions it. Check it beneath, or name it in <!-- given: {number.Text} --> if it is data.");
        }
    }

    static int EndOfSection(IReadOnlyList<Cell> cells, int from)
    {
        int end = from + 1;
        while (end < cells.Count && Prose.Heading(cells[end]) is null)
            end++;
        return end;
    }

    static IEnumerable<double> InCode(IReadOnlyList<Cell> cells, int i) => cells[i] switch
    {
        { Kind: CellKind.Code } code => CodeNumbers.In(code.Source),
        { Kind: CellKind.Markdown } solution when solution.Tags.Contains(ExerciseCells.SolutionTag) && i >= 2 =>
            ExerciseCells.Code(solution, cells[i - 2].Language).SelectMany(CodeNumbers.In),
        _ => [],
    };
}
