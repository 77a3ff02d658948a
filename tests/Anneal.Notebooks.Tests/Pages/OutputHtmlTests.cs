namespace Anneal.Notebooks.Tests;

public class OutputHtmlTests
{
    static string Render(Output output) => OutputHtml.Render(new("test.ipynb"), output);

    static string Render(params (string Mime, string Content)[] forms) => Render(new Display(forms.ToDictionary(f => f.Mime, f => f.Content)));

    [Theory]
    [InlineData("<script>alert(1)</script>b", "b")]
    [InlineData("<b onclick='x()' ONLOAD=y>b</b>", "<b>b</b>")]
    [InlineData("<div><i>unclosed", "<div><i>unclosed</i></div>")]
    [InlineData("</div></main>after", "after")]
    [InlineData("<a href='javascript:x'>a</a>", "<a>a</a>")]
    [InlineData("<img src='https://example.org/x.png'>", "<img alt=\"\">")]
    [InlineData("<img src='data:image/png;base64,AAAA' alt='x'>", "<img src=\"data:image/png;base64,AAAA\" alt=\"x\">")]
    [InlineData("<iframe src='x'></iframe><form><p>kept</p></form>", "<p>kept</p>")]
    public void HTML_is_made_whole_and_harmless(string html, string clean) =>
        Assert.Equal($"<div class=\"output html\">{clean}</div>\n", Render(("text/html", html)));

    [Fact]
    public void Columns_of_numbers_are_set_flush_right()
    {
        var html = Render(("text/html", "<table><tr><th>name</th><th>rate</th></tr><tr><td>a</td><td>0.1</td></tr><tr><td>1</td><td>-2</td></tr></table>"));
        Assert.Contains("<th class=\"number\">rate</th>", html);
        Assert.Contains("<th>name</th>", html);
    }

    [Fact]
    public void The_richest_form_is_shown()
    {
        Assert.Contains("<em>rich</em>", Render(("text/plain", "poor"), ("text/markdown", "*rich*")));
        Assert.Contains("rich", Render(("text/plain", "poor"), ("text/html", "rich"), ("text/markdown", "poor")));
        Assert.Contains("plot", Render(("text/html", "poor"), ("application/vnd.plotly.v1+json", """{"data": []}""")));
    }

    [Theory]
    [InlineData("text/latex", "$$\\frac12$$", "katex-display")]
    [InlineData("application/json", """{"a":[1]}""", "\"a\": [")]
    [InlineData("application/json", "{ broken", "{ broken")]
    [InlineData("image/png", "iVBO\nRw0K", "src=\"data:image/png;base64,iVBORw0K\"")]
    [InlineData("image/svg+xml", "<svg><title>A line</title></svg>", "alt=\"A line\"")]
    [InlineData("text/plain", "a < b", "a &lt; b")]
    [InlineData("application/x-unknown", "?", "only forms that a page cannot show: application/x-unknown")]
    public void Every_form_has_a_look(string mime, string content, string html) =>
        Assert.Contains(html.Replace("\"a\"", "&quot;a&quot;"), Render((mime, content)));

    [Fact]
    public void Colours_of_a_terminal_are_left_out() => Assert.Contains(">red</pre>", Render(new StreamText(false, "\e[31mred\e[0m\n")));

    [Fact]
    public void A_bad_formula_in_an_output_is_refused() =>
        Assert.Contains("cannot be typeset", Assert.Throws<NotebookException>(() => Render(("text/latex", "\\frac{"))).Message);

    [Fact]
    public void What_nests_too_deeply_is_refused_before_it_can_end_the_process()
    {
        const int deep = 100_000;
        Assert.Contains("more than 256 deep", Refused("text/html", string.Concat(Enumerable.Repeat("<div>", deep))));
        Assert.Contains("nested too deeply", Refused("text/latex", new string('{', deep) + "x" + new string('}', deep)));
        Assert.Contains("too deeply nested", Refused("text/markdown", new string('>', deep) + "x"));
    }

    [Fact]
    public void Long_lists_and_tables_are_not_deep()
    {
        var rows = string.Concat(Enumerable.Repeat("<tr><td>a<br>", 2_000));
        Assert.Contains("<td>", Render(("text/html", $"<table>{rows}</table>")));
    }

    static string Refused(string mime, string content) => Assert.Throws<NotebookException>(() => Render((mime, content))).Message;
}
