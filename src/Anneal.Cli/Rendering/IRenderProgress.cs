using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Watches notebooks being rendered or checked; called from any thread.</summary>
internal interface IRenderProgress
{
    void Started(string name);

    void Cell(CellProgress progress);

    void Finished(PageResult result);

    /// <param name="result">What the check found, whatever may be changed later included.</param>
    /// <param name="tried">What was done, such as "run with its exercises solved".</param>
    /// <param name="elapsed">The time it took.</param>
    void Checked(CheckResult result, string tried, TimeSpan elapsed);
}
