using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The registers of a folder of notebooks, and the lessons of the syllabus that exist there.</summary>
/// <param name="Registers">What is taught, in which signs, and which errata.</param>
/// <param name="Written">The notebooks of the lessons that exist, by name.</param>
internal sealed record Course(CourseRegisters Registers, IReadOnlyDictionary<string, Notebook> Written)
{
    const string RegisterFolder = "course";

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
            .ToDictionary(notebook => notebook.Name));
    }

    /// <summary>The place of a cell in its notebook, counted from 1; null where lesson or cell do not exist.</summary>
    public int? CellNumber(string lesson, string cell)
    {
        if (!Written.TryGetValue(lesson, out var notebook))
            return null;
        int at = notebook.Cells.ToList().FindIndex(c => c.Id == cell);
        return at < 0 ? null : at + 1;
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
