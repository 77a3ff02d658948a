using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary><c>$$ … $$</c> on lines of its own.</summary>
sealed class FormulaBlockRenderer(PageState page, Islands islands) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock block) =>
        renderer.Write(islands.Mark($"""<div class="formula">{page.Formula(block.Lines.ToString(), display: true)}</div>""")).WriteLine();
}

/// <summary><c>$ … $</c>, and <c>$$ … $$</c> within a line.</summary>
sealed class FormulaInlineRenderer(PageState page, Islands islands) : HtmlObjectRenderer<MathInline>
{
    const int ShortFormula = 24;

    protected override void Write(HtmlRenderer renderer, MathInline formula)
    {
        bool display = formula.DelimiterCount == 2;
        var html = page.Formula(formula.Content.ToString(), display);
        if (!display && !Inlines.AreInLinkOrHeading(formula) && page.FirstUse(formula.Content.ToString()) is { } sign)
            html = $"""<a class="sign" href="{Html.Escape(sign.Href)}" title="{Html.Escape(sign.Meaning)}">{html}</a>""";
        html = islands.Mark(html);
        // Browsers may break a line after a formula, even before a full stop.
        if (!display && formula.Content.Length <= ShortFormula && formula.NextSibling is LiteralInline next && ".,;:!?)".Contains(next.Content.CurrentChar))
        {
            html = $"""<span class="together">{html}{next.Content.CurrentChar}</span>""";
            next.Content.SkipChar();
        }
        renderer.Write(html);
    }
}
