using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Browser.Tests;

/// <summary>
/// What a notebook puts out stays in its place: no script, no request, no navigation, and the cells after it are whole. The vectors lie in tests/vectors.
/// The page's own policy would stop most of this too, so each vector is also tried on a page without one.
/// </summary>
public partial class BoundaryTests(Browser browser)
{
    /// <summary>Kinds of vectors, one test each; a page of its own for every vector is what takes the time.</summary>
    public static TheoryData<string> Kinds => [.. Vectors.Html.Select(vector => vector.Kind).Distinct()];

    /// <summary>Counts what the policy stopped and what ran in spite of it; the vectors' scripts change the title.</summary>
    const string Watch = """
        window.seen = [];
        document.addEventListener("securitypolicyviolation", e => seen.push(`${e.violatedDirective} ${e.blockedURI}`));
        window.alert = window.confirm = window.prompt = () => { seen.push("a dialog"); };
        """;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_vector_alone_on_a_page_without_policy(string kind)
    {
        await using var tab = await browser.Tab(Watch);
        foreach (var vector in Vectors.Html.Where(vector => vector.Kind == kind))
            await IsHarmless(tab, WithoutPolicy().Replace(PageOf([vector]), ""), 1, vector.Html);
    }

    [Fact]
    public async Task All_vectors_together_on_a_page_as_it_is_written()
    {
        await using var tab = await browser.Tab(Watch);
        await IsHarmless(tab, PageOf(Vectors.Html), Vectors.Html.Count, "all vectors");
    }

    [Fact]
    public async Task Other_outputs_cannot_break_out_either()
    {
        await using var tab = await browser.Tab(Watch);
        foreach (var (mime, content) in OtherOutputs)
        {
            var run = SampleRun.Of("other", [SampleRun.Text("# Page"), SampleRun.Code("csharp", "x", [SampleRun.Shown(mime, content)]), .. After]);
            await IsHarmless(tab, WithoutPolicy().Replace(Page.Render(run, new()), ""), 0, $"{mime}: {content}");
        }
    }

    /// <summary>Without the sanitizer each kind of damage is seen: what the other tests find none of can be found.</summary>
    [Theory]
    [InlineData("<script>document.title='ran'</script>", "title")]
    [InlineData("<img src='data:,' onerror=\"document.title='ran'\">", "title")]
    [InlineData("<img src=https://example.org/x.png>", "requests")]
    [InlineData("<p style='background:url(https://example.org/x.png)'>x</p>", "requests")]
    [InlineData("<iframe srcdoc=x></iframe>", "frames")]
    [InlineData("<base href=https://example.org/>", "base")]
    [InlineData("<meta name=x>", "strangers")]
    [InlineData("<a href=javascript:x>x</a>", "links")]
    [InlineData("<img name=getElementById>", "functions")]
    [InlineData("<p id=theme>x</p><script>document.querySelector('header.bar').remove()</script>", "bar")]
    [InlineData("<div style='position:fixed;inset:0;z-index:9'></div>", "reachable")]
    [InlineData("<style>main{display:none}</style>", "visible")]
    [InlineData("<plaintext>", "later")]
    [InlineData("</div></div></div>", "cells")]
    [InlineData("<script>alert(1)</script>", "seen")]
    public async Task What_these_tests_look_for_is_found_without_the_sanitizer(string html, string fault)
    {
        await using var tab = await browser.Tab(Watch);
        const string place = "the place of the vector";
        var page = WithoutPolicy().Replace(PageOf([new("", place)]), "");
        var (faults, report) = await Faults(tab, page.Replace(place, html), 1);
        Assert.True(faults.Contains(fault), $"{string.Join(", ", faults)}: {report}");
    }

    [Fact]
    public async Task A_page_that_goes_elsewhere_by_itself_is_noticed()
    {
        await using var tab = await browser.Tab(Watch);
        await tab.Open(WithoutPolicy().Replace(PageOf([]), "").Replace("<main", "<meta http-equiv=refresh content='0;url=about:blank'><main"));
        var patience = Stopwatch.StartNew();
        while (tab.Navigations < 2 && patience.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(tab.Navigations > 1);
    }

    static readonly (string Mime, string Content)[] OtherOutputs =
    [
        ("image/png", "\"><script>document.title='ran'</script>"),
        ("image/png", "AAAA\" onerror=\"document.title='ran'"),
        ("image/jpeg", "x' onerror='document.title=1"),
        ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'><script>document.title=1</script><image href='https://example.org/x.png'/></svg>"),
        ("image/svg+xml", "\"><script>document.title='ran'</script>"),
        ("text/plain", "</pre><script>document.title='ran'</script>"),
        ("application/json", "{\"a\": \"</pre><script>document.title='ran'</script>\"}"),
        ("text/latex", @"\href{javascript:alert(1)}{x}"),
        ("text/latex", @"\text{</span><script>document.title=1</script>}"),
        ("text/latex", @"\includegraphics{https://example.org/x.png}"),
        ("text/latex", @"\htmlStyle{position:fixed;inset:0;background:red}{x}"),
        ("application/x</pre><script>document.title='ran'</script>", "x"),
        ("application/vnd.plotly.v1+json", """{"data":[{"y":[1,2],"name":"</script><script>document.title='ran'</script><img src=x onerror=document.title=1>","text":["<a href='javascript:alert(1)'>x</a>","y"],"mode":"text"}],"layout":{"title":{"text":"<img src=x onerror=document.title=1>"}}}"""),
        ("application/vnd.plotly.v1+json", """{"data":[{"y":[1,2]}],"layout":{"images":[{"source":"https://example.org/x.png","x":0,"y":1,"sizex":1,"sizey":1}]}}"""),
        ("application/vnd.plotly.v1+json", """{"data":[{"type":"image","source":"https://example.org/x.png"}],"layout":{}}"""),
        ("application/vnd.plotly.v1+json", """{"data":[{"y":[1,2]}],"layout":{"height":"1px;position:fixed","annotations":[{"text":"<a href=\"javascript:alert(1)\">x</a><span style=\"position:fixed;background:url(https://example.org/x.png)\">y</span><span style='background:&#117;rl(https://example.org/y.png)'>z</span><span style='background:u\\72l(https://example.org/z.png)'>z</span>","x":0,"y":1}],"updatemenus":[{"buttons":[{"label":"<img src=x onerror=document.title=1>","method":"constructor","args":["document.title=1"]}]}]}}"""),
        ("application/vnd.plotly.v1+json", """{"data":[{"y":[1,2],"hovertemplate":"<a href='javascript:alert(1)'>x</a>"}],"layout":{"sliders":"x","annotations":{"length":-1}},"config":{"plotlyServerURL":"https://example.org","showSendToCloud":true,"topojsonURL":"https://example.org"},"frames":{}}"""),
    ];

    static CellRun[] After => [SampleRun.Text("## Later\n\nThe later text with $x^2$."), SampleRun.Code("csharp", "\"later\"", [SampleRun.Shown("text/plain", "the later output")])];

    /// <summary>Each vector as an output of both kinds that hold HTML and as text of the notebook, then two cells more.</summary>
    static string PageOf(IReadOnlyList<Vector> vectors) => Page.Render(SampleRun.Of("boundary",
    [
        SampleRun.Text("# Page"),
        .. vectors.SelectMany(vector => (CellRun[])
        [
            SampleRun.Code("csharp", "x", [SampleRun.Shown("text/html", vector.Html), SampleRun.Shown("text/markdown", vector.Html)]),
            SampleRun.Text(vector.Html),
        ]),
        .. After,
    ]), new() { Index = new("All", "index.html") });

    static async Task IsHarmless(OpenPage tab, string html, int vectors, string what)
    {
        var (faults, report) = await Faults(tab, html, vectors);
        Assert.True(faults.Count == 0, $"{string.Join(", ", faults)}: {what}: {report}");
    }

    static async Task<(IReadOnlyList<string> Faults, string Report)> Faults(OpenPage tab, string html, int vectors)
    {
        await tab.Show(html);
        var report = await tab.Page.EvaluateAsync<JsonElement>("""
            () => {
                const main = Document.prototype.querySelector.call(document, "main"), cells = [...main.children];
                // Below the last cell a page with answer boxes has a button of its own.
                if (cells.at(-1).matches("button.reset-all"))
                    cells.pop();
                const [text, code] = cells.slice(-2);
                text.scrollIntoView({ behavior: "instant", block: "center" });
                const box = (text.querySelector("h2") ?? text).getBoundingClientRect();
                const hit = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
                const bar = (document.querySelector("header.bar") ?? main).getBoundingClientRect();
                const onBar = document.elementFromPoint(bar.left + 5, bar.top + bar.height / 2);
                const own = ["getElementById", "querySelector", "querySelectorAll", "createElement", "addEventListener", "dispatchEvent", "execCommand"];
                return {
                    title: document.title, seen, cells: cells.length,
                    later: text.innerText.includes("The later text") && code.innerText.includes("the later output"),
                    visible: text.checkVisibility() && text.getBoundingClientRect().height > 20 && text.querySelector(".katex") !== null,
                    reachable: text.contains(hit), bar: onBar?.closest("header.bar") !== null,
                    functions: own.every(name => typeof document[name] === "function" && document[name] === Document.prototype[name] || document[name] === EventTarget.prototype[name])
                        && document.body === document.querySelector("html > body") && document.documentElement.localName === "html",
                    base: document.baseURI === location.href, frames: frames.length,
                    theme: Document.prototype.getElementById.call(document, "theme")?.textContent.startsWith("Theme:") === true,
                    strangers: [...document.querySelectorAll("main :is(script:not([type='application/json']), iframe, object, embed, link, meta, base, style:not(.plot *), template, form:not(.answers), [name]:not(.plot *), main)")].map(e => e.outerHTML),
                    links: [...document.querySelectorAll("main a[href], main area, main svg a")].map(a => a.protocol ?? a.href.baseVal).filter(p => !["http:", "https:", "mailto:", "file:", ""].includes(p)),
                };
            }
            """);
        List<string> faults = [];
        void Expect(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
        // 1 for the title, 2 for each vector, 1 for another output, 2 that come after.
        Expect(report.GetProperty("cells").GetInt32() == (vectors == 0 ? 4 : 1 + 2 * vectors + 2), "cells");
        Expect(report.GetProperty("title").GetString() == "Page · Anneal", "title");
        foreach (var must in (string[])["later", "visible", "reachable", "bar", "functions", "base", "theme"])
            Expect(report.GetProperty(must).GetBoolean(), must);
        foreach (var none in (string[])["seen", "strangers", "links"])
            Expect(report.GetProperty(none).GetArrayLength() == 0, none);
        Expect(report.GetProperty("frames").GetInt32() == 0, "frames");
        Expect(tab.Messages.Count == 0, "messages");
        Expect(tab.Requests.All(url => url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url == tab.Page.Url), "requests");
        Expect(tab.Navigations == 1, "navigations");
        return (faults, $"{report} {string.Join(' ', tab.Messages)} {string.Join(' ', tab.Requests)} {tab.Navigations}");
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex WithoutPolicy();
}
