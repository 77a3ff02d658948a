namespace Anneal;

/// <summary>Muon of low rank: one power iteration follows the largest singular directions of the momentum, and what they leave out stays in it.</summary>
/// <remarks>
/// <code>
/// M ← M + G     P = orthogonal factor of M·Q     R = MᵀP     M ← M − (1 − Mu)·P·Rᵀ     Q ← R, each column / (its length + ε)
/// W ← (1 − rate·Decay)·W − rate · √(rows/columns) · P·Qᵀ
/// </code>
/// Of a wide matrix all this happens to its transpose, so that the basis is the smaller one. Q begins at normal draws of the seed. P, R and Q are computed in 64 bits
/// whatever the precision of the weights: of a momentum of lower rank the basis would else follow rounding errors. Vectors run AdamW.
/// Ahn et al., <see href="https://arxiv.org/abs/2504.05295">Dion: Distributed Orthonormalized Updates</see> (2025), alg. 1. Typical rate 0.01, rank a quarter of the shorter side.
/// </remarks>
/// <param name="Mu">Share of the part that was stepped along that stays in the momentum, [0, 1].</param>
/// <param name="RankFraction">Rank as a share of the shorter side, (0, 1].</param>
/// <param name="RankMultipleOf">The rank is rounded up to a multiple of this, 1 or above.</param>
/// <param name="Rank">The rank itself, in place of the share; at most the shorter side is used.</param>
/// <param name="PowerIterations">How often P and R are taken, 1 to 1,000.</param>
/// <param name="TransposeWide">Whether wide matrices are worked on as their transpose.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Epsilon">Added to the length of a column, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-8 unless given.</param>
/// <param name="Seed">Of the first Q.</param>
public sealed record Dion(
    double Mu = 0.95, double RankFraction = 0.25, int RankMultipleOf = 1, int? Rank = null, int PowerIterations = 1, bool TransposeWide = true, double Decay = 0.01,
    double Epsilon = 1e-8, double VectorRate = 1, Adam? Vectors = null, int Seed = 0) : Rule
{
    /// <summary>Share of the part that was stepped along that stays in the momentum, [0, 1].</summary>
    public double Mu { get; } = Require.Fraction(Mu);

    /// <summary>Rank as a share of the shorter side, (0, 1].</summary>
    public double RankFraction { get; } = Require.Fraction(Require.Positive(RankFraction), nameof(RankFraction));

    /// <summary>The rank is rounded up to a multiple of this, 1 or above.</summary>
    public int RankMultipleOf { get; } = (int)Require.AtLeast(1, RankMultipleOf);

    /// <summary>The rank itself, in place of the share; at most the shorter side is used.</summary>
    public int? Rank { get; } = Rank is int rank ? (int)Require.AtLeast(1, rank, nameof(Rank)) : null;

    /// <summary>How often P and R are taken, 1 to 1,000.</summary>
    public int PowerIterations { get; } = Require.Count(1, 1_000, PowerIterations);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Added to the length of a column, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Factor on the rate of vectors, 0 or above.</summary>
    public double VectorRate { get; } = Require.NotNegative(VectorRate);

    /// <summary>What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-8 unless given.</summary>
    public Adam? Vectors { get; } = Vectors is null or { Amsgrad: Amsgrad.Off } ? Vectors
        : throw new ArgumentException("Vectors must not use AMSGrad: there is no memory for a third number per weight.", nameof(Vectors));

    static readonly Adam adamW = new(0.9, 0.95, 1e-8);

    int RankOf(Tensor t)
    {
        int shorter = Math.Min(t.Rows, t.Columns);
        double wanted = Rank ?? RankMultipleOf * Math.Ceiling(RankFraction * shorter / RankMultipleOf);
        return (int)Math.Clamp(wanted, 1, shorter);
    }

    bool IsTurned(Tensor t) => TransposeWide && t.Rows < t.Columns;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        "m", new("q", BasisOf), new("v", t => t.IsMatrix ? 0 : t.Count),
        Slot.ScratchSpace("whole", t => t.IsMatrix ? t.Count : 0), Slot.ScratchSpace("step", t => t.IsMatrix ? t.Count : 0), Slot.ScratchSpace("basis", BasisOf),
        Slot.ScratchSpace("tall", t => t.IsMatrix ? RankOf(t) * t.Rows : 0), Slot.ScratchSpace("flat", t => t.IsMatrix ? RankOf(t) * t.Columns : 0),
    ];

    internal override bool SeparatesRoom => true;

    int BasisOf(Tensor t) => t.IsMatrix ? RankOf(t) * (IsTurned(t) ? t.Rows : t.Columns) : 0;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            double decay = one.Decay(Decay);
            if (one.Shape.IsMatrix)
                Walk(one, k, decay);
            else
            {
                var rule = Vectors ?? adamW;
                one.Run(new Shrink<L>(one.Rate * VectorRate * decay));
                one.Run(new AdamUpdate<L>(rule, one.Momentum(rule.Beta1), one.Decay(rule.Decay), one.Rate * VectorRate, one.Step), one[0], one[2]);
            }
        }
    }

    void Walk<L>(in Pass<L> one, int tensor, double decay) where L : struct, ILane<L>
    {
        View<L> whole = one[3], step = one[4], basis = one[5];
        one.Over(new Plus<L>(), whole, one.Gradient, one[0]);
        one.Over(new Recall<L>(), basis, basis, one[1]);
        // Without any momentum there is nothing to follow: the basis waits.
        bool empty = one.SumAbs(whole) == 0;
        var work = new DionIteration(one.Shape.Rows, one.Shape.Columns, RankOf(one.Shape), IsTurned(one.Shape), one.Threads);
        basis.CopyTo(work.Basis);
        if (one.Step == 1 && !work.Basis.ContainsAnyExcept(0))
            Draw(work.Basis, tensor);
        if (!empty)
        {
            work.Take(whole);
            work.Follow(PowerIterations);
            work.Product(step, one[6], one[7]);
            one.Over(new AddScaled<L>(Mu - 1), whole, step);
        }
        work.Normalize(Epsilon);
        basis.CopyFrom(work.Basis);
        one.Over(new Remember<L>(), whole, whole, one[0]);
        one.Over(new Remember<L>(), basis, basis, one[1]);
        one.Run(new Shrink<L>(one.Rate * decay));
        if (empty)
            return;
        work.Product(step, one[6], one[7]);
        one.Over(new AddScaled<L>(-one.Rate * MatrixScale.RmsToRms.Of(one.Shape.Rows, one.Shape.Columns)), one.Weights, step);
    }

    void Draw(Span<double> q, int tensor)
    {
        var draws = new SeededRandom(((ulong)(uint)Seed << 32) + (uint)tensor);
        for (int i = 0; i < q.Length; i++)
            q[i] = draws.Normal();
    }
}
