using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Anneal.Notebooks;

/// <summary>Values whose type says how it shows itself, by an attribute named TypeFormatterSourceAttribute, whoever defines it.</summary>
/// <remarks>
/// The shapes are those of .NET Interactive: the attribute names a class by FormatterSourceType; that class makes formatters with
/// CreateTypeFormatters; each has a MimeType and <c>bool Format(object, TextWriter)</c>.
/// </remarks>
internal static class SelfShown
{
    const string Plotly = "application/vnd.plotly.v1+json";

    sealed record Formatter(string MimeType, Func<object, TextWriter, bool> Format);

    static readonly ConcurrentDictionary<Type, Formatter[]> Formatters = [];

    /// <summary>Every form the value offers, or null where its type says nothing.</summary>
    public static IReadOnlyDictionary<string, string>? Of(object value) => Of(value, _ => true);

    /// <summary>Every form the value offers to a page of its own.</summary>
    /// <remarks>A chart's text/html carries all of plotly.js for hosts that have none; a page has one and needs only the figures.</remarks>
    public static IReadOnlyDictionary<string, string>? ForPage(object value) =>
        For(value.GetType()).Any(f => f.MimeType == Plotly) ? Of(value, mime => mime != "text/html") : Of(value);

    /// <summary>Whether the type says how it shows itself.</summary>
    public static bool Knows(object? value) => value is not null && For(value.GetType()).Length > 0;

    static Dictionary<string, string>? Of(object value, Func<string, bool> wanted)
    {
        var forms = new Dictionary<string, string>();
        foreach (var formatter in For(value.GetType()).Where(f => wanted(f.MimeType)))
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (formatter.Format(value, writer))
                forms.TryAdd(formatter.MimeType, writer.ToString());
        }
        return forms.Count > 0 ? forms : null;
    }

    /// <summary>What a cell has registered for the type comes before what the type says of itself.</summary>
    static Formatter[] For(Type type)
    {
        var own = Formatters.GetOrAdd(type, Find);
        Formatter[] registered = [.. RegisteredFormatters.For(type).Select(f => new Formatter(f.MimeType, (value, writer) =>
        {
            f.Format(value, writer);
            return true;
        }))];
        return registered.Length == 0 ? own : [.. registered, .. own.Where(f => registered.All(r => r.MimeType != f.MimeType))];
    }

    static Formatter[] Find(Type type)
    {
        if (PlotlyCharts.For(type).ToArray() is [_, ..] charts)
            return [.. charts.Select(c => new Formatter(c.MimeType, (value, writer) =>
            {
                writer.Write(c.Format(value));
                return true;
            }))];
        var attribute = type.GetCustomAttributes(inherit: true).FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute?.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type sourceType)
            return [];
        object source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        object? made = sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null);
        return made is IEnumerable formatters ? [.. formatters.Cast<object>().Select(Wrap).OfType<Formatter>()] : [];
    }

    static Formatter? Wrap(object formatter)
    {
        var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
        return formatter.GetType().GetProperty("MimeType")?.GetValue(formatter) is string mime && format is not null
            ? new(mime, (value, writer) => Call(format, formatter, value, writer))
            : null;
    }

    static bool Call(MethodInfo format, object formatter, object value, TextWriter writer)
    {
        try
        {
            return format.Invoke(formatter, [value, writer]) is true;
        }
        catch (TargetInvocationException e)
        {
            // The reader of the cell wants to know what went wrong in the formatter, not that it was called by reflection.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
