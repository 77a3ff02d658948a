namespace Anneal.Notebooks;

/// <summary>A cell of a running notebook has begun.</summary>
/// <param name="Notebook">The notebook it belongs to.</param>
/// <param name="Cell">Its place, counted from 0 over all cells of the notebook.</param>
public sealed record CellProgress(Notebook Notebook, int Cell);
