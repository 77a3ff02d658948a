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

    [Theory]
    [InlineData("""{"data": [], "layout": {"meta": {"live": "{}"}}}""", true)]
    [InlineData("""{"data": [], "layout": {}}""", false)]
    public void A_page_carries_what_computes_its_charts_if_one_asks_for_it(string chart, bool carries)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "cGFja2Vk");
        string page = Page.Render(SampleRun.Of("a", [SampleRun.Code("csharp", "x", [SampleRun.Shown("application/vnd.plotly.v1+json", chart)])]), Settings with { Library = new("library", "/* starts it */", file) });
        File.Delete(file);
        Assert.Equal(carries, page.Contains("<script type=\"text/plain\" id=\"library\">cGFja2Vk</script>", StringComparison.Ordinal));
        Assert.Equal(carries, page.Contains("<script>/* starts it */</script>", StringComparison.Ordinal));
        Assert.Equal(carries, page.Contains("'wasm-unsafe-eval' blob:;", StringComparison.Ordinal));
        Assert.Equal(carries, page.Contains("function knobs(", StringComparison.Ordinal));
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
    public void Code_is_folded_to_a_line_below_what_it_shows()
    {
        Assert.Equal(Document.QuerySelectorAll("details.source").Length, Document.QuerySelectorAll("details.source:not([open])").Length);
        Assert.Equal(["outputs", "under"], Document.QuerySelector("#cell-5")!.Children.Select(c => c.ClassName));
        Assert.Equal("Show the code F#", Document.QuerySelector("#cell-5 summary:not(figure summary)")!.TextContent);
    }

    [Fact]
    public void Code_that_is_worth_reading_stands_open_before_its_output()
    {
        var page = Of(SampleRun.Text("# T"), SampleRun.Code("csharp", "1 + 1", [new StreamText(false, "2\n")], "read"));
        Assert.Equal(["source read", "outputs"], page.QuerySelector("#cell-2")!.Children.Select(c => c.ClassName));
        Assert.True(page.QuerySelector("details.source")!.HasAttribute("open"));
    }

    [Fact]
    public void Neighbouring_checks_fold_to_one_line_below_the_picture_they_are_about()
    {
        var page = Of(
            SampleRun.Text("# T"),
            SampleRun.Code("csharp", "picture", [new StreamText(false, "a picture\n✓ zero\n")]),
            SampleRun.Code("csharp", "check 1", [new StreamText(false, "✓ one: 1\n✓ "), new StreamText(false, "two\n")]),
            SampleRun.Code("fsharp", "#!fsharp\ncheck 2", [new StreamText(false, "✓ three <3>\n")]),
            SampleRun.Text("Text."),
            SampleRun.Code("csharp", "check 3", [new StreamText(false, "✓ four\n")]));
        Assert.Equal(["✓ 4 claims checked", "✓ 1 claim checked"], page.QuerySelectorAll(".claims > summary").Select(s => s.TextContent));
        Assert.Equal(["zero", "one: 1", "two", "three <3>"], page.QuerySelectorAll("#cell-2 .claims li").Select(li => li.TextContent));
        Assert.Equal("a picture", page.QuerySelector("#cell-2 .stream pre")!.TextContent);
        Assert.Equal(["check 1", "check 2"], page.QuerySelectorAll("#cell-2 .claims pre").Select(pre => pre.TextContent));
        Assert.All([3, 4, 6], number => Assert.Single(page.QuerySelectorAll($"#cell-{number}")));
    }

    [Fact]
    public void A_cell_that_prints_more_than_its_claims_keeps_the_rest() =>
        Assert.Equal("one\n  two", Of(SampleRun.Text("# T"), SampleRun.Code("csharp", "x", [new StreamText(false, "one\n✓ a\n  two\n")])).QuerySelector(".stream pre")!.TextContent);

    [Fact]
    public void The_line_that_tells_Jupyter_the_language_is_not_shown()
    {
        var page = Of(SampleRun.Text("# T"), SampleRun.Code("fsharp", "#!fsharp\n\nlet x = 1", []), SampleRun.Code("fsharp", "#!share --from csharp x\nx", []));
        Assert.Equal(["let x = 1", "#!share --from csharp x\nx"], page.QuerySelectorAll("pre.code").Select(pre => pre.TextContent));
    }

    [Fact]
    public void An_exercise_with_an_answer_box_shows_neither_stub_nor_check()
    {
        var exercise = Document.QuerySelector(".cell.exercise")!;
        Assert.Single(exercise.QuerySelectorAll(".answer-box[data-answer]"));
        Assert.Empty(exercise.QuerySelectorAll("pre"));
        Assert.All([9, 10], number => Assert.Single(Document.QuerySelectorAll($"#cell-{number}")));
    }

    [Fact]
    public void A_coding_exercise_shows_its_stub_how_to_run_it_and_its_box_but_no_check()
    {
        var page = Of(
            SampleRun.Text("# T"),
            SampleRun.Code("csharp", "double[] Mine(double[] g) => throw new NotImplementedException();", [], "exercise", "coding"),
            SampleRun.Code("csharp", "Some.Exercise.Check(Mine)", [SampleRun.Shown("text/html", "<div class=\"exercise\"><div class=\"answer-box\" data-program=\"{}\">Write it.</div></div>")], "check"));
        var exercise = page.QuerySelector(".cell.exercise")!;
        Assert.StartsWith("double[] Mine", exercise.QuerySelector("details.source[open] pre")!.TextContent);
        Assert.Contains("test.ipynb", exercise.QuerySelector("details.how")!.TextContent);
        Assert.Single(exercise.QuerySelectorAll(".answer-box[data-program]"));
        Assert.DoesNotContain("Some.Exercise", exercise.TextContent);
    }

    [Fact]
    public void The_set_up_comes_last() =>
        Assert.Equal(("cell-2", "cell-1"), (Document.QuerySelector("main > .cell")!.Id, Document.QuerySelectorAll("main > .cell").Last().Id));

    static readonly PageSettings InCourse = new()
    {
        Number = "02",
        Parts = [new("I First", [new("01", "One", "01.html"), new("02", "Two", "02.html")]), new("II Then", [new("03", "Three", null)])],
        Signs = [new("\\eta", "learning rate", "notation.html#sign-1")],
    };

    static IHtmlDocument Of(params CellRun[] cells) => new HtmlParser().ParseDocument(Page.Render(SampleRun.Of("test", cells), Settings));

    static IHtmlDocument Said(string markdown) => new HtmlParser().ParseDocument(Page.Render(SampleRun.Of("test", [SampleRun.Text("# T\n\n" + markdown)]), InCourse));

    [Fact]
    public void A_lesson_has_its_number_in_its_title()
    {
        var page = Said("Text.");
        Assert.Equal("02 T", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("02 T · Anneal", page.Title);
    }

    [Fact]
    public void Every_page_lists_all_lessons_by_part_and_says_which_are_planned()
    {
        var list = Said("Text.").QuerySelector("header .lessons nav")!;
        Assert.Equal(["I First", "II Then"], list.QuerySelectorAll("p").Select(p => p.TextContent));
        Assert.Equal(["01.html", "02.html"], list.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("page", list.QuerySelector("a[href='02.html']")!.GetAttribute("aria-current"));
        Assert.Equal("03 Three planned", list.QuerySelector("li.planned")!.TextContent);
    }

    [Theory]
    [InlineData("As lesson 01 says.", "<a href=\"01.html\" title=\"One\">lesson 01</a>")]
    [InlineData("Lessons 01 and 03.", "<a href=\"01.html\" title=\"One\">Lessons 01</a> and <span class=\"planned\" title=\"Three\">03 (planned)</span>")]
    [InlineData("Here, in lesson 02.", "in lesson 02.")]
    [InlineData("No lesson 77, and no 01.", "No lesson 77, and no 01.")]
    [InlineData("[lesson 01](elsewhere.html)", "<a href=\"elsewhere.html\">lesson 01</a>")]
    public void Lessons_that_are_named_are_linked(string markdown, string html) => Assert.Contains(html, Said(markdown).QuerySelector("main")!.InnerHtml);

    [Fact]
    public void A_sign_leads_to_the_notation_the_first_time_that_it_stands_alone()
    {
        var page = Said("With $x + \\eta$ or $\\eta$, and $\\eta$ again.");
        var sign = Assert.Single(page.QuerySelectorAll("main a"));
        Assert.Equal(("notation.html#sign-1", "learning rate"), (sign.GetAttribute("href"), sign.GetAttribute("title")));
    }

    [Fact]
    public void Sections_are_known_before_the_page_is_made()
    {
        var sections = PageSections.Of(SampleRun.Lesson.Notebook);
        Assert.Null(sections[0]);
        Assert.Equal(new PageSection("What does the formula say?", "what-does-the-formula-say"), sections[2]);
        Assert.All(sections.OfType<PageSection>(), section => Assert.Single(Document.QuerySelectorAll($"#{section.Fragment}")));
    }

    [Fact]
    public void Rows_of_a_text_can_be_led_to()
    {
        var page = new HtmlParser().ParseDocument(Page.Document("Notation", "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |", Settings, ["one", "two"]));
        Assert.Equal("34", page.QuerySelector("#two")!.TextContent.Replace("\n", ""));
    }

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
