namespace Anneal.Notebooks.Tests;

public class MarkdownHtmlTests
{
    static string Render(string markdown, params (string Name, Attachment File)[] attachments) =>
        MarkdownHtml.Render(new PageState(Path.Combine(Path.GetTempPath(), "test.ipynb")), markdown, attachments.ToDictionary(a => a.Name, a => a.File)).TrimEnd();

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>")]
    [InlineData("<div onclick=\"x()\">\n\ntext\n\n</div>", "&lt;div onclick=\"x()\"&gt;\n<p>text</p>\n&lt;/div&gt;")]
    [InlineData("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>")]
    [InlineData("<details onclick=\"x()\">", "&lt;details onclick=\"x()\"&gt;")]
    [InlineData("<!-- unseen -->", "")]
    public void Raw_HTML_is_text(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Theory]
    [InlineData("H<sub>2</sub>O and<br>x<sup>2</sup>", "<p>H<sub>2</sub>O and<br>x<sup>2</sup></p>")]
    [InlineData("<details open>\n<summary>More</summary>\n\n*text*\n\n</details>", "<details open=\"\">\n<summary>More</summary>\n<p><em>text</em></p>\n</details>")]
    [InlineData("<kbd>Tab</kbd>", "<p><kbd>Tab</kbd></p>")]
    public void A_few_tags_are_kept(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Theory]
    [InlineData("<details>\n\nopen for ever", "<details>\n<p>open for ever</p>\n</details>")]
    [InlineData("a <sub>b", "<p>a &lt;sub&gt;b</p>")]
    [InlineData("a</details>", "<p>a&lt;/details&gt;</p>")]
    public void What_is_opened_is_closed(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Theory]
    [InlineData("[a](javascript:alert(1))", "<p>a</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("[a](JaVaScRiPt:alert(1))", "<p>a</p>")]
    [InlineData("[a](data:text/html,x)", "<p>a</p>")]
    [InlineData("[a](vbscript:x)", "<p>a</p>")]
    [InlineData("[a](java&#10;script:x)", "<p>a</p>")]
    [InlineData("[a](&#1;javascript:x)", "<p>a</p>")]
    [InlineData("[a](//example.org)", "<p>a</p>")]
    [InlineData("[a](https://example.org/x.ipynb)", "<p><a href=\"https://example.org/x.ipynb\">a</a></p>")]
    [InlineData("[a](02-x.ipynb#why)", "<p><a href=\"02-x.html#why\">a</a></p>")]
    [InlineData("[a](02-x.dib)", "<p><a href=\"02-x.html\">a</a></p>")]
    [InlineData("[a](#why)", "<p><a href=\"#why\">a</a></p>")]
    [InlineData("<me@example.org>", "<p><a href=\"mailto:me@example.org\">me@example.org</a></p>")]
    public void Links_only_lead_somewhere(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Fact]
    public void Formulas_carry_MathML_for_those_who_listen()
    {
        var html = Render("The rate $\\eta$, then\n\n$$\n\\frac{1}{2}\n$$");
        Assert.Equal(2, html.Split("<math").Length - 1);
        Assert.Equal(1, html.Split("katex-display").Length - 1);
    }

    [Fact]
    public void A_full_stop_stays_with_its_formula() => Assert.Matches("<span class=\"together\">.*</span>\\.</span></p>$", Render("at $t$."));

    [Fact]
    public void Dollars_of_money_are_not_formulas() => Assert.Equal("<p>It costs $5 or $6 a day.</p>", Render("It costs $5 or $6 a day."));

    [Fact]
    public void Braces_are_text() => Assert.Equal("<h1 id=\"a-b\">A {b}</h1>", Render("# A {b}"));

    [Fact]
    public void Bars_inside_formulas_do_not_split_cells() =>
        Assert.Equal(2, Render("| a | b |\n| --- | --- |\n| $|x|$ | y |").Split("<td>").Length - 1);

    [Fact]
    public void Tables_scroll_in_their_own_box() => Assert.StartsWith("<div class=\"scroll\"", Render("| a |\n| --- |\n| b |"));

    [Fact]
    public void Quotes_are_curled_in_text_but_not_in_code() =>
        Assert.Equal("<p>“x” <code>\"x\"</code></p>", Render("\"x\" `\"x\"`"));

    [Fact]
    public void Attachments_become_part_of_the_page() => Assert.Equal(
        "<p><img src=\"data:image/png;base64,iVBO\" alt=\"a dot\"></p>", Render("![a dot](attachment:dot.png)", ("dot.png", new("image/png", "iVBO"))));

    [Fact]
    public void Image_files_become_part_of_the_page()
    {
        var folder = Directory.CreateTempSubdirectory("anneal-").FullName;
        File.WriteAllText(Path.Combine(folder, "a.svg"), "<svg/>");
        Assert.Contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\"",
            MarkdownHtml.Render(new(Path.Combine(folder, "n.ipynb")), "![x](a.svg)", new Dictionary<string, Attachment>()));
    }

    [Theory]
    [InlineData("![x](attachment:none.png)", "not among the attachments")]
    [InlineData("![x](https://example.org/x.png)", "on the network")]
    [InlineData("![x](nowhere.png)", "no image nowhere.png beside")]
    [InlineData("![x](x.tiff)", "kind that browsers do not show")]
    public void An_image_that_cannot_be_part_of_the_page_is_refused(string markdown, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookException>(() => Render(markdown)).Message);
}
