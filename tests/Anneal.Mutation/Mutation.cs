namespace Anneal.Mutation;

/// <summary>One small, deliberate mistake.</summary>
/// <param name="Number">Its number in the planted library, from 1.</param>
/// <param name="File">The source file, from the root of the repository.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">What stands there, and what the mistake makes of it.</param>
sealed record Mutation(int Number, string File, int Line, string Text)
{
    public override string ToString() => $"{File}({Line}): {Text}";
}
