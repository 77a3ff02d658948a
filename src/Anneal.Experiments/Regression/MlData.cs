using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anneal.Experiments;

/// <summary>The data sets of the folder <c>data</c> as ML.NET's text loader reads them.</summary>
public static class MlData
{
    /// <summary>A data set's file, each column under its own name: numbers as single precision with NaN for a missing value, all else as text.</summary>
    /// <exception cref="DataException">There is no such file.</exception>
    public static IDataView LoadDataSet(this DataOperationsCatalog data, string name)
    {
        var table = DataSets.Table(name);
        var options = new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            // Without it, ML.NET reads a missing number as 0.
            MissingRealsAsNaNs = true,
            Columns = [.. table.Columns.Select((column, i) => new TextLoader.Column(column, Numeric(table, column) ? DataKind.Single : DataKind.String, i))],
        };
        return data.CreateTextLoader(options).Load(DataSets.File(name));
    }

    static bool Numeric(Table table, string column) =>
        table.Texts(column).All(field => field.Length == 0 || double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
