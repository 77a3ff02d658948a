namespace Anneal.RuleOptions;

/// <summary>How a matrix is made orthogonal by products alone: its size is brought to at most 1, then polynomials push every singular value towards 1.</summary>
/// <remarks>
/// <code>
/// X ← X / size     for every triple:  S = XXᵀ,  X ← A·X + (B·S + C·S²)·X     (of a tall matrix, its transpose)
/// </code>
/// A step costs three products of which two are symmetric. Published programs run it in bfloat16; here it runs in the precision of the weights unless <paramref name="Format"/> says otherwise.
/// Bernstein and Newhouse, <see href="https://arxiv.org/abs/2409.20325">Old Optimizer, New Norm</see> (2024), appendix A.
/// </remarks>
/// <param name="Coefficients">The triples.</param>
/// <param name="Epsilon">Keeps the division finite, 0 or above; unit of a gradient.</param>
/// <param name="EpsilonForm">Where it enters.</param>
/// <param name="Safety">Factor on the size, 1 or above: leaves room for rounding below 1.</param>
/// <param name="Preconditioning">What the matrix is divided by.</param>
/// <param name="Cycles">More steps than triples begin again with the first; otherwise the last is repeated.</param>
/// <param name="CustomCoefficients">Triples of one's own, in place of <paramref name="Coefficients"/>.</param>
/// <param name="Format">What the matrices are rounded to on the way: to see what bfloat16 does to the result, as it makes nothing faster here.</param>
public sealed record NewtonSchulz(
    CoefficientSet Coefficients = CoefficientSet.Jordan, double Epsilon = 1e-7, NormEpsilon EpsilonForm = NormEpsilon.Added, double Safety = 1,
    Preconditioning Preconditioning = Preconditioning.Frobenius, bool Cycles = false, IReadOnlyList<NewtonSchulzStep>? CustomCoefficients = null,
    IterationFormat Format = IterationFormat.AsWeights)
{
    /// <summary>The triples.</summary>
    public CoefficientSet Coefficients { get; } = Require.Known(Coefficients);

    /// <summary>Keeps the division finite, 0 or above; unit of a gradient.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Where it enters.</summary>
    public NormEpsilon EpsilonForm { get; } = Require.Known(EpsilonForm);

    /// <summary>Factor on the size, 1 or above: leaves room for rounding below 1.</summary>
    public double Safety { get; } = Require.AtLeast(1, Safety);

    /// <summary>What the matrix is divided by.</summary>
    public Preconditioning Preconditioning { get; } = Require.Known(Preconditioning);

    /// <summary>Triples of one's own, in place of <see cref="Coefficients"/>.</summary>
    public IReadOnlyList<NewtonSchulzStep>? CustomCoefficients { get; } = CustomCoefficients is null ? null : Items<NewtonSchulzStep>.Of(Require.Some([.. CustomCoefficients], nameof(CustomCoefficients)));

    /// <summary>What the matrices are rounded to on the way.</summary>
    public IterationFormat Format { get; } = Require.Known(Format);

    /// <summary>The same in another format.</summary>
    internal NewtonSchulz In(IterationFormat format) => new(Coefficients, Epsilon, EpsilonForm, Safety, Preconditioning, Cycles, CustomCoefficients, format);

    /// <summary>The triples as they are used in so many iterations.</summary>
    public IEnumerable<NewtonSchulzStep> Steps(int iterations)
    {
        var list = CustomCoefficients ?? NewtonSchulzCoefficients.Of(Coefficients);
        for (int i = 0; i < iterations; i++)
            yield return list[Cycles ? i % list.Count : Math.Min(i, list.Count - 1)];
    }

    /// <summary>What becomes of a singular value, once the matrix has been divided by its size.</summary>
    public double SingularValue(double s, int iterations) => Steps(iterations).Aggregate(s, (x, step) => step.At(x));

    internal static IReadOnlyList<Slot> Rooms { get; } =
    [
        Slot.ScratchSpace("turned", t => t.IsMatrix && t.Rows > t.Columns ? t.Count : 0), Slot.ScratchSpace("next", t => t.IsMatrix ? t.Count : 0),
        Slot.ScratchSpace("a", t => Short(t) * Short(t)), Slot.ScratchSpace("b", t => Short(t) * Short(t)),
    ];

    static int Short(Tensor t) => t.IsMatrix ? Math.Min(t.Rows, t.Columns) : 0;

    /// <summary>The orthogonal factor of x, or nearly so.</summary>
    /// <param name="one">The pass, confined to the tensor.</param>
    /// <param name="room">The first of <see cref="Rooms"/> among its slots.</param>
    /// <param name="x">The matrix; what is in it afterwards is of no meaning.</param>
    /// <param name="rows">Its rows: those of the tensor, or some of them.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="iterations">How many steps.</param>
    internal View<L> Run<L>(in Pass<L> one, int room, View<L> x, int rows, int columns, int iterations) where L : struct, ILane<L>
    {
        if (one.State.Exact && Format != IterationFormat.AsWeights)
            return In(IterationFormat.AsWeights).Run(one, room, x, rows, columns, iterations);
        int m = Math.Min(rows, columns), n = Math.Max(rows, columns), count = rows * columns;
        View<L> next = one[room + 1].Slice(0, count), a = one[room + 2].Slice(0, m * m), b = one[room + 3].Slice(0, m * m);
        bool tall = rows > columns;
        View<L> turned = tall ? one[room].Slice(0, count) : next;
        if (tall)
        {
            MatrixProduct.Transpose(x, turned, rows, columns);
            (x, turned) = (turned, x);
        }
        Round(one, x);
        Normalise(one, x, a, m, n, (double)columns / rows);
        Round(one, x);
        bool inPanels = iterations > 0 && MatrixProduct.HasPanels(x, m, n) && MatrixProduct.HasPanels(next, m, n) && MatrixProduct.HasPanels(a, m, m) && MatrixProduct.HasPanels(b, m, m);
        if (inPanels)
        {
            MatrixProduct.ToPanels(x, next, m, n, one.Threads);
            (x, next) = (next, x);
        }
        // Where nothing is rounded in between, a step's XXᵀ is that of the product before as it stands, and the last product need not lie in panels.
        bool fused = inPanels && Format == IterationFormat.AsWeights;
        int done = 0;
        foreach (var step in Steps(iterations))
        {
            if (fused && done > 0)
                MatrixProduct.GramOfLast(x, a, m, n, one.Threads);
            else
                MatrixProduct.Gram(x, a, m, n, one.Threads, inPanels);
            Round(one, a);
            Polynomial(one, step, a, b, next, m, inPanels);
            if (Format == IterationFormat.AsWeights)
                // A on the diagonal adds A·X within the product.
                for (int i = 0; i < m; i++)
                    b[inPanels ? MatrixProduct.InPanels<L>(i, i, m) : i * m + i] += step.A;
            done++;
            if (!fused)
                MatrixProduct.Run(b, x, next, m, m, n, one.Threads, inPanels);
            else if (done < iterations)
                MatrixProduct.RunBeforeGram(b, x, next, m, m, n, one.Threads);
            else
                MatrixProduct.RunToRows(b, x, next, m, m, n, one.Threads);
            if (Format != IterationFormat.AsWeights)
                AddRounded(one, step.A, x, next);
            (x, next) = (next, x);
        }
        if (inPanels && !fused)
        {
            MatrixProduct.FromPanels(x, next, m, n);
            (x, next) = (next, x);
        }
        if (!tall)
            return x;
        MatrixProduct.Transpose(x, turned, m, n);
        return turned;
    }

    /// <summary>b ← B·S + C·S²; S, in <paramref name="a"/>, is lost where that is rounded.</summary>
    void Polynomial<L>(in Pass<L> one, NewtonSchulzStep step, View<L> a, View<L> b, View<L> room, int m, bool inPanels) where L : struct, ILane<L>
    {
        if (step.C == 0)
            one.Over(new Assign<L>(step.B), b, a);
        else if (Format is IterationFormat.AsWeights or IterationFormat.BFloat16Fused)
            MatrixProduct.Square(a, b, m, step.C, step.B, one.Threads, inPanels);
        else
        {
            if (Format == IterationFormat.BFloat16)
            {
                View<L> scaled = room.Slice(0, m * m);
                one.Over(new Assign<L>(step.C), scaled, a);
                Round(one, scaled);
                MatrixProduct.Run(scaled, a, b, m, m, m, one.Threads, inPanels);
            }
            else
            {
                MatrixProduct.Gram(a, b, m, m, one.Threads, inPanels);
                Round(one, b);
                one.Over(new Scale<L>(step.C), b, b);
            }
            AddRounded(one, step.B, a, b);
        }
        Round(one, b);
    }

    /// <summary>target ← factor·source + target, each of them rounded where every operation is; the source is lost then.</summary>
    void AddRounded<L>(in Pass<L> one, double factor, View<L> source, View<L> target) where L : struct, ILane<L>
    {
        if (Format == IterationFormat.BFloat16Fused)
            one.Over(new AddScaled<L>(factor), target, source);
        else
        {
            Round(one, target);
            one.Over(new Scale<L>(factor), source, source);
            Round(one, source);
            one.Over(new AddScaled<L>(1), target, source);
        }
        Round(one, target);
    }

    void Round<L>(in Pass<L> one, View<L> x) where L : struct, ILane<L>
    {
        if (Format != IterationFormat.AsWeights)
            one.Round(x, NumberFormat.BFloat16, Rounding.Nearest);
    }

    double Rounded(double x) => Format == IterationFormat.AsWeights ? x : NumberFormat.BFloat16.Nearest(x);

    void Normalise<L>(in Pass<L> one, View<L> x, View<L> gram, int m, int n, double columnsOverRows) where L : struct, ILane<L>
    {
        switch (Preconditioning)
        {
            case Preconditioning.Frobenius or Preconditioning.Spectral:
                double norm = Rounded(Rounded(Preconditioning == Preconditioning.Frobenius ? one.Norm(x) : Largest(one, x, gram, m, n)) * Safety);
                double size = Rounded(EpsilonForm switch
                {
                    NormEpsilon.Clamped => Math.Max(norm, Epsilon),
                    NormEpsilon.AddedByShape => norm + Epsilon * Math.Sqrt(columnsOverRows),
                    _ => norm + Epsilon,
                });
                one.Over(new Scale<L>(size > 0 ? 1 / size : 0), x, x);
                break;
            case Preconditioning.Schatten:
                MatrixProduct.Gram(x, gram, m, n, one.Threads);
                double four = Math.Sqrt(one.Norm(gram));
                one.Over(new Scale<L>(four > 0 ? 1 / four : 0), x, x);
                break;
            default:
                MatrixProduct.Gram(x, gram, m, n, one.Threads);
                for (int i = 0; i < m; i++)
                {
                    View<L> row = x.Slice(i * n, n);
                    one.Over(new Scale<L>(1 / Math.Sqrt(Math.Max(one.SumAbs(gram.Slice(i * m, m)), 1e-8))), row, row);
                }
                break;
        }
    }

    static double Largest<L>(in Pass<L> one, View<L> x, View<L> gram, int m, int n) where L : struct, ILane<L>
    {
        MatrixProduct.Gram(x, gram, m, n, one.Threads);
        return Math.Sqrt(Math.Max(0, Dense.Eigen(gram.ToArray(), m, one.Threads).Values[0]));
    }
}
