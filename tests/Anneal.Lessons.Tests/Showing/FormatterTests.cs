namespace Anneal.Lessons.Tests;

public class FormatterTests
{
    // Hosts find the attribute by its name and read it by reflection: this test does what they do.
    static Dictionary<string, string> AsAHostShows(object value)
    {
        var attribute = value.GetType().GetCustomAttributes(inherit: false).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        dynamic source = Activator.CreateInstance(sourceType)!;
        var shown = new Dictionary<string, string>();
        foreach (dynamic formatter in (IEnumerable<object>)source.CreateTypeFormatters())
        {
            var writer = new StringWriter();
            Assert.True((bool)formatter.Format(value, writer));
            shown[(string)formatter.MimeType] = writer.ToString();
        }
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        Assert.All(preferred, mime => Assert.Contains(mime, shown.Keys));
        return shown;
    }

    [Fact]
    public void A_verdict_shows_itself_as_HTML_and_text()
    {
        var verdict = new Exercise("x", "What is x?", new Part("x", 1, 0.1)).Check(1);
        var shown = AsAHostShows(verdict);
        Assert.Equal((verdict.ToHtml(), verdict.ToString()), (shown["text/html"], shown["text/plain"]));
    }

    [Fact]
    public void A_solution_shows_itself_as_Markdown()
    {
        var solution = new CosineQuestion(0.002, 0.0001, 5000, 1250).Solution;
        Assert.Equal(solution.ToMarkdown(), AsAHostShows(solution)["text/markdown"]);
    }

    [Fact]
    public void A_formatter_declines_what_it_does_not_know() =>
        Assert.False(new ShownFormatter<IHtml>("text/html", x => x.ToHtml()).Format("a string", TextWriter.Null));
}
