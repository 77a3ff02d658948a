using System.Globalization;
using Anneal.Charts;
using Microsoft.DotNet.Interactive.Formatting;

namespace Anneal.Interactive;

/// <summary>A judged sweep: methods in order of loss, loss against rate, and what differs beyond chance.</summary>
/// <remarks>
/// Sweeps live in Anneal.Experiments, which is no package and which this one does not refer to. A notebook may have loaded it all the same, so its
/// two types are known by their names.
/// </remarks>
static class SweepHtml
{
    const string Library = "Anneal.Experiments", Results = $"{Library}.SweepResults", Report = $"{Library}.SweepReport";

    /// <summary>Tells the host, now or as soon as the library is loaded.</summary>
    public static void Register()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Look(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Look(assembly);
    }

    static void Look(System.Reflection.Assembly assembly)
    {
        if (assembly.GetName().Name != Library || assembly.GetType(Results) is not { } results || assembly.GetType(Report) is not { } report)
            return;
        Formatter.Register(results, (value, writer) => writer.Write(OfResults(value, report)), "text/html");
        Formatter.SetPreferredMimeTypesFor(results, "text/html");
        Formatter.Register(report, (value, writer) => writer.Write(OfReport(value)), "text/html");
        Formatter.SetPreferredMimeTypesFor(report, "text/html");
    }

    static string OfResults(dynamic results, Type report) => (int)results.Missing > 0
        ? HtmlTable.Of([new("sweep", Text($"{(int)results.Missing} trials have not been run yet; run the rest before judging."))])
        : OfReport(Activator.CreateInstance(report, (object)results)!);

    static string OfReport(dynamic report)
    {
        var methods = new List<(string Name, double Rate, bool OnEdge, double Mean, double Low, double High, double[] Losses)>();
        foreach (dynamic method in report.Methods)
            methods.Add((method.Name, method.Rate, method.OnEdge, method.Loss.Mean, method.Loss.Low, method.Loss.High, Enumerable.ToArray((IEnumerable<double>)method.Losses)));
        methods.Sort((a, b) => a.Mean.CompareTo(b.Mean));
        var alive = methods.Where(m => m.Losses.All(double.IsFinite)).ToList();
        string chart = alive.Count > 0 ? Shown.Chart(SweepChart.ranking("final loss", alive.Select(m => m.Name), alive.Select(m => m.Losses))) : "";
        string table = HtmlTable.Of(
            ["method", "best rate", "loss", "95 % from", "to"],
            methods.Select(m => m.Rate == 0
                ? new[] { m.Name, "blew up at every rate", "", "", "" }
                : [m.Name, Short(m.Rate) + (m.OnEdge ? " (on the edge)" : ""), Short(m.Mean), Short(m.Low), Short(m.High)]));
        var findings = new List<Row>();
        foreach (dynamic pair in report.Comparisons)
            findings.Add(new($"{pair.First} against {pair.Second}", (bool)pair.Better
                ? Text($"{(string)pair.First} is better by {(double)pair.Difference.Mean:G4}, p = {(double)pair.Adjusted:G2} after Holm's correction")
                : Text($"no significant difference, p = {(double)pair.Adjusted:G2} after Holm's correction")));
        return chart + table + (findings.Count > 0 ? HtmlTable.Of(findings) : "");
    }

    static string Short(double x) => x.ToString("G4", CultureInfo.InvariantCulture);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
