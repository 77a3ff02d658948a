using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Anneal.Notebooks;

/// <summary>Code in text, highlighted where its fence names a language.</summary>
sealed class PageCodeRenderer(Islands islands) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block) =>
        renderer.Write(islands.Mark($"""<div class="source">{CodeHtml.Block((block as FencedCodeBlock)?.Info ?? "", block.Lines.ToString())}</div>""")).WriteLine();
}

/// <summary>Code in a box of its own.</summary>
static class CodeHtml
{
    public static string Block(string language, string code) => $"""<pre class="code"><code>{Highlighter.ToHtml(language, code)}</code></pre>""";
}
