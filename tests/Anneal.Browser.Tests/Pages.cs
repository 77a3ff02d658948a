using System.Diagnostics;
using Anneal.Notebooks;
using Deque.AxeCore.Commons;

namespace Anneal.Browser.Tests;

/// <summary>The pages under test: one with every kind of cell and output, and the whole rendered site.</summary>
static class Pages
{
    public static readonly string Root = FindRoot();

    /// <summary>A path in the folder of what is built.</summary>
    public static string Built(params string[] path) => Path.Combine([Root, "artifacts", .. path]);

    /// <summary>Everything a page can hold.</summary>
    public static string Sample { get; } = Write("sample.html", Page.Render(SampleRun.Lesson, new()
    {
        Index = new("All lessons", "index.html"),
        References = [new("Notation", "notation.html")],
    }));

    /// <summary>A page whose notebook failed.</summary>
    public static string Failing { get; } = Write("failing.html", Page.Render(SampleRun.Failing, new()));

    /// <summary>What <c>anneal render</c> wrote.</summary>
    public static IReadOnlyList<string> Site { get; } = Directory.Exists(Path.Combine(Root, "artifacts", "site"))
        ? [.. Directory.GetFiles(Path.Combine(Root, "artifacts", "site"), "*.html").Order()] : [];

    /// <summary>axe-core, the accessibility checker, which its package carries as text.</summary>
    public static string Axe { get; } = new BundledAxeScriptProvider().GetScript();

    /// <summary>A page that the built <c>anneal</c> writes; its name comes after the other arguments.</summary>
    public static string Made(string name, params string[] arguments)
    {
        string file = Place(name), command = Path.Combine(Root, "artifacts", "bin", "Anneal.Cli", "release", OperatingSystem.IsWindows() ? "Anneal.Cli.exe" : "Anneal.Cli");
        using var anneal = Process.Start(new ProcessStartInfo(command, [.. arguments, file]) { RedirectStandardOutput = true })!;
        anneal.StandardOutput.ReadToEnd();
        anneal.WaitForExit();
        Assert.Equal(0, anneal.ExitCode);
        return file;
    }

    static string Write(string name, string html)
    {
        var file = Place(name);
        File.WriteAllText(file, html);
        return file;
    }

    static string Place(string name) => Path.Combine(Directory.CreateTempSubdirectory("anneal-pages-").FullName, name);

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Workbook.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        return folder.FullName;
    }
}
