using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Anneal.Live.Figures;

namespace Anneal.Live.Browser;

/// <summary>What a page's script may call: one line each, and no formula. Whatever is refused becomes an error with the library's own message.</summary>
[SupportedOSPlatform("browser")]
static partial class Exports
{
    /// <inheritdoc cref="LiveSchedules.Rates"/>
    [JSExport]
    internal static double[] Rates(string notation, double[] steps) => LiveSchedules.Rates(notation, steps);

    /// <inheritdoc cref="LiveSchedules.Explain"/>
    [JSExport]
    internal static string Explain(string notation, double last) => LiveSchedules.Explain(notation, last);

    /// <inheritdoc cref="LiveSchedules.Look"/>
    [JSExport]
    internal static string Look(string notation, double last) => LiveJson.Write(LiveSchedules.Look(notation, last));

    /// <inheritdoc cref="LiveSchedules.IsQuick"/>
    [JSExport]
    internal static bool IsQuick(string notation, double last) => LiveSchedules.IsQuick(notation, last);

    /// <inheritdoc cref="LiveSchedules.Curve"/>
    [JSExport]
    internal static double[] Curve(string notation, double last) => LiveSchedules.Curve(notation, last);

    /// <inheritdoc cref="LiveSchedules.Bound"/>
    [JSExport]
    internal static string Bound(string notation, double last) => LiveJson.Write(LiveSchedules.Bound(notation, last));

    /// <inheritdoc cref="LiveSchedules.Crossing"/>
    [JSExport]
    internal static double Crossing(string notation, double rate, double last) => LiveSchedules.Crossing(notation, rate, last);

    /// <inheritdoc cref="LiveSchedules.Crossings"/>
    [JSExport]
    internal static string Crossings(string notation, double rate, double last) => LiveJson.Write(LiveSchedules.Crossings(notation, rate, last));

    /// <inheritdoc cref="LiveSchedules.Import"/>
    [JSExport]
    internal static string Import(string configuration) => LiveJson.Write(LiveSchedules.Import(configuration));

    /// <inheritdoc cref="LiveTraces.Look"/>
    [JSExport]
    internal static string Trace(string csv) => LiveJson.Write(LiveTraces.Look(csv));

    /// <inheritdoc cref="LiveTraces.Look"/>
    [JSExport]
    internal static string TraceToDraw(string csv, int columns) => LiveJson.Write(LiveTraces.Look(csv, columns));

    /// <inheritdoc cref="LiveSchedules.Export"/>
    [JSExport]
    internal static string Export(string notation, string target, double last) => LiveSchedules.Export(notation, target, last);

    /// <inheritdoc cref="ScheduleGallery.All"/>
    [JSExport]
    internal static string Gallery() => LiveJson.Write(ScheduleGallery.All);

    /// <inheritdoc cref="ScheduleGallery.Beside"/>
    [JSExport]
    internal static string Beside(string name, string beside, double last) => ScheduleGallery.Beside(name, beside, last);

    /// <inheritdoc cref="ScheduleGallery.Examples"/>
    [JSExport]
    internal static string Examples() => LiveJson.Write(ScheduleGallery.Examples);

    /// <inheritdoc cref="LiveFigures.At"/>
    [JSExport]
    internal static string Figure(string name, double[] values) => LiveJson.Write(LiveFigures.At(name, values));

    /// <inheritdoc cref="LiveRaces.Functions"/>
    [JSExport]
    internal static string Functions() => LiveJson.Write(LiveRaces.Functions);

    /// <inheritdoc cref="LiveRaces.Rules"/>
    [JSExport]
    internal static string Rules() => LiveJson.Write(LiveRaces.Rules);

    /// <inheritdoc cref="LiveRaces.Map"/>
    [JSExport]
    internal static double[] Map(string function, int columns, int rows) => LiveRaces.Map(function, columns, rows);

    /// <inheritdoc cref="LiveRaces.Value"/>
    [JSExport]
    internal static double Value(string function, double x, double y) => LiveRaces.Value(function, x, y);

    /// <inheritdoc cref="LiveRaces.Curvature"/>
    [JSExport]
    internal static double Curvature(string function, double x, double y) => LiveRaces.Curvature(function, x, y);

    /// <inheritdoc cref="LiveRaces.LargestRate"/>
    [JSExport]
    internal static double LargestRate(string rule, double curvature) => LiveRaces.LargestRate(rule, curvature);

    /// <inheritdoc cref="LiveRaces.LargestRateInWords"/>
    [JSExport]
    internal static string LargestRateInWords(string rule, double curvature) => LiveRaces.LargestRateInWords(rule, curvature);

    /// <inheritdoc cref="LiveRaces.Begin"/>
    [JSExport]
    internal static int BeginRace(string json) => LiveRaces.Begin(json);

    /// <inheritdoc cref="LiveRaces.Advance"/>
    [JSExport]
    internal static double[] AdvanceRace(int race, int steps) => LiveRaces.Advance(race, steps);

    /// <inheritdoc cref="LiveRaces.Stopped"/>
    [JSExport]
    internal static string[] StoppedInRace(int race) => LiveRaces.Stopped(race);

    /// <inheritdoc cref="LiveRaces.End"/>
    [JSExport]
    internal static void EndRace(int race) => LiveRaces.End(race);

    /// <inheritdoc cref="LiveReview.Look"/>
    [JSExport]
    internal static string Review(string question) => LiveJson.Write(LiveReview.Look(LiveJson.Read<ReviewQuestion>(question)));

    /// <inheritdoc cref="LiveAdvice.Form"/>
    [JSExport]
    internal static string AdviceForm() => LiveJson.Write(LiveAdvice.Form);

    /// <inheritdoc cref="LiveAdvice.Advise"/>
    [JSExport]
    internal static string Advise(string form, string runs) => LiveJson.Write(LiveAdvice.Advise(form, runs));

    /// <inheritdoc cref="LiveAdvice.Write"/>
    [JSExport]
    internal static string WriteAdvice(string form, string runs, string target, string known) => LiveJson.Write(LiveAdvice.Write(form, runs, target, known));
}
