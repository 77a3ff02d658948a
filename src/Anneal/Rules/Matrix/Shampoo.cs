using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Preconditions a matrix from both sides with what its rows and its columns have seen.</summary>
/// <remarks>
/// <code>
/// L ← β₂·L + GGᵀ     R ← β₂·R + GᵀG     W ← W − rate · (L + ε)^−¼ · G · (R + ε)^−¼          vectors: s ← β₂·s + g²,  w ← w − rate·g/√(s + ε)
/// </code>
/// β₂ is 1 in the paper: a sum, as in AdaGrad. Below 1 what is added is multiplied by 1 − β₂.
/// Gupta, Koren and Singer, <see href="https://arxiv.org/abs/1802.09568">Shampoo</see> (2018), alg. 1.
/// Typical rate 0.01 to 0.1.
/// </remarks>
/// <param name="Beta2">Share of the memory that is kept, above 0, up to 1.</param>
/// <param name="Epsilon">Added to the diagonals, unit of a squared gradient, above 0.</param>
/// <param name="PreconditionFrequency">Steps from one pair of roots to the next, 1 or above.</param>
public sealed record Shampoo(double Beta2 = 1, double Epsilon = 1e-4, int PreconditionFrequency = 1) : Rule
{
    /// <summary>Share of the memory that is kept, above 0, up to 1.</summary>
    public double Beta2 { get; } = Require.Fraction(Require.Positive(Beta2));

    /// <summary>Added to the diagonals, unit of a squared gradient, above 0.</summary>
    public double Epsilon { get; } = Require.Positive(Epsilon);

    /// <summary>Steps from one pair of roots to the next, 1 or above.</summary>
    public int PreconditionFrequency { get; } = (int)Require.AtLeast(1, PreconditionFrequency);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        new("s", t => t.IsMatrix ? 0 : t.Count), new("left", t => t.IsMatrix ? t.Rows * t.Rows : 0), new("right", t => t.IsMatrix ? t.Columns * t.Columns : 0),
        new("leftRoot", t => t.IsMatrix ? t.Rows * t.Rows : 0), new("rightRoot", t => t.IsMatrix ? t.Columns * t.Columns : 0),
    ];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double add = Beta2 == 1 ? 1 : 1 - Beta2;
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            if (!one.Shape.IsMatrix)
            {
                one.Run(new ShampooVector<L>(Beta2, add, Epsilon, pass.Rate), one[0]);
                continue;
            }
            int rows = one.Shape.Rows, columns = one.Shape.Columns;
            double[] g = one.Gradient.ToArray();
            double[] left = Grown(one[1], Dense.Gram(g, rows, columns, one.Threads), add);
            double[] right = Grown(one[2], Dense.Gram(Dense.Transposed(g, rows, columns), columns, rows, one.Threads), add);
            if ((pass.Step - 1) % PreconditionFrequency == 0)
            {
                one[3].CopyFrom(Dense.Power(left, rows, -0.25, Epsilon, one.Threads));
                one[4].CopyFrom(Dense.Power(right, columns, -0.25, Epsilon, one.Threads));
            }
            double[] step = Dense.Product(one[3].ToArray(), g, rows, rows, columns, one.Threads);
            step = Dense.Product(step, one[4].ToArray(), rows, columns, columns, one.Threads);
            View<L> w = one.Weights;
            for (int i = 0; i < step.Length; i++)
                w[i] -= pass.Rate * step[i];
        }
    }

    double[] Grown<L>(View<L> memory, double[] added, double share) where L : struct, ILane<L>
    {
        int n = (int)Math.Sqrt(added.Length);
        for (int i = 0; i < added.Length; i++)
            memory[i] = Beta2 * memory[i] + share * added[i];
        double[] shifted = memory.ToArray();
        for (int i = 0; i < n; i++)
            shifted[i * n + i] += Epsilon;
        return shifted;
    }
}

readonly struct ShampooVector<L>(double keep, double add, double epsilon, double rate) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L keep = L.Of(keep), add = L.Of(add), ε = L.Of(epsilon), η = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L s)
    {
        s = keep * s + add * g * g;
        return w - η * g / L.Sqrt(s + ε);
    }
}
