using Anneal.Charts;
using Anneal.Live;
using Microsoft.DotNet.Interactive.Formatting;

namespace Anneal.Interactive;

/// <summary>How values of the library show themselves.</summary>
/// <remarks>Charts do so without help: their type names its formatters in an attribute that the host knows.</remarks>
static class Shown
{
    const string Html = "text/html", Plain = "text/plain";

    /// <summary>Tells the host.</summary>
    public static void Register()
    {
        As<Schedule>(ScheduleHtml.Of, ScheduleReport.Notation);
        As<Rule>(RuleHtml.Of, RuleHtml.Json);
        As<Trace>(TraceHtml.Of, trace => string.Join('\n', TraceHtml.Rows(trace).Select(row => $"{row.Label}: {row.Text}")));
        SweepHtml.Register();
    }

    /// <summary>A chart as HTML: the curve with its alternative text, its caption and the table of its numbers.</summary>
    public static string Chart(ChartView chart) => ((IShown)chart).Show(Html);

    static void As<T>(Func<T, string> html, Func<T, string> plain)
    {
        Formatter.Register(html, Html);
        Formatter.Register(plain, Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(T), Html);
    }
}
