namespace Anneal.Experiments;

/// <summary>The log of a run, one line for each few updates. Equal where the lines are.</summary>
/// <param name="Lines">In order of steps.</param>
public sealed record TrialLog(IReadOnlyList<LogLine> Lines)
{
    public bool Equals(TrialLog? other) => other is not null && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Lines.Aggregate(0, HashCode.Combine);
}
