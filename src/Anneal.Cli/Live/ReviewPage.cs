using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The review page: the questions of all lessons, asked again when they are due, with the reader's notes. The library inside the page computes when.</summary>
internal static class ReviewPage
{
    /// <param name="site">The course and its pages.</param>
    /// <param name="library">The packed library; null for a page that can only practise.</param>
    public static string Html(CourseSite site, string? library) => Page.OfHtml("Review", LabPage.Text("review.html"), site.Settings with
    {
        Description = "Questions of all lessons, each asked again just before you would forget it; your notes; your record as a file.",
    }, new PageApplication
    {
        Style = LabPage.Text("review.css"),
        Scripts = [.. library is null ? [] : (string[])[LabPage.Text("live.js")], LabPage.Text("review.js")],
        RunsWebAssembly = library is not null,
        Data = [("review-lessons", Lessons(site)), .. library is null ? [] : ((string, string)[])[(LabPage.LibraryId, library)]],
    });

    /// <summary>The lessons that have a quiz, as JSON: names, addresses, questions. Characters that HTML could read are escaped.</summary>
    internal static string Lessons(CourseSite site) => JsonSerializer.Serialize(
        from lesson in site.Course.Registers.Lessons
        from quiz in QuizRegister.All
        where quiz.Lesson == lesson.Name
        select new
        {
            number = lesson.Number,
            title = lesson.Title,
            href = site.HasPage(lesson.Name) ? CourseSite.Address(lesson.Name) : null,
            sections = !site.Course.Written.TryGetValue(lesson.Name, out var notebook) ? new Dictionary<string, string>()
                : PageSections.AllOf(notebook).DistinctBy(section => section.Title).ToDictionary(section => section.Title, section => section.Fragment),
            quiz = JsonNode.Parse(quiz.ToJson()),
        });
}
