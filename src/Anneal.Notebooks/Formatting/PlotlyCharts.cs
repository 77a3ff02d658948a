using System.Reflection;

namespace Anneal.Notebooks;

/// <summary>Shows the charts of Plotly.NET, whichever version a notebook has loaded, as the original kernel does with Plotly.NET.Interactive.</summary>
internal static class PlotlyCharts
{
    /// <summary>MIME types and the functions of Plotly.NET's module GenericChart that write them.</summary>
    static readonly (string MimeType, string[] Functions)[] Forms =
    [
        ("application/vnd.plotly.v1+json", ["toJson", "toFigureJson"]),
        ("text/html", ["toEmbeddedHTML", "toEmbeddedHtml", "toChartHTML", "toChartHtml"]),
    ];

    /// <summary>Formatters of a type that is Plotly.NET's GenericChart; none for any other.</summary>
    public static IEnumerable<(string MimeType, Func<object, string> Format)> For(Type type)
    {
        if (Bases(type).FirstOrDefault(t => t.FullName is "Plotly.NET.GenericChart" or "Plotly.NET.GenericChart+GenericChart") is not { } chart)
            yield break;
        MethodInfo[] functions = [.. chart.Assembly.GetTypes()
            .Where(t => t.FullName is "Plotly.NET.GenericChart" or "Plotly.NET.GenericChartModule")
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.ReturnType == typeof(string) && m.GetParameters() is [{ ParameterType: var parameter }] && parameter.IsAssignableFrom(type))];
        foreach (var (mime, names) in Forms)
            if (names.Select(name => functions.FirstOrDefault(f => f.Name == name)).FirstOrDefault(f => f is not null) is { } function)
                yield return (mime, value => (string)function.Invoke(null, [value])!);
    }

    static IEnumerable<Type> Bases(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
            yield return t;
    }
}
