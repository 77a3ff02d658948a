namespace Anneal.Lessons;

/// <summary>A sign of the notation.</summary>
/// <param name="Symbol">In TeX, without dollars.</param>
/// <param name="Meaning">What it stands for, with its unit where it has one.</param>
/// <param name="InLectures">What the lectures write instead, by lecture; empty where they agree.</param>
/// <param name="InCode">The name in the library, or null.</param>
/// <param name="Introduced">The lesson that introduces it; earlier lessons do without. Null for signs that each lesson explains anew.</param>
public sealed record Sign(string Symbol, string Meaning, string InLectures, string? InCode = null, string? Introduced = null)
{
    /// <summary>The signs one by one, where a row explains several.</summary>
    public IReadOnlyList<string> Symbols => [.. Symbol.Split(",\\ ").Select(symbol => symbol.Trim())];
}
