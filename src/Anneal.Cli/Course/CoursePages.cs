using System.Text;
using Anneal.Lessons;

namespace Anneal.Cli;

/// <summary>The registers as Markdown.</summary>
internal static class CoursePages
{
    /// <summary>Every lesson with its question, what it needs and teaches, and its time; those without a page below.</summary>
    public static string Index(CourseSite site)
    {
        var text = new StringBuilder("# Learning-rate schedules and optimizers: the workbook\n\n"
            + "Each lesson asks one question, computes every number it states, and has exercises that check your answer on the page itself.\n\n");
        var lessons = site.Course.Registers.Lessons.ToLookup(l => site.HasPage(l.Name));
        foreach (var lesson in lessons[true])
        {
            text.Append($"## {site.Lesson(lesson.Name)}\n\n**{lesson.Question}** About {lesson.Minutes} minutes. ");
            text.Append($"You need {Listed(lesson.Needs)}.\n\nAfterwards you can\n\n");
            foreach (string goal in lesson.Goals)
                text.Append($"- {goal}\n");
            text.Append('\n');
        }
        if (lessons[false].Any())
        {
            text.Append("## Not on this site yet\n\n| lesson | question | minutes |\n| --- | --- | --- |\n");
            foreach (var lesson in lessons[false])
                text.Append($"| {site.Lesson(lesson.Name)} | {lesson.Question} | {lesson.Minutes} |\n");
        }
        return text.ToString();
    }

    /// <summary>Every sign, and what the lectures write instead.</summary>
    public static string Notation(CourseSite site)
    {
        var text = new StringBuilder("# Notation\n\nThe lectures use different letters for the same thing. All lessons use these.\n\n"
            + "| sign | meaning | in the lectures | in the library |\n| --- | --- | --- | --- |\n");
        foreach (var sign in site.Course.Registers.Notation)
            text.Append($"| ${sign.Symbol}$ | {sign.Meaning} | {sign.InLectures} | {(sign.InCode is { } code ? $"`{code}`" : "")} |\n");
        return text.ToString();
    }

    /// <summary>Every erratum: what is printed, what holds, why, and the cell that runs both.</summary>
    public static string Errata(CourseSite site)
    {
        var text = new StringBuilder("# Errata\n\nWhere a lecture prints something that does not hold, a lesson runs both forms. All of them are collected here.\n\n");
        foreach (var lecture in site.Course.Registers.Lectures)
        {
            text.Append($"## Lecture {lecture.Id}: {lecture.Title}\n\n");
            foreach (var erratum in site.Course.Registers.Errata.Where(e => e.Lecture == lecture.Id))
            {
                string shown = erratum.Cell is { } cell ? $"Both are run in {site.Lesson(erratum.Lesson)}, {site.Cell(erratum.Lesson, cell)}." : $"Planned for {site.Lesson(erratum.Lesson)}.";
                text.Append($"### {erratum.Id}: {erratum.Place}\n\n- **Printed:** {erratum.Printed}\n- **Correct:** {erratum.Correct}\n\n{erratum.Why} {shown}\n\n");
            }
        }
        return text.ToString();
    }

    /// <summary>Every section of every lecture, the lessons that teach it, and the cells whose checks carry it.</summary>
    public static string Coverage(CourseSite site)
    {
        var text = new StringBuilder("# Coverage\n\nWhich section of the lectures is taught where, and by which checked cells.\n\n");
        foreach (var lecture in site.Course.Registers.Lectures)
        {
            text.Append($"## Lecture {lecture.Id}: {lecture.Title}\n\n| section | about | taught in |\n| --- | --- | --- |\n");
            foreach (var section in lecture.Sections)
                text.Append($"| {section.Section} | {section.Topic} | {string.Join("; ", section.Taught.Select(t => Taught(site, t)))} |\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    static string Taught(CourseSite site, Teaching teaching)
    {
        string lesson = site.Lesson(teaching.Lesson);
        return teaching.Cells is not { Count: > 0 } cells ? $"{lesson} (planned)"
            : $"{lesson}, “{teaching.Heading}”, {string.Join(", ", cells.Select(c => site.Cell(teaching.Lesson, c)))}";
    }

    static string Listed(IReadOnlyList<string> things) => things.Count < 2 ? string.Concat(things)
        : $"{string.Join(", ", things.SkipLast(1))} and {things[^1]}";
}
