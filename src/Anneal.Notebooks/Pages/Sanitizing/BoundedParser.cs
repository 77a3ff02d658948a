using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Anneal.Notebooks;

/// <summary>
/// A parser that gives up on HTML it would need long for: the time it takes grows with nesting and with the number of neighbours, and browsers
/// nest no deeper than 512 elements, beyond which they read a page differently.
/// </summary>
static class BoundedParser
{
    /// <summary>Elements inside one another.</summary>
    public const int MostNested = 256;

    /// <summary>Elements and pieces of text inside one element.</summary>
    public const int MostChildren = 20_000;

    /// <summary>Elements in all.</summary>
    public const int MostElements = 150_000;

    /// <summary>Refuses the one kind of element that the parser tells nobody about: those of a drawing or a formula that end where they begin.</summary>
    /// <exception cref="HtmlTooLargeException">There are too many.</exception>
    public static void Check(string html)
    {
        if (html.AsSpan().Count("/>") > MostChildren && (html.Contains("<svg", StringComparison.OrdinalIgnoreCase) || html.Contains("<math", StringComparison.OrdinalIgnoreCase)))
            throw new HtmlTooLargeException($"has more than {MostChildren:N0} elements side by side");
    }

    /// <exception cref="HtmlTooLargeException">While parsing: the text is beyond one of the limits.</exception>
    public static HtmlParser Create() => new(new()
    {
        MaximumDepth = int.MaxValue,
        IsNotSupportingFrames = true,
        SkipComments = true,
        OnCreated = new Watch().See,
    }, BrowsingContext.New(Configuration.Default.WithCss()));

    /// <summary>Looks at each element once the next one is created: only then does it have its place, and the copies that the parser makes of unclosed marks.</summary>
    sealed class Watch
    {
        IElement? last;
        int elements;

        public void See(IElement element, AngleSharp.Text.TextPosition place)
        {
            if (last is not null)
            {
                int depth = 0;
                for (INode? node = last; node is not null; node = node.Parent)
                    depth++;
                for (var copy = last.LastElementChild; copy is not null; copy = copy.LastElementChild)
                    (depth, elements) = (depth + 1, elements + 1);
                if (depth > MostNested)
                    throw new HtmlTooLargeException($"nests elements more than {MostNested} deep");
                if (last.Parent?.ChildNodes.Length > MostChildren)
                    throw new HtmlTooLargeException($"has more than {MostChildren:N0} elements side by side");
            }
            if (++elements > MostElements)
                throw new HtmlTooLargeException($"has more than {MostElements:N0} elements");
            last = element;
        }
    }
}

/// <summary>HTML is beyond what a page takes.</summary>
/// <param name="what">What there is too much of, to follow "The HTML of an output".</param>
sealed class HtmlTooLargeException(string what) : Exception(what);
