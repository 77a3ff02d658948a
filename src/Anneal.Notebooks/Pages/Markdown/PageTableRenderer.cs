using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Anneal.Notebooks;

/// <summary>Tables in a box that scrolls, so that a wide one does not widen the page.</summary>
sealed class PageTableRenderer : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("""<div class="scroll" role="group" aria-label="Table">""");
        base.Write(renderer, table);
        renderer.Write("</div>").WriteLine();
    }
}
