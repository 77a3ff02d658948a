using System.Runtime.CompilerServices;

namespace Anneal.RuleOptions;

/// <summary>What norms and second moments do to the rows or the columns of a matrix.</summary>
static class Lines
{
    /// <summary>Added to a length before dividing by it.</summary>
    public const double Epsilon = 1e-8;

    /// <summary>Room for one number per column.</summary>
    public static IReadOnlyList<Slot> ColumnRoom { get; } = [Slot.ScratchSpace("columns", t => t.IsMatrix ? t.Columns : 0)];

    /// <summary>xᵢ ← xᵢ / (factor · ‖xᵢ‖ + 1e-8) for every row.</summary>
    public static void DivideRows<L>(in Pass<L> one, View<L> x, double factor) where L : struct, ILane<L>
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        for (int i = 0; i < rows; i++)
        {
            View<L> row = x.Slice(i * columns, columns);
            one.Over(new Scale<L>(1 / (factor * one.Norm(row) + Epsilon)), row, row);
        }
    }

    /// <summary>xⱼ ← xⱼ / (factor · ‖xⱼ‖ + 1e-8) for every column.</summary>
    public static void DivideColumns<L>(in Pass<L> one, View<L> x, View<L> lengths, double factor) where L : struct, ILane<L>
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        ColumnSquares(one, x, lengths, rows, columns);
        one.Over(new Inverse<L>(factor), lengths, lengths);
        for (int i = 0; i < rows; i++)
            one.Over(new Times<L>(), x.Slice(i * columns, columns), lengths);
    }

    /// <summary>sums ← Σ over the rows of x², for every column</summary>
    public static void ColumnSquares<L>(in Pass<L> one, View<L> x, View<L> sums, int rows, int columns) where L : struct, ILane<L>
    {
        sums.Fill(0);
        for (int i = 0; i < rows; i++)
            one.Over(new AddSquare<L>(), sums, x.Slice(i * columns, columns));
    }

    /// <summary>The length of the longest row or column.</summary>
    public static double Longest(double[] matrix, int rows, int columns, bool ofRows)
    {
        var squares = new double[ofRows ? rows : columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                squares[ofRows ? i : j] += matrix[i * columns + j] * matrix[i * columns + j];
        return Math.Sqrt(squares.Max());
    }

    readonly struct Inverse<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L factor = L.Of(factor), ε = L.Of(Epsilon), unit = L.Of(1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L source) => unit / (factor * L.Sqrt(source) + ε);
    }
}

/// <summary>target ← target + source²</summary>
readonly struct AddSquare<L> : IUpdate<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => target + source * source;
}

/// <summary>target ← target · source</summary>
readonly struct Times<L> : IUpdate<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => target * source;
}
