using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Code fits the page: no line is cut at its edge.</summary>
internal static class LineLint
{
    public const int Longest = 88;

    public static IEnumerable<Finding> Look(NotebookText text) =>
        from cell in text.Notebook.Cells.Index()
        from line in Code(cell.Item)
        where line.Item.Length > Longest
        select new Finding("lines", cell.Index + 1, line.Index + 1, $"This line has {line.Item.Length} characters, and a page shows {Longest}. Break it.");

    /// <summary>The lines of a code cell, or those between fences of a text, with their places in the cell.</summary>
    static IEnumerable<(int Index, string Item)> Code(Cell cell)
    {
        bool isCode = cell.Kind == CellKind.Code;
        foreach (var line in cell.Source.Split('\n').Index())
            if (cell.Kind == CellKind.Markdown && line.Item.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (isCode)
                yield return line;
    }
}

/// <summary>An F# cell tells every host its language: Jupyter sends none along.</summary>
internal static class LanguageLineLint
{
    public static IEnumerable<Finding> Look(NotebookText text) =>
        from cell in text.Notebook.Cells.Index()
        where cell.Item is { Kind: CellKind.Code, Language: "fsharp" } && cell.Item.Source.Split('\n', 2)[0].Trim() != "#!fsharp"
        select new Finding("fsharp", cell.Index + 1, 1, "The first line of an F# cell is #!fsharp. Pages do not show it; without it Jupyter takes the cell for C#.");
}

/// <summary>A check computes something: one side at least is no literal.</summary>
internal static partial class VacuousLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        foreach (var (i, cell) in text.Notebook.Cells.Index().Where(c => c.Item.Kind == CellKind.Code))
        {
            string code = CodeText.WithoutComments(cell.Source);
            foreach (Match call in Call().Matches(code))
                if (Arguments(code, call.Index + call.Length) is [_, .. var compared] && IsVacuous(call.Groups["check"].Value, compared))
                    yield return new("checks", i + 1, 1 + code.AsSpan(0, call.Index).Count('\n'),
                        $"{call.Value}…, {string.Join(", ", compared)}) compares constants, so it cannot fail. Check what the cell has computed.");
        }
    }

    static bool IsVacuous(string check, IReadOnlyList<string> compared) => check switch
    {
        "That" => compared.Count > 0 && !Name().IsMatch(Text().Replace(compared[0], "")),
        "Throws" => false,
        _ => compared.Count > 1 && Literal().IsMatch(compared[0]) && Literal().IsMatch(compared[1]),
    };

    /// <summary>The arguments of a call, from behind its bracket to the one that closes it.</summary>
    static List<string> Arguments(string code, int at)
    {
        var found = new List<string>();
        int depth = 0, start = at;
        for (int i = at; i < code.Length; i++)
        {
            if (code[i] == '"')
            {
                for (i++; i < code.Length && code[i] != '"'; i++)
                    if (code[i] == '\\')
                        i++;
                continue;
            }
            if (code[i] is '(' or '[' or '{')
                depth++;
            else if (code[i] is ')' or ']' or '}' && --depth < 0)
            {
                found.Add(code[start..i].Trim());
                break;
            }
            else if (code[i] == ',' && depth == 0)
            {
                found.Add(code[start..i].Trim());
                start = i + 1;
            }
        }
        return found;
    }

    [GeneratedRegex(@"\bCheck\.(?<check>That|Close|Equal|AtMost|AtLeast|Between)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\b(?!true\b|false\b|not\b|is\b|and\b|or\b|e\d)[A-Za-z_]\w*", RegexOptions.None)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[-+]?(?:[\d._]+(?:e[-+]?\d+)?[fdmL]?|true|false|""[^""]*""|'.')$", RegexOptions.IgnoreCase)]
    private static partial Regex Literal();
}

/// <summary>A chart says in the author's own words what to see, and the numbers it says are checked like those in the text.</summary>
internal static partial class CaptionLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        var cells = text.Notebook.Cells;
        foreach (var (i, cell) in cells.Index().Where(c => c.Item.Kind == CellKind.Code))
        {
            string code = CodeText.WithoutComments(cell.Source);
            if (Chart().IsMatch(code) && Ends().IsMatch(code.TrimEnd()) && !Caption().IsMatch(code))
                yield return new("captions", i + 1, null, "The chart does not say what to see. Add |> ChartView.caption \"…\", a sentence of your own.");
            var mentioned = Enumerable.Range(0, EndOfSection(cells, i)).Where(j => cells[j].Kind == CellKind.Code)
                .SelectMany(j => CodeNumbers.In(Text().Replace(cells[j].Source, "\"\""))).ToHashSet();
            string joined = Pieces().Replace(code, "");
            foreach (Match caption in Caption().Matches(joined))
                foreach (var number in Prose.Numbers(new Cell("", CellKind.Markdown, "markdown", caption.Groups["text"].Value, [])).DistinctBy(n => n.Readings[0]))
                    if (!number.Readings.Any(mentioned.Contains))
                        yield return new("captions", i + 1, 1 + joined.AsSpan(0, caption.Index).Count('\n'),
                            $"{number.Text} is stated in a caption, but no code up to the end of this section computes with it. Check it beneath, with this number as the threshold.");
        }
    }

    static int EndOfSection(IReadOnlyList<Cell> cells, int from)
    {
        int end = from + 1;
        while (end < cells.Count && Prose.Heading(cells[end]) is null)
            end++;
        return end;
    }

    [GeneratedRegex(@"\b(?!Check)\w*Chart\.\w+")]
    private static partial Regex Chart();

    // A cell that ends in a definition shows nothing.
    [GeneratedRegex(@"(?:^|\n)(?!\s*(?:let|var|open|using)\b[^\n]*$)[^\n]+$")]
    private static partial Regex Ends();

    /// <summary>Where a text goes on in the next piece.</summary>
    [GeneratedRegex(@"""\s*\+\s*\$*""")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"ChartView\.(?:caption|withDescription)\s*\(?\s*(?<interpolated>\$*)""(?<text>(?:[^""\\]|\\.)*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Caption();

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Text();
}

/// <summary>Whoever solves a coding exercise writes the rule: a solution that calls the library's own is none.</summary>
internal static partial class CodingLint
{
    static readonly HashSet<string> library = [.. typeof(Schedule).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(Schedule)) || type.IsSubclassOf(typeof(Rule)))
        .Select(type => type.Name)];

    public static IEnumerable<Finding> Look(NotebookText text)
    {
        var cells = text.Notebook.Cells;
        foreach (var exercise in ExerciseCells.Of(text.Notebook).Where(e => e.IsCoding(text.Notebook)))
            foreach (string code in ExerciseCells.Code(cells[exercise.Solution], cells[exercise.Stub].Language))
                foreach (string name in Name().Matches(CodeText.WithoutComments(code)).Select(n => n.Value).Distinct())
                    if (library.Contains(name) || name is "Path" or "Gallery" or "Training")
                        yield return new("coding", exercise.Solution + 1, null,
                            $"The solution uses {name}, which is the library's own. Write the lines out, and give a function of your own another name.");
    }

    // What follows a point is a member, such as Min of Math; but Anneal.Adam is Adam, and .Path runs a rule.
    [GeneratedRegex(@"(?<=\bAnneal(?:\.\w+)*\.)[A-Z]\w*|(?<=\.)Path\b|(?<![\w"".])[A-Z]\w*")]
    private static partial Regex Name();
}
