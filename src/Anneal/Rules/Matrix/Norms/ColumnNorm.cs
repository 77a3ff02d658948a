namespace Anneal.RuleOptions;

/// <summary>The longest column: every column steps equally far, as first layers and embeddings want.</summary>
/// <remarks><code>D(G)ⱼ = gⱼ / (‖gⱼ‖ / √rows + 1e-8)     ‖W‖ = max ‖wⱼ‖ / √rows          with Normalized the denominator is also multiplied by the columns</code></remarks>
/// <param name="Normalized">Divides by the inputs.</param>
/// <param name="Transposed">Takes rows for columns: embeddings stored as (words, size).</param>
public sealed record ColumnNorm(bool Normalized = false, bool Transposed = false) : MatrixNorm
{
    internal override IReadOnlyList<Slot> Rooms => Transposed ? [] : Lines.ColumnRoom;

    static double Factor(int rows, int columns, bool normalised) => (normalised ? columns : 1) / Math.Sqrt(rows);

    internal override View<L> Direction<L>(in Pass<L> one, int room, View<L> x)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        if (Transposed)
            Lines.DivideRows(one, x, Factor(columns, rows, Normalized));
        else
            Lines.DivideColumns(one, x, one[room], Factor(rows, columns, Normalized));
        return x;
    }

    /// <inheritdoc/>
    public override double Of(double[] matrix, int rows, int columns) => Transposed
        ? Lines.Longest(matrix, rows, columns, ofRows: true) * Factor(columns, rows, Normalized)
        : Lines.Longest(matrix, rows, columns, ofRows: false) * Factor(rows, columns, Normalized);
}
