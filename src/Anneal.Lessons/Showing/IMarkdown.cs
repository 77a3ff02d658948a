namespace Anneal.Lessons;

/// <summary>Something that shows itself in a notebook as Markdown, formulas included.</summary>
/// <remarks>A class that implements it also carries <c>[TypeFormatterSource(typeof(MarkdownFormatters), PreferredMimeTypes = ["text/markdown"])]</c>.</remarks>
public interface IMarkdown
{
    /// <summary>The Markdown.</summary>
    string ToMarkdown();
}

/// <summary>Makes the formatters that hosts ask for.</summary>
public sealed class MarkdownFormatters
{
    /// <summary>One formatter per MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new ShownFormatter<IMarkdown>("text/markdown", x => x.ToMarkdown()), new ShownFormatter<IMarkdown>("text/plain", x => x.ToMarkdown())];
}
