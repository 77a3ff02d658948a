using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>The common form of Muon and its relatives: a mean of gradients, turned into the matrix of norm 1 that goes furthest along it, scaled by the shape.</summary>
/// <remarks>
/// <code>
/// M ← mean of the gradients     U = M, or one step ahead     O = direction of U under a norm     W ← (1 − rate·Decay)·W − rate·scale·O
/// </code>
/// The norm decides: under the spectral norm O is the orthogonal factor of U (Muon), under the largest entry its sign, under rows or columns each of them
/// at unit length (<see cref="MatrixNorm"/>). Bernstein and Newhouse, <see href="https://arxiv.org/abs/2409.20325">Old Optimizer, New Norm</see> (2024).
/// <para>Tensors that are not matrices have no such norm and run AdamW, unless a rule says otherwise.</para>
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="Momentum">What the mean of the gradients is.</param>
/// <param name="CautiousDecay">Decays only where the step too moves the weight towards 0, or nowhere; Chen et al., <see href="https://arxiv.org/abs/2510.12402">Cautious Weight Decay</see> (2025).</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</param>
/// <param name="VectorDecay">Weight decay of vectors; that of the matrices unless given.</param>
public abstract record SteepestDescent(
    double Beta, bool Nesterov, double Decay, double VectorRate, MuonMomentum Momentum, bool CautiousDecay, Adam? Vectors, double? VectorDecay) : Rule
{
    /// <summary>Momentum, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Factor on the rate of vectors, 0 or above.</summary>
    public double VectorRate { get; } = Require.NotNegative(VectorRate);

    /// <summary>What the mean of the gradients is.</summary>
    public MuonMomentum Momentum { get; } = Require.Known(Momentum);

    /// <summary>Weight decay of vectors; that of the matrices unless given.</summary>
    public double? VectorDecay { get; } = VectorDecay is double own ? Require.NotNegative(own, nameof(VectorDecay)) : null;

    /// <summary>What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</summary>
    public Adam? Vectors { get; } = Vectors is null or { Amsgrad: Amsgrad.Off } ? Vectors
        : throw new ArgumentException("Vectors must not use AMSGrad: there is no memory for a third number per weight.", nameof(Vectors));

    static readonly Adam adamW = new(0.9, 0.95, 1e-10);

    /// <summary>The first slot that a rule adds of its own.</summary>
    private protected const int Own = 3;

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<Slot> Slots(Layout layout) =>
        ["m", new("v", t => t.IsMatrix ? SecondMoments(t) : VectorMoments(t)), Slot.ScratchSpace("u"), .. Rooms];

    /// <summary>Second moments of a matrix.</summary>
    private protected virtual int SecondMoments(Tensor t) => 0;

    /// <summary>Second moments of a vector.</summary>
    private protected virtual int VectorMoments(Tensor t) => t.Count;

    /// <summary>Room to work in, from slot <see cref="Own"/> on.</summary>
    private protected abstract IReadOnlyList<Slot> Rooms { get; }

    /// <summary>The step of a matrix, to be multiplied by the rate and by <paramref name="scale"/>.</summary>
    /// <param name="one">The pass, confined to the tensor.</param>
    /// <param name="u">The mean of the gradients; free to be written over.</param>
    /// <param name="scale">What is left to multiply with.</param>
    private protected abstract View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale) where L : struct, ILane<L>;

    /// <inheritdoc/>
    protected internal sealed override void Update<L>(in Pass<L> pass)
    {
        // Matrices that together keep all threads busy are done one by each; any other by all threads.
        bool together = SideBySide.Run<L, Matrices<L>>(pass, new(this));
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            if (!one.Shape.IsMatrix)
                Vector(one);
            else if (!together)
                Matrix(one);
        }
    }

    void Matrix<L>(in Pass<L> one) where L : struct, ILane<L>
    {
        View<L> u = one[2];
        Gathered(one, u);
        View<L> step = Direction(one, u, out double scale);
        Move(one, step, scale);
    }

    readonly struct Matrices<L>(SteepestDescent rule) : IMatrixStep<L> where L : struct, ILane<L>
    {
        public void Do(in Pass<L> one) => rule.Matrix(one);
    }

    /// <summary>The mean of the gradients into m, and what is made of it into <paramref name="u"/>.</summary>
    private protected virtual void Gathered<L>(in Pass<L> one, View<L> u) where L : struct, ILane<L>
    {
        double beta = one.Momentum(Beta), now = Momentum == MuonMomentum.Sum ? 1 : 1 - beta;
        var (onMean, onGradient) = Momentum switch
        {
            MuonMomentum.BiasCorrected when Nesterov => (beta / (1 - Math.Pow(beta, one.Step + 1)), (1 - beta) / (1 - Math.Pow(beta, one.Step))),
            MuonMomentum.BiasCorrected => (1 / (1 - Math.Pow(beta, one.Step)), 0),
            _ when Nesterov => (beta, now),
            _ => (1.0, 0.0),
        };
        one.Over(new Gathering<L>(beta, now, onMean, onGradient), u, one.Gradient, one[0]);
    }

    /// <summary>Decay and step.</summary>
    private protected virtual void Move<L>(in Pass<L> one, View<L> step, double scale) where L : struct, ILane<L> =>
        Move(one, step, scale, one.Rate * one.Decay(Decay));

    private protected void Move<L>(in Pass<L> one, View<L> step, double scale, double shrink) where L : struct, ILane<L>
    {
        if (CautiousDecay)
            one.Over(new CautiousMove<L>(1 - shrink, one.Rate * scale), one.Weights, step);
        else
            one.Over(new MixAdd<L>(1 - shrink, -one.Rate * scale), one.Weights, step);
    }

    /// <summary>The step of a tensor that is no matrix.</summary>
    private protected virtual void Vector<L>(in Pass<L> one) where L : struct, ILane<L>
    {
        var rule = Vectors ?? adamW;
        double rate = one.Rate * VectorRate, decay = one.Decay(VectorDecay ?? Decay);
        if (decay != 0)
            one.Run(new Scale<L>(1 - rate * decay));
        one.Run(new AdamUpdate<L>(rule, one.Momentum(rule.Beta1), one.Decay(rule.Decay), rate, one.Step), one[0], one[1]);
    }
}

/// <summary>m ← β·m + now·g     target ← onMean·m + onGradient·g</summary>
readonly struct Gathering<L>(double beta, double now, double onMean, double onGradient) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L β = L.Of(beta), now = L.Of(now), onMean = L.Of(onMean), onGradient = L.Of(onGradient);
    readonly bool asItIs = onMean == 1 && onGradient == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L g, ref L m)
    {
        m = β * m + now * g;
        return asItIs ? m : onMean * m + onGradient * g;
    }
}

/// <summary>w ← keep·w − rate·step, but without the decay where the step moves the weight away from 0.</summary>
readonly struct CautiousMove<L>(double keep, double rate) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L keep = L.Of(keep), rate = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L step) => L.IfPositive(-(w * step), w, keep * w) - rate * step;
}
