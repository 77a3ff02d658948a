using System.Text;
using Anneal.Live;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The lab: one page with the library in it, where schedules are typed, moved and compared, rules race, and advice is given.</summary>
internal static class LabPage
{
    /// <param name="settings">The page's surroundings.</param>
    /// <param name="library">The packed library.</param>
    public static string Html(PageSettings settings, string library) => Page.OfHtml("Lab", Text("lab.html"), settings with
    {
        Description = "Type a learning-rate schedule, move its numbers, compare up to four; or tell what you know of a run and see what to set: computed by the library itself, inside the page.",
    }, new PageApplication
    {
        Style = PageApplication.FormulaStyle + Text("lab.css"),
        Scripts = [Text("live.js"), Text("chart.js"), Text("parts.js"), Text("questions.js"), Text("lab.js"), Text("trace.js"), Text("race.js"), Text("advice.js")],
        Data = [(LibraryId, library), (OffersId, Offers()), ("advice-run-template", TrainCommand.Template), ("advice-sweep-template", SweepTemplates.Text("example"))],
    });

    const string OffersId = "lab-offers";

    /// <summary>What the library answers in the same way every time, asked when the page is written: there nobody waits for it.</summary>
    static string Offers() => $$"""
        {"gallery": {{LiveJson.Write(ScheduleGallery.All)}}, "examples": {{LiveJson.Write(ScheduleGallery.Examples)}}, "functions": {{LiveJson.Write(LiveRaces.Functions)}}, "rules": {{LiveJson.Write(LiveRaces.Rules)}}, "form": {{LiveJson.Write(LiveAdvice.Form)}}}
        """;

    /// <summary>Where <c>live.js</c> finds the packed library.</summary>
    internal const string LibraryId = "live-library";

    /// <summary>The library as one script, for pages that others write: what offers it as <c>window.anneal</c>, and the library itself.</summary>
    /// <param name="library">The packed library.</param>
    public static string Script(string library) => $$"""
        // {{PageFile.Mark}} The library of learning-rate schedules and optimizers for a page: load this file as a script, then await window.anneal.ready.
        document.head.append(Object.assign(document.createElement("script"), { type: "text/plain", id: "{{LibraryId}}", textContent: "{{library}}" }));
        {{Text("live.js")}}
        """;

    /// <summary>What lessons' pages carry to compute their figures.</summary>
    /// <param name="file">The packed library.</param>
    public static PageLibrary Library(string file) => new(LibraryId, Text("live.js"), file);

    internal static string Text(string name)
    {
        using var stream = typeof(LabPage).Assembly.GetManifestResourceStream($"live/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
