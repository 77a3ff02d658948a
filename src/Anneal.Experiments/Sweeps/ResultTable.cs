using System.Globalization;

namespace Anneal.Experiments;

/// <summary>Reads back the table that <see cref="SweepResults.ToCsv"/> writes, so that a finished sweep can be looked at without running it again.</summary>
public static class ResultTable
{
    const string Heading = "method,rate,seed,purpose,loss,test,stopped";

    /// <summary>The results in a table, put to the trials of the sweep that made them.</summary>
    /// <param name="sweep">As it was given to the command; where its rates were widened, the table knows the ones that were tried.</param>
    /// <param name="csv">The text of <c>results.csv</c>.</param>
    /// <exception cref="SweepException">The table is damaged, or holds another trial than the sweep.</exception>
    public static SweepResults Read(SweepSpec sweep, string csv)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        csv = csv.TrimEnd('\r', '\n');
        int first = csv.IndexOfAny(['\r', '\n']);
        if ((first < 0 ? csv : csv[..first]) != Heading)
            throw new SweepException($"The table must begin with the line {Heading}; it begins with {(first < 0 ? csv : csv[..first])}.");
        var found = new Dictionary<(string, double, ulong), TrialResult>();
        foreach (var (line, at) in Csv.Records(csv).Skip(1))
        {
            double? test = null;
            if (at.Count != 7 || !Number(at[1], out double rate) || !double.IsFinite(rate) || rate <= 0 || !ulong.TryParse(at[2], CultureInfo.InvariantCulture, out ulong seed) || !Number(at[4], out double loss)
                || at[5] != "" && !Maybe(at[5], out test))
                throw new SweepException($"Line {line} of the table is damaged: {string.Join(',', at)}");
            if (!found.TryAdd((at[0], rate, seed), new(loss, test, at[6] == "" ? null : at[6])))
                throw new SweepException($"Line {line} of the table repeats a trial: {string.Join(',', at)}");
        }
        double[] rates = [.. found.Keys.Select(key => key.Item2).Distinct()];
        if (!sweep.Rates.All(rates.Contains))
            throw new SweepException($"The table belongs to another sweep, or lacks one of its rates, {sweep.Rates.First(rate => !rates.Contains(rate)).ToString(CultureInfo.InvariantCulture)}: every rate of the sweep must stand in it.");
        var tried = new SweepSpec(sweep.Setting, sweep.Methods, rates, sweep.TuningSeeds, sweep.EvaluationSeeds, sweep.Widenings, sweep.Minimum);
        var trials = tried.Trials().Select(t => (t, found.GetValueOrDefault((t.Method, t.Rate, t.Seed)))).ToList();
        return trials.Count(t => t.Item2 is not null) == found.Count ? new(tried, trials)
            : throw new SweepException("The table belongs to another sweep: their methods or seeds differ.");
    }

    static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    static bool Maybe(string text, out double? value)
    {
        bool isNumber = Number(text, out double number);
        value = number;
        return isNumber;
    }
}
