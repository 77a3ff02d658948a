using System.Text;
using Anneal.Lessons;

namespace Anneal.Cli;

/// <summary>The registers as Markdown.</summary>
internal static class CoursePages
{
    /// <summary>Every sign, and what the lectures write instead.</summary>
    public static string Notation(CourseSite site)
    {
        var text = new StringBuilder("# Notation\n\nThe lectures use different letters for the same thing. All lessons use these.\n\n"
            + "| sign | meaning | in the lectures | in the library |\n| --- | --- | --- | --- |\n");
        foreach (var sign in site.Course.Registers.Notation)
            text.Append($"| ${sign.Symbol}$ | {sign.Meaning} | {sign.InLectures} | {(sign.InCode is { } code ? $"`{code}`" : "")} |\n");
        return text.ToString();
    }

    /// <summary>Fragments that lead to the rows of the notation.</summary>
    public static IReadOnlyList<string> NotationRows(CourseSite site) => [.. site.Course.Registers.Notation.Select((_, i) => CourseSite.SignId(i))];

    /// <summary>Every erratum: what is printed, what holds, why, and the section that runs both.</summary>
    public static string Errata(CourseSite site)
    {
        var text = new StringBuilder("# Errata\n\nWhere a lecture prints something that does not hold, a lesson runs both forms. All of them are collected here.\n\n");
        foreach (var lecture in site.Course.Registers.Lectures)
        {
            text.Append($"## {Named(lecture)}\n\n");
            foreach (var erratum in site.Course.Registers.Errata.Where(e => e.Lecture == lecture.Id))
            {
                string shown = IsTaught(site, erratum.Lesson, erratum.Cell) ? $"Both are run in {site.Lesson(erratum.Lesson)}, {site.Section(erratum.Lesson, erratum.Cell!)}."
                    : $"Both will be run in {site.Lesson(erratum.Lesson)} (planned).";
                text.Append($"### {erratum.Id}: {erratum.Place}\n\n- **Printed:** {erratum.Printed}\n- **Correct:** {erratum.Correct}\n\n{erratum.Why} {shown}\n\n");
            }
        }
        return text.ToString();
    }

    /// <summary>Every section of every lecture, and the sections of lessons that teach it with checked claims.</summary>
    public static string Coverage(CourseSite site)
    {
        var text = new StringBuilder("# Coverage\n\nWhich section of the lectures is taught where. Each link leads to a section whose claims are computed and checked; what is planned says so.\n\n");
        foreach (var lecture in site.Course.Registers.Lectures)
        {
            text.Append($"## {Named(lecture)}\n\n| section | about | taught in |\n| --- | --- | --- |\n");
            foreach (var section in lecture.Sections)
                text.Append($"| {section.Section} | {section.Topic} | {Taught(site, section.Taught)} |\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    static string Named(Lecture lecture) => $"{char.ToUpperInvariant(lecture.Name[0])}{lecture.Name[1..]}: {lecture.Title}";

    /// <summary>Lesson by lesson, the sections in which the cells really stand, each once.</summary>
    static string Taught(CourseSite site, IReadOnlyList<Teaching> taught) => string.Join("; ", taught.GroupBy(t => t.Lesson).Select(lesson =>
    {
        string[] sections = [.. lesson.SelectMany(t => t.Cells ?? []).Where(cell => IsTaught(site, lesson.Key, cell)).Select(cell => site.Section(lesson.Key, cell)).Distinct()];
        return sections.Length == 0 ? $"{site.Lesson(lesson.Key)} (planned)" : $"{site.Lesson(lesson.Key)}: {string.Join(", ", sections)}";
    }));

    /// <summary>True when the lesson exists and has that cell.</summary>
    static bool IsTaught(CourseSite site, string lesson, string? cell) => cell is not null && site.Course.SectionOf(lesson, cell) is not null;
}
