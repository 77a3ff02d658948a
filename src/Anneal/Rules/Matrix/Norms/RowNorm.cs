namespace Anneal.RuleOptions;

/// <summary>The longest row: every row steps equally far.</summary>
/// <remarks><code>D(G)ᵢ = gᵢ / (√columns · ‖gᵢ‖ + 1e-8)     ‖W‖ = √columns · max ‖wᵢ‖          without Normalized there is no √columns</code></remarks>
/// <param name="Normalized">Divides by the root of the inputs.</param>
/// <param name="Transposed">Takes columns for rows: embeddings stored as (words, size).</param>
public sealed record RowNorm(bool Normalized = true, bool Transposed = false) : MatrixNorm
{
    internal override IReadOnlyList<Slot> Rooms => Transposed ? Lines.ColumnRoom : [];

    internal override View<L> Direction<L>(in Pass<L> one, int room, View<L> x)
    {
        if (Transposed)
            Lines.DivideColumns(one, x, one[room], Normalized ? Math.Sqrt(one.Shape.Rows) : 1);
        else
            Lines.DivideRows(one, x, Normalized ? Math.Sqrt(one.Shape.Columns) : 1);
        return x;
    }

    /// <inheritdoc/>
    public override double Of(double[] matrix, int rows, int columns) => Transposed
        ? Lines.Longest(matrix, rows, columns, ofRows: false) * (Normalized ? Math.Sqrt(rows) : 1)
        : Lines.Longest(matrix, rows, columns, ofRows: true) * (Normalized ? Math.Sqrt(columns) : 1);
}
