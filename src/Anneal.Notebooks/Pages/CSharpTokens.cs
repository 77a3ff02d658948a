using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Anneal.Notebooks;

/// <summary>What each piece of C# is, from its syntax tree alone: nothing is compiled.</summary>
static class CSharpTokens
{
    static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    public static IEnumerable<Token> Of(string code)
    {
        foreach (var token in CSharpSyntaxTree.ParseText(WithoutDirectives(code), Script).GetRoot().DescendantTokens(descendIntoTrivia: false))
        {
            foreach (var trivia in token.LeadingTrivia)
                if (Kind(code, trivia) is { } kind)
                    yield return Spanned(trivia.Span, kind);
            if (Kind(token) is { } shown && token.Span.Length > 0)
                yield return Spanned(token.Span, shown);
            foreach (var trivia in token.TrailingTrivia)
                if (Kind(code, trivia) is { } kind)
                    yield return Spanned(trivia.Span, kind);
        }
    }

    static Token Spanned(Microsoft.CodeAnalysis.Text.TextSpan span, char kind) => new(span.Start, span.End, kind);

    /// <summary>The same text with directives made comments of the same length, so that places stay what they are.</summary>
    static string WithoutDirectives(string code) => string.Join('\n', code.Split('\n').Select(line =>
        Highlighter.IsDirective(line) && line.TrimStart().Length > 1 ? line[..(line.Length - line.TrimStart().Length)] + "//" + line.TrimStart()[2..] : line));

    static char? Kind(string code, SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia => code[trivia.SpanStart] == '#' ? 'd' : 'c',
        SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => 'c',
        _ => trivia.IsDirective ? 'd' : null,
    };

    static char? Kind(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.IdentifierToken => Kind(token.Text, token.Parent),
        SyntaxKind.NumericLiteralToken => 'n',
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken => 's',
        _ => token.IsKeyword() || SyntaxFacts.IsContextualKeyword(token.Kind()) ? 'k' : null,
    };

    static char? Kind(string name, SyntaxNode? node) => node switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax => 't',
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => 'm',
        SimpleNameSyntax { Parent: InvocationExpressionSyntax call } when call.Expression == node => name == "nameof" ? 'k' : 'm',
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access } when access.Name == node => 'm',
        IdentifierNameSyntax when name is "var" or "dynamic" or "_" => 'k',
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } when access.Expression == node && char.IsUpper(name[0]) => 't',
        SimpleNameSyntax simple when SyntaxFacts.IsInTypeOnlyContext(simple) && simple.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null => 't',
        _ => null,
    };
}
