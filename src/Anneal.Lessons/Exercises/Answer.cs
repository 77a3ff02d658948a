namespace Anneal.Lessons;

/// <summary>What stands in an exercise until the reader has solved it.</summary>
public static class Answer
{
    /// <summary>"Not solved yet": not a number, so that a stub compiles, computes, and is never taken for an answer.</summary>
    public const double NotYet = double.NaN;

    /// <summary>The same in place of a result that is no single number: <c>=> Answer.NotWritten&lt;double[]&gt;();</c> compiles, and the check says "not solved yet".</summary>
    /// <exception cref="NotImplementedException">Always.</exception>
    public static T NotWritten<T>() => throw new NotImplementedException("This function is not written yet.");
}
