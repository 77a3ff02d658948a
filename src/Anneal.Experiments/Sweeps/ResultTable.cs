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
        string[] lines = csv.TrimEnd('\n').Split('\n');
        if (lines[0] != Heading)
            throw new SweepException($"The table must begin with the line {Heading}; it begins with {lines[0]}.");
        var found = new Dictionary<(string, double, ulong), TrialResult>();
        for (int i = 1; i < lines.Length; i++)
        {
            List<string> at = Fields(lines[i]);
            if (at.Count != 7 || !Number(at[1], out double rate) || !ulong.TryParse(at[2], CultureInfo.InvariantCulture, out ulong seed) || !Number(at[4], out double loss))
                throw new SweepException($"Line {i + 1} of the table is damaged: {lines[i]}");
            double? test = at[5] == "" ? null : Number(at[5], out double t) ? t : throw new SweepException($"Line {i + 1} of the table is damaged: {lines[i]}");
            if (!found.TryAdd((at[0], rate, seed), new(loss, test, at[6] == "" ? null : at[6])))
                throw new SweepException($"Line {i + 1} of the table repeats a trial: {lines[i]}");
        }
        double[] rates = [.. found.Keys.Select(key => key.Item2).Distinct()];
        var tried = new SweepSpec(sweep.Setting, sweep.Methods, rates, sweep.TuningSeeds, sweep.EvaluationSeeds, sweep.Widenings, sweep.Minimum);
        var trials = tried.Trials().Select(t => (t, found.GetValueOrDefault((t.Method, t.Rate, t.Seed)))).ToList();
        return trials.Count(t => t.Item2 is not null) == found.Count && sweep.Rates.All(rates.Contains) ? new(tried, trials)
            : throw new SweepException("The table belongs to another sweep: their methods, rates or seeds differ.");
    }

    static bool Number(string text, out double value) => double.TryParse(text, CultureInfo.InvariantCulture, out value);

    /// <summary>The fields of a line; a quote inside a quoted field stands twice.</summary>
    static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                    field.Append(line[++i]);
                else
                    quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
