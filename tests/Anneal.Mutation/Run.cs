namespace Anneal.Mutation;

/// <summary>Where things are during one run.</summary>
/// <param name="Built">The folder of the built tests.</param>
/// <param name="Planted">The library with mistakes in it.</param>
/// <param name="CoverageFile">What the tests reach.</param>
/// <param name="Count">The number of mistakes thought of.</param>
/// <param name="Patience">How long a process may say nothing.</param>
/// <param name="Tests">A pattern that the names of the tests fit; empty for all.</param>
sealed record Run(string Built, string Planted, string CoverageFile, int Count, TimeSpan Patience, string Tests);
