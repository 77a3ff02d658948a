using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A sign of the notation is introduced before formulas use it: a sentence names it alone, such as "the rate $\eta$", in the same cell or an earlier one.</summary>
/// <remarks>Signs that the register says a later lesson introduces are not used at all. Signs that an earlier lesson introduces are known.</remarks>
internal static partial class SignLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        if (text.Course is not { } course)
            yield break;
        string here = text.Notebook.Name;
        foreach (var (symbol, introduced) in course.Registers.Notation.SelectMany(row => row.Symbols.Select(symbol => (symbol, row.Introduced))))
        {
            int order = introduced is null ? 0 : string.CompareOrdinal(introduced[..2], here[..2]);
            if (order < 0 || FirstUse(text.Notebook, symbol) is not { } use)
                continue;
            if (order > 0)
                yield return new("signs", use.Cell + 1, use.Line, $"${symbol}$ is used here, but the notation says that {introduced} introduces it.");
            else if (introduced is not null && !text.Notebook.Cells.Take(use.Cell + 1).Any(cell => cell.Kind == CellKind.Markdown && StandsAlone(cell.Source, symbol)))
                yield return new("signs", use.Cell + 1, use.Line, $"${symbol}$ is used here before a sentence has said what it is. Name it alone first, such as “the rate $\\eta$”.");
        }
    }

    static (int Cell, int Line)? FirstUse(Notebook notebook, string symbol)
    {
        var pattern = Token(symbol);
        foreach (var (i, cell) in notebook.Cells.Index().Where(c => c.Item.Kind == CellKind.Markdown))
            foreach (Match formula in Formula().Matches(cell.Source))
                if (pattern.IsMatch(formula.Value))
                    return (i, 1 + cell.Source.AsSpan(0, formula.Index).Count('\n'));
        return null;
    }

    static bool StandsAlone(string source, string symbol) => Formula().Matches(source).Any(formula => formula.Value.Trim('$').Trim() == symbol);

    /// <summary>The sign as a token of its own: \eta is not in \beta, t is not in \theta, and m is not in \max.</summary>
    static Regex Token(string symbol) => new($@"(?<![\\A-Za-z{{^_]){Regex.Escape(symbol)}(?![A-Za-z])");

    [GeneratedRegex(@"\$\$.*?\$\$|\$[^$\n]+\$", RegexOptions.Singleline)]
    private static partial Regex Formula();
}
