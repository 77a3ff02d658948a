using System.Globalization;

namespace Anneal;

/// <summary>What a run logged: numbers by step, in named columns, as <c>anneal train</c> and <c>anneal sweep</c> write them.</summary>
/// <remarks>Where a step has a line for each tensor (or for each head), as in <c>tensors.csv</c> and <c>attention.csv</c>, each gets columns of its own: <c>update_ratio of tokens.weight</c>. Columns of text are left out, and so are all runs but the first: a new one begins where the step does not rise. A line cut short at the end, as a killed run leaves it, is left out too.</remarks>
public sealed class TraceTable
{
    static readonly string[] rates = ["step_rate", "rate", "learning_rate", "lr"];

    readonly Dictionary<string, double[]> columns;

    TraceTable(IReadOnlyList<string> names, Dictionary<string, double[]> columns, int left) => (Names, this.columns, RowsLeft) = (names, columns, left);

    /// <summary>The columns of numbers, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Rows of further runs, which were not read.</summary>
    public int RowsLeft { get; }

    /// <summary>A column; not a number where a line has none.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public IReadOnlyList<double> this[string name] => columns.TryGetValue(name, out var values) ? values
        : throw new KeyNotFoundException($"The table has no column {name}; it has {string.Join(", ", Names)}.");

    /// <summary>The column of the rate; null where there is none.</summary>
    public string? RateName => rates.FirstOrDefault(columns.ContainsKey);

    /// <summary>Every column but the step as a line: what there is to draw.</summary>
    public IReadOnlyList<TraceLine> Lines
    {
        get
        {
            double[] steps = columns["step"];
            return [.. Names.Where(name => name != "step").Select(name =>
            {
                int[] kept = [.. Enumerable.Range(0, steps.Length).Where(i => double.IsFinite(columns[name][i]))];
                return new TraceLine(name, [.. kept.Select(i => steps[i])], [.. kept.Select(i => columns[name][i])]);
            }).Where(line => line.Values.Count > 0)];
        }
    }

    /// <summary>The same as the training loop records it; norms that were not logged are not numbers.</summary>
    /// <exception cref="FormatException">There is no rate or no loss.</exception>
    public Trace ToTrace()
    {
        double[] steps = columns["step"], rate = columns[RateName ?? throw Lacks("rate")], loss = columns.GetValueOrDefault("loss") ?? throw Lacks("loss");
        return new([.. steps.Select((step, i) => new TracePoint((long)step, rate[i], loss[i], At("weight_norm", i) ?? double.NaN, At("gradient_norm", i) ?? double.NaN, At("update_norm", i) ?? double.NaN, Metric: At("validation_loss", i)))]);

        double? At(string name, int row) => columns.TryGetValue(name, out var column) && !double.IsNaN(column[row]) ? column[row] : null;
        FormatException Lacks(string what) => new($"The table has no column for the {what}; it has {string.Join(", ", Names)}.");
    }

    /// <summary>Reads a table of comma-separated values with a header, one of whose columns is <c>step</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong, and in which line.</exception>
    public static TraceTable Read(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        string[] lines = csv.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var names = Fields(lines[0]);
        int step = names.IndexOf("step");
        if (step < 0)
            throw new FormatException($"The first line must name the columns, and one of them must be step; it is \"{Short(lines[0])}\".");
        int[] keys = names.IndexOf("tensor") is >= 0 and var tensor ? [tensor] : names.IndexOf("layer") is >= 0 and var layer && names.IndexOf("head") is >= 0 and var head ? [layer, head] : [];
        var rows = new List<List<string>>();
        int left = 0;
        double before = double.NegativeInfinity;
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var fields = Fields(lines[i]);
            if (fields.Count != names.Count && i == lines.Length - 1)
                break;
            if (fields.Count != names.Count)
                throw new FormatException($"Line {i + 1} has {fields.Count} fields, and the header has {names.Count}.");
            double at = Number(fields[step]) is { } number && double.IsFinite(number) ? number : throw new FormatException($"Line {i + 1}: the step is \"{Short(fields[step])}\".");
            if (left > 0 || at < before || at == before && keys.Length == 0)
                left++;
            else
                rows.Add(fields);
            before = at;
        }
        if (rows.Count == 0)
            throw new FormatException("The table has a header and no line below it.");
        if (keys.Length > 0)
            (names, rows) = OneLineAStep(names, rows, step, keys);
        var columns = new Dictionary<string, double[]>();
        foreach (var (k, name) in names.Index())
        {
            double?[] column = [.. rows.Select(row => row[k].Length == 0 ? double.NaN : Number(row[k]))];
            if (column.All(value => value is not null) && !columns.TryAdd(name, [.. column.Select(value => value!.Value)]))
                throw new FormatException($"Two columns are called {name}.");
        }
        return new([.. names.Where(columns.ContainsKey)], columns, left);
    }

    /// <summary>The lines of a step as one, with a column for each measure of each tensor or head.</summary>
    static (List<string> Names, List<List<string>> Rows) OneLineAStep(List<string> names, List<List<string>> rows, int step, int[] keys)
    {
        int[] measures = [.. Enumerable.Range(0, names.Count).Where(k => k != step && !keys.Contains(k))];
        string[] of = [.. rows.Select(Of).Distinct()];
        var steps = rows.GroupBy(row => row[step]).Select(lines => (Step: lines.Key, Lines: lines.DistinctBy(Of).ToDictionary(Of))).ToList();
        return (["step", .. measures.SelectMany(k => of.Select(who => $"{names[k]} of {who}"))],
            [.. steps.Select(at => (List<string>)[at.Step, .. measures.SelectMany(k => of.Select(who => at.Lines.TryGetValue(who, out var line) ? line[k] : ""))])]);

        string Of(List<string> row) => string.Join(" ", keys.Select(k => names[k] == "tensor" ? row[k] : $"{names[k]} {row[k]}"));
    }

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    /// <summary>The fields of a line; a comma within quotes belongs to its field.</summary>
    static List<string> Fields(string line)
    {
        var fields = new List<string>();
        bool inside = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                inside = !inside;
            if (i < line.Length && (line[i] != ',' || inside))
                continue;
            fields.Add(line[start..i].Trim().Trim('"'));
            start = i + 1;
        }
        return fields;
    }
}

/// <summary>A column of a <see cref="TraceTable"/> as points.</summary>
/// <param name="Name">The column.</param>
/// <param name="Steps">The steps that have a number.</param>
/// <param name="Values">The numbers.</param>
public sealed record TraceLine(string Name, IReadOnlyList<double> Steps, IReadOnlyList<double> Values)
{
    /// <summary>Whether a logarithmic axis shows more: all numbers are above 0, and the largest is twenty times the smallest or more.</summary>
    public bool IsWide => Values.All(v => v > 0) && Values.Max() >= 20 * Values.Min();
}
