using System.Text.RegularExpressions;

namespace Anneal.Cli;

/// <summary>No sentence is too long to be read aloud in one breath.</summary>
internal static class SentenceLint
{
    public const int Longest = 30;

    public static IEnumerable<Finding> Look(NotebookText text) =>
        from cell in text.Notebook.Cells.Index()
        from sentence in Sentences.In(cell.Item)
        where sentence.Words > Longest
        select new Finding("sentences", cell.Index + 1, sentence.Line,
            $"This sentence has {sentence.Words} words, and {Longest} are the most: “{Short(sentence.Text)}” Make two of it.");

    static string Short(string text) => text.Length <= 90 ? text : $"{text[..80].TrimEnd()} …";
}

/// <summary>Words that a native speaker would not use here, or that the field has another word for: course/words.json.</summary>
internal static partial class WordLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        var words = (text.Course?.Registers.Words ?? []).Select(word => (Pattern: new Regex($@"\b(?:{word.Pattern})\b", RegexOptions.IgnoreCase), word.Say)).ToList();
        foreach (var (i, cell) in text.Notebook.Cells.Index())
            foreach (var (line, read) in Read(cell).Split('\n').Index())
                foreach (var (pattern, say) in words)
                    if (pattern.Match(read) is { Success: true } found)
                        yield return new("words", i + 1, line + 1, $"“{found.Value}”: {say}.");
    }

    /// <summary>What a reader reads of a cell, line by line: the prose, or what code says in its texts, as captions and claims do.</summary>
    static string Read(Notebooks.Cell cell) => cell.Kind == Notebooks.CellKind.Markdown ? Sentences.Prose(cell.Source)
        : string.Join('\n', cell.Source.Split('\n').Select(line => string.Join(' ', Text().Matches(line).Select(text => text.Value))));

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Text();
}

/// <summary>A lesson that is named exists in the syllabus; a link within the course leads to a notebook, and its fragment to a heading there.</summary>
internal static partial class LinkLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        if (text.Course is not { } course)
            yield break;
        var numbers = course.Registers.Lessons.Select(l => l.Number).ToHashSet();
        foreach (var (i, cell) in text.Notebook.Cells.Index().Where(c => c.Item.Kind == Notebooks.CellKind.Markdown))
            foreach (var (line, words) in cell.Source.Split('\n').Index())
            {
                foreach (Match lesson in Lesson().Matches(words))
                    foreach (Capture number in lesson.Groups["number"].Captures)
                        if (!numbers.Contains(number.Value))
                            yield return new("links", i + 1, line + 1, $"There is no lesson {number.Value} in course/syllabus.json.");
                foreach (Match link in Target().Matches(words))
                    if (Fault(text, link.Groups["file"].Value, link.Groups["fragment"].Value) is { } fault)
                        yield return new("links", i + 1, line + 1, fault);
            }
    }

    static string? Fault(NotebookText text, string file, string fragment)
    {
        string path = file.Length == 0 ? text.Notebook.Path : Path.Combine(Path.GetDirectoryName(text.Notebook.Path)!, Uri.UnescapeDataString(file));
        if (IsReference(file))
            return null;
        if (!File.Exists(path))
            return $"There is no {file} beside this notebook. A lesson that is planned is named without a link: “lesson 13”.";
        if (fragment.Length == 0 || Path.GetExtension(path) is not (".ipynb" or ".dib"))
            return null;
        var notebook = file.Length == 0 ? text.Notebook : Notebooks.NotebookFile.Read(path).Notebook;
        var headings = Notebooks.PageSections.AllOf(notebook).Select(s => s.Fragment).ToList();
        return headings.Contains(Uri.UnescapeDataString(fragment)) ? null
            : $"There is no heading #{fragment} in {Path.GetFileName(path)}. There are: {string.Join(", ", headings.Take(12).Select(h => "#" + h))}.";
    }

    /// <summary>Pages that render writes beside the lessons, such as coverage.html.</summary>
    static bool IsReference(string file) => file == CourseSite.Index.Href || CourseSite.References.Any(page => page.Href == file);

    [GeneratedRegex(@"\b[Ll]essons?\s+(?<number>\d\d)\b(?:(?:,\s*|\s+and\s+|,\s+and\s+|\s+or\s+|\s+to\s+|–)(?<number>\d\d)\b)*")]
    private static partial Regex Lesson();

    [GeneratedRegex(@"\]\((?<file>(?![a-z]+:)[^)#\s]*)(?:#(?<fragment>[^)\s]*))?\)")]
    private static partial Regex Target();
}
