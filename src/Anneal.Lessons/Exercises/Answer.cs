namespace Anneal.Lessons;

/// <summary>What stands in an exercise until the reader has solved it.</summary>
public static class Answer
{
    /// <summary>"Not solved yet": not a number, so that a stub compiles, computes, and is never taken for an answer.</summary>
    public const double NotYet = double.NaN;
}
