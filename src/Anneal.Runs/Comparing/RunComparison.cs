namespace Anneal.Runs;

/// <summary>What a run did with its rate, held against what its configuration says.</summary>
/// <param name="Verdict">What happened, in a word that does not change: <c>as-planned</c>, <c>shifted</c>, <c>stretched</c>, …</param>
/// <param name="Findings">What happened, in sentences.</param>
/// <param name="Compared">Entries that were compared.</param>
/// <param name="Different">Entries that differ by more than how they were written.</param>
/// <param name="FirstDifferent">The first step that differs, if any.</param>
/// <param name="LargestDifference">The largest difference, as a part of the planned peak.</param>
/// <param name="Offset">What must be added to a logged step to have the update: −1 where the log counts from 1.</param>
public sealed record RunComparison(string Verdict, IReadOnlyList<RunFinding> Findings, int Compared, int Different, double? FirstDifferent, double LargestDifference, double Offset)
{
    /// <summary>Whether the run followed its plan.</summary>
    public bool AsPlanned => Verdict == "as-planned";

    /// <summary>The number that belongs to the verdict: by how many updates it is shifted, by which factor it is stretched or scaled, …</summary>
    public double? Amount { get; init; }

    /// <summary>The step from which on it holds, where it did not from the start.</summary>
    public double? Since { get; init; }
}
