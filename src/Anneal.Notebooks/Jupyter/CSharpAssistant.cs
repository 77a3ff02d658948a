using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Anneal.Notebooks;

/// <summary>Answers questions about C# that is being written, from what the compiler knows of it.</summary>
internal static class CSharpAssistant
{
    static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeName);

    public static CodeAssistant.Completions Complete(CSharpKernel kernel, string code, int position)
    {
        int start = position, end = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
            start--;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end]))
            end++;
        string prefix = code[start..position];
        var compilation = kernel.Draft(code);
        var tree = compilation.SyntaxTrees.Last();
        if (IsNoCode(tree.GetRoot(), start))
            return new([], position, position);
        var model = compilation.GetSemanticModel(tree);
        int dot = code[..start].TrimEnd().Length - 1;
        IEnumerable<string> names = dot >= 0 && code[dot] == '.' ? MembersAt(model, tree.GetRoot(), dot) : NamesAt(model, start, prefix);
        string[] words = [.. names.Where(n => n.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        return new(words, start, end);
    }

    /// <summary>Signature and documentation of what stands at the cursor, or of the method whose arguments it is among.</summary>
    public static IReadOnlyList<string> Describe(CSharpKernel kernel, string code, int position)
    {
        var compilation = kernel.Draft(code);
        var tree = compilation.SyntaxTrees.Last();
        var model = compilation.GetSemanticModel(tree);
        ISymbol[] symbols = [.. NodeAt(tree.GetRoot(), position).Select(node => SymbolsOf(model, node)).FirstOrDefault(found => found.Length > 0) ?? []];
        if (symbols is not [var symbol, ..])
            return [];
        string more = symbols.Length == 1 ? "" : $"\n(and {symbols.Length - 1} more {(symbols.Length == 2 ? "overload" : "overloads")})";
        var described = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
        string[] documentation = XmlDocumentation.Find(described.OriginalDefinition.GetDocumentationCommentId(), AssemblyPath(compilation, described)) is { } found ? [found] : [];
        return [symbol.ToDisplayString(Signature) + more, .. documentation];
    }

    public static CodeAssistant.Completeness Check(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview, kind: SourceCodeKind.Script));
        return !SyntaxFactory.IsCompleteSubmission(tree) ? CodeAssistant.Completeness.Incomplete
            : tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error) ? CodeAssistant.Completeness.Invalid
            : CodeAssistant.Completeness.Complete;
    }

    /// <summary>Whether the place is inside a comment or a string.</summary>
    static bool IsNoCode(SyntaxNode root, int position)
    {
        var trivia = root.FindTrivia(Math.Max(0, position - 1));
        if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            return true;
        var token = root.FindToken(position);
        return token.SpanStart < position && position < token.Span.End
            && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken;
    }

    static IEnumerable<string> MembersAt(SemanticModel model, SyntaxNode root, int dot)
    {
        SyntaxNode? before = root.FindToken(dot).Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (before is null)
            return [];
        var symbol = model.GetSymbolInfo(before).Symbol;
        symbol = symbol is IAliasSymbol alias ? alias.Target : symbol;
        var found = symbol is INamespaceOrTypeSymbol container
            ? model.LookupSymbols(dot, container).Where(s => s.IsStatic || s is INamespaceOrTypeSymbol || (s is IFieldSymbol { IsConst: true }))
            : TypeOf(model, before, isConditional: root.FindToken(dot).Parent is MemberBindingExpressionSyntax) is { } type
                ? model.LookupSymbols(dot, type, includeReducedExtensionMethods: true).Where(s => !s.IsStatic && s is not ITypeSymbol)
                : [];
        return found.Where(s => s.CanBeReferencedByName).Select(s => s.Name);
    }

    /// <summary>The type whose members may follow: after ?. it is what a nullable value holds.</summary>
    static ITypeSymbol? TypeOf(SemanticModel model, SyntaxNode node, bool isConditional) => model.GetTypeInfo(node).Type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var held] } when isConditional => held,
        var type => type,
    };

    static IEnumerable<string> NamesAt(SemanticModel model, int position, string prefix)
    {
        var names = model.LookupSymbols(position).Where(s => s.CanBeReferencedByName && !s.Name.StartsWith('<')).Select(s => s.Name);
        return prefix.Length == 0 ? names : names.Concat(SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText));
    }

    /// <summary>What the cursor may mean, the likeliest first: the name it touches, or the call whose arguments it is among.</summary>
    static IEnumerable<SyntaxNode> NodeAt(SyntaxNode root, int position)
    {
        foreach (int at in (int[])[position, position - 1])
            if (at >= 0 && at <= root.FullSpan.End && root.FindToken(at) is { RawKind: (int)SyntaxKind.IdentifierToken or (int)SyntaxKind.PredefinedType, Parent: { } parent } token && token.Span.IntersectsWith(position))
                yield return parent is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } && access.Name == parent ? access : parent;
        for (var node = root.FindToken(Math.Clamp(position - 1, 0, root.FullSpan.End)).Parent; node is not null; node = node.Parent)
            if (node is BaseArgumentListSyntax { Parent: { } call })
                yield return call is InvocationExpressionSyntax invocation ? invocation.Expression : call;
    }

    static ISymbol[] SymbolsOf(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);
        var group = model.GetMemberGroup(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? group.FirstOrDefault() ?? model.GetDeclaredSymbol(node);
        return symbol is null or IErrorTypeSymbol ? [] : [symbol, .. group.Where(s => !SymbolEqualityComparer.Default.Equals(s, symbol))];
    }

    static string? AssemblyPath(Compilation compilation, ISymbol symbol) =>
        symbol.ContainingAssembly is { } assembly && compilation.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path } ? path : null;
}
