using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The registers of a folder of notebooks, and the lessons of the syllabus that exist there.</summary>
/// <param name="Registers">What is taught, in which signs, and which errata.</param>
/// <param name="Written">The notebooks of the lessons that exist, by name.</param>
internal sealed record Course(CourseRegisters Registers, IReadOnlyDictionary<string, Notebook> Written)
{
    readonly Dictionary<string, IReadOnlyList<PageSection?>> sections = [];

    const string RegisterFolder = "course", GuideName = "before-a-long-run";

    /// <summary>The notebook for engineers, which belongs to no part of the course; null where the folder has none.</summary>
    public Notebook? Guide { get; private init; }

    /// <summary>The course in a folder of notebooks, or null where it has no registers. A lesson that cannot be read is left out here; whoever runs it says why.</summary>
    /// <exception cref="InvalidDataException">A register is missing or malformed.</exception>
    public static Course? In(string folder)
    {
        string registers = Path.Combine(folder, RegisterFolder);
        if (!Directory.Exists(registers))
            return null;
        var read = CourseRegisters.Read(registers);
        return new(read, read.Lessons
            .Select(lesson => Path.Combine(folder, lesson.Name + ".ipynb"))
            .Select(Lesson)
            .OfType<Notebook>()
            .ToDictionary(notebook => notebook.Name))
        {
            Guide = Lesson(Path.Combine(folder, GuideName + ".ipynb")),
        };
    }

    /// <summary>The section that a cell stands in; null where lesson or cell do not exist.</summary>
    public PageSection? SectionOf(string lesson, string cell)
    {
        if (!Written.TryGetValue(lesson, out var notebook))
            return null;
        if (!sections.TryGetValue(lesson, out var found))
            sections[lesson] = found = PageSections.Of(notebook);
        int at = notebook.Cells.ToList().FindIndex(c => c.Id == cell);
        return at < 0 ? null : found[at];
    }

    static Notebook? Lesson(string file)
    {
        try
        {
            return NotebookFile.Read(file).Notebook;
        }
        catch (NotebookException)
        {
            return null;
        }
    }
}
