namespace Anneal.Mutation;

/// <param name="Mutation">The mistake.</param>
/// <param name="Outcome">How it was found (<c>killed by …</c>), or <c>survived</c>, or <c>unreached</c> by any test.</param>
sealed record Result(Mutation Mutation, string Outcome)
{
    public bool IsKilled => Outcome.StartsWith("killed");
}
