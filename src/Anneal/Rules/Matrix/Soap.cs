namespace Anneal;

/// <summary>Adam in the slowly turning eigenbasis of Shampoo: rows and columns of a matrix are rotated to where its gradients are independent.</summary>
/// <remarks>
/// <code>
/// G' = QₗᵀGQᵣ     M' ← β₁·M' + (1 − β₁)·G'     V ← β₂·V + (1 − β₂)·G'²     W ← (1 − rate·Decay)·(W − rateₜ·Qₗ·(M'/(√V + ε))·Qᵣᵀ)
/// rateₜ = rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ)     Lₗ ← β·Lₗ + (1 − β)·GGᵀ     Lᵣ ← β·Lᵣ + (1 − β)·GᵀG
/// </code>
/// Q are the eigenvectors of L on the first step, which moves nothing; then, every <paramref name="PreconditionFrequency"/> steps, one power iteration and QR.
/// Vectors run Adam unless <paramref name="PreconditionVectors"/>. Vyas et al., <see href="https://arxiv.org/abs/2409.11321">SOAP</see> (2024), alg. 3, in the authors' form.
/// Typical rate 3e-3.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="ShampooBeta">Decay of the Gram matrices, [0, 1); null for β₂.</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="PreconditionFrequency">Steps from one basis to the next, 1 or above.</param>
/// <param name="MaxPreconditionedDimension">A dimension above this is not rotated.</param>
/// <param name="MergeDimensions">Joins dimensions whose product does not exceed that limit.</param>
/// <param name="PreconditionVectors">Rotates vectors too.</param>
/// <param name="NormalizeGradients">Makes every step as long as one of root mean square 1.</param>
/// <param name="BiasCorrection">Corrects the rate for M' and V starting at 0.</param>
public sealed record Soap(
    double Beta1 = 0.95, double Beta2 = 0.95, double? ShampooBeta = null, double Epsilon = 1e-8, double Decay = 0.01, int PreconditionFrequency = 10, int MaxPreconditionedDimension = 10_000,
    bool MergeDimensions = false, bool PreconditionVectors = false, bool NormalizeGradients = false, bool BiasCorrection = true) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Decay of the Gram matrices, [0, 1); null for β₂.</summary>
    public double? ShampooBeta { get; } = ShampooBeta is double beta ? Require.BelowOne(beta, nameof(ShampooBeta)) : null;

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Steps from one basis to the next, 1 or above.</summary>
    public int PreconditionFrequency { get; } = (int)Require.AtLeast(1, PreconditionFrequency);

    /// <summary>A dimension above this is not rotated.</summary>
    public int MaxPreconditionedDimension { get; } = (int)Require.NotNegative(MaxPreconditionedDimension);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        "m", "v", new("gramLeft", t => Square(Sides(t).Left)), new("gramRight", t => Square(Sides(t).Right)),
        new("basisLeft", t => Square(Sides(t).Left)), new("basisRight", t => Square(Sides(t).Right)),
    ];

    static int Square(int n) => checked(n * n);

    /// <summary>How a tensor is seen: rows and columns, and the sizes of the bases on either side, 0 where there is none.</summary>
    (int Rows, int Columns, int Left, int Right) Sides(Tensor t)
    {
        bool matrix = t.IsMatrix, merged = matrix && MergeDimensions && t.Count <= MaxPreconditionedDimension;
        if (!matrix || merged)
            return (t.Count, 1, (merged || PreconditionVectors) && t.Count <= MaxPreconditionedDimension ? t.Count : 0, 0);
        return (t.Rows, t.Columns, t.Rows <= MaxPreconditionedDimension ? t.Rows : 0, t.Columns <= MaxPreconditionedDimension ? t.Columns : 0);
    }

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1), decay = pass.Decay(Decay);
        // The first step only builds the bases; Adam's count begins after it.
        long t = pass.Step - 1;
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            var sides = Sides(one.Shape);
            var work = new SoapMatrices(sides.Rows, sides.Columns, sides.Left, sides.Right, one.Threads);
            work.Read(one.Gradient, work.Gradient);
            if (t == 0)
            {
                work.Follow(one[2], one[3], ShampooBeta ?? Beta2);
                if (sides.Left > 0)
                    one[4].CopyFrom(Dense.Eigen(one[2].ToArray(), sides.Left, one.Threads).Vectors);
                if (sides.Right > 0)
                    one[5].CopyFrom(Dense.Eigen(one[3].ToArray(), sides.Right, one.Threads).Vectors);
                continue;
            }
            work.Read(one[0], work.Mean);
            work.Read(one[1], work.Squares);
            work.ReadBases(one[4], one[5]);
            work.TurnGradient();
            work.Advance(beta1, Beta2, Epsilon);
            if (NormalizeGradients)
                work.Normalize();
            double rate = pass.Rate * (BiasCorrection ? Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(beta1, t)) : 1);
            work.Move(one.Weights, rate, 1 - pass.Rate * decay);
            work.Follow(one[2], one[3], ShampooBeta ?? Beta2);
            if (t % PreconditionFrequency == 0)
            {
                work.Refine(one[2], one[3]);
                work.WriteBases(one[4], one[5]);
            }
            work.Write(work.Mean, one[0]);
            work.Write(work.Squares, one[1]);
        }
    }
}
