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
        bool byRows = ByRows(one.Shape);
        int lines = byRows ? rows : columns, k = Math.Max(1, (int)Math.Ceiling(Fraction * lines));
        View<L> whole = Whole(one), marks = one[Own + 4].Slice(0, lines);
        int[] chosen = Largest(marks, k);
        View<L> part = u.Slice(0, byRows ? k * columns : rows * k);
        // Those chosen are taken out, and a share of their momentum stays.
        double beta = one.Momentum(Beta);
        Pass<L> alone = one.Alone;
        if (byRows)
            Each(one, k, columns, i =>
            {
                View<L> row = whole.Slice(chosen[i] * columns, columns);
                row.CopyTo(part.Slice(i * columns, columns));
                alone.Over(new Scale<L>(beta), row, row);
            });
        else
            Each(one, rows, k, i =>
            {
                for (int j = 0; j < k; j++)
                {
                    int place = i * columns + chosen[j];
                    part[i * k + j] = whole[place];
                    whole[place] *= beta;
                }
            });
        if (IsBrief<L>())
            one.Over(new Remember<L>(), whole, whole, one[0]);
        View<L> flat = (NewtonSchulz ?? PolarExpress).Run(one, Own, part, byRows ? k : rows, byRows ? columns : k, Iterations);
        scale = ScaleFactor * Scale.Of(rows, columns);
        if (Beta2 is double beta2)
            scale *= EqualRows(one, flat, chosen, rows, columns, beta2);
        // For the move: which line of the step belongs to each, or none.
        marks.Fill(-1);
        for (int j = 0; j < k; j++)
            marks[chosen[j]] = j;
        return flat;
    }

    private protected override void Move<L>(in Pass<L> one, View<L> step, double scale)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        bool byRows = ByRows(one.Shape);
        View<L> weights = one.Weights, whole = one[Own + 5], marks = one[Own + 4].Slice(0, byRows ? rows : columns);
        double keep = 1 - one.Rate * one.Decay(Decay), add = -one.Rate * scale;
        int width = step.Length / rows;
        Pass<L> alone = one.Alone;
        Each(one, rows, columns, i =>
        {
            View<L> row = weights.Slice(i * columns, columns);
            if (!byRows)
            {
                View<L> spread = whole.Slice(i * columns, columns);
                for (int j = 0; j < columns; j++)
                    spread[j] = marks[j] < 0 ? 0 : step[i * width + (int)marks[j]];
                alone.Over(new MixAdd<L>(keep, add), row, spread);
            }
            else if (marks[i] >= 0)
                alone.Over(new MixAdd<L>(keep, add), row, step.Slice((int)marks[i] * columns, columns));
            else if (keep != 1)
                alone.Over(new Scale<L>(keep), row, row);
        });
    }

    bool ByRows(Tensor t) => Beta2 is not null || t.Rows <= t.Columns;

    /// <summary>Memory in fewer bits than weights is rounded once a step, so the sum is formed elsewhere.</summary>
    static bool IsBrief<L>() where L : struct, ILane<L> => L.StateSize < L.WeightSize;

    /// <summary>The momentum with this gradient in it.</summary>
    static View<L> Whole<L>(in Pass<L> one) where L : struct, ILane<L> => IsBrief<L>() ? one[Own + 5] : one[0];

    /// <summary>That, and the sum of magnitudes of each line, while its numbers are near.</summary>
    private protected override void Gathered<L>(in Pass<L> one, View<L> u)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        bool byRows = ByRows(one.Shape), brief = IsBrief<L>();
        View<L> gradient = one.Gradient, memory = one[0], whole = Whole(one), sums = one[Own + 4].Slice(0, byRows ? rows : columns);
        Pass<L> alone = one.Alone;
        Each(one, rows, columns, i =>
        {
            View<L> row = whole.Slice(i * columns, columns), g = gradient.Slice(i * columns, columns);
            if (brief)
                alone.Over(new Plus<L>(), row, g, memory.Slice(i * columns, columns));
            else
                alone.Over(new AddScaled<L>(1), row, g);
            if (byRows)
                sums[i] = alone.SumAbs(row);
        });
        if (!byRows)
        {
            sums.Fill(0);
            for (int i = 0; i < rows; i++)
                one.Over(new AddMagnitude<L>(), sums, whole.Slice(i * columns, columns));
        }
    }

    /// <summary>Does something for each line, on as many threads as pay: at least three numbers are read or written for each of its places.</summary>
    static void Each<L>(in Pass<L> one, int lines, int length, Action<int> run) where L : struct, ILane<L> =>
        Workers.Run(new EachLine(lines, run), 3L * lines * length < Loop.WorthAThread ? 1 : Math.Min(one.Threads, lines));

    sealed class EachLine(int count, Action<int> run) : IJob
    {
        public void Do(int part, int parts)
        {
            for (int i = (int)((long)count * part / parts); i < (long)count * (part + 1) / parts; i++)
                run(i);
        }
    }

    /// <summary>Second moments of the chosen rows alone.</summary>
    double EqualRows<L>(in Pass<L> one, View<L> flat, int[] chosen, int rows, int columns, double beta2) where L : struct, ILane<L>
    {
        double before = one.Norm(flat);
        SecondMoment.Divide(one, flat, one[1], one[Own + 4].Slice(0, rows), chosen.Length, columns, byRows: true, beta2, Epsilon, floor: false, chosen);
        double now = one.Norm(flat);
        return now > 0 ? before / now : 1;
    }

    /// <summary>The lines with the largest sums of magnitudes, in order; of equal ones the first.</summary>
    static int[] Largest<L>(View<L> sums, int k) where L : struct, ILane<L>
    {
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
