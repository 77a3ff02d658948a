namespace Anneal.Notebooks;

/// <summary>What a cell can call without opening anything; the names are those of .NET Interactive.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value, in the given MIME types or in every form its formatter offers.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => CellOutput.Current.Display(value, mimeTypes);

    /// <summary>Shows a value, in the given MIME types or in every form its formatter offers.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => CellOutput.Current.Display(value, mimeTypes);

    /// <summary>Shows a text as what the MIME type says it is.</summary>
    public static DisplayedValue DisplayAs(this string text, string mimeType) => CellOutput.Current.Display(text, [mimeType]);

    /// <summary>Shows a sequence as a table, a row for each of its items, or in the given MIME types.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> items, params string[] mimeTypes) => mimeTypes is [] or ["text/html"]
        ? CellOutput.Current.Display(new HtmlText(HtmlTable.OfRows(Shapes.Of(items is string letters ? letters.ToCharArray() : items))), [])
        : CellOutput.Current.Display(items, mimeTypes);

    /// <summary>Text that is HTML and is shown as such.</summary>
    public static HtmlText HTML(string content) => new(content);
}
