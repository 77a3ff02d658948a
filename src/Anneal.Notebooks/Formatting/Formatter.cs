using System.Globalization;
using Anneal.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Decides how values of a type are shown; the names are those of the original kernel, so that notebooks written for it find them.</summary>
public static class Formatter
{
    /// <summary>The MIME type of values for which nothing else was said.</summary>
    public const string DefaultMimeType = "text/html";

    /// <summary>Shows values of a type by a function that writes them.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain") =>
        RegisteredFormatters.Add(typeof(T), mimeType, (value, writer) => formatter((T)value, writer));

    /// <summary>Shows values of a type by a function that makes a text of them.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain") =>
        RegisteredFormatters.Add(typeof(T), mimeType, (value, writer) => writer.Write(formatter((T)value)));

    /// <summary>Shows values of a type, which may be a generic type without its arguments, by a function that writes them.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain") =>
        RegisteredFormatters.Add(type, mimeType, formatter);

    /// <summary>The same as <see cref="Register{T}(Action{T, TextWriter}, string)"/>, under its old name.</summary>
    public static void Set<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain") => Register(formatter, mimeType);

    /// <summary>The same as <see cref="Register{T}(Func{T, string}, string)"/>, under its old name.</summary>
    public static void Set<T>(Func<T, string> formatter, string mimeType = "text/plain") => Register(formatter, mimeType);

    /// <summary>Says in which MIME types values of a type are shown.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) => RegisteredFormatters.Prefer(type, preferredMimeTypes);

    /// <summary>Says in which MIME type values of a type are shown.</summary>
    public static void SetPreferredMimeTypeFor(Type type, string preferredMimeType) => RegisteredFormatters.Prefer(type, [preferredMimeType]);

    /// <summary>The MIME types that <see cref="SetPreferredMimeTypesFor"/> has set, or the usual one.</summary>
    public static IReadOnlyList<string> GetPreferredMimeTypesFor(Type type) => RegisteredFormatters.Preferred(type) ?? [DefaultMimeType];

    /// <summary>How many items of a sequence are shown; 20 unless set.</summary>
    public static int ListExpansionLimit
    {
        get => Shapes.Shown;
        set => Shapes.Shown = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "ListExpansionLimit must be at least 1.");
    }

    /// <summary>How many structures inside structures are followed in text; at most 4, however much more is asked for.</summary>
    public static int RecursionLimit
    {
        get => PlainText.Depth;
        set => PlainText.Depth = value;
    }

    /// <summary>Forgets everything that was registered, preferred or limited.</summary>
    public static void ResetToDefault()
    {
        RegisteredFormatters.Clear();
        (Shapes.Shown, PlainText.Depth) = (Shapes.UsuallyShown, PlainText.UsualDepth);
    }

    /// <summary>Forgets everything that was registered or preferred.</summary>
    public static void Reset() => ResetToDefault();

    /// <summary>A value as text in a MIME type.</summary>
    public static string ToDisplayString(this object? value, string mimeType = "text/plain") =>
        ValueFormatter.Forms(value, [mimeType]).Single()[mimeType];

    /// <summary>Writes a value as plain text.</summary>
    public static void FormatTo<T>(this T value, TextWriter writer, string mimeType = "text/plain") =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{ToDisplayString(value, mimeType)}"));
}
