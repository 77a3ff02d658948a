namespace Anneal.Lessons;

/// <summary>Something that shows itself in a notebook as HTML, or as plain text where the host has no HTML.</summary>
/// <remarks>A class that implements it also carries <c>[TypeFormatterSource(typeof(HtmlFormatters))]</c>: hosts look at the class alone.</remarks>
public interface IHtml
{
    /// <summary>A fragment of HTML, complete and escaped.</summary>
    string ToHtml();
}

/// <summary>Makes the formatters that hosts ask for.</summary>
public sealed class HtmlFormatters
{
    /// <summary>One formatter per MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new ShownFormatter<IHtml>("text/html", x => x.ToHtml()), new ShownFormatter<IHtml>("text/plain", x => x.ToString()!)];
}
