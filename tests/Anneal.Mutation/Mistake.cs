using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Anneal.Mutation;

/// <summary>A way to get a piece of the source wrong.</summary>
/// <param name="Text">What the mistake makes of it, for the reader.</param>
/// <param name="Plant">From the piece (with other mistakes planted inside it) and the condition under which the mistake is made, the piece that can do both.</param>
sealed record Mistake(string Text, Func<SyntaxNode, ExpressionSyntax, SyntaxNode> Plant);
