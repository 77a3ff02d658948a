using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Anneal.Mutation;

/// <summary>Compiles the library from its sources with every mistake in it that compiles.</summary>
sealed class Library
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

    static readonly CSharpParseOptions options = new(LanguageVersion.Preview);

    readonly CSharpCompilation sources;
    readonly ResourceDescription[] resources;
    readonly SyntaxTree[] planted;
    readonly HashSet<int> dropped = [];

    /// <param name="source">The library's folder with its sources.</param>
    /// <param name="folders">The folders in it that get mistakes, or single files.</param>
    /// <param name="built">A folder with the library's own references.</param>
    public Library(string source, IReadOnlyList<string> folders, string built)
    {
        SyntaxTree[] trees = [.. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Order()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))];
        resources = [.. Resources(source)];
        planted = [.. trees.Where(tree => folders.Any(folder => IsIn(tree.FilePath, source, folder)))];
        using var clock = new StreamReader(typeof(Library).Assembly.GetManifestResourceStream("Planted.cs")!);
        string platform = Path.GetDirectoryName(typeof(RuntimeHelpers).Assembly.Location)!;
        string[] references =
        [
            .. Directory.EnumerateFiles(platform, "System*.dll"), Path.Combine(platform, "mscorlib.dll"), Path.Combine(platform, "netstandard.dll"),
            Path.Combine(built, "MathNet.Numerics.dll"),
        ];
        var plain = CSharpCompilation.Create("Anneal",
            [.. trees, CSharpSyntaxTree.ParseText(Usings(source) + Added, options), CSharpSyntaxTree.ParseText(clock.ReadToEnd(), options)],
            references.Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file)),
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        // What the build generates, of JSON readers above all, comes from the generators beside the framework's reference assemblies.
        CSharpGeneratorDriver.Create(Generators(platform), parseOptions: options).RunGeneratorsAndUpdateCompilation(plain, out var complete, out _);
        sources = (CSharpCompilation)complete;
    }

    /// <summary>Whether a file is in a folder of the library, or is the one that is named.</summary>
    public static bool IsIn(string file, string source, string folder) => file == $"{source}/{folder}" || file.StartsWith($"{source}/{folder}/");

    /// <summary>Every mistake that was thought of.</summary>
    public IReadOnlyList<Mutation> Mutations { get; private set; } = [];

    /// <summary>The mistakes in the library that was written.</summary>
    public IEnumerable<Mutation> Valid => Mutations.Where(mutation => !dropped.Contains(mutation.Number));

    /// <summary>Writes the library to a file, without those mistakes that the compiler refuses.</summary>
    public void Write(string file)
    {
        while (true)
        {
            var compilation = Plant();
            using var stream = File.Create(file);
            var errors = compilation.Emit(stream, manifestResources: resources).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
            if (errors.Length == 0)
                return;
            int before = dropped.Count;
            foreach (var error in errors)
                dropped.UnionWith(Culprits(error));
            if (dropped.Count == before)
                throw new InvalidOperationException($"The library does not compile: {errors[0]}");
        }
    }

    CSharpCompilation Plant()
    {
        var compilation = sources;
        List<Mutation> mutations = [];
        foreach (var tree in planted)
        {
            var planter = new Planter(tree.FilePath, mutations.Count + 1, dropped);
            var root = planter.Visit(tree.GetRoot())!;
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(root, options));
            mutations.AddRange(planter.Mutations);
        }
        Mutations = mutations;
        return compilation;
    }

    /// <summary>The mistakes that a complaint of the compiler is about.</summary>
    static IEnumerable<int> Culprits(Diagnostic error)
    {
        if (error.Location.SourceTree?.GetRoot() is not { } root)
            return [];
        var place = root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        // In the wrong code itself: that mistake. Where a mistake was planted directly: that one.
        if (place.AncestorsAndSelf().TakeWhile(node => node is not MemberDeclarationSyntax).FirstOrDefault(node => node.HasAnnotations(Mistakes.Wrong)) is { } wrong)
            return Numbers(wrong.AncestorsAndSelf().First(node => node.HasAnnotations(Planter.Mark)));
        // A variable without a value: the mistakes on the way there that mention it. Otherwise the innermost, and at last all of the member.
        var member = place.AncestorsAndSelf().First(node => node is MemberDeclarationSyntax or CompilationUnitSyntax);
        var names = Regex.Matches(error.GetMessage(), "'([^']+)'").Select(match => match.Groups[1].Value).ToHashSet();
        int[] mentioned = error.Id is "CS0165" or "CS0177" or "CS0170" or "CS0269"
            ? [.. member.GetAnnotatedNodes(Planter.Mark).Where(node => node.DescendantTokens().Any(token => names.Contains(token.Text))).SelectMany(Numbers)] : [];
        if (mentioned.Length > 0)
            return mentioned;
        return place.AncestorsAndSelf().FirstOrDefault(node => node.HasAnnotations(Planter.Mark)) is { } nearest
            ? Numbers(nearest) : member.GetAnnotatedNodes(Planter.Mark).SelectMany(Numbers);
    }

    static IEnumerable<int> Numbers(SyntaxNode node) => node.GetAnnotations(Planter.Mark).Select(annotation => int.Parse(annotation.Data!));

    /// <summary>The namespaces that the project itself opens to every file.</summary>
    static string Usings(string source) => string.Concat(Directory.EnumerateFiles(source, "*.csproj").SelectMany(project => XDocument.Load(project).Descendants("Using"))
        .Select(item => $"global using {item.Attribute("Include")!.Value};\n"));

    /// <summary>The files that the project puts into the library.</summary>
    static IEnumerable<ResourceDescription> Resources(string source) =>
        from project in Directory.EnumerateFiles(source, "*.csproj")
        from item in XDocument.Load(project).Descendants("EmbeddedResource")
        let files = Path.Combine(source, item.Attribute("Include")!.Value)
        from file in Directory.EnumerateFiles(Path.GetDirectoryName(files)!, Path.GetFileName(files))
        select new ResourceDescription(item.Attribute("LogicalName")!.Value.Replace("%(Filename)", Path.GetFileNameWithoutExtension(file)), () => File.OpenRead(file), isPublic: true);

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

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
