using System.Collections;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Shows any value as text and, where it has structure, as HTML.</summary>
internal static class ValueFormatter
{
    /// <summary>The outputs that show a value: one, or for a list of charts one for each.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The forms wanted; none means all it has.</param>
    /// <param name="declared">The type it was declared with.</param>
    /// <param name="forPage">Whether the forms are for a page of this engine.</param>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Forms(object? value, string[] mimeTypes, Type? declared = null, bool forPage = true)
    {
        if (mimeTypes.Length == 0 && value is not null && RegisteredFormatters.Preferred(value.GetType()) is { } preferred)
            mimeTypes = preferred;
        if (mimeTypes.Length > 0)
            return [mimeTypes.Distinct().ToDictionary(mime => mime, mime => As(value, mime))];
        if (value is IList list and not Array { Rank: > 1 } && list.Count > 0 && list.Count <= Shapes.Shown && list.Cast<object?>().All(SelfShown.Knows))
            return [.. list.Cast<object>().Select(item => All(item, null, forPage))];
        return [All(value, declared, forPage)];
    }

    static IReadOnlyDictionary<string, string> All(object? value, Type? declared, bool forPage)
    {
        if (value is HtmlText html)
            return new Dictionary<string, string> { ["text/html"] = html.Content };
        if (value is not null && (forPage ? SelfShown.ForPage(value) : SelfShown.Of(value)) is { } own)
            return own;
        var shape = Shapes.Of(value, declared);
        var forms = new Dictionary<string, string> { ["text/plain"] = PlainText.Of(value, shape) };
        if (HtmlTable.Of(shape) is { } table)
            forms["text/html"] = table;
        return forms;
    }

    static string As(object? value, string mime)
    {
        if (value is string text && !SelfShown.Knows(text))
            return text;
        if (value is HtmlText html)
            return html.Content;
        if (value is byte[] bytes && mime.StartsWith("image/", StringComparison.Ordinal))
            return Convert.ToBase64String(bytes);
        if (value is not null && SelfShown.Of(value)?.GetValueOrDefault(mime) is { } own)
            return own;
        var shape = Shapes.Of(value);
        return mime switch
        {
            "application/json" => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object)),
            "text/html" => HtmlTable.Of(shape) ?? $"<pre>{System.Net.WebUtility.HtmlEncode(PlainText.Of(value, shape))}</pre>",
            _ => PlainText.Of(value, shape),
        };
    }
}
