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
            double[] g = one.Gradient.ToArray(), left = one[4].ToArray(), right = one[5].ToArray();
            if (t > 0)
            {
                double[] m = one[0].ToArray(), v = one[1].ToArray(), turned = Turn(g, left, right, sides, back: false, one.Threads), step = new double[g.Length];
                for (int i = 0; i < g.Length; i++)
                {
                    m[i] = beta1 * m[i] + (1 - beta1) * turned[i];
                    v[i] = Beta2 * v[i] + (1 - Beta2) * turned[i] * turned[i];
                    step[i] = m[i] / (Math.Sqrt(v[i]) + Epsilon);
                }
                step = Turn(step, left, right, sides, back: true, one.Threads);
                if (NormalizeGradients)
                {
                    double size = 1e-30 + Math.Sqrt(step.Sum(x => x * x) / step.Length);
                    for (int i = 0; i < step.Length; i++)
                        step[i] /= size;
                }
                double rate = pass.Rate * (BiasCorrection ? Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(beta1, t)) : 1);
                View<L> w = one.Weights;
                for (int i = 0; i < step.Length; i++)
                    w[i] = (w[i] - rate * step[i]) * (1 - pass.Rate * decay);
                Follow(one, g, sides);
                if (t % PreconditionFrequency == 0)
                {
                    // The mean lives on in the new basis; the mean squares only change places with their axes.
                    m = Turn(m, left, right, sides, back: true, one.Threads);
                    (left, v) = Refined(one[2].ToArray(), left, sides.Left, v, sides.Rows, sides.Columns, axis: 0, one.Threads);
                    (right, v) = Refined(one[3].ToArray(), right, sides.Right, v, sides.Rows, sides.Columns, axis: 1, one.Threads);
                    m = Turn(m, left, right, sides, back: false, one.Threads);
                    one[4].CopyFrom(left);
                    one[5].CopyFrom(right);
                }
                one[0].CopyFrom(m);
                one[1].CopyFrom(v);
            }
            else
            {
                Follow(one, g, sides);
                if (sides.Left > 0)
                    one[4].CopyFrom(Dense.Eigen(one[2].ToArray(), sides.Left, one.Threads).Vectors);
                if (sides.Right > 0)
                    one[5].CopyFrom(Dense.Eigen(one[3].ToArray(), sides.Right, one.Threads).Vectors);
            }
        }
    }

    void Follow<L>(in Pass<L> one, double[] g, (int Rows, int Columns, int Left, int Right) sides) where L : struct, ILane<L>
    {
        if (sides.Left > 0)
            Mix(one[2], Dense.Gram(g, sides.Rows, sides.Columns, one.Threads));
        if (sides.Right > 0)
            Mix(one[3], Dense.Gram(Dense.Transposed(g, sides.Rows, sides.Columns), sides.Columns, sides.Rows, one.Threads));
    }

    void Mix<L>(View<L> gram, double[] added) where L : struct, ILane<L>
    {
        double keep = ShampooBeta ?? Beta2;
        for (int i = 0; i < added.Length; i++)
            gram[i] = keep * gram[i] + (1 - keep) * added[i];
    }

    static double[] Turn(double[] x, double[] left, double[] right, (int Rows, int Columns, int Left, int Right) sides, bool back, int threads)
    {
        if (sides.Left > 0)
            x = Dense.Product(back ? left : Dense.Transposed(left, sides.Rows, sides.Rows), x, sides.Rows, sides.Rows, sides.Columns, threads);
        if (sides.Right > 0)
            x = Dense.Product(x, back ? Dense.Transposed(right, sides.Columns, sides.Columns) : right, sides.Rows, sides.Columns, sides.Columns, threads);
        return x;
    }

    /// <summary>One power iteration on a basis, its axes put in falling order of their estimated eigenvalues first, and v's axes with them.</summary>
    static (double[] Basis, double[] V) Refined(double[] gram, double[] basis, int n, double[] v, int rows, int columns, int axis, int threads)
    {
        if (n == 0)
            return (basis, v);
        double[] image = Dense.Product(gram, basis, n, n, n, threads);
        var size = new double[n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                size[j] += basis[i * n + j] * image[i * n + j];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(j => size[j])];
        var sorted = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                sorted[i * n + j] = image[i * n + order[j]];
        var moved = new double[v.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                moved[i * columns + j] = axis == 0 ? v[order[i] * columns + j] : v[i * columns + order[j]];
        return (Dense.Orthogonal(sorted, n, threads), moved);
    }
}
