namespace Anneal.Advice;

/// <summary>How far a search for rates is.</summary>
/// <param name="Seed">The seed under way, from 0.</param>
/// <param name="Seeds">Seeds in all.</param>
/// <param name="Runs">Runs of this seed that are finished.</param>
/// <param name="MostRuns">The most that a seed takes.</param>
public sealed record RateProgress(int Seed, int Seeds, int Runs, int MostRuns)
{
    /// <summary>The share that is done, from 0 to 1.</summary>
    public double Share => (Seed + Math.Min(1, (double)Runs / MostRuns)) / Seeds;
}
