using System.Globalization;

namespace Anneal.Runs;

/// <summary>A log in columns with a header; commas, semicolons or tabs between them.</summary>
static class CsvLog
{
    public static RunLog Read(TextReader reader, string? rate, string? step)
    {
        string header = reader.ReadLine() ?? throw new ConfigurationException("the log is empty");
        char separator = ",;\t".MaxBy(c => header.Count(h => h == c));
        string[] names = [.. header.TrimStart('\uFEFF').Split(separator).Select(name => name.Trim().Trim('"'))];
        string rateName = ColumnNames.Rate(names, rate);
        string? stepName = ColumnNames.Step(names, step);
        int rateColumn = Array.IndexOf(names, rateName), stepColumn = stepName is null ? -1 : Array.IndexOf(names, stepName);
        var log = new LogBuilder();
        int row = 0, broken = 0, others = 0;
        // The table of a sweep's logs has many runs, one below the other.
        bool many = names is ["method", "rate", "seed", "step", "step_rate", ..];
        string? run = null;
        Span<Range> fields = stackalloc Range[Math.Max(rateColumn, stepColumn) + 2];
        while (reader.ReadLine() is { } line)
        {
            row++;
            var text = line.AsSpan();
            if (text.Length == 0)
                continue;
            int count = text.Contains('"') ? Quoted(text, separator, fields) : text.Split(fields, separator);
            if (count <= Math.Max(rateColumn, stepColumn))
            {
                broken++;
                continue;
            }
            if (many && !(run ??= text[..fields[2].End.Value].ToString()).AsSpan().SequenceEqual(text[..fields[2].End.Value]))
            {
                others++;
                continue;
            }
            double at = row - 1;
            if (stepColumn >= 0 && !double.TryParse(Bare(text[fields[stepColumn]]), NumberStyles.Float, CultureInfo.InvariantCulture, out at))
                broken++;
            else
                log.Add(at, Bare(text[fields[rateColumn]]));
        }
        if (broken > 0)
            log.Remarks.Add($"{broken} of {row} rows have no step or too few columns and were left out.");
        if (many)
            log.Remarks.Add($"This is the table of a sweep's logs: its first run is read ({run}: method, factor, seed), {others} rows of other runs are not.");
        return log.Build(rateName, stepName ?? "row");
    }

    /// <summary>Fields some of which stand in quotes, as texts of a loss or a name may.</summary>
    static int Quoted(ReadOnlySpan<char> text, char separator, Span<Range> fields)
    {
        int count = 0, start = 0;
        bool inside = false;
        for (int i = 0; i <= text.Length && count < fields.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                inside = !inside;
            if (i == text.Length || (text[i] == separator && !inside))
            {
                fields[count++] = start..i;
                start = i + 1;
            }
        }
        return count;
    }

    static ReadOnlySpan<char> Bare(ReadOnlySpan<char> field) => field.Trim().Trim('"');
}
