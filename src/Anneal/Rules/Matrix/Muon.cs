using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Momentum of a matrix with all its singular values pushed to about 1, so that every direction moves alike.</summary>
/// <remarks>
/// <code>
/// M ← β·M + (1 − β)·G     U = (1 − β)·G + β·M  (M without Nesterov)     X = U / (‖U‖ + 1e-7), turned so that it is wide
/// five times: A = XXᵀ,  X ← 3.4445·X + (−4.775·A + 2.0315·A²)·X          W ← (1 − rate·Decay)·W − rate · √max(1, rows/columns) · X
/// </code>
/// Tensors that are not matrices run AdamW with β₁ 0.9, β₂ 0.95 at VectorRate times the rate. Published in bfloat16; here the iteration runs in the precision of the weights.
/// Jordan et al., <see href="https://kellerjordan.github.io/posts/muon/">Muon</see> (2024). Typical rate 0.02.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead.</param>
/// <param name="Iterations">Newton–Schulz steps, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
public sealed record Muon(double Beta = 0.95, bool Nesterov = true, int Iterations = 5, double Decay = 0, double VectorRate = 0.015) : Rule
{
    public double Beta { get; } = Require.BelowOne(Beta);
    public int Iterations { get; } = (int)Require.NotNegative(Iterations);
    public double Decay { get; } = Require.NotNegative(Decay);
    public double VectorRate { get; } = Require.NotNegative(VectorRate);

    static int Short(Tensor t) => t.IsMatrix ? Math.Min(t.Rows, t.Columns) : 0;

    static int Whole(Tensor t) => t.IsMatrix ? t.Count : 0;

    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        "m", new("v", t => t.IsMatrix ? 0 : t.Count), Slot.ScratchSpace("x", Whole), Slot.ScratchSpace("turned", t => t.Rows > t.Columns ? Whole(t) : 0), Slot.ScratchSpace("next", Whole),
        Slot.ScratchSpace("a", t => Short(t) * Short(t)), Slot.ScratchSpace("b", t => Short(t) * Short(t)),
    ];

    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta = pass.Momentum(Beta), decay = pass.Decay(Decay);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            if (!one.Shape.IsMatrix)
            {
                one.Run(new AdamWUpdate<L>(Vectors, Vectors.Beta1, decay, pass.Rate * VectorRate, pass.Step), one[0], one[1]);
                continue;
            }
            int rows = one.Shape.Rows, columns = one.Shape.Columns;
            View<L> m = one[0], x = one[2];
            one.Over(new Mix<L>(1 - beta), m, one.Gradient);
            m.CopyTo(x);
            if (Nesterov)
                one.Over(new Mix<L>(1 - beta), x, one.Gradient);
            View<L> flat = NewtonSchulz(one, x, rows, columns);
            one.Over(new MixAdd<L>(1 - pass.Rate * decay, -pass.Rate * Math.Sqrt(Math.Max(1, (double)rows / columns))), one.Weights, flat);
        }
    }

    static readonly AdamW Vectors = new(0.9, 0.95, 1e-10, 0);

    View<L> NewtonSchulz<L>(in Pass<L> one, View<L> x, int rows, int columns) where L : struct, ILane<L>
    {
        View<L> turned = one[3], next = one[4], a = one[5], b = one[6];
        one.Over(new Scale<L>(1 / (one.Norm(x) + 1e-7)), x, x);
        bool tall = rows > columns;
        int m = Math.Min(rows, columns), n = Math.Max(rows, columns);
        if (tall)
        {
            MatrixProduct.Transpose(x, turned, rows, columns);
            (x, turned) = (turned, x);
        }
        for (int i = 0; i < Iterations; i++)
        {
            MatrixProduct.Gram(x, a, m, n, one.Threads);
            MatrixProduct.Gram(a, b, m, m, one.Threads);
            one.Over(new Combine<L>(2.0315, -4.775), b, a);
            MatrixProduct.Run(b, x, next, m, m, n, one.Threads);
            one.Over(new Combine<L>(1, 3.4445), next, x);
            (x, next) = (next, x);
        }
        if (!tall)
            return x;
        MatrixProduct.Transpose(x, turned, m, n);
        return turned;
    }
}

/// <summary>target ← own · target + other · source</summary>
readonly struct Combine<L>(double own, double other) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L own = L.Of(own), other = L.Of(other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => own * target + other * source;
}
