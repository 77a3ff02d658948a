using System.Buffers.Text;

namespace Anneal.Notebooks;

/// <summary>Which addresses a page may hold.</summary>
static class Addresses
{
    static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" };

    static readonly string[] Images = ["png", "jpeg", "gif", "webp", "avif", "bmp", "svg+xml"];

    /// <summary>The address as a browser reads it: tabs and line breaks count for nothing, nor do blanks and control characters around it.</summary>
    public static string Plain(string address) =>
        string.Concat(address.Where(c => c is not ('\t' or '\n' or '\r'))).Trim([.. Enumerable.Range(0, 0x21).Select(c => (char)c)]);

    /// <summary>True for a link that only leads somewhere: the web, mail, or a file or heading beside this one. No script, no data, no other machine's files.</summary>
    public static bool IsLink(string address) => Scheme(Plain(address)) is var scheme && (scheme is null ? !NamesHost(Plain(address)) : Schemes.Contains(scheme));

    /// <summary>True for an address below the page's own folder or on its own machine.</summary>
    public static bool IsRelative(string address) => Scheme(Plain(address)) is null && !NamesHost(Plain(address));

    /// <summary>True for an image that the address itself holds.</summary>
    public static bool IsImage(string address)
    {
        const string start = "data:image/", base64 = ";base64";
        var plain = Plain(address);
        int comma = plain.IndexOf(',');
        if (comma < 0 || !plain.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            return false;
        var kind = plain[start.Length..comma];
        return Images.Contains(kind.Split(';')[0], StringComparer.OrdinalIgnoreCase)
            && (!kind.EndsWith(base64, StringComparison.OrdinalIgnoreCase) || Base64.IsValid(plain.AsSpan(comma + 1)));
    }

    /// <summary>What stands before the first colon, unless the colon belongs to a path, a query or a fragment.</summary>
    static string? Scheme(string plain) => plain.IndexOfAny([':', '/', '\\', '?', '#']) is >= 0 and var at && plain[at] == ':' ? plain[..at] : null;

    /// <summary>Two slashes of either kind begin the name of a host.</summary>
    static bool NamesHost(string plain) => plain is ['/' or '\\', '/' or '\\', ..];
}
