using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Anneal.Notebooks;

/// <summary>Runs C# cells with Roslyn's scripting compiler.</summary>
internal sealed class CSharpKernel : Kernel
{
    /// <summary>The namespaces that the original kernel opens; no more, or a notebook would run here and not there.</summary>
    static readonly string[] Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", typeof(CellFunctions).FullName!];

    readonly InteractiveAssemblyLoader _loader = new();
    readonly HashSet<Assembly> _registered = [];
    readonly HashSet<string> _referenced = [.. Libraries.Framework];
    ScriptState<object>? _state;

    ScriptOptions _options = ScriptOptions.Default
        .WithReferences(Libraries.Framework.Select(path => MetadataReference.CreateFromFile(path)))
        .WithImports(Imports)
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithMetadataResolver(ScriptMetadataResolver.Default)
        .WithSourceResolver(ScriptSourceResolver.Default)
        .WithFileEncoding(Encoding.UTF8)
        .WithEmitDebugInformation(true)
        .WithOptimizationLevel(OptimizationLevel.Release);

    /// <summary>Runs an empty cell, so that the compiler is loaded and warm when the first real one comes.</summary>
    public CSharpKernel() => Run("_ = 0;", "start.csx");

    public override string Language => CellLanguages.CSharp;

    public override Evaluation Run(string code, string fileName)
    {
        // Whatever path a library was loaded by, the loader must hand out that copy and not load a second one.
        foreach (var assembly in Libraries.Loaded.Where(_registered.Add))
            _loader.RegisterDependency(assembly);

        var script = Next(code, _options.WithFilePath(fileName));
        Fault[] faults = [.. script.Compile().Where(d => d.Severity == DiagnosticSeverity.Error).Select(ToFault)];
        if (faults.Length > 0)
            return new(Faults: faults);

        // What a script refers to and imports, its successors inherit.
        _options = _options.WithReferences(Array.Empty<MetadataReference>()).WithImports(Array.Empty<string>());
        var state = _state is null
            ? script.RunAsync(null, _ => true).GetAwaiter().GetResult()
            : script.RunFromAsync(_state, _ => true).GetAwaiter().GetResult();
        _state = state;
        return state.Exception is { } exception ? new(Exception: exception)
            : ResultType(script) is { } type ? new(new TypedValue(state.ReturnValue, type))
            : new();
    }

    /// <summary>The code as it would be compiled next, for questions about it.</summary>
    public Compilation Draft(string code) => Next(code, _options).GetCompilation();

    Script<object> Next(string code, ScriptOptions options) => _state is null
        ? CSharpScript.Create<object>(code, options, null, _loader)
        : _state.Script.ContinueWith<object>(code, options);

    public override void Reference(string path)
    {
        if (_referenced.Add(path))
            _options = _options.AddReferences(MetadataReference.CreateFromFile(path));
    }

    public override IEnumerable<string> Names => _state?.Variables.Select(v => v.Name).Distinct() ?? [];

    public override TypedValue? Find(string name) =>
        _state?.GetVariable(name) is { } variable ? new(variable.Value, variable.Type) : null;

    public override void Set(string name, TypedValue value)
    {
        foreach (var assembly in TypeName.Assemblies(value.Type).Where(a => a.Location.Length > 0))
            Reference(assembly.Location);
        SharedValues.Next = value.Value;
        string type = TypeName.CSharp(value.Type);
        var evaluation = Run($"{type} {name} = {typeof(SharedValues).FullName}.Take<{type}>();", "shared.csx");
        SharedValues.Next = null;
        if (evaluation.Faults is [var fault, ..])
            throw new CellException("value not shared", $"C# cannot take {name} over: {fault.Message}");
    }

    /// <summary>The type of a last expression without a semicolon, or of what the script returns; null where it has neither.</summary>
    static Type? ResultType(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Last();
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (Returns(root))
            return typeof(object);
        if (root.Members.LastOrDefault() is not GlobalStatementSyntax
            { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last })
            return null;
        var type = compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type;
        return type?.SpecialType == SpecialType.System_Void ? null : typeof(object);
    }

    /// <summary>Whether the script itself, not a function in it, returns a value.</summary>
    static bool Returns(CompilationUnitSyntax root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or (StatementSyntax and not LocalFunctionStatementSyntax)
            or ElseClauseSyntax or SwitchSectionSyntax or CatchClauseSyntax or FinallyClauseSyntax)
        .Any(node => node is ReturnStatementSyntax { Expression: not null });

    static Fault ToFault(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return new(place.Path ?? "", place.StartLinePosition.Line + 1, $"{diagnostic.GetMessage()} ({diagnostic.Id})");
    }
}
