using Microsoft.CodeAnalysis;

namespace Anneal.Mutation;

/// <summary>One small, deliberate mistake: a piece of the source and what stands there instead.</summary>
/// <param name="Tree">The file.</param>
/// <param name="Original">The node that is replaced.</param>
/// <param name="Replacement">What replaces it.</param>
sealed record Mutation(SyntaxTree Tree, SyntaxNode Original, SyntaxNode Replacement)
{
    public string File => Tree.FilePath;

    /// <summary>The whole file with the mistake in it.</summary>
    public SyntaxTree Apply() => Tree.WithRootAndOptions(Tree.GetRoot().ReplaceNode(Original, Replacement), Tree.Options);

    public override string ToString() =>
        $"{File}({Tree.GetLineSpan(Original.Span).StartLinePosition.Line + 1}): {OneLine(Original)}  →  {OneLine(Replacement)}";

    static string OneLine(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 || text == ";" ? "(nothing)" : text.Length > 90 ? text[..90] + "…" : text;
    }
}
