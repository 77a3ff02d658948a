using System.Buffers.Text;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Images that are part of the page.</summary>
static class Images
{
    /// <summary>A <c>data:</c> address of content that is base64, or text for SVG; null for what is neither.</summary>
    public static string? DataAddress(string mimeType, string content)
    {
        bool isText = mimeType == "image/svg+xml" && content.AsSpan().TrimStart().StartsWith("<");
        return isText ? $"data:{mimeType};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}"
            : Base64.IsValid(content) ? $"data:{mimeType};base64,{string.Concat(content.Where(c => !char.IsWhiteSpace(c)))}"
            : null;
    }

    /// <summary>The type of an image file by its ending; null for others.</summary>
    public static string? MimeType(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
