using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anneal.Lessons.Tests;

public class NoteCardTests
{
    static string Notebooks
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Workbook.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "notebooks");
        }
    }

    static readonly CourseRegisters course = CourseRegisters.Read(Path.Combine(Notebooks, "course"));

    [Fact]
    public void Ids_and_questions_are_told_apart_from_each_other_and_from_the_quizzes()
    {
        Assert.Distinct(NoteCardRegister.All.Select(card => (card.Lesson, card.Id)));
        Assert.Distinct(NoteCardRegister.All.Select(card => card.Front));
        Assert.All(NoteCardRegister.All, card => Assert.Matches("^[a-z]+(-[a-z]+)*$", card.Id));
    }

    [Fact]
    public void Every_card_names_a_section_of_its_lesson()
    {
        foreach (var lesson in NoteCardRegister.All.GroupBy(card => card.Lesson))
        {
            using var notebook = JsonDocument.Parse(File.ReadAllText(Path.Combine(Notebooks, lesson.Key + ".ipynb")));
            HashSet<string> headings = [.. notebook.RootElement.GetProperty("cells").EnumerateArray()
                .Where(cell => cell.GetProperty("cell_type").GetString() == "markdown")
                .SelectMany(cell => cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n')))
                .Where(line => line.StartsWith("##", StringComparison.Ordinal)).Select(line => line.TrimStart('#').Trim())];
            Assert.All(lesson, card => Assert.Contains(card.Section, headings));
        }
    }

    [Fact]
    public void Every_mistake_of_the_notes_is_corrected_on_the_card_of_the_lesson_that_shows_it()
    {
        var errata = course.Errata.Where(erratum => erratum.Lecture == "000").ToDictionary(erratum => erratum.Id, erratum => erratum.Lesson);
        Assert.NotEmpty(errata);
        Assert.Equal(errata.OrderBy(e => e.Key), NoteCardRegister.All.Where(card => card.Corrected is not null).ToDictionary(card => card.Corrected!.Erratum, card => card.Lesson).OrderBy(e => e.Key));
    }

    [Fact]
    public void Every_section_of_the_notes_has_a_card_in_a_lesson_that_teaches_it()
    {
        var taught = course.Lectures.Single(lecture => lecture.Id == "000").Sections.Where(section => section.Section != "Cards");
        var headings = NoteCardRegister.All.Select(card => (card.Lesson, (string?)card.Section)).ToHashSet();
        Assert.All(taught, section => Assert.Contains(section.Taught, teaching => headings.Contains((teaching.Lesson, teaching.Heading))));
    }

    [Fact]
    public void Formulas_are_closed_and_texts_end_as_sentences()
    {
        foreach (var card in NoteCardRegister.All)
            foreach (string text in (string[])[card.Front, .. card.Back, .. card.Corrected is { } corrected ? [corrected.What] : Array.Empty<string>()])
            {
                Assert.Equal(0, text.Count(c => c == '$') % 2);
                Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
                Assert.Matches(@"[.?:]$|^\$\$.*\$\$$", text);
                Assert.DoesNotMatch(@"[ηθαμ]", Regex.Replace(text, @"\$[^$]*\$", ""));
            }
    }
}
