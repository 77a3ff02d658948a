using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Anneal.Notebooks.Tests;

public class PageTests
{
    static readonly PageSettings Settings = new()
    {
        Index = new("All lessons", "index.html"),
        Previous = new("Which shapes?", "06.html"),
        References = [new("Notation", "notation.html")],
    };

    static readonly string Lesson = Page.Render(SampleRun.Lesson, Settings);
    static readonly IHtmlDocument Document = new HtmlParser().ParseDocument(Lesson);

    [Fact]
    public void A_page_needs_nothing_but_itself()
    {
        var policy = Document.QuerySelector("meta[http-equiv]")!.GetAttribute("content")!;
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy);
        Assert.DoesNotContain("script-src 'unsafe", policy);
        Assert.Empty(Document.QuerySelectorAll("script[src], link[rel=stylesheet], img:not([src^='data:']), iframe"));
        Assert.DoesNotMatch(@"url\((?!data:)", Document.QuerySelector("style")!.TextContent);
        Assert.InRange(Lesson.Length, 100_000, 6_000_000);
    }

    [Fact]
    public void The_policy_allows_exactly_the_scripts_of_the_page()
    {
        var policy = Document.QuerySelector("meta[http-equiv]")!.GetAttribute("content")!;
        var scripts = Document.QuerySelectorAll("script:not([type])").Select(s => Asset.Hash(s.TextContent)).ToList();
        Assert.All(scripts, hash => Assert.Contains(hash, policy));
        Assert.Equal(scripts.Count, policy.Split("'sha256-").Length - 1);
    }

    [Fact]
    public void The_drawing_library_comes_once_and_only_with_a_chart()
    {
        Assert.Single(Document.QuerySelectorAll("script"), s => s.TextContent.StartsWith("/**\n* plotly.js (cartesian", StringComparison.Ordinal));
        Assert.DoesNotContain("plotly", Page.Render(SampleRun.Failing, Settings));
    }

    [Fact]
    public void Fonts_of_formulas_come_only_with_a_formula()
    {
        Assert.Contains("KaTeX_Main", Lesson);
        Assert.DoesNotContain("KaTeX_Main", Page.Render(SampleRun.Failing, Settings));
    }

    [Fact]
    public void The_page_has_a_language_a_title_and_landmarks()
    {
        Assert.Equal("en", Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Can you compute a schedule by hand? · Anneal", Document.Title);
        Assert.All(["header", "nav[aria-label='On this page']", "main", "footer", "a.skip[href='#main']"], s => Assert.Single(Document.QuerySelectorAll(s)));
    }

    [Fact]
    public void Headings_begin_with_one_title_and_skip_no_level()
    {
        var levels = Document.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(h => h.LocalName[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.DoesNotContain(1, levels.Skip(1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
    }

    [Fact]
    public void The_table_of_contents_leads_to_every_section()
    {
        var targets = Document.QuerySelectorAll(".contents a").Select(a => a.GetAttribute("href")![1..]).ToList();
        Assert.Equal(Document.QuerySelectorAll("main h2, main h3").Select(h => h.Id), targets);
    }

    [Fact]
    public void A_heading_that_is_a_link_has_one_entry_that_leads_to_the_heading()
    {
        var page = new HtmlParser().ParseDocument(Page.Document("Index", "## [One](01.html) $x$\n\n## Two", Settings));
        Assert.Equal(["#one-x", "#two"], page.QuerySelectorAll(".contents a").Select(a => a.GetAttribute("href")));
        Assert.Single(page.QuerySelectorAll(".contents .katex"));
    }

    [Fact]
    public void Links_to_notebooks_lead_to_their_pages() =>
        Assert.Single(Document.QuerySelectorAll("main a[href='06-schedule-gallery.html']"));

    [Fact]
    public void Text_output_is_shown_as_it_is_and_never_run()
    {
        Assert.Contains("<script>alert(1)</script>", Document.QuerySelector(".output.plain pre")!.TextContent);
        Assert.Equal("    0: 0.002\n 1250: 0.00172175\n 2500: 0.00105", Document.QuerySelector(".output.stream pre")!.TextContent);
    }

    [Fact]
    public void Cells_that_prepare_or_hide_are_folded() => Assert.Equal(
        ["#!import \"boot.dib\"", "table", "exercise.Judge(answer)"],
        Document.QuerySelectorAll("details.source:not([open]) pre").Select(pre => pre.TextContent));

    [Fact]
    public void The_title_comes_before_the_set_up() =>
        Assert.Equal(["cell-2", "cell-1", "cell-3"], Document.QuerySelectorAll("main > .cell").Take(3).Select(cell => cell.Id));

    [Fact]
    public void Solutions_stay_out_when_asked()
    {
        Assert.Single(Document.QuerySelectorAll(".solution details"));
        Assert.DoesNotContain("half of the way", Page.Render(SampleRun.Lesson, Settings with { Solutions = false }));
    }

    [Fact]
    public void A_failure_is_shown_where_it_happened()
    {
        var failure = new HtmlParser().ParseDocument(Page.Render(SampleRun.Failing, Settings)).QuerySelector("#cell-2 .failure")!;
        Assert.Contains("DivideByZeroException", failure.TextContent);
        Assert.Contains("line 2", failure.QuerySelector("pre")!.TextContent);
    }

    [Fact]
    public void An_empty_notebook_is_a_sensible_page() =>
        Assert.Contains("no cells yet", Page.Render(SampleRun.Of("empty", []), Settings));

    [Fact]
    public void A_bad_formula_is_refused_with_cell_and_formula()
    {
        var run = SampleRun.Of("bad", [SampleRun.Text("fine"), SampleRun.Text("so $\\frac{1$ not")]);
        var message = Assert.Throws<NotebookException>(() => Page.Render(run, Settings)).Message;
        Assert.Contains("bad.ipynb: Cell 2 of 2 (markdown): The formula \\frac{1 cannot be typeset.", message);
    }

    [Fact]
    public async Task Warming_up_leaves_faults_to_the_page() =>
        await Page.WarmUp(SampleRun.Of("bad", [SampleRun.Text("$\\frac{1$")]).Notebook);

    [Fact]
    public void A_document_takes_its_title_as_heading()
    {
        var page = new HtmlParser().ParseDocument(Page.Document("Notation", "| $\\eta$ | rate |\n| --- | --- |\n| a | b |", Settings));
        Assert.Equal("Notation", page.QuerySelector("h1")!.TextContent);
        Assert.Single(page.QuerySelectorAll("main table .katex"));
    }

    [Fact]
    public void The_same_run_gives_the_same_page() => Assert.Equal(Lesson, Page.Render(SampleRun.Lesson, Settings));
}
