using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Anneal.Notebooks.Tests;

public class SanitizerTests
{
    static readonly HashSet<string> Elements = [.. AllowedHtml.Elements], Attributes = [.. AllowedHtml.Attributes];

    [Fact]
    public void There_are_many_vectors_of_every_kind()
    {
        Assert.True(Vectors.Html.Count >= 120);
        Assert.All(Vectors.Html.GroupBy(vector => vector.Kind), kind => Assert.True(kind.Count() >= 5, kind.Key));
    }

    [Fact]
    public void Of_every_vector_only_listed_HTML_is_left() => Assert.All(Vectors.Html, vector => IsListed(Sanitizer.Output(vector.Html)));

    [Fact]
    public void Vectors_in_markdown_leave_only_listed_HTML_and_what_the_page_makes_itself()
    {
        foreach (var vector in Vectors.Html)
            foreach (var markdown in (string[])[vector.Html, $"a {vector.Html.ReplaceLineEndings(" ")} b", $"<details>\n{vector.Html}\n\n# h\n"])
                IsListed(MarkdownHtml.Render(new("test.ipynb"), markdown, new Dictionary<string, Attachment>()), own: ["tabindex"]);
    }

    [Fact]
    public void Sanitizing_twice_is_sanitizing_once() => Assert.All(Vectors.Html, vector =>
    {
        var once = Sanitizer.Output(vector.Html);
        Assert.Equal(once, Sanitizer.Output(once));
    });

    /// <summary>Pieces of vectors cut and joined at random; on failure the seed and the text are shown.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_mixtures_of_vectors_leave_only_listed_HTML_and_settle(int seed)
    {
        const int mixtures = 500;
        Random random = new(seed);
        for (int i = 0; i < mixtures; i++)
        {
            var html = Mixture(random);
            try
            {
                var once = Sanitizer.Output(html);
                IsListed(once);
                Assert.Equal(once, Sanitizer.Output(once));
            }
            catch (Exception e) when (e is not HtmlTooLargeException)
            {
                throw new InvalidOperationException($"Seed {seed}, mixture {i}: {html}", e);
            }
        }
    }

    static string Mixture(Random random)
    {
        const string pieces = "<>\"'`/=& \n\t\0\u0001!-?;:()[]{}\\";
        string[] marks = ["<p>", "</p>", "<table>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<mtext>", "</math>", "<style>", "</style>", "<!--", "-->", "<a href=x>", "</a>", "<b>", "</b>", "<pre>\n", "<form>", "</form>", "<title>", "<![CDATA[", "]]>", "&lt;", "&#10;"];
        StringBuilder text = new();
        for (int part = random.Next(1, 4); part > 0; part--)
        {
            var html = Vectors.Html[random.Next(Vectors.Html.Count)].Html;
            int from = random.Next(3) == 0 ? random.Next(html.Length) : 0;
            text.Append(html[from..(random.Next(3) == 0 ? random.Next(from, html.Length) : html.Length)]);
        }
        for (int change = random.Next(6); change > 0; change--)
        {
            int at = random.Next(text.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(at, pieces[random.Next(pieces.Length)]);
                    break;
                case 1:
                    text.Insert(at, marks[random.Next(marks.Length)]);
                    break;
                case 2 when at < text.Length:
                    text.Remove(at, 1);
                    break;
            }
        }
        return text.ToString();
    }

    [Theory]
    [InlineData("<p style='color:red;position:fixed'>x</p>", "<p style=\"color: rgba(255, 0, 0, 1)\">x</p>")]
    [InlineData("<p id=main>x</p><a href='#main'>y</a>", "<p id=\"output-main\">x</p><a href=\"#output-main\">y</a>")]
    [InlineData("<form><p>kept</p></form><center>kept</center>", "<p>kept</p>kept")]
    [InlineData("<plaintext><b>kept", "<pre>&lt;b&gt;kept</pre>")]
    [InlineData("<p class='exercise bar' role=alert name=x>x</p>", "<p class=\"exercise\">x</p>")]
    [InlineData("a<script>b</script>c<style>d</style>e<math><mi>f</mi></math>g", "aceg")]
    public void What_is_harmless_stays(string html, string safe) => Assert.Equal(safe, Sanitizer.Output(html));

    [Fact]
    public void A_drawing_becomes_an_image_that_keeps_its_shapes_and_words()
    {
        var image = new HtmlParser().ParseDocument(Sanitizer.Output("<svg width=9 viewBox='0 0 9 9'><title>A &amp; b</title><path d='M0 0L9 9' onclick=x /><script>x</script></svg>")).QuerySelector("img")!;
        Assert.Equal("A & b", image.GetAttribute("alt"));
        var xml = Encoding.UTF8.GetString(Convert.FromBase64String(image.GetAttribute("src")!["data:image/svg+xml;base64,".Length..]));
        Assert.Equal("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" viewBox=\"0 0 9 9\"><title>A &amp; b</title><path d=\"M0 0L9 9\"></path></svg>", xml);
    }

    [Fact]
    public void Every_drawing_among_the_vectors_is_well_formed()
    {
        var drawings = Vectors.Html.SelectMany(vector => new HtmlParser().ParseDocument(Sanitizer.Output(vector.Html)).QuerySelectorAll("img[src^='data:image/svg+xml;base64,']")).ToList();
        Assert.True(drawings.Count > 20);
        foreach (var drawing in drawings)
            System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(drawing.GetAttribute("src")!["data:image/svg+xml;base64,".Length..])));
    }

    /// <summary>Most of these took minutes or gigabytes in a parser that does not give up. A number of pieces, the piece, and what there is too much of.</summary>
    public static TheoryData<int, string, string?> Large => new()
    {
        { 50_000, "<div/>", "256 deep" }, { 3_000_000, "<b>", "256 deep" }, { 3_000_000, "<p>", "20,000 elements side by side" }, { 100_000, "<math><mi>", "256 deep" },
        { 100_000, "<svg><td>", "256 deep" }, { 200_000, "<svg/>", "20,000 elements side by side" }, { 30_000, "<p><b>", "20,000 elements side by side" }, { 30_000, "<table>a", "20,000 elements side by side" },
        { 40_000, "<td><table>", "256 deep" }, { 9_000, "<script></script>", null }, { 1_000_000, "<", null }, { 1_000_000, "&", null }, { 10_000_000, "a", null },
        { 1_000_000, "<!--x-->", null }, { 30_000, "<td>x", null }, { 9_000, "<p><b>", null }, { 1_000_000, "</x>", null }, { 9_000, "<svg/>", null }, { 9_000, "<a href=x>", null },
        { 3_000, "<b style='color:red'>x</b>", null }, { 1_000_000, "<a b=\"", null }, { 9_000, "<table>a", null },
    };

    [Theory, MemberData(nameof(Large))]
    public void Large_HTML_is_cleaned_or_refused_in_seconds(int times, string piece, string? refused)
    {
        var html = new StringBuilder().Insert(0, piece, times).ToString();
        var watch = Stopwatch.StartNew();
        if (refused is null)
            Sanitizer.Output(html);
        else
            Assert.EndsWith("more than " + refused, Assert.Throws<HtmlTooLargeException>(() => Sanitizer.Output(html)).Message);
        TestContext.Current.TestOutputHelper?.WriteLine($"{times:N0} {piece}: {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{times} {piece}: {watch.Elapsed}");
    }

    static void IsListed(string html, params string[] own)
    {
        var document = new HtmlParser().ParseDocument($"<!doctype html><body><div>{html}</div>");
        Assert.Empty(document.Head!.Children);
        Assert.True(document.Body!.ChildNodes.Length == 1 && document.Body.FirstElementChild!.LocalName == "div", html);
        foreach (var element in document.Body.FirstElementChild!.QuerySelectorAll("*"))
        {
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            Assert.Contains(element.LocalName, Elements);
            foreach (var attribute in element.Attributes)
                Assert.True(Attributes.Contains(attribute.Name) || own.Contains(attribute.Name), html);
            if (element.GetAttribute("href") is { } link)
                Assert.True(element.LocalName == "a" && Addresses.IsLink(link), html);
            if (element.GetAttribute("src") is { } source)
                Assert.True(element.LocalName == "img" && Addresses.IsImage(source), html);
            if (element.GetAttribute("style") is { } style)
                Assert.DoesNotMatch(@"(?i)url|position|[\\<>@]|image-set|expression|var\(", style);
            if (own.Length == 0 && element.Id is { Length: > 0 } id)
                Assert.StartsWith("output-", id);
        }
    }
}

public class AddressesTests
{
    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("HTTP://example.org", true)]
    [InlineData("mailto:a@example.org", true)]
    [InlineData("02.html#cell-3", true)]
    [InlineData("a b?c:d", true)]
    [InlineData("./a:b", true)]
    [InlineData("#a:b", true)]
    [InlineData("", true)]
    [InlineData("/rooted", true)]
    [InlineData("javascript:x", false)]
    [InlineData("java\nscript:x", false)]
    [InlineData("\u0001 javascript:x", false)]
    [InlineData("jAvA\tsCript\r:x", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//host/x", false)]
    [InlineData("\\\\host\\x", false)]
    [InlineData("/\t/host", false)]
    [InlineData("file:///x", false)]
    [InlineData("c:\\x", false)]
    public void A_link_leads_somewhere_and_does_nothing(string address, bool isLink) => Assert.Equal(isLink, Addresses.IsLink(address));

    [Theory]
    [InlineData("data:image/png;base64,AAAA", true)]
    [InlineData("DATA:IMAGE/SVG+XML,<svg/>", true)]
    [InlineData("data:image/x;base64,AAAA", false)]
    [InlineData("data:image/png;base64,\">", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("https://example.org/x.png", false)]
    [InlineData("x.png", false)]
    public void An_image_is_held_by_its_address(string address, bool isImage) => Assert.Equal(isImage, Addresses.IsImage(address));
}
