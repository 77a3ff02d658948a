using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Anneal.Mutation;

/// <summary>Plants all mistakes into a file at once, each behind its number (mutant schemata), and a clock into every loop.</summary>
/// <param name="file">The file's name.</param>
/// <param name="first">The number of its first mistake.</param>
/// <param name="dropped">Numbers that are not planted, because the compiler refuses them.</param>
sealed class Planter(string file, int first, IReadOnlySet<int> dropped) : CSharpSyntaxRewriter
{
    /// <summary>Marks a piece with a mistake in it; the data is the mistake's number.</summary>
    public const string Mark = "planted";

    /// <summary>Every mistake of the file, planted or not.</summary>
    public List<Mutation> Mutations { get; } = [];

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null or AttributeListSyntax or InterpolatedStringExpressionSyntax or ThrowExpressionSyntax or ThrowStatementSyntax or PatternSyntax
            or EnumMemberDeclarationSyntax or SwitchLabelSyntax || node is BaseFieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
            || node is LocalDeclarationStatementSyntax { IsConst: true } || node is ParameterSyntax { Default: not null })
            return node;
        var planted = base.Visit(node)!;
        foreach (var mistake in Mistakes.Of(node))
        {
            int number = first + Mutations.Count;
            Mutations.Add(new(number, file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, $"{Mistakes.OneLine(node)}  →  {mistake.Text}"));
            if (!dropped.Contains(number))
                planted = mistake.Plant(planted, Planted("Is", Argument(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number)))))
                    .WithTriviaFrom(planted).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, number.ToString()));
        }
        return planted;
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => Clocked((ForStatementSyntax)base.VisitForStatement(node)!, loop => loop.Statement);

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => Clocked((ForEachStatementSyntax)base.VisitForEachStatement(node)!, loop => loop.Statement);

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => Clocked((WhileStatementSyntax)base.VisitWhileStatement(node)!, loop => loop.Statement);

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => Clocked((DoStatementSyntax)base.VisitDoStatement(node)!, loop => loop.Statement);

    static T Clocked<T>(T loop, Func<T, StatementSyntax> body) where T : StatementSyntax =>
        loop.ReplaceNode(body(loop), Block(ExpressionStatement(Planted("Tick")), body(loop)));

    static InvocationExpressionSyntax Planted(string method, params ArgumentSyntax[] arguments) =>
        InvocationExpression(ParseExpression($"global::Planted.{method}"), ArgumentList(SeparatedList(arguments)));
}
