namespace Anneal.Lessons;

/// <summary>Writes values of one kind in one MIME type, in the shape that notebook hosts look for.</summary>
/// <param name="mimeType">The form this formatter writes.</param>
/// <param name="text">The value in that form.</param>
public sealed class ShownFormatter<T>(string mimeType, Func<T, string> text)
{
    /// <summary>The form this formatter writes.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the value; false where it is of another kind.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T shown)
            return false;
        writer.Write(text(shown));
        return true;
    }
}
