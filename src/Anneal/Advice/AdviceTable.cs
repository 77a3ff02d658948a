using System.Collections.Concurrent;

namespace Anneal.Advice;

/// <summary>One table of advice, as it stands in <c>Advice/Tables</c>: Markdown that people read, and rows that <see cref="Adviser"/> decides by.</summary>
/// <remarks>
/// A row says when it holds (<see cref="Condition"/>), what it advises (<see cref="Amount"/>, or a word), how far off that may be, how sure it is, where it is from
/// and why. So a rule is added, changed or contradicted without a line of code.
/// </remarks>
public sealed class AdviceTable
{
    static readonly ConcurrentDictionary<string, AdviceTable> read = [];

    AdviceTable(string name, IReadOnlyList<string> columns, IReadOnlyList<AdviceRow> rows) => (Name, Columns, Rows) = (name, columns, rows);

    /// <summary>The names of all tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(AdviceTable).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("advice/", StringComparison.Ordinal)).Select(n => n["advice/".Length..^".md".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The file's name, without its ending.</summary>
    public string Name { get; }

    /// <summary>The heads of its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Its rows, in order.</summary>
    public IReadOnlyList<AdviceRow> Rows { get; }

    /// <summary>The table of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static AdviceTable Of(string name) => read.GetOrAdd(name, static name =>
    {
        using var stream = typeof(AdviceTable).Assembly.GetManifestResourceStream($"advice/{name}.md")
            ?? throw new ArgumentException($"There is no table '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    });

    /// <summary>The row of that name, such as <c>peaks/bert</c>.</summary>
    internal static AdviceRow Row(string name) => name.Split('/') is [var table, var id] ? Of(table).Rows.Single(r => r.Id == id) : throw new ArgumentException($"'{name}' is no row.", nameof(name));

    /// <summary>Reads the rows of the first table in a Markdown text.</summary>
    /// <exception cref="FormatException">A row has more or fewer cells than the head, an id stands twice, or a condition, a value or a word cannot be read.</exception>
    internal static AdviceTable Parse(string name, string markdown)
    {
        string[][] lines = [.. markdown.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|').Select(c => c.Trim().Trim('`')).ToArray())];
        if (lines.Length < 3)
            throw new FormatException($"{name}: there is no table here.");
        string[] columns = lines[0];
        var rows = new List<AdviceRow>();
        foreach (string[] cells in lines.Skip(2))
        {
            if (cells.Length != columns.Length)
                throw new FormatException($"{name}, {cells[0]}: the row has {cells.Length} cells, the head {columns.Length}.");
            try
            {
                rows.Add(new(name, columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)));
            }
            catch (FormatException broken)
            {
                throw new FormatException($"{name}, {cells[0]}: {broken.Message}", broken);
            }
        }
        return rows.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } twice ? throw new FormatException($"{name}: the id {twice.Key} stands there twice.") : new(name, columns, rows);
    }
}

/// <summary>How sure a row is.</summary>
public enum Confidence
{
    /// <summary>A rule of thumb, or one source that was never tried elsewhere.</summary>
    Low,

    /// <summary>A published recipe that others have used, or a measurement on small models here: good for a first run.</summary>
    Medium,

    /// <summary>Several independent sources agree.</summary>
    High,

    /// <summary>Arithmetic, or measured on this very model by the person who asks.</summary>
    Certain,
}

/// <summary>One row of a table of advice.</summary>
public sealed class AdviceRow
{
    readonly IReadOnlyDictionary<string, string> cells;
    readonly IReadOnlyList<Condition> covered = [];

    internal AdviceRow(string table, IReadOnlyDictionary<string, string> cells)
    {
        this.cells = cells;
        (Table, Id) = (table, cells["id"]);
        When = Condition.Parse(this["when"]);
        if (this["sure"] is { Length: > 0 } sure)
            Sure = Enum.TryParse(sure, ignoreCase: true, out Confidence read) ? read : throw new FormatException($"'{sure}' is not how sure a row can be; it is low, medium, high or certain.");
        if (this["source"].Split('/') is [{ Length: > 0 } source, .. var quoted] && table != "sources")
        {
            Source = AdviceSource.Of(source);
            Verdict = quoted.Length == 0 ? null : AdviceTable.Of(source).Rows.FirstOrDefault(r => r.Id == quoted[0])
                ?? throw new FormatException($"the table of {source} has no row '{quoted[0]}'.");
        }
        if (this["covers"] is { Length: > 0 } covers)
            covered = [.. covers.Split(" or ").Select(Condition.Parse)];
        if (this["range"] is { Length: > 0 } range)
            (Low, High) = range.Split("..") is [var low, var high] && CaseField.Amount(low) is { } least && CaseField.Amount(high) is { } most && least <= 1 && most >= 1 ? (least, most)
                : throw new FormatException($"'{range}' is no range: two factors about 1, as in 0.5..2.");
    }

    /// <summary>The table it stands in.</summary>
    public string Table { get; }

    /// <summary>Its name within the table.</summary>
    public string Id { get; }

    /// <summary>The cases it is for.</summary>
    public Condition When { get; }

    /// <summary>How sure it is.</summary>
    public Confidence Sure { get; }

    /// <summary>What decides among rows that hold: what was tried on this very model comes before every table, and else the surer one.</summary>
    internal int Rank => Source?.Key == "earlier" ? (int)Confidence.Certain + 1 : (int)Sure;

    /// <summary>Where it is from; null in tables that have no such column.</summary>
    public AdviceSource? Source { get; }

    /// <summary>Where it repeats a row of the slides' tables, that row with its verdict; otherwise null.</summary>
    public AdviceRow? Verdict { get; }

    /// <summary>What is repeated here and contradicted there, with the evidence, where its scale covers the case: such a row decides nothing. Otherwise null.</summary>
    internal string? Refutation(Facts facts) =>
        Verdict is { } judged && judged.covered.Any(cases => cases.Holds(facts) == true) ? $"\"{judged["row"]}\" is contradicted on this scale ({judged["scale"]}): {judged["evidence"].TrimEnd('.')}" : null;

    /// <summary>The facts that are missing for telling whether that scale covers the case.</summary>
    internal IEnumerable<string> MissingForVerdict(Facts facts) => Verdict is not { } judged || Refutation(facts) is not null ? []
        : judged.covered.Where(cases => cases.Holds(facts) is null).SelectMany(cases => cases.Missing(facts));

    /// <summary>The reason, and the verdict on what it repeats as it stands: a contradiction from another scale is none here, but it is told.</summary>
    internal string Reasons => this["reason"] + (Verdict is not { } judged ? ""
        : $" Verdict: {judged["verdict"]}{(judged["scale"].Length == 0 ? "" : $" ({(judged.covered.Count == 0 ? "" : "on another scale: ")}{judged["scale"]})")}. {judged["evidence"]}");

    /// <summary>The least factor on its value that it still covers.</summary>
    public double Low { get; } = 0.5;

    /// <summary>The greatest factor on its value that it still covers.</summary>
    public double High { get; } = 2;

    /// <summary>A cell by the head of its column; empty where the table has no such column.</summary>
    public string this[string column] => cells.GetValueOrDefault(column, "");

    /// <summary>Its value as a formula.</summary>
    internal Amount Value => Amount.Parse(this["value"]);

    /// <inheritdoc/>
    public override string ToString() => $"{Table}/{Id}";
}

/// <summary>Where advice comes from.</summary>
/// <param name="Key">As rows name it.</param>
/// <param name="Kind">slides, paper, framework, measured here, or rule of thumb.</param>
/// <param name="Name">For people.</param>
/// <param name="Link">Where it can be read; empty where there is none.</param>
public sealed record AdviceSource(string Key, string Kind, string Name, string Link)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<AdviceSource> All { get; } = [.. AdviceTable.Of("sources").Rows.Select(r => new AdviceSource(r.Id, r["kind"], r["name"], r["link"]))];

    internal static AdviceSource Of(string key) => All.FirstOrDefault(s => s.Key == key) ?? throw new FormatException($"there is no source '{key}' in the table of sources.");

    /// <summary>Kind and name.</summary>
    public override string ToString() => Kind == "slides" ? Name : $"{Name} ({Kind})";
}
