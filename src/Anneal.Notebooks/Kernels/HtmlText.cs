namespace Anneal.Notebooks;

/// <summary>Text that is shown as HTML; every other string is shown as text.</summary>
public sealed record HtmlText(string Content)
{
    /// <summary>The HTML itself.</summary>
    public override string ToString() => Content;
}
