using System.Globalization;

namespace Anneal.Experiments;

/// <summary>A CSV file as it stands: a header of column names, then rows of fields. An empty field is a missing value, and stays one until it is dealt with.</summary>
/// <remarks>
/// Fields are parted by commas and never quoted, numbers have a decimal point, lines end in a line feed. Nothing is guessed: <see cref="Numbers"/>
/// and <see cref="Samples(string, string[])"/> refuse a missing value, and <see cref="Complete"/> is the step that leaves rows with missing values out.
/// </remarks>
public sealed class Table
{
    readonly string[][] rows;
    readonly int[] lines;

    Table(string path, IReadOnlyList<string> columns, string[][] rows, int[] lines, int missing) =>
        (Path, Columns, this.rows, this.lines, LeftOut) = (path, columns, rows, lines, missing);

    /// <summary>The file, as error messages call it.</summary>
    public string Path { get; }

    /// <summary>The column names, in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int Rows => rows.Length;

    /// <summary>How many rows <see cref="Complete"/> has left out.</summary>
    public int LeftOut { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">There is no such file, it has no rows, two columns share a name, or a row has too many or too few fields.</exception>
    public static Table Read(string path)
    {
        if (!File.Exists(path))
            throw new DataException($"{path}: there is no such file.");
        return Parse(path, File.ReadAllText(path));
    }

    /// <summary>Reads text that stands for a file of the given name.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static Table Parse(string path, string text)
    {
        string[] all = text.TrimEnd('\n', '\r').Split('\n');
        string[] columns = Fields(all[0]);
        if (columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataException($"{path}, line 1: the column '{twice.Key}' stands there twice.");
        if (all.Length < 2)
            throw new DataException($"{path}: there are no rows below the header.");
        var rows = new string[all.Length - 1][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Fields(all[i + 1]);
            if (rows[i].Length != columns.Length)
                throw new DataException($"{path}, line {i + 2}: there are {rows[i].Length} fields for {columns.Length} columns.");
        }
        return new(path, columns, rows, [.. Enumerable.Range(2, rows.Length)], 0);
    }

    /// <summary>A column's fields as they stand in the file; missing ones are empty.</summary>
    /// <exception cref="DataException">There is no such column.</exception>
    public IReadOnlyList<string> Texts(string column)
    {
        int c = Find(column);
        return [.. rows.Select(row => row[c])];
    }

    /// <summary>A column's numbers.</summary>
    /// <exception cref="DataException">There is no such column, or a field of it is missing, no number, or not finite; the message names the line.</exception>
    public double[] Numbers(string column)
    {
        int c = Find(column);
        return [.. rows.Select((row, i) => Number(row[c], i, column))];
    }

    /// <summary>How many fields of a column are missing.</summary>
    public int Missing(string column) => Texts(column).Count(field => field.Length == 0);

    /// <summary>The rows in which none of these columns is missing; all columns unless some are named.</summary>
    public Table Complete(params string[] columns)
    {
        int[] needed = [.. (columns.Length > 0 ? columns : [.. Columns]).Select(Find)];
        int[] kept = [.. Enumerable.Range(0, Rows).Where(i => needed.All(c => rows[i][c].Length > 0))];
        return Of(kept, LeftOut + Rows - kept.Length);
    }

    /// <summary>The rows in which a column's text fulfils a condition.</summary>
    public Table Where(string column, Func<string, bool> condition)
    {
        int c = Find(column);
        return Of([.. Enumerable.Range(0, Rows).Where(i => condition(rows[i][c]))], LeftOut);
    }

    /// <summary>Samples for a regression: <paramref name="target"/> as the number to be predicted, the features in the order given.</summary>
    /// <exception cref="DataException">A column is missing, a field is missing or no finite number, or the target has one value only.</exception>
    public Samples Samples(string target, params string[] features)
    {
        double[] labels = Numbers(target);
        Varies(target, labels);
        return new(System.IO.Path.GetFileNameWithoutExtension(Path), Features(features), labels, 0, features, target);
    }

    /// <summary>Samples for telling classes apart: the different texts of <paramref name="target"/>, in the order of the alphabet, are the classes 0, 1, …</summary>
    /// <inheritdoc cref="Samples(string, string[])" path="/exception"/>
    public Samples Classes(string target, params string[] features)
    {
        var texts = Texts(target);
        if (texts.ToList().IndexOf("") is >= 0 and var i)
            throw Bad(i, target, "the value is missing");
        string[] names = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        double[] labels = [.. texts.Select(text => (double)Array.IndexOf(names, text))];
        Varies(target, labels);
        return new(System.IO.Path.GetFileNameWithoutExtension(Path), Features(features), labels, names.Length, features, target) { ClassNames = names };
    }

    double[][] Features(string[] features)
    {
        if (features.Length == 0)
            throw new DataException($"{Path}: at least one column must be named as a feature.");
        double[][] columns = [.. features.Select(Numbers)];
        return [.. Enumerable.Range(0, Rows).Select(i => columns.Select(column => column[i]).ToArray())];
    }

    void Varies(string target, double[] labels)
    {
        if (labels.Length == 0)
            throw new DataException($"{Path}: no rows are left.");
        if (labels.All(y => y == labels[0]))
            throw new DataException($"{Path}, column '{target}': all {labels.Length} labels are the same ({Texts(target)[0]}); there is nothing to learn from them.");
    }

    int Find(string column) => Columns.ToList().IndexOf(column) is >= 0 and var c ? c
        : throw new DataException($"{Path}: there is no column '{column}'; there are {string.Join(", ", Columns)}.");

    double Number(string field, int row, string column) =>
        field.Length == 0 ? throw Bad(row, column, "the value is missing; Complete() leaves such rows out")
        : !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? throw Bad(row, column, $"'{field}' is no number")
        : !double.IsFinite(value) ? throw Bad(row, column, $"{field} is not finite")
        : value;

    DataException Bad(int row, string column, string reason) => new($"{Path}, line {lines[row]}, column '{column}': {reason}.");

    Table Of(int[] kept, int missing) => new(Path, Columns, [.. kept.Select(i => rows[i])], [.. kept.Select(i => lines[i])], missing);

    static string[] Fields(string line) => line.TrimEnd('\r').Split(',');
}
