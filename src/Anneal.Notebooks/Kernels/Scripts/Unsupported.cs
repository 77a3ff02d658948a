using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>What the original kernel has and this engine has not, by name, and what to use instead.</summary>
internal static partial class Unsupported
{
    const string Page = "a page runs no scripts of its own and keeps its own looks";

    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["PocketView"] = "Write the HTML as text: HTML($\"<b>{x}</b>\").",
        ["PocketViewTags"] = "Write the HTML as text: HTML($\"<b>{x}</b>\").",
        ["Html"] = "Write the HTML as text: HTML \"<b>…</b>\".",
        ["CSS"] = $"Style sheets are not taken over: {Page}. Use style attributes in HTML(…).",
        ["Javascript"] = $"Scripts are not run: {Page}. Show what they would draw as a chart, a table or HTML(…).",
        ["LaTeXString"] = "Write \"…\".DisplayAs(\"text/latex\").",
        ["MathString"] = "Write \"…\".DisplayAs(\"text/latex\").",
        ["KernelInvocationContext"] = "The kernel itself cannot be reached from a cell; use display(…) and #!share.",
        ["Kernel"] = "The kernel itself cannot be reached from a cell; use display(…) and #!share.",
        ["CompositeKernel"] = "The kernel itself cannot be reached from a cell; use display(…) and #!share.",
        ["InteractiveHost"] = "Nobody is there to be asked while a page is made; put the value into the cell.",
        ["GetInputAsync"] = "Nobody is there to be asked while a page is made; put the value into the cell.",
        ["XPlot"] = "Use Plotly.NET: #r \"nuget: Plotly.NET\".",
    };

    static readonly Dictionary<string, string> Directives = new(StringComparer.OrdinalIgnoreCase)
    {
        ["javascript"] = "What the script would draw can be a chart, a table or HTML.",
        ["js"] = "What the script would draw can be a chart, a table or HTML.",
        ["mermaid"] = "Put a picture into a markdown cell, or draw with Plotly.NET.",
        ["sql"] = "Read the data from a file, or by a package of the data base.",
        ["kql"] = "Read the data from a file.",
        ["pwsh"] = "Start programs by System.Diagnostics.Process.Start.",
        ["powershell"] = "Start programs by System.Diagnostics.Process.Start.",
        ["http"] = "Send requests by System.Net.Http.HttpClient.",
        ["connect"] = "Read the data from a file, or by a package of the data base.",
        ["who"] = "Show what you want to see by display(…).",
        ["whos"] = "Show what you want to see by display(…).",
        ["lsmagic"] = $"There are #!{string.Join(", #!", CellScript.Directives[..^1])}.",
        ["about"] = "Show System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription.",
        ["log"] = "Write what you want to see by Console.WriteLine.",
    };

    /// <summary>What to do instead of a directive, or null for one that nothing is known of.</summary>
    public static string? Directive(string name) => Directives.GetValueOrDefault(name);

    /// <summary>Adds to a compile error what to use instead of a name that only the original kernel has.</summary>
    public static Failure Advise(Failure failure) =>
        Quoted().Matches(failure.Message).Select(m => Names.GetValueOrDefault(m.Groups[1].Value) is { } advice ? (m.Groups[1].Value, advice) : default)
            .FirstOrDefault(found => found.advice is not null) is (var name, { } words)
            ? failure with { Message = $"{failure.Message}\n{name} is the original kernel's and is not here. {words}" }
            : failure;

    [GeneratedRegex("['\"‘]([A-Za-z]+)['\"’]")]
    private static partial Regex Quoted();
}
