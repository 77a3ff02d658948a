using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Anneal.Mutation;

/// <summary>The mistakes that are tried: operators, constants, comparisons, conditions, calls, left-out statements.</summary>
/// <remarks>Texts of messages are left alone.</remarks>
static class Mutations
{
    static readonly Dictionary<SyntaxKind, SyntaxKind> Binary = new()
    {
        [SyntaxKind.AddExpression] = SyntaxKind.SubtractExpression,
        [SyntaxKind.SubtractExpression] = SyntaxKind.AddExpression,
        [SyntaxKind.MultiplyExpression] = SyntaxKind.DivideExpression,
        [SyntaxKind.DivideExpression] = SyntaxKind.MultiplyExpression,
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.EqualsExpression] = SyntaxKind.NotEqualsExpression,
        [SyntaxKind.NotEqualsExpression] = SyntaxKind.EqualsExpression,
        [SyntaxKind.LogicalAndExpression] = SyntaxKind.LogicalOrExpression,
        [SyntaxKind.LogicalOrExpression] = SyntaxKind.LogicalAndExpression,
    };

    static readonly Dictionary<SyntaxKind, SyntaxKind> Assignments = new()
    {
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.MultiplyAssignmentExpression] = SyntaxKind.DivideAssignmentExpression,
        [SyntaxKind.DivideAssignmentExpression] = SyntaxKind.MultiplyAssignmentExpression,
        [SyntaxKind.OrAssignmentExpression] = SyntaxKind.AndAssignmentExpression,
    };

    static readonly Dictionary<string, string> Names = new()
    {
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Floor"] = "Ceiling",
        ["Ceiling"] = "Floor",
        ["Sin"] = "Cos",
        ["Cos"] = "Sin",
        ["BitIncrement"] = "BitDecrement",
        ["BitDecrement"] = "BitIncrement",
        ["First"] = "Last",
        ["Last"] = "First",
        ["Any"] = "All",
        ["All"] = "Any",
    };

    public static IEnumerable<Mutation> Of(SyntaxTree tree) =>
        from node in tree.GetRoot().DescendantNodes(node => node is not AttributeListSyntax and not InterpolatedStringExpressionSyntax)
        from replacement in Of(node)
        select new Mutation(tree, node, replacement.WithTriviaFrom(node));

    static IEnumerable<SyntaxNode> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary when Binary.TryGetValue(binary.Kind(), out var kind) && !IsText(binary) =>
            [BinaryExpression(kind, binary.Left, binary.Right)],
        AssignmentExpressionSyntax assignment when Assignments.TryGetValue(assignment.Kind(), out var kind) =>
            [AssignmentExpression(kind, assignment.Left, assignment.Right)],
        ConditionalExpressionSyntax conditional =>
            [ParenthesizedExpression(conditional.WhenTrue), ParenthesizedExpression(conditional.WhenFalse)],
        IfStatementSyntax statement => [statement.WithCondition(Not(statement.Condition))],
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.LogicalNotExpression } unary => [unary.Operand],
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => [LiteralExpression(SyntaxKind.FalseLiteralExpression)],
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => [LiteralExpression(SyntaxKind.TrueLiteralExpression)],
        LiteralExpressionSyntax { Token.Value: int value } => [Number(value == 0 ? 1 : value + 1)],
        LiteralExpressionSyntax { Token.Value: double value } => [ParseExpression((value == 0 ? 1 : 1.5 * value).ToString("R", CultureInfo.InvariantCulture) + "d")],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when Names.TryGetValue(access.Name.Identifier.Text, out string? other) =>
            [call.WithExpression(access.WithName(IdentifierName(other)))],
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AssignmentExpressionSyntax } => [EmptyStatement()],
        _ => [],
    };

    static ExpressionSyntax Number(int value) => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value));

    static ExpressionSyntax Not(ExpressionSyntax condition) =>
        PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition));

    static bool IsText(BinaryExpressionSyntax binary) =>
        binary.DescendantNodes().Any(node => node is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax { Token.Value: string });
}
