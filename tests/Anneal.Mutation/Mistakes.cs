using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Anneal.Mutation;

/// <summary>The mistakes that are tried: operators, constants, comparisons, conditions, calls, left-out statements.</summary>
/// <remarks>Texts, attributes, and what the compiler must know beforehand (constants, default values, patterns) are left alone.</remarks>
static class Mistakes
{
    static readonly Dictionary<SyntaxKind, SyntaxKind> Operators = new()
    {
        [SyntaxKind.AddExpression] = SyntaxKind.SubtractExpression,
        [SyntaxKind.SubtractExpression] = SyntaxKind.AddExpression,
        [SyntaxKind.MultiplyExpression] = SyntaxKind.DivideExpression,
        [SyntaxKind.DivideExpression] = SyntaxKind.MultiplyExpression,
        [SyntaxKind.ModuloExpression] = SyntaxKind.MultiplyExpression,
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.EqualsExpression] = SyntaxKind.NotEqualsExpression,
        [SyntaxKind.NotEqualsExpression] = SyntaxKind.EqualsExpression,
        [SyntaxKind.LogicalAndExpression] = SyntaxKind.LogicalOrExpression,
        [SyntaxKind.LogicalOrExpression] = SyntaxKind.LogicalAndExpression,
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.MultiplyAssignmentExpression] = SyntaxKind.DivideAssignmentExpression,
        [SyntaxKind.DivideAssignmentExpression] = SyntaxKind.MultiplyAssignmentExpression,
        [SyntaxKind.OrAssignmentExpression] = SyntaxKind.AndAssignmentExpression,
        [SyntaxKind.AndAssignmentExpression] = SyntaxKind.OrAssignmentExpression,
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

    public static IEnumerable<Mistake> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary when Operators.TryGetValue(binary.Kind(), out var kind) && !IsText(binary) =>
            Instead(node, BinaryExpression(kind, binary.Left, binary.Right)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: not ThrowExpressionSyntax } binary => Instead(node, binary.Right),
        AssignmentExpressionSyntax assignment when Operators.TryGetValue(assignment.Kind(), out var kind) && !IsText(assignment.Right) && assignment.Parent is not ExpressionStatementSyntax =>
            Instead(node, AssignmentExpression(kind, assignment.Left, assignment.Right)),
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when Operators.TryGetValue(assignment.Kind(), out var kind) && !IsText(assignment.Right) =>
            [InsteadOfStatement(AssignmentExpression(kind, assignment.Left, assignment.Right)), LeftOut],
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AssignmentExpressionSyntax } => [LeftOut],
        ConditionalExpressionSyntax conditional => [Always(conditional.WhenTrue), Never(conditional.WhenFalse)],
        IfStatementSyntax statement => [Negated(statement.Condition)],
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.LogicalNotExpression } unary => Instead(node, unary.Operand),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => Instead(node, LiteralExpression(SyntaxKind.FalseLiteralExpression)),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => Instead(node, LiteralExpression(SyntaxKind.TrueLiteralExpression)),
        LiteralExpressionSyntax { Token.Value: int value } => Instead(node, LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value + 1))),
        LiteralExpressionSyntax { Token.Value: double value } =>
            Instead(node, ParseExpression((value == 0 ? 1 : 1.5 * value).ToString("R", CultureInfo.InvariantCulture) + "d")),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when Names.TryGetValue(access.Name.Identifier.Text, out string? other) =>
            Instead(node, call.WithExpression(access.WithName(IdentifierName(other)))),
        _ => [],
    };

    /// <summary>Marks what only a mistake brings in, so that a complaint of the compiler leads back to it.</summary>
    public const string Wrong = "wrong";

    static Mistake LeftOut { get; } = new("(nothing)", (planted, made) =>
        Block(IfStatement(Not(made), (StatementSyntax)planted.WithoutTrivia())));

    static IEnumerable<Mistake> Instead(SyntaxNode original, ExpressionSyntax wrong)
    {
        // A variable cannot be declared twice, in the right and in the wrong expression.
        if (original.DescendantNodes(node => node is not LambdaExpressionSyntax).Any(node => node is VariableDesignationSyntax))
            return [];
        return [new(OneLine(wrong), (planted, made) =>
            ParenthesizedExpression(ConditionalExpression(made, Marked(wrong), ParenthesizedExpression((ExpressionSyntax)planted.WithoutTrivia()))))];
    }

    static Mistake InsteadOfStatement(ExpressionSyntax wrong) => new(OneLine(wrong), (planted, made) =>
        Block(IfStatement(made, ExpressionStatement(wrong.WithAdditionalAnnotations(new SyntaxAnnotation(Wrong))), ElseClause((StatementSyntax)planted.WithoutTrivia()))));

    static Mistake Negated(ExpressionSyntax condition) => new($"if (!({OneLine(condition)}))", (planted, made) =>
    {
        var statement = (IfStatementSyntax)planted;
        return statement.WithCondition(BinaryExpression(SyntaxKind.NotEqualsExpression, ParenthesizedExpression(statement.Condition), made));
    });

    static Mistake Always(ExpressionSyntax whenTrue) => new(OneLine(whenTrue), (planted, made) =>
    {
        var conditional = (ConditionalExpressionSyntax)planted;
        return conditional.WithCondition(Binary(SyntaxKind.LogicalOrExpression, conditional.Condition, made));
    });

    static Mistake Never(ExpressionSyntax whenFalse) => new(OneLine(whenFalse), (planted, made) =>
    {
        var conditional = (ConditionalExpressionSyntax)planted;
        return conditional.WithCondition(Binary(SyntaxKind.LogicalAndExpression, conditional.Condition, Not(made)));
    });

    static ExpressionSyntax Binary(SyntaxKind kind, ExpressionSyntax left, ExpressionSyntax right) =>
        ParenthesizedExpression(BinaryExpression(kind, ParenthesizedExpression(left.WithoutTrivia()), right));

    static ExpressionSyntax Not(ExpressionSyntax made) => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, made);

    static ExpressionSyntax Marked(ExpressionSyntax wrong) =>
        ParenthesizedExpression(wrong.WithoutTrivia()).WithAdditionalAnnotations(new SyntaxAnnotation(Wrong));

    static bool IsText(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf().Any(node => node is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax { Token.Value: string });

    public static string OneLine(SyntaxNode node)
    {
        string text = string.Join(' ', node.NormalizeWhitespace().ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 90 ? text[..90] + "…" : text;
    }
}
