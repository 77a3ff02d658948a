using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Passes on which cell has begun. Unlike <see cref="Progress{T}"/>, keeps the order of what it is told.</summary>
internal sealed class CellReports(IRenderProgress progress) : IProgress<CellProgress>
{
    public void Report(CellProgress value) => progress.Cell(value);
}
