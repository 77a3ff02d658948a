namespace Anneal.Notebooks;

/// <summary>Shows any value as text and, where it has structure, as HTML.</summary>
internal static class ValueFormatter
{
    /// <summary>The outputs that show a value: one, or for a list of charts one each.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Forms(object? value, string[] mimeTypes, Type? declared = null)
    {
        if (mimeTypes.Length > 0)
            return [mimeTypes.ToDictionary(m => m, _ => value?.ToString() ?? "null")];
        if (value is HtmlText html)
            return [new Dictionary<string, string> { ["text/html"] = html.Content }];
        return [new Dictionary<string, string> { ["text/plain"] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null" }];
    }
}
