using System.Runtime.CompilerServices;

namespace Anneal.Objectives;

/// <summary>Copies of the numbers an objective is made of, refused where they make no sense.</summary>
static class Numbers
{
    /// <summary>At least one number, every one finite.</summary>
    public static double[] Finite(IReadOnlyList<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (values.Count == 0)
            throw new ArgumentException($"{name} must have at least one number.", name);
        for (int i = 0; i < values.Count; i++)
            Require.Finite(values[i], $"{name}[{i}]");
        return [.. values];
    }

    /// <summary>At least one row, every row as long as the first, every number finite; one row after the other.</summary>
    public static double[] Rows(IReadOnlyList<double[]> rows, [CallerArgumentExpression(nameof(rows))] string name = "")
    {
        if (rows.Count == 0 || rows[0].Length == 0)
            throw new ArgumentException($"{name} must have at least one row and one column.", name);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != rows[0].Length)
                throw new ArgumentException($"{name}[{i}] must have {rows[0].Length} numbers like the first row; it has {rows[i].Length}.", name);
            Finite(rows[i], $"{name}[{i}]");
        }
        return [.. rows.SelectMany(row => row)];
    }

    /// <summary>As many labels as rows, each a class from 0.</summary>
    public static int[] Classes(IReadOnlyList<int> labels, int classes, int rows)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"labels must be as many as features has rows, {rows}; there are {labels.Count}.", nameof(labels));
        for (int i = 0; i < labels.Count; i++)
            if (labels[i] < 0 || labels[i] >= classes)
                throw new ArgumentOutOfRangeException($"labels[{i}]", labels[i], $"labels[{i}] must be from 0 to {classes - 1}.");
        return [.. labels];
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
