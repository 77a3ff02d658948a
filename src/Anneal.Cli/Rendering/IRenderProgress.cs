using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Watches notebooks being rendered; called from any thread.</summary>
internal interface IRenderProgress
{
    void Started(string name);

    void Cell(CellProgress progress);

    void Finished(PageResult result);
}
