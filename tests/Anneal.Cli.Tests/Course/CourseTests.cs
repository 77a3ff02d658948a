using System.Text.RegularExpressions;
using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

/// <summary>Holds the registers beside the notebooks against the notebooks.</summary>
public partial class CourseTests
{
    static readonly Course course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;

    static CourseRegisters Registers => course.Registers;

    static IEnumerable<(LectureSection Section, string Lecture, Teaching Taught)> Teachings =>
        from lecture in Registers.Lectures
        from section in lecture.Sections
        from taught in section.Taught
        select (section, lecture.Id, taught);

    static bool IsCheckedCell(string lesson, string id) => course.Written[lesson].Cells.SingleOrDefault(c => c.Id == id) is { Kind: CellKind.Code } cell
        && (cell.Source.Contains("Check.") || cell.Source.Contains(".Check"));

    [Fact]
    public void The_syllabus_has_the_nineteen_lessons_in_order() =>
        Assert.Equal(Enumerable.Range(1, 19).Select(i => $"{i:00}"), Registers.Lessons.Select(l => l.Name[..2]));

    [Fact]
    public void Every_numbered_notebook_is_in_the_syllabus() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "??-*.ipynb").Select(Path.GetFileNameWithoutExtension),
        name => Assert.Contains(Registers.Lessons, l => l.Name == name));

    [Fact]
    public void Every_lesson_has_goals_and_a_time() => Assert.All(Registers.Lessons, lesson =>
    {
        Assert.NotEmpty(lesson.Needs);
        Assert.True(lesson.Goals.Count >= 2, lesson.Name);
        Assert.InRange(lesson.Minutes, 30, 180);
        Assert.InRange(lesson.Seconds, 1, 60);
    });

    [Fact]
    public void Every_lecture_section_has_a_lesson_and_every_lesson_of_it_is_in_the_syllabus()
    {
        Assert.Equal(["000", "001", "002", "003", "004"], Registers.Lectures.Select(l => l.Id));
        Assert.All(Registers.Lectures.SelectMany(l => l.Sections), section => Assert.NotEmpty(section.Taught));
        Assert.All(Teachings, t => Assert.Contains(Registers.Lessons, l => l.Name == t.Taught.Lesson));
    }

    [Fact]
    public void A_lesson_that_exists_teaches_each_of_its_lecture_sections_in_checked_cells() =>
        Assert.All(Teachings.Where(t => course.Written.ContainsKey(t.Taught.Lesson)), t =>
        {
            var (section, lecture, taught) = t;
            string where = $"{lecture}, {section.Section}: {taught.Lesson}";
            Assert.True(taught.Cells is { Count: > 0 }, $"{where} has no checked cell in coverage.json");
            Assert.All(taught.Cells!, id => Assert.True(IsCheckedCell(taught.Lesson, id), $"{where}: cell {id} is missing or checks nothing"));
            Assert.True(course.Written[taught.Lesson].Cells.Any(c => c.Kind == CellKind.Markdown && c.Source.Split('\n').Any(line => line.TrimStart('#', ' ') == taught.Heading)),
                $"{where}: there is no heading \"{taught.Heading}\"");
        });

    [Fact]
    public void A_lesson_that_exists_runs_each_of_its_errata_in_a_checked_cell() =>
        Assert.All(Registers.Errata.Where(e => course.Written.ContainsKey(e.Lesson)), erratum =>
        {
            Assert.True(erratum.Cell is not null, $"{erratum.Id} has no cell in errata.json");
            Assert.True(IsCheckedCell(erratum.Lesson, erratum.Cell!), $"{erratum.Id}: cell {erratum.Cell} of {erratum.Lesson} is missing or checks nothing");
        });

    [Fact]
    public void Errata_have_distinct_ids_that_name_their_lecture_and_a_lesson_of_the_syllabus()
    {
        Assert.Distinct(Registers.Errata.Select(e => e.Id));
        Assert.All(Registers.Errata, e =>
        {
            Assert.StartsWith($"E{e.Lecture}-", e.Id);
            Assert.Contains(Registers.Lessons, l => l.Name == e.Lesson);
            Assert.Contains(Registers.Lectures, l => l.Id == e.Lecture);
        });
    }

    [Fact]
    public void Every_lesson_belongs_to_a_part_and_every_part_has_lessons()
    {
        Assert.All(Registers.Lessons, lesson => Assert.Contains(Registers.Parts, part => part.Title == lesson.Part));
        Assert.All(Registers.Parts, part => Assert.Contains(Registers.Lessons, lesson => lesson.Part == part.Title));
    }

    static IEnumerable<(string Lesson, Notebook Notebook, ExerciseCells Cells)> Exercises =>
        from written in course.Written
        from exercise in ExerciseCells.Of(written.Value)
        select (written.Key, written.Value, exercise);

    [Fact]
    public void No_check_shows_the_answers_to_its_exercise() => Assert.All(Exercises, e =>
        Assert.True(!AnswerData().IsMatch(e.Notebook.Cells[e.Cells.Check].Source), $"{e.Lesson}: the answers stand in cell {e.Notebook.Cells[e.Cells.Check].Id}"));

    [Fact]
    public void A_prediction_takes_a_guess_and_says_how_near() => Assert.All(
        Exercises.Where(e => e.Notebook.Cells[e.Cells.Stub].Tags.Contains(LessonForm.PredictTag)),
        e =>
        {
            var name = ExerciseName().Match(e.Notebook.Cells[e.Cells.Check].Source);
            var asked = (Exercise)typeof(Exercise).Assembly.GetType($"Anneal.Lessons.{name.Groups["class"].Value}")!.GetProperty(name.Groups["name"].Value)!.GetValue(null)!;
            string where = $"{e.Lesson}: {name.Value}";
            Assert.All(asked.Parts, part => Assert.True(part.Tolerance >= 0.03 * Math.Abs(part.Expected), $"{where} wants {part.Label} to ±{part.Tolerance}"));
            Assert.True(e.Notebook.Cells[e.Cells.Stub - 1].Source.Contains("count"), $"{where} does not say which guess counts");
        });

    [GeneratedRegex(@"\b(Exercise|Part|Hint)\s*\(")]
    private static partial Regex AnswerData();

    [GeneratedRegex(@"(?<class>\w+Exercises)\.(?<name>\w+)\.Check")]
    private static partial Regex ExerciseName();

    [Fact]
    public void The_list_of_lessons_in_the_old_form_names_lessons_that_exist() => Assert.All(Registers.OldForm, name => Assert.Contains(name, course.Written.Keys));

    [Fact]
    public void Signs_are_explained_once() => Assert.Distinct(Registers.Notation.Select(n => n.Symbol));
}
