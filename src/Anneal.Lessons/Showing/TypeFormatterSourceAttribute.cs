namespace Anneal.Lessons;

/// <summary>Says which class knows how to show values of the marked type.</summary>
/// <remarks>Notebook hosts look for an attribute of this name and shape, whoever defines it, so no host has to be referenced.</remarks>
/// <param name="formatterSourceType">A class with <c>IEnumerable&lt;object&gt; CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The forms to show first, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
