using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

public class CoursePagesTests
{
    const string Lesson = "09-cosine-by-hand";

    static readonly Course course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;
    static readonly CourseSite site = new(course, name => name == Lesson);

    [Fact]
    public void The_index_is_a_path_of_parts_that_says_where_to_start_and_what_is_planned()
    {
        var index = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(IndexPage.Html(site, []));
        Assert.Equal($"{Lesson}.html", index.QuerySelector(".start a")!.GetAttribute("href"));
        Assert.Equal(course.Registers.Parts.Count, index.QuerySelectorAll(".path > li").Length);
        Assert.All(course.Registers.Parts, part => Assert.Contains(part.Answers, index.QuerySelector(".path")!.TextContent));
        Assert.Equal(course.Registers.Lessons.Count, index.QuerySelectorAll(".path ol > li").Length);
        Assert.Equal(course.Registers.Lessons.Count - 1, index.QuerySelectorAll(".path li.planned").Length);
        Assert.NotEmpty(index.QuerySelectorAll("svg animate"));
        Assert.Single(index.QuerySelectorAll("button.pause"));
    }

    [Fact]
    public void The_page_for_engineers_is_linked_once_it_is_written()
    {
        const string Guide = "before-a-long-run.html";
        Assert.DoesNotContain(Guide, IndexPage.Html(site, []));
        Assert.DoesNotContain(Guide, site.Settings.References.Select(r => r.Href));
        CourseSite written = new(course, _ => true);
        Assert.Contains($"<a href=\"{Guide}\">Before a long run</a>", IndexPage.Html(written, []));
        Assert.Equal(new PageLink("Before a long run", Guide), written.Settings.References[0]);
    }

    [Fact]
    public void An_erratum_shows_both_forms_and_links_the_section_that_runs_them()
    {
        string errata = CoursePages.Errata(site);
        var section = course.SectionOf(Lesson, "errata-cut")!;
        Assert.Contains($"Both are run in [09 Cosine by hand]({Lesson}.html), [{section.Title}]({Lesson}.html#{section.Fragment}).", errata);
        Assert.DoesNotMatch(@"\bcell \d", errata);
        Assert.DoesNotMatch(@"Lecture 00\d", errata);
        Assert.All(course.Registers.Errata, e => Assert.Contains($"### {e.Id}: {e.Place}\n\n- **Printed:** {e.Printed}\n- **Correct:** {e.Correct}\n", errata));
    }

    [Fact]
    public void The_coverage_links_sections_each_once_and_marks_what_is_planned()
    {
        string coverage = CoursePages.Coverage(site);
        Assert.DoesNotMatch(@"\bcell \d", coverage);
        Assert.DoesNotContain("(planned)", coverage);
        string last = course.Registers.Lessons[^1].Name;
        CourseSite without = new(course with { Written = course.Written.Where(lesson => lesson.Key != last).ToDictionary() }, name => name == Lesson);
        Assert.Contains("(planned)", CoursePages.Coverage(without));
        Assert.All(coverage.Split('\n').Where(line => line.StartsWith('|')), line =>
        {
            var links = System.Text.RegularExpressions.Regex.Matches(line, @"\]\([^)]*#[^)]*\)").Select(m => m.Value).ToList();
            Assert.Equal(links.Distinct(), links);
        });
    }

    [Fact]
    public void The_coverage_names_every_section_of_every_lecture()
    {
        string coverage = CoursePages.Coverage(site);
        Assert.All(course.Registers.Lectures.SelectMany(l => l.Sections), s => Assert.Contains($"| {s.Section} | {s.Topic} | ", coverage));
    }

    [Fact]
    public void All_pages_can_be_typeset() => Assert.All(
        [CoursePages.Notation(site), CoursePages.Errata(site), CoursePages.Coverage(site)],
        text => Assert.Contains("</html>", Page.Document("A page", text, new PageSettings())));

    [Fact]
    public void A_lesson_knows_its_neighbours_and_the_references()
    {
        var around = CourseSite.Around(course, Lesson);
        Assert.Equal("index.html", around.Index!.Href);
        Assert.Equal(["before-a-long-run.html", "review.html", "notation.html", "errata.html", "coverage.html", "cheat-sheet.html"], around.References.Select(r => r.Href));
        Assert.Equal(course.Registers.Lessons.LastOrDefault(l => string.CompareOrdinal(l.Name, Lesson) < 0 && course.Written.ContainsKey(l.Name))?.Name + ".html",
            (around.Previous?.Href ?? ".html"));
    }

    [Fact]
    public void A_folder_without_registers_is_no_course() => Assert.Null(Course.In(Path.Combine(Repository.Root, "src")));
}
