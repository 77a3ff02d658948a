using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>How often to log: a share of the run, between bounds in updates, as a round number.</summary>
static class LogIntervals
{
    public static LogItem Of(AdviceRow row, double? updates)
    {
        double share = Cell("share"), least = Cell("least"), most = Cell("most");
        if (updates is not { } length)
            return New(null, Invariant($"every {share:0.##%} of the run").Replace("%", " %", StringComparison.Ordinal));
        long every = (long)Math.Max(least, Round(Math.Min(share * length, most)));
        // What does not fit twice is told once.
        return 2 * every > length && every > 1 ? New((long)length, "once, at the end") : New(every, every == 1 ? "at every update" : Invariant($"every {every:#,0} updates"));

        LogItem New(long? every, string when) => new(row["value"], every, when, row["alarm"], row.Source!, row.Sure, row["reason"]);
        double Cell(string column) => CaseField.Amount(row[column]) ?? throw new FormatException($"{row}: '{row[column]}' is no number in the column {column}.");
    }

    /// <summary>The largest of 1, 2, 5, 10, 20, 50 … that is no longer.</summary>
    static double Round(double interval)
    {
        if (interval < 1)
            return 1;
        double ten = Math.Pow(10, Math.Floor(Math.Log10(interval) + 1e-9));
        return ten * (interval / ten) switch { >= 5 - 1e-9 => 5, >= 2 - 1e-9 => 2, _ => 1 };
    }
}
