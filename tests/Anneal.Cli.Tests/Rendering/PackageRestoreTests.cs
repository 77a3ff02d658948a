using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Anneal.Cli.Tests;

/// <summary>Packages that cells ask for, from a feed that is a folder: nothing comes from a network.</summary>
public sealed class PackageRestoreTests : IDisposable
{
    readonly CommandLine _command = new();

    public PackageRestoreTests()
    {
        Directory.CreateDirectory(Path.Combine(_command.Folder, "feed"));
        foreach (string version in new[] { "1.0.0", "2.0.0" })
            Pack(version);
        File.WriteAllText(Path.Combine(_command.Folder, "nuget.config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
            </configuration>
            """);
        // Where restores are kept.
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(_command.Folder, "data"));
    }

    /// <summary>A package with one library that says its version.</summary>
    void Pack(string version)
    {
        var library = CSharpCompilation.Create("Anneal.Sample",
            [CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}.0\")]\nnamespace Sample; public static class Said {{ public static string Version => \"version {version}\"; }}")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary));
        using var package = ZipFile.Open(Path.Combine(_command.Folder, "feed", $"Anneal.Sample.{version}.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(package.CreateEntry("Anneal.Sample.nuspec").Open()))
            writer.Write($"<package><metadata><id>Anneal.Sample</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>");
        using var stream = package.CreateEntry("lib/net10.0/Anneal.Sample.dll").Open();
        using var bytes = new MemoryStream();
        Assert.True(library.Emit(bytes).Success);
        stream.Write(bytes.ToArray());
    }

    [Fact]
    public async Task A_package_is_restored_for_both_languages_and_found_again_without_its_feed()
    {
        _command.Notebook("package.dib", """
            #!csharp
            #r "nuget: Anneal.Sample, 1.0.0"
            Sample.Said.Version
            #!fsharp
            #r "nuget: Anneal.Sample, 1.0.0"
            Sample.Said.Version + " in F#"

            """);
        var (exitCode, _, error) = await _command.RenderAsync();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("version 1.0.0", _command.Page("package"));
        Assert.Contains("version 1.0.0 in F#", _command.Page("package"));

        Directory.Delete(Path.Combine(_command.Folder, "feed"), recursive: true);
        Assert.Equal(0, (await _command.RenderAsync()).ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_had_and_what_comes_too_late_is_explained()
    {
        _command.Notebook("missing.dib", "#!csharp\n#r \"nuget: Anneal.Nowhere, 1.0.0\"\n");
        _command.Notebook("late.dib", "#!csharp\n#r \"nuget: Anneal.Sample, 1.0.0\"\nSample.Said.Version\n#!fsharp\n#r \"nuget: Anneal.Sample, 2.0.0\"\n1\n");
        var (_, _, error) = await _command.RenderAsync();
        Assert.Contains("Anneal.Nowhere 1.0.0 could not be restored:", error);
        Assert.Contains("NU1101", error);
        Assert.Contains("Anneal.Sample 2.0.0 cannot be used: version 1.0.0.0 of its library is already loaded", error);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", null);
        _command.Dispose();
    }
}
