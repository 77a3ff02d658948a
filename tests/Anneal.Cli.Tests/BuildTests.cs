using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Anneal.Cli.Tests;

/// <summary>What a build leaves out: the analysis of a fresh clone, and compiling ahead what takes longer to compile than a first render saves.</summary>
public sealed class BuildTests : IDisposable
{
    const string Alone = "-p:SolutionPath=*Undefined*", InSolution = "-p:SolutionPath=Workbook.sln";

    readonly string folder = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What MSBuild answers about the project that runs notebooks.</summary>
    static async Task<JsonElement> AskAsync(params string[] arguments)
    {
        string project = Path.Combine(Repository.Root, "src", "Anneal.Notebooks", "Anneal.Notebooks.csproj");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", "-p:Configuration=Release", .. arguments]) { RedirectStandardOutput = true })!;
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    static string Property(JsonElement answer, string name) => answer.GetProperty("Properties").GetProperty(name).GetString()!;

    [Theory]
    [InlineData("first", Alone)]
    [InlineData("all", InSolution)]
    [InlineData("all", Alone, "-p:CompileAhead=all")]
    [InlineData("false", InSolution, "-p:CompileAhead=false")]
    [InlineData("false", Alone, "-p:RuntimeIdentifier=linux-x64")]
    public async Task What_is_compiled_ahead_depends_on_what_is_built(string expected, params string[] arguments) =>
        Assert.Equal(expected, Property(await AskAsync([.. arguments, "-getProperty:CompileAhead", "-getProperty:AheadFolder"]), "CompileAhead"));

    /// <summary>The SDK whose compilers are the packages' own has them with native code, and then the first build needs no compiler that does it.</summary>
    [Theory]
    [InlineData(true, 0, Alone)]
    [InlineData(true, 1, InSolution)]
    [InlineData(false, 1, Alone)]
    public async Task Only_another_SDKs_compilers_are_compiled_in_a_first_build(bool isKnown, int downloads, params string[] arguments)
    {
        string sdk = isKnown ? Property(await AskAsync("-getProperty:CompilersOfSdk", "-getProperty:CompileAhead"), "CompilersOfSdk") : "10.0.100";
        var answer = await AskAsync([.. arguments, $"-p:NETCoreSdkVersion={sdk}", "-getItem:PackageDownload", "-getProperty:CompileAhead"]);
        Assert.Equal(downloads, answer.GetProperty("Items").GetProperty("PackageDownload").EnumerateArray().Count(item => item.GetProperty("Identity").GetString()!.Contains("Crossgen2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/somewhere/packages")]
    [InlineData("/somewhere/packages/")]
    public async Task The_compiler_is_found_however_the_package_folder_is_written(string packages)
    {
        var answer = await AskAsync($"-p:NuGetPackageRoot={packages}", "-getProperty:AheadCompiler", "-getProperty:AheadPlatform");
        Assert.StartsWith($"/somewhere/packages/microsoft.netcore.app.crossgen2.{Property(answer, "AheadPlatform")}/", Property(answer, "AheadCompiler"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", false, Alone)]
    [InlineData("", true, Alone)]
    [InlineData("", false, InSolution)]
    [InlineData("", false, Alone, "-p:RunAnalyzers=true")]
    public async Task Only_the_first_build_of_a_project_alone_is_not_analysed(string skips, bool isBuilt, params string[] arguments)
    {
        if (isBuilt)
            File.WriteAllText(Path.Combine(folder, "Anneal.Notebooks.dll"), "");
        var answer = await AskAsync([.. arguments, $"-p:IntermediateOutputPath={folder}/", "-t:_ComputeSkipAnalyzers", "-getProperty:_SkipAnalyzers", "-getProperty:IsBuiltAlone"]);
        Assert.Equal(skips, Property(answer, "_SkipAnalyzers"));
    }

    [Theory]
    [InlineData(0, Alone)]
    [InlineData(1, InSolution)]
    [InlineData(1, Alone, "-p:RunAnalyzers=true")]
    public async Task What_was_not_analysed_is_compiled_again_for_that_by_the_solution_alone(int inputs, params string[] arguments)
    {
        foreach (string file in (string[])["Anneal.Notebooks.dll", "Anneal.Notebooks.csproj.BuildWithSkipAnalyzers"])
            File.WriteAllText(Path.Combine(folder, file), "");
        var answer = await AskAsync([.. arguments, $"-p:IntermediateOutputPath={folder}/", "-t:_ComputeSkipAnalyzers", "-getItem:CustomAdditionalCompileInputs"]);
        Assert.Equal(inputs, answer.GetProperty("Items").GetProperty("CustomAdditionalCompileInputs").EnumerateArray().Count(item => item.GetProperty("Identity").GetString()!.EndsWith("BuildWithSkipAnalyzers", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_compiled_ahead_lies_beside_the_program()
    {
        string native = Property(await AskAsync("-getProperty:AheadFolder", "-getProperty:CompileAhead"), "AheadFolder");
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Anneal.Cli.deps.json")));
        string[] compiled =
        [
            .. dependencies.RootElement.GetProperty("libraries").EnumerateObject().Select(library => Path.Combine(native, library.Name.Replace('/', '-')))
                .Where(Directory.Exists).SelectMany(package => Directory.EnumerateFiles(package, "*.dll")),
        ];
        Assert.Contains(compiled, file => Path.GetFileName(file) == "FSharp.Compiler.Service.dll");
        Assert.All(compiled, file =>
        {
            using var beside = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file))));
            Assert.True(beside.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{Path.GetFileName(file)} is the original.");
        });
    }
}
