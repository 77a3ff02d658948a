namespace Anneal;

/// <summary>Adam without momentum, whose mean squares of a matrix are kept as row and column means: hardly any memory.</summary>
/// <remarks>
/// <code>
/// β₂ₜ = min(1 − (t − Offset)^−Beta2Power, Beta2Cap)     R, C, V: running means of g² + ε₁, β₂ₜ kept     V stands for R·C/mean(R) in a matrix
/// u = g / √V, divided by max(1, rms(u)/ClippingThreshold)     α = rate (see Rates) · max(ScaleFloor, rms(w))     w ← (1 − decay)·w − α·u
/// </code>
/// Shazeer and Stern, <see href="https://arxiv.org/abs/1804.04235">Adafactor</see> (2018), alg. 4 to 6. The references differ in almost everything that
/// is an option here; the defaults are the paper's.
/// Typical rate 0.01, which the relative forms have built in.
/// </remarks>
/// <param name="Beta2Power">How fast β₂ₜ nears 1, above 0.</param>
/// <param name="Beta2Cap">Greatest β₂ₜ, up to 1.</param>
/// <param name="Offset">Steps taken off t, for fine-tuning.</param>
/// <param name="Epsilon">ε₁, added to g², 0 or above; see <paramref name="EpsilonIsFloor"/>.</param>
/// <param name="EpsilonIsFloor">ε₁ is instead the least mean(R), and its square the least V (PyTorch).</param>
/// <param name="ClippingThreshold">Largest root mean square of u, above 0; null for none.</param>
/// <param name="ClipUpwards">Divides by min(1, rms(u)·ClippingThreshold) instead, which lengthens steps and shortens none (timm's BigVision form).</param>
/// <param name="Rates">How the rate is used.</param>
/// <param name="ScaleFloor">ε₂, least root mean square of weights that steps are scaled by; null for no scaling.</param>
/// <param name="Beta1">Momentum, [0, 1); null for none.</param>
/// <param name="MomentumOfSteps">Averages α·u, instead of u.</param>
/// <param name="MomentumFormat">The format momentum is kept in.</param>
/// <param name="MinDimensionToFactor">Least size of both dimensions of a matrix that is factored.</param>
/// <param name="Decay">Weight decay, 0 or above.</param>
/// <param name="DecayBy">What the decay is multiplied by.</param>
/// <param name="Cautious">With momentum: leaves out weights whose step goes against their gradient, as <see cref="Anneal.Cautious"/>.</param>
/// <param name="RowMeansOnly">A matrix with more rows than columns is divided by its row means alone (timm's BigVision form).</param>
/// <param name="SinglePrecisionMeans">Means, rate, scale and clipping divisor are taken in 32 bits (Keras).</param>
public sealed record Adafactor(
    double Beta2Power = 0.8, double Beta2Cap = 1, double Offset = 0, double Epsilon = 1e-30, bool EpsilonIsFloor = false, double? ClippingThreshold = 1,
    bool ClipUpwards = false, AdafactorRates Rates = AdafactorRates.Capped, double? ScaleFloor = 1e-3, double? Beta1 = null, bool MomentumOfSteps = true,
    MomentumFormat MomentumFormat = MomentumFormat.AsWeights, int MinDimensionToFactor = 0, double Decay = 0, AdafactorDecay DecayBy = AdafactorDecay.Rate,
    bool Cautious = false, bool RowMeansOnly = false, bool SinglePrecisionMeans = false) : Rule
{
    /// <summary>How fast β₂ₜ nears 1, above 0.</summary>
    public double Beta2Power { get; } = Require.Positive(Beta2Power);

    /// <summary>Greatest β₂ₜ, up to 1.</summary>
    public double Beta2Cap { get; } = Require.Fraction(Beta2Cap);

    /// <summary>Steps taken off t, for fine-tuning.</summary>
    public double Offset { get; } = Require.Finite(Offset);

    /// <summary>ε₁, added to g², 0 or above; see <see cref="EpsilonIsFloor"/>.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Largest root mean square of u, above 0; null for none.</summary>
    public double? ClippingThreshold { get; } = ClippingThreshold is double clip ? Require.Positive(clip, nameof(ClippingThreshold)) : null;

    /// <summary>How the rate is used.</summary>
    public AdafactorRates Rates { get; } = Require.Known(Rates);

    /// <summary>ε₂, least root mean square of weights that steps are scaled by; null for no scaling.</summary>
    public double? ScaleFloor { get; } = ScaleFloor is double floor ? Require.NotNegative(floor, nameof(ScaleFloor)) : null;

    /// <summary>Momentum, [0, 1); null for none.</summary>
    public double? Beta1 { get; } = Beta1 is double beta ? Require.BelowOne(beta, nameof(Beta1)) : null;

    /// <summary>The format momentum is kept in.</summary>
    public MomentumFormat MomentumFormat { get; } = Require.Known(MomentumFormat);

    /// <summary>Weight decay, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>What the decay is multiplied by.</summary>
    public AdafactorDecay DecayBy { get; } = Require.Known(DecayBy);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        new("row", t => IsFactored(t) ? t.Rows : 0), new("column", t => IsFactored(t) ? t.Columns : 0), new("v", t => IsFactored(t) ? 0 : t.Count),
        new("m", t => Beta1 is null ? 0 : t.Count), Slot.ScratchSpace("u"), Slot.ScratchSpace("kept"), Slot.ScratchSpace("sums", t => IsFactored(t) ? t.Columns : 0),
    ];

    bool IsFactored(Tensor t) => t.IsMatrix && Math.Min(t.Rows, t.Columns) >= MinDimensionToFactor;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double t = pass.Step, decay = pass.Decay(Decay);
        if (t <= Offset)
            throw new InvalidOperationException($"Step {t} comes before the first that an Offset of {Offset} leaves; take up a state with more steps, or a smaller Offset. The weights are as they were.");
        double share = 1 - Math.Min(1 - Math.Pow(t - Offset, -Beta2Power), Beta2Cap);
        double rate = Rates switch
        {
            AdafactorRates.Capped => Math.Min(pass.Rate, 1 / Math.Sqrt(t)),
            AdafactorRates.Relative => Math.Min(0.01, 1 / Math.Sqrt(t)),
            AdafactorRates.RelativeWithWarmup => Math.Min(1e-6 * t, 1 / Math.Sqrt(t)),
            _ => pass.Rate,
        };
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> w = one.Weights, g = one.Gradient, u = one[4], m = one[3];
            double α = Rounded(Rounded(rate) * (ScaleFloor is double floor ? Rounded(Math.Max(floor, RootMeanSquare(one, w))) : 1));
            Direction(one, u, share);
            if (ClippingThreshold is double clip)
            {
                double root = RootMeanSquare(one, u);
                one.Over(new Scale<L>(1 / (ClipUpwards ? Math.Min(1, root * clip) : Rounded(Math.Max(1, root / clip)))), u, g);
            }
            if (MomentumOfSteps)
                one.Over(new Scale<L>(α), u, g);
            if (Beta1 is double beta1)
            {
                Average(one, m, u, pass.Momentum(beta1));
                m.CopyTo(u);
                if (Cautious)
                    Lamb.MaskDisagreeing(one, u, one[5]);
            }
            if (!MomentumOfSteps)
                one.Over(new Scale<L>(α), u, g);
            double factor = DecayBy switch { AdafactorDecay.Rate => pass.Rate, AdafactorDecay.Step => α, _ => 1 };
            one.Run(new Scale<L>(1 - decay * factor));
            one.Over(new AddScaled<L>(-1), w, u);
        }
    }

    double Rounded(double x) => SinglePrecisionMeans ? (float)x : x;

    double RootMeanSquare<L>(in Pass<L> one, View<L> x) where L : struct, ILane<L> =>
        SinglePrecisionMeans ? FloatMeans.Root(x) : one.Norm(x) / Math.Sqrt(x.Length);

    void Direction<L>(in Pass<L> one, View<L> u, double share) where L : struct, ILane<L>
    {
        View<L> g = one.Gradient, row = one[0], column = one[1], v = one[2];
        double added = EpsilonIsFloor ? 0 : Epsilon, floor = EpsilonIsFloor ? Epsilon : 0;
        if (row.Length == 0)
            one.Over(new OverRoot<L>(share, added, floor), u, g, v);
        else if (SinglePrecisionMeans)
        {
            FollowInSingle(row, column, g, share, added);
            Factored.Divide(one, u, g, row, column, FloatMeans.Of(row));
        }
        else
        {
            Factored.Follow(one, g, row, column, one[6], share, added);
            if (RowMeansOnly && row.Length > column.Length)
                for (int i = 0; i < row.Length; i++)
                    one.Over(new Assign<L>(1 / Math.Sqrt(row[i])), Factored.Row(u, i, column.Length), Factored.Row(g, i, column.Length));
            else
                Factored.Divide(one, u, g, row, column, Math.Max(Factored.Mean(row), floor), floor);
        }
    }

    // Apart, so that only this form pays for the closure.
    static void FollowInSingle<L>(View<L> row, View<L> column, View<L> g, double share, double added) where L : struct, ILane<L> =>
        FloatMeans.Follow(row, column, share, i => g[i] * g[i] + added);

    void Average<L>(in Pass<L> one, View<L> m, View<L> u, double beta1) where L : struct, ILane<L>
    {
        if (MomentumFormat == MomentumFormat.AsWeights || one.State.Exact)
            one.Over(new Mix<L>(1 - beta1), m, u);
        else
            for (int i = 0; i < m.Length; i++)
                m[i] = MomentumFormat == MomentumFormat.Single ? Between((float)m[i], (float)u[i], (float)(1 - beta1))
                    : ToBFloat16(Between((float)m[i], ToBFloat16((float)u[i]), (float)(1 - beta1)));
    }

    // From the nearer end, as PyTorch computes it: where the format is short, the last bit of a mean is seen.
    static float Between(float from, float to, float share) => share < 0.5f ? from + share * (to - from) : to - (to - from) * (1 - share);

    static float ToBFloat16(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
