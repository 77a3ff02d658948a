using System.Diagnostics;
using System.Text.Json;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Builds the API reference: docfx turns the packages' XML comments into Markdown, the page writer makes that pages of the site.</summary>
internal static class ReferenceSite
{
    static readonly string[] Packages = ["Anneal", "Anneal.Charts", "Anneal.ML"];

    /// <summary>Writes the reference into the site's folder.</summary>
    /// <returns>Null, or why it could not be written.</returns>
    public static async Task<string?> WriteAsync(string root, string site, Course? course, CancellationToken cancel)
    {
        string folder = Path.Combine(root, "artifacts", "reference");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        if (await DescribeAsync(root, folder, cancel) is { } complaint)
            return complaint;
        var types = Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(ReferenceType.Read).OfType<ReferenceType>().ToList();
        if (types.Count == 0)
            return $"docfx described no type: {folder} is empty.";
        var courseSite = course is null ? null : new CourseSite(course, name => File.Exists(Path.Combine(site, name + ".html")));
        var pages = new ReferencePages(types, courseSite);
        var around = (courseSite?.Settings ?? new PageSettings { Index = CourseSite.Index }) with { References = courseSite?.WithReference(ReferencePages.Index) ?? [new("Reference", ReferencePages.Index)], Searchable = true };
        foreach (var (file, title, markdown) in pages.All())
            PageFile.Write(Path.Combine(site, file), Page.Document(title, markdown, around));
        return null;
    }

    /// <summary>Runs the version of docfx that .config/dotnet-tools.json names over the built packages, which lie beside the command.</summary>
    static async Task<string?> DescribeAsync(string root, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        string settings = Path.Combine(folder, "docfx.json");
        File.WriteAllText(settings, JsonSerializer.Serialize(new
        {
            metadata = new[]
            {
                new
                {
                    src = new[] { new { src = AppContext.BaseDirectory, files = Packages.Select(p => p + ".dll") } },
                    output = folder,
                    outputFormat = "markdown",
                },
            },
        }));
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "docfx", "metadata", settings]) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var docfx = Process.Start(start)!;
        string[] texts = await Task.WhenAll(docfx.StandardOutput.ReadToEndAsync(cancel), docfx.StandardError.ReadToEndAsync(cancel));
        await docfx.WaitForExitAsync(cancel);
        return docfx.ExitCode == 0 ? null : $"The reference could not be made. If docfx is missing, run  dotnet tool restore  and try again. docfx said:\n{string.Concat(texts).Trim()}";
    }
}
