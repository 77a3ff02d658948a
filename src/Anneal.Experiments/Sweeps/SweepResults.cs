using System.Globalization;
using System.Text;

namespace Anneal.Experiments;

/// <summary>The trials of a sweep in their order, with their results as far as they are there.</summary>
/// <param name="Sweep">With the rates that were tried in the end.</param>
/// <param name="Trials">Null where a trial has not been run.</param>
public sealed record SweepResults(SweepSpec Sweep, IReadOnlyList<(Planned Trial, TrialResult? Result)> Trials)
{
    /// <summary>Trials that have not been run.</summary>
    public int Missing => Trials.Count(t => t.Result is null);

    /// <summary>Results of one method at one rate, by seed.</summary>
    public IEnumerable<TrialResult> Of(string method, double rate, bool tunes) =>
        Trials.Where(t => t.Trial.Method == method && t.Trial.Rate == rate && t.Trial.Tunes == tunes && t.Result is not null).Select(t => t.Result!);

    /// <summary>The table as CSV: one line per finished trial, in the order of the sweep, numbers in full precision.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("method,rate,seed,purpose,loss,test,stopped\n");
        foreach (var (trial, result) in Trials)
            if (result is not null)
                text.Append(CultureInfo.InvariantCulture, $"{Csv.Field(trial.Method)},{trial.Rate:R},{trial.Seed},{(trial.Tunes ? "tuning" : "evaluation")},{result.Loss:R},{result.Test:R},{Csv.Field(result.Stopped ?? "")}\n");
        return text.ToString();
    }

    /// <summary>The logs of all trials in one table (<see cref="LogTable"/>); null where none was kept.</summary>
    public string? LogsToCsv()
    {
        var logs = Trials.Where(t => t.Result?.Log is not null).Select(t => new WatchedTrial(t.Trial.Method, t.Trial.Rate, t.Trial.Seed, t.Result!.Log!)).ToList();
        return logs.Count > 0 ? LogTable.Write(logs) : null;
    }
}
