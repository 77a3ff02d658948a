using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

public class CoursePagesTests
{
    const string Lesson = "07-cosine-exercises";

    static readonly Course course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;
    static readonly CourseSite site = new(course, name => name == Lesson);

    [Fact]
    public void The_index_links_lessons_that_have_a_page_and_lists_the_others()
    {
        string index = CoursePages.Index(site);
        Assert.Contains($"## [07 Cosine by hand]({Lesson}.html)", index);
        Assert.Contains("About 60 minutes. You need lesson 01, radians and a derivative and a sum.", index);
        Assert.Contains("| 01 What a rate does | What does one number do to training? |", index);
    }

    [Fact]
    public void An_erratum_shows_both_forms_and_links_the_cell_that_runs_them()
    {
        string errata = CoursePages.Errata(site);
        int cell = course.CellNumber(Lesson, "errata-cut")!.Value;
        Assert.Contains($"Both are run in [07 Cosine by hand]({Lesson}.html), [cell {cell}]({Lesson}.html#cell-{cell}).", errata);
        Assert.All(course.Registers.Errata, e => Assert.Contains($"### {e.Id}: {e.Place}\n\n- **Printed:** {e.Printed}\n- **Correct:** {e.Correct}\n", errata));
    }

    [Fact]
    public void The_coverage_names_every_section_of_every_lecture()
    {
        string coverage = CoursePages.Coverage(site);
        Assert.All(course.Registers.Lectures.SelectMany(l => l.Sections), s => Assert.Contains($"| {s.Section} | {s.Topic} | ", coverage));
    }

    [Fact]
    public void All_four_pages_can_be_typeset() => Assert.All(
        [CoursePages.Index(site), CoursePages.Notation(site), CoursePages.Errata(site), CoursePages.Coverage(site)],
        text => Assert.Contains("</html>", Page.Document("A page", text, new PageSettings())));

    [Fact]
    public void A_lesson_knows_its_neighbours_and_the_references()
    {
        var around = CourseSite.Around(course, Lesson);
        Assert.Equal("index.html", around.Index!.Href);
        Assert.Equal(["notation.html", "errata.html", "coverage.html", "cheat-sheet.html"], around.References.Select(r => r.Href));
        Assert.Equal(course.Registers.Lessons.LastOrDefault(l => string.CompareOrdinal(l.Name, Lesson) < 0 && course.Written.ContainsKey(l.Name))?.Name + ".html",
            (around.Previous?.Href ?? ".html"));
    }

    [Fact]
    public void A_folder_without_registers_is_no_course() => Assert.Null(Course.In(Path.Combine(Repository.Root, "src")));
}
