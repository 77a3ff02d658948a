using System.Runtime.CompilerServices;

namespace Anneal;

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
}
