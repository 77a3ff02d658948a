namespace Anneal.Experiments;

/// <summary>The data sets of the folder <c>data</c>, whose README gives source, licence, columns, units and checksum of each.</summary>
public static class DataSets
{
    static readonly Dictionary<string, Func<Samples>> known = new(StringComparer.Ordinal)
    {
        ["cars"] = Cars,
        ["diabetes"] = Diabetes,
        ["digits"] = Digits,
        ["longley"] = Longley,
        ["penguins"] = Penguins,
    };

    /// <summary>The folder the files are read from: the first <c>data</c> with a digits.csv above the working directory, else above this library.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string Folder => Find(Environment.CurrentDirectory) ?? Find(Path.GetDirectoryName(typeof(DataSets).Assembly.Location)!)
        ?? throw new DataException($"No folder above {Environment.CurrentDirectory} has a folder data with digits.csv in it.");

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => known.Keys;

    /// <summary>A data set by the name a trial's JSON calls it: features raw, rows with missing values left out, the label its README names.</summary>
    /// <exception cref="DataException">The name is unknown, or its file is missing or damaged.</exception>
    public static Samples Named(string name) => known.TryGetValue(name, out var read) ? read()
        : throw new DataException($"There is no data set '{name}'; there are {string.Join(", ", Names)}.");

    /// <summary>The path of a data set's file.</summary>
    public static string File(string name) => Path.Combine(Folder, name + ".csv");

    /// <summary>A data set's file as a table, missing values and all.</summary>
    public static Table Table(string name) => Experiments.Table.Read(File(name));

    /// <summary>1797 handwritten digits of 8×8 pixels from 0 (white) to 16 (black), row by row; ten classes.</summary>
    public static Samples Digits()
    {
        var table = Table("digits");
        return table.Classes("digit", [.. table.Columns.Where(c => c != "digit")]);
    }

    /// <summary>392 cars: miles per gallon from cylinders, displacement, horsepower, weight and acceleration. Left out are the 14 rows without mpg or horsepower.</summary>
    public static Samples Cars() =>
        Table("cars").Complete("mpg", "horsepower").Samples("mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration");

    /// <summary>442 patients: the progression of diabetes from ten measurements of a year before, in raw units.</summary>
    public static Samples Diabetes() => Table("diabetes").Samples("progression", "age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");

    /// <summary>16 years: employment from six economic figures that are nearly combinations of one another. A touchstone for least squares since 1967.</summary>
    public static Samples Longley() => Table("longley").Samples("employed", "deflator", "gnp", "unemployed", "armed_forces", "population", "year");

    /// <summary>342 penguins: the species from beak, flipper and mass. Left out are the 2 rows without measurements.</summary>
    public static Samples Penguins()
    {
        string[] measured = ["beak_length", "beak_depth", "flipper_length", "body_mass"];
        return Table("penguins").Complete(measured).Classes("species", measured);
    }

    static string? Find(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            if (System.IO.File.Exists(Path.Combine(at.FullName, "data", "digits.csv")))
                return Path.Combine(at.FullName, "data");
        return null;
    }
}
