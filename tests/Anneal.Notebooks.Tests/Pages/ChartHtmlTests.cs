using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Anneal.Notebooks.Tests;

public class ChartHtmlTests
{
    static IElement Render(string json) => new HtmlParser().ParseDocument(ChartHtml.Render(new("test.ipynb"), json)).QuerySelector("figure")!;

    static string[] Row(IElement figure, string row) => [.. figure.QuerySelectorAll(row + " > *").Select(cell => cell.TextContent)];

    [Fact]
    public void Title_and_description_become_the_caption()
    {
        var figure = Render("""{"data": [], "layout": {"title": {"text": "A <b>title</b>"}, "meta": {"description": "What it shows."}}}""");
        Assert.Equal("Figure 1. A title. What it shows.", figure.QuerySelector("figcaption")!.TextContent.Replace("<b>", "").Replace("</b>", ""));
        Assert.Equal(figure.QuerySelector("figcaption")!.Id, figure.QuerySelector("[role=img]")!.GetAttribute("aria-describedby"));
    }

    [Theory]
    [InlineData("A walk: place against step.", "Place against step.")]
    [InlineData("A walk. Level lines of a bowl.", "Level lines of a bowl.")]
    [InlineData("A walking stick.", "A walking stick.")]
    [InlineData("A walk", "A walk")]
    [InlineData("A walk: η / √v against step.", "η / √v against step.")]
    [InlineData("A walk: m.", "m.")]
    public void A_description_that_begins_with_the_title_does_not_say_it_twice(string description, string said) => Assert.Equal($"Figure 1. A walk. {said}",
        Render("{\"data\": [], \"layout\": {\"title\": {\"text\": \"A walk\"}, \"meta\": {\"description\": \"" + description + "\"}}}").QuerySelector("figcaption")!.TextContent);

    [Theory]
    [InlineData("lab.html", "lab.html#schedule=a%20b")]
    [InlineData("elsewhere.html", null)]
    [InlineData("https://elsewhere.invalid/lab.html", null)]
    public void A_chart_leads_to_a_page_of_its_site_and_nowhere_else(string page, string? address)
    {
        PageState state = new("test.ipynb", new() { References = [new("Lab", "lab.html")] });
        string html = ChartHtml.Render(state, "{\"data\": [], \"layout\": {\"meta\": {\"links\": [{\"title\": \"Open in the lab\", \"page\": \"" + page + "\", \"fragment\": \"schedule=a%20b\"}]}}}");
        Assert.Equal(address, new HtmlParser().ParseDocument(html).QuerySelector(".more a")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("""{"part": "", "fragment": "a"}""", "Open in the lab", "lab.html#a")]
    [InlineData("""{"part": "as first drawn", "fragment": "a"}""", "Open in the lab, as first drawn", "lab.html#a")]
    [InlineData("""{"part": "steps", "fragment": "a"}, {"part": "1/√t <br>slow", "fragment": "b"}, {"part": "", "fragment": "c"}""", "Open in the lab: steps, 1/√t slow, 3", "lab.html#a lab.html#b lab.html#c")]
    public void Panels_lead_there_one_by_one(string links, string text, string addresses)
    {
        PageState state = new("test.ipynb", new() { References = [new("Lab", "lab.html")] });
        string all = links.Replace("{", """{"title": "Open in the lab", "page": "lab.html", """);
        var more = new HtmlParser().ParseDocument(ChartHtml.Render(state, """{"data": [], "layout": {"meta": {"links": [LINKS]}}}""".Replace("LINKS", all))).QuerySelector(".more")!;
        Assert.Equal(text, string.Join(' ', more.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(addresses, string.Join(' ', more.QuerySelectorAll("a").Select(a => a.GetAttribute("href"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chart_that_can_be_computed_says_so_where_the_page_may_carry_what_computes_it(bool may)
    {
        PageState state = new("test.ipynb", new() { Library = may ? new("library", "", "library.txt") : null });
        string html = ChartHtml.Render(state, """{"data": [], "layout": {"meta": {"live": "{\"name\": \"<a>\"}"}}}""");
        Assert.Equal(may ? """{"name": "<a>"}""" : null, new HtmlParser().ParseDocument(html).QuerySelector("figure")!.GetAttribute("data-live"));
        Assert.Equal(may ? 1 : 0, state.Computed);
    }

    [Fact]
    public void Without_scripts_a_chart_says_what_is_missing()
    {
        const string sliders = """[{"active": 1, "currentvalue": {"prefix": "β = "}, "steps": [{"label": "0"}, {"label": "0.9"}]}, {"active": 7, "steps": []}]""";
        string Said(string json) => Render(json).QuerySelector("noscript")!.TextContent;
        Assert.Contains("switched off here. It would open at β = 0.9. Its data can be unfolded below", Said($$$"""{"data": [{"y": [1, 2]}], "layout": {"sliders": {{{sliders}}}}}"""));
        Assert.EndsWith("switched off here.", Said("""{"data": [], "layout": {}}"""));
    }

    [Fact]
    public void The_chart_cannot_end_its_script_element()
    {
        var figure = Render("""{"data": [{"type": "scatter", "name": "</script><b>", "y": [1]}], "layout": {}}""");
        Assert.DoesNotContain("</", figure.QuerySelector("script")!.TextContent);
        Assert.Contains("\\u003c/script>\\u003cb>", figure.QuerySelector("script")!.TextContent);
    }

    [Fact]
    public void The_table_that_comes_along_is_shown()
    {
        var figure = Render("""{"data": [], "layout": {"meta": {"table": {"columns": ["step", "rate"], "rows": [[0, 0.1], [1250, -0.00172175144]]}}}}""");
        Assert.Equal(["step", "rate"], Row(figure, "thead tr"));
        Assert.Equal(["1250", "−0.001721751"], Row(figure, "tbody tr:last-child"));
        Assert.All(figure.QuerySelectorAll("td"), cell => Assert.Equal("number", cell.ClassName));
    }

    [Fact]
    public void Numbers_of_a_table_are_written_as_people_write_them()
    {
        var figure = Render("""{"data": [], "layout": {"meta": {"table": {"columns": ["step", "rate", "loss"], "rows": [[12500, 1e-8, -1.5e9]]}}}}""");
        Assert.Equal(["12,500", "10⁻⁸", "−1.5·10⁹"], Row(figure, "tbody tr"));
        Assert.All(figure.QuerySelectorAll("td"), cell => Assert.Equal("number", cell.ClassName));
    }

    [Theory]
    [InlineData("10⁻⁸", true)]
    [InlineData("−1.5·10⁹", true)]
    [InlineData("1,234.5", true)]
    [InlineData("10", true)]
    [InlineData("1970", true)]
    [InlineData("2⁸", false)]
    [InlineData("a·10⁹", false)]
    [InlineData("", false)]
    public void What_reads_as_a_number_is_known(string text, bool isNumber) => Assert.Equal(isNumber, ChartTable.IsNumber(text));

    [Fact]
    public void Traces_with_the_same_steps_stand_side_by_side()
    {
        var figure = Render("""
            {"data": [{"name": "a", "x": [1, 2], "y": [3, 4]}, {"name": "b", "x": [1, 2], "y": [5, "NaN"]}], "layout": {"xaxis": {"title": {"text": "step"}}}}
            """);
        Assert.Equal(["step", "a", "b"], Row(figure, "thead tr"));
        Assert.Equal(["2", "4", "NaN"], Row(figure, "tbody tr:last-child"));
    }

    [Fact]
    public void Other_traces_stand_below_each_other()
    {
        var figure = Render("""{"data": [{"name": "a", "x": [1], "y": [3]}, {"x": [7, 8], "y": [5, 6]}], "layout": {}}""");
        Assert.Equal(["a", "1", "3"], Row(figure, "tbody tr:first-child"));
        Assert.Equal(["2", "8", "6"], Row(figure, "tbody tr:last-child"));
    }

    [Fact]
    public void A_surface_is_a_table_of_its_own()
    {
        var figure = Render("""{"data": [{"type": "contour", "x": [1, 2], "y": [10, 20], "z": [[3, 4], [5, 6]]}], "layout": {}}""");
        Assert.Equal(["y \\ x", "1", "2"], Row(figure, "thead tr"));
        Assert.Equal(["20", "5", "6"], Row(figure, "tbody tr:last-child"));
    }

    [Fact]
    public void Long_tables_are_thinned_out_and_say_so()
    {
        var figure = Render("{\"data\": [{\"y\": [" + string.Join(',', Enumerable.Range(0, 4001)) + "]}], \"layout\": {}}");
        Assert.Equal(364, figure.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("one in 11 of 4,001 rows", figure.QuerySelector("details summary")!.TextContent);
    }

    [Theory]
    [InlineData("[]", "Data of figure 1")]
    [InlineData("[{}]", "Data of figure 1, as first drawn")]
    public void The_table_of_a_chart_with_sliders_says_which_setting_it_shows(string sliders, string title) => Assert.Equal(title,
        Render("""{"data": [{"y": [1, 2]}], "layout": {"sliders": SLIDERS}}""".Replace("SLIDERS", sliders)).QuerySelector("details.data summary")!.TextContent);

    [Fact]
    public void A_title_broken_into_lines_is_one_line_in_the_caption() => Assert.Equal("Error at β = 0.9.",
        Render("""{"data": [{"y": [1, 2]}], "layout": {"title": {"text": "Error at β =<br>0.9"}}}""").QuerySelector(".title")!.TextContent);

    [Fact]
    public void Room_for_the_sliders_of_the_drawing_library_is_not_left_empty() => Assert.Equal("height:416px",
        Render("""{"data": [], "layout": {"height": 500, "sliders": [{}]}}""").QuerySelector(".plot")!.GetAttribute("style"));

    [Theory]
    [InlineData("""{"data": [{"type": "scatter3d"}]}""", "Pages do not draw charts of type scatter3d")]
    [InlineData("{", "The chart is not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    public void A_chart_that_cannot_be_drawn_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookException>(() => Render(json)).Message);
}
