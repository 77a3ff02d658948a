using System.Net;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks.Tests;

public partial class HighlighterTests
{
    const string CSharp = """
        #!import "boot.dib"
        using System; // why
        var cosine = new CosineDecay(Peak: 0.1, Steps: 1_000);
        Console.WriteLine($"{cosine.At(3):G3} <b>");
        record Point(double X, double Y);
        /* two
           lines */
        """;

    const string FSharp = """
        #!share --from csharp x
        open System // why
        let rate (t: float) = 0.1 * cos t
        (* two
           lines *)
        printfn "%f <b>" (rate 3.0)
        """;

    [Theory, InlineData("csharp", CSharp), InlineData("fsharp", FSharp), InlineData("python", "x < 1")]
    [InlineData("csharp", "var = = \"unclosed"), InlineData("fsharp", "let \"unclosed (* "), InlineData("csharp", ""), InlineData("fsharp", "\n\n")]
    public void No_character_is_lost(string language, string code) =>
        Assert.Equal(code, WebUtility.HtmlDecode(Tag().Replace(Highlighter.ToHtml(language, code), "")));

    [Theory]
    [InlineData("<span class=\"d\">#!import &quot;boot.dib&quot;</span>")]
    [InlineData("<span class=\"k\">using</span> System")]
    [InlineData("<span class=\"c\">// why</span>")]
    [InlineData("<span class=\"k\">var</span> cosine")]
    [InlineData("<span class=\"t\">CosineDecay</span>(Peak: <span class=\"n\">0.1</span>")]
    [InlineData("<span class=\"t\">Console</span>.<span class=\"m\">WriteLine</span>")]
    [InlineData("<span class=\"k\">record</span> <span class=\"t\">Point</span>")]
    [InlineData("<span class=\"c\">/* two\n   lines */</span>")]
    public void CSharp_is_told_apart(string html) => Assert.Contains(html, Highlighter.ToHtml("csharp", CSharp));

    [Theory]
    [InlineData("<span class=\"d\">#!share --from csharp x</span>")]
    [InlineData("<span class=\"k\">open</span>")]
    [InlineData("<span class=\"k\">let</span> rate")]
    [InlineData("<span class=\"n\">0.1</span>")]
    public void FSharp_is_told_apart(string html) => Assert.Contains(html, Highlighter.ToHtml("fsharp", FSharp));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
