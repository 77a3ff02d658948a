using System.Net;
using System.Text;

namespace Anneal.Cli;

/// <summary>The first page of a course: whom it is for, a picture that moves, and the parts as a path.</summary>
internal static class IndexPage
{
    /// <param name="site">The course and its pages.</param>
    /// <param name="others">Links to notebooks that are no lessons; empty where there are none.</param>
    public static string Html(CourseSite site, IReadOnlyList<(string Title, string Href)> others)
    {
        var lessons = site.Course.Registers.Lessons;
        var first = lessons.FirstOrDefault(l => site.HasPage(l.Name));
        var html = new StringBuilder("""
            <div class="hero">
            <h1>How fast should a model learn?</h1>
            <p class="lead">One number, the learning rate, decides whether training crawls, converges or blows up. This workbook shows why, and what schedules and optimizers do about it.</p>

            """);
        if (first is not null)
            html.Append($"<p class=\"start\"><a href=\"{CourseSite.Address(first.Name)}\">Start here: {Text(first.Title)}</a> <span>{first.Minutes} minutes, nothing to install</span></p>\n");
        html.Append("</div>\n").Append(MovingPicture.Html()).Append("""
            <div class="text">
            <p><strong>For whom?</strong> For students who want to understand the update their framework makes, for lecturers who want to show it, and for engineers who set the rate of a real run.
            You need derivatives, a little linear algebra and expected values.</p>
            <p><strong>How does it work?</strong> Each lesson asks one question and computes every number it states. You predict before you see a picture, you write rules and schedules yourself,
            and the page checks your results and names the usual slip. Pages work without a network, and your answers stay in your browser.</p>
            </div>

            """);
        if (site.HasPage(CourseSite.LabName))
            html.Append($"<div class=\"text\"><p><strong>Try it.</strong> In the <a href=\"{CourseSite.Lab.Href}\">lab</a> you type a schedule, move its numbers and compare it with others, let optimizers race, and ask what to set for a run: the library itself runs in that page.</p></div>\n");
        html.Append($"<div class=\"text\"><p><strong>Remember it.</strong> The <a href=\"{CourseSite.Review.Href}\">review page</a> asks the questions of all lessons again, each just before you would forget it, and keeps your notes.</p></div>\n");
        html.Append("<ol class=\"path\">\n");
        foreach (var (i, part) in site.Course.Registers.Parts.Index())
        {
            var members = lessons.Where(l => l.Part == part.Title).ToList();
            html.Append($"<li><h2 id=\"part-{i + 1}\"><span>{CourseSite.Roman(i)}</span> {Text(part.Title)}</h2>\n<p>{Text(part.Answers)} <small>{Hours(members.Sum(l => l.Minutes))}</small></p>\n<ol>\n");
            foreach (var lesson in members)
            {
                bool written = site.HasPage(lesson.Name);
                string title = $"<span class=\"lesson-number\">{lesson.Number}</span> {Text(lesson.Title)}";
                html.Append($"<li{(written ? "" : " class=\"planned\"")}>")
                    .Append(written ? $"<a href=\"{CourseSite.Address(lesson.Name)}\">{title}</a>" : title)
                    .Append($" <small>{(written ? $"{lesson.Minutes} min" : "planned")}</small><br>{Text(lesson.Question)}</li>\n");
            }
            html.Append("</ol></li>\n");
        }
        html.Append("</ol>\n");
        if (site.Course.Guide is { } guide && site.HasPage(guide.Name))
            html.Append($"<div class=\"text\"><h2>For engineers</h2>\n<p><a href=\"{CourseSite.Address(guide.Name)}\">{Text(guide.Title)}</a>: ten runs that went wrong, how it looked, ")
                .Append("and what the tool says about their files and logs. It needs none of the lessons.</p></div>\n");
        if (others.Count > 0)
            html.Append("<h2>More notebooks</h2>\n<ul>").AppendJoin("", others.Select(o => $"<li><a href=\"{Text(o.Href)}\">{Text(o.Title)}</a></li>")).Append("</ul>\n");
        return html.ToString();
    }

    static string Hours(int minutes) => minutes < 90 ? $"about {minutes} minutes" : $"about {Math.Round(minutes / 30.0) / 2:0.#} hours";

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
