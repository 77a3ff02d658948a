using Jint;

namespace Anneal.Notebooks.Tests;

/// <summary>A reader's note as elements, in a JavaScript engine without a page: elements are written as name(children), attributes as [name=value].</summary>
public class MarkdownNotesTests
{
    static readonly Engine engine = new Engine().Execute("""
        const make = (name, properties, ...children) => ({ name, properties, children });
        const written = node => typeof node === "string" ? node
            : `<${node.name}${Object.entries(node.properties).filter(([key]) => key !== "textContent").map(([key, value]) => ` ${key}=${value}`).join("")}>${(node.properties.textContent ?? "") + node.children.map(written).join("")}</>`;
        """).Execute(Asset.Text("page/markdown.js"));

    static readonly Lock oneAtATime = new();

    static string Shown(string text)
    {
        lock (oneAtATime)
        {
            engine.SetValue("typed", text);
            return engine.Evaluate("markdown(typed).map(written).join('')").AsString();
        }
    }

    [Theory]
    [InlineData("one\ntwo\n\nthree", "<p>one<br></>two</><p>three</>")]
    [InlineData("# Big\ntext", "<p className=heading><strong>Big</></><p>text</>")]
    [InlineData("- a\n- b\n1. c", "<ul><li>a</><li>b</></><ol><li>c</></>")]
    [InlineData("- a\u2028- b\u2029c", "<ul><li>a</><li>b</></><p>c</>")]
    [InlineData("> said\n> so", "<blockquote><p>said<br></>so</></>")]
    [InlineData("a\n\n---\n\nb", "<p>a</><hr></><p>b</>")]
    [InlineData("```\n<b> *x*\n```\nafter", "<pre><code><b> *x*</></><p>after</>")]
    [InlineData("**bold *and* more** `c*d*` *it*", "<p><strong>bold <em>and</> more</> <code>c*d*</> <em>it</></>")]
    [InlineData("**bold** snake_case_name _soft_", "<p><strong>bold</> snake_case_name <em>soft</></>")]
    [InlineData(@"\*no\* 2 * 3 * 4", "<p>*no* 2 * 3 * 4</>")]
    [InlineData("[here](https://example.org/a_b)", "<p><a href=https://example.org/a_b rel=noreferrer>here</></>")]
    [InlineData("[bad](javascript:alert(1)) [data](data:text/html,x)", "<p>[bad](javascript:alert(1)) [data](data:text/html,x)</>")]
    [InlineData("<img src=x onerror=alert(1)>", "<p><img src=x onerror=alert(1)></>")]
    [InlineData("", "")]
    public void It_reads_as_markdown_and_html_stays_text(string text, string shown) => Assert.Equal(shown, Shown(text));

    [Fact]
    public void Long_and_hostile_texts_are_shown_soon()
    {
        foreach (string part in (string[])["*", "_", "[", "`", "> ", "**a", "[a](", "- ", "\\"])
            Assert.NotNull(Shown(string.Concat(Enumerable.Repeat(part, 3_000))));
    }
}
