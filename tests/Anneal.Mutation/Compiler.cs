using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Anneal.Mutation;

/// <summary>Compiles the library from its sources, with or without a mistake in them.</summary>
sealed class Compiler
{
    /// <summary>What the build adds to every project of this solution.</summary>
    const string Added = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("999.0.0.0")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Anneal.Tests")]
        """;

    readonly CSharpCompilation whole;

    /// <param name="folder">The library's folder with its sources.</param>
    /// <param name="built">A folder with the library's own references.</param>
    public Compiler(string folder, string built)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        Trees = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))];
        string platform = Path.GetDirectoryName(typeof(RuntimeHelpers).Assembly.Location)!;
        string[] references =
        [
            .. Directory.EnumerateFiles(platform, "System*.dll"), Path.Combine(platform, "mscorlib.dll"), Path.Combine(platform, "netstandard.dll"),
            Path.Combine(built, "MathNet.Numerics.dll"),
        ];
        var sources = CSharpCompilation.Create("Anneal",
            [.. Trees, CSharpSyntaxTree.ParseText(Added, options)],
            references.Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file)),
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(Generators(platform), parseOptions: options).RunGeneratorsAndUpdateCompilation(sources, out var complete, out _);
        whole = (CSharpCompilation)complete;
    }

    public IReadOnlyList<SyntaxTree> Trees { get; }

    /// <summary>Writes the library to a file; says why not if it does not compile.</summary>
    public string? Emit(string file, Mutation? mutation = null)
    {
        var compilation = mutation is null ? whole : whole.ReplaceSyntaxTree(mutation.Tree, mutation.Apply());
        using var stream = File.Create(file);
        var result = compilation.Emit(stream);
        return result.Success ? null : result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString();
    }

    /// <summary>What the build generates, of JSON readers above all, comes from the generators beside the framework's reference assemblies.</summary>
    static IEnumerable<ISourceGenerator> Generators(string platform)
    {
        string packs = Path.GetFullPath(Path.Combine(platform, "../../../packs/Microsoft.NETCore.App.Ref"));
        string newest = Directory.EnumerateDirectories(packs).OrderBy(folder => Version.Parse(Path.GetFileName(folder))).Last();
        return Directory.EnumerateFiles(Path.Combine(newest, "analyzers/dotnet/cs"), "*Generat*.dll")
            .SelectMany(file => new AnalyzerFileReference(file, new Loader()).GetGenerators(LanguageNames.CSharp));
    }

    sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }

    static bool IsManaged(string file)
    {
        try
        {
            System.Reflection.AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
