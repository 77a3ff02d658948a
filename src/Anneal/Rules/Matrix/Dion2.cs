namespace Anneal;

/// <summary>Muon on the fraction of the rows or columns that has gathered the most momentum; the rest waits, and nothing of it is lost.</summary>
/// <remarks>
/// <code>
/// M ← M + G     K = the ⌈Fraction·n⌉ rows (of a tall matrix: columns) of M with the largest Σ|mᵢⱼ|     O = Newton–Schulz(M_K)     M_K ← β·M_K
/// W ← (1 − rate·Decay)·W, then  W_K ← W_K − rate · ScaleFactor · scale(rows, columns) · O
/// </code>
/// With <paramref name="Beta2"/> rows are chosen whatever the shape, and O is brought to rows of equal length as in <see cref="NorMuon"/> (Dion3).
/// Ahn et al., <see href="https://github.com/microsoft/dion">Dion2</see> (2025). Typical rate 0.01, fraction ¼, β 0.95.
/// </remarks>
/// <param name="Fraction">Share of the rows or columns that step, (0, 1].</param>
/// <param name="Beta">What is left of their momentum afterwards, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square per row, [0, 1); null for none.</param>
/// <param name="Iterations">Newton–Schulz steps, 0 to 1,000.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Epsilon">Added to the root of the mean square, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="NewtonSchulz">How a matrix is made orthogonal; five steps of Polar Express unless given.</param>
/// <param name="Scale">How the shape of the whole matrix scales the step.</param>
/// <param name="ScaleFactor">Factor on that scale, above 0.</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</param>
public sealed record Dion2(
    double Fraction = 0.25, double Beta = 0.95, double? Beta2 = null, int Iterations = 5, double Decay = 0.01, double Epsilon = 1e-8, double VectorRate = 1,
    NewtonSchulz? NewtonSchulz = null, MatrixScale Scale = MatrixScale.RmsToRms, double ScaleFactor = 1, Adam? Vectors = null)
    : SteepestDescent(Beta, false, Decay, VectorRate, MuonMomentum.Sum, false, Vectors, null)
{
    /// <summary>Share of the rows or columns that step, (0, 1].</summary>
    public double Fraction { get; } = Require.Fraction(Require.Positive(Fraction), nameof(Fraction));

    /// <summary>Decay of the mean square per row, [0, 1); null for none.</summary>
    public double? Beta2 { get; } = Beta2 is double own ? Require.BelowOne(own, nameof(Beta2)) : null;

    /// <summary>Newton–Schulz steps, 0 to 1,000.</summary>
    public int Iterations { get; } = Require.Count(0, 1_000, Iterations);

    /// <summary>Added to the root of the mean square, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>How the shape of the whole matrix scales the step.</summary>
    public MatrixScale Scale { get; } = Require.Known(Scale);

    /// <summary>Factor on that scale, above 0.</summary>
    public double ScaleFactor { get; } = Require.Positive(ScaleFactor);

    /// <summary>The five steps of Polar Express that Dion's authors use.</summary>
    internal static NewtonSchulz PolarExpress { get; } = new(CoefficientSet.PolarExpressFive, Epsilon: 1e-8, Safety: 1.02);

    internal override bool SeparatesRoom => true;

    private protected override int SecondMoments(Tensor t) => Beta2 is null ? 0 : t.Rows;

    private protected override IReadOnlyList<Slot> Rooms =>
    [
        .. RuleOptions.NewtonSchulz.Rooms, Slot.ScratchSpace("lines", t => t.IsMatrix ? Math.Max(t.Rows, t.Columns) : 0),
        Slot.ScratchSpace("whole", t => t.IsMatrix ? t.Count : 0),
    ];

    private protected override View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        bool byRows = Beta2 is not null || rows <= columns;
        int lines = byRows ? rows : columns, k = Math.Max(1, (int)Math.Ceiling(Fraction * lines));
        // The momentum with this gradient in it, and later the step.
        View<L> whole = one[Own + 5], sums = one[Own + 4].Slice(0, lines);
        int[] chosen = Largest(one, whole, sums, rows, columns, byRows, k);
        View<L> part = u.Slice(0, byRows ? k * columns : rows * k);
        // Those chosen are taken out, and a share of their momentum stays.
        double beta = one.Momentum(Beta);
        for (int i = 0; i < (byRows ? k : rows); i++)
            if (byRows)
            {
                View<L> row = whole.Slice(chosen[i] * columns, columns);
                row.CopyTo(part.Slice(i * columns, columns));
                one.Over(new Scale<L>(beta), row, row);
            }
            else
                for (int j = 0; j < k; j++)
                {
                    int place = i * columns + chosen[j];
                    part[i * k + j] = whole[place];
                    whole[place] *= beta;
                }
        one.Over(new Remember<L>(), whole, whole, one[0]);
        View<L> flat = (NewtonSchulz ?? PolarExpress).Run(one, Own, part, byRows ? k : rows, byRows ? columns : k, Iterations);
        scale = ScaleFactor * Scale.Of(rows, columns);
        if (Beta2 is double beta2)
            scale *= EqualRows(one, flat, chosen, rows, columns, beta2);
        whole.Fill(0);
        for (int i = 0; i < (byRows ? k : rows); i++)
            if (byRows)
                flat.Slice(i * columns, columns).CopyTo(whole.Slice(chosen[i] * columns, columns));
            else
                for (int j = 0; j < k; j++)
                    whole[i * columns + chosen[j]] = flat[i * k + j];
        return whole;
    }

    private protected override void Gathered<L>(in Pass<L> one, View<L> u) => one.Over(new Plus<L>(), one[Own + 5], one.Gradient, one[0]);

    /// <summary>Second moments of the chosen rows alone.</summary>
    double EqualRows<L>(in Pass<L> one, View<L> flat, int[] chosen, int rows, int columns, double beta2) where L : struct, ILane<L>
    {
        double before = one.Norm(flat);
        SecondMoment.Divide(one, flat, one[1], one[Own + 4].Slice(0, rows), chosen.Length, columns, byRows: true, beta2, Epsilon, floor: false, chosen);
        double now = one.Norm(flat);
        return now > 0 ? before / now : 1;
    }

    /// <summary>The lines with the largest sums of magnitudes, in order; of equal ones the first.</summary>
    static int[] Largest<L>(in Pass<L> one, View<L> m, View<L> sums, int rows, int columns, bool byRows, int k) where L : struct, ILane<L>
    {
        if (byRows)
            for (int i = 0; i < rows; i++)
                sums[i] = one.SumAbs(m.Slice(i * columns, columns));
        else
        {
            sums.Fill(0);
            for (int i = 0; i < rows; i++)
                one.Over(new AddMagnitude<L>(), sums, m.Slice(i * columns, columns));
        }
        double[] keys = sums.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i]).Take(k)];
        Array.Sort(order);
        return order;
    }

    /// <summary>target ← target + |source|</summary>
    readonly struct AddMagnitude<L> : IUpdate<L> where L : struct, ILane<L>
    {
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L source) => target + L.Abs(source);
    }
}
