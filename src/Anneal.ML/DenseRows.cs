using System.Numerics;
using System.Runtime.Intrinsics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anneal.ML;

/// <summary>The features and labels of an ML.NET data view, read once into memory: after its features each row has a 1, which stands for the intercept, and then zeros.</summary>
sealed class DenseRows
{
    DenseRows(int width, int stride, float[] x, float[] y, int count, int classes) =>
        (Width, Stride, X, Y, Count, Classes) = (width, stride, x, y, count, classes);

    /// <summary>Features and the 1.</summary>
    public int Width { get; }

    /// <summary>From one row to the next: whole vectors.</summary>
    public int Stride { get; }

    public float[] X { get; }

    /// <summary>Labels: numbers, 0 and 1 for two classes, or a class from 0 to <see cref="Classes"/> − 1.</summary>
    public float[] Y { get; }

    /// <summary>How many classes a key tells apart; 0 for other labels.</summary>
    public int Classes { get; }

    public int Count { get; }

    /// <summary>Reads what a trainer asks for.</summary>
    /// <exception cref="DataException">A column is missing or of another type, there are no rows, a number is not finite, or all labels are the same.</exception>
    public static DenseRows Read(IDataView data, string labelColumn, string featureColumn, LabelKind kind)
    {
        var label = Find(data.Schema, labelColumn);
        var features = Find(data.Schema, featureColumn);
        if (features.Type is not VectorDataViewType { Size: > 0 } vector || vector.ItemType != NumberDataViewType.Single)
            throw new DataException($"The column '{featureColumn}' must be a vector of single-precision numbers of a known size, as Concatenate makes it; it is {features.Type}.");
        int classes = label.Type is KeyDataViewType { Count: <= int.MaxValue } key && kind == LabelKind.Key ? (int)key.Count : 0;
        if (kind switch
        {
            LabelKind.Number when !label.Type.Equals(NumberDataViewType.Single) => "Single",
            LabelKind.Side when !label.Type.Equals(BooleanDataViewType.Instance) => "Boolean",
            LabelKind.Key when classes == 0 => "a key, as MapValueToKey makes it",
            _ => null,
        } is { } wanted)
            throw new DataException($"The label '{labelColumn}' must be {wanted}; it is {label.Type}.");
        int width = vector.Size + 1, whole = Math.Max(8, Vector<float>.Count), stride = (width + whole - 1) / whole * whole;
        var (x, y, count) = RowReader.Read(data, label, features, kind, vector.Size, stride);
        for (int row = 0; row < count; row++)
            if (!Finite(x.AsSpan(row * stride, stride), y[row]))
                throw Unusable(x.AsSpan(row * stride, width - 1), y[row], row, features, labelColumn);
        if (count == 0)
            throw new DataException($"There are no rows to learn '{labelColumn}' from.");
        if (!y.AsSpan(0, count).ContainsAnyExcept(y[0]))
            throw new DataException($"All {count} labels in '{labelColumn}' are the same ({(kind == LabelKind.Side ? y[0] > 0 : y[0])}); there is nothing to learn from them.");
        return new(width, stride, x, y, count, classes);
    }

    /// <summary>Whether all are finite: 0·x is 0 for a finite number, and NaN otherwise.</summary>
    static bool Finite(ReadOnlySpan<float> row, float label)
    {
        var sum = Vector256<float>.Zero;
        for (int j = 0; j < row.Length; j += 8)
            sum += Vector256.Create(row.Slice(j, 8)) * Vector256<float>.Zero;
        return Vector256.Sum(sum) + label * 0 == 0;
    }

    static DataException Unusable(ReadOnlySpan<float> features, float label, int row, DataViewSchema.Column column, string labelColumn)
    {
        if (!float.IsFinite(label))
            return new($"Row {row}, '{labelColumn}': the label is {label}. Rows without a label must be left out before, as FilterRowsByMissingValues does.");
        int j = 0;
        while (float.IsFinite(features[j]))
            j++;
        return new($"Row {row}, '{column.Name}' slot {j}{Name(column, j)}: the feature is {features[j]}. Missing values must be dealt with before, as ReplaceMissingValues or FilterRowsByMissingValues does.");
    }

    static string Name(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return $" ({names.GetItemOrDefault(slot)})";
    }

    static DataViewSchema.Column Find(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new DataException($"There is no column '{name}' in the data; there are {string.Join(", ", schema.Select(c => c.Name))}.");
}

/// <summary>What a trainer's labels are.</summary>
enum LabelKind
{
    /// <summary>A single-precision number.</summary>
    Number,

    /// <summary>A Boolean: one of two classes.</summary>
    Side,

    /// <summary>A key: one of several classes.</summary>
    Key,
}
