namespace Anneal;

/// <summary>Cosine after cosine, for ever: each falls to the floor, the next starts again from a peak.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peakᵢ − Floor) · cos²(π · (t − startᵢ) / (2 · Stepsᵢ))
/// Stepsᵢ = Steps · LengthFactorⁱ,   Peakᵢ = Peak · HeightFactorⁱ,   startᵢ = Steps₀ + … + Stepsᵢ₋₁</code>
/// in cycle i = 0, 1, …; the step on which a cycle ends is the first of the next. For a limited number of cycles repeat a
/// <see cref="CosineDecay"/>. Loshchilov and Hutter, <see href="https://arxiv.org/abs/1608.03983">SGDR</see> (2017), eq. 5.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates of the first cycle, finite, above 0.</param>
/// <param name="LengthFactor">Each cycle is so many times as long as the one before; finite, 1 or above.</param>
/// <param name="HeightFactor">Each peak is so many times as high as the one before; finite, above 0.</param>
/// <param name="Floor">The lowest rate, finite, 0 or above.</param>
public sealed record CosineRestarts(double Peak, double Steps, double LengthFactor = 1, double HeightFactor = 1, double Floor = 0) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates of the first cycle, finite, above 0.</summary>
    public double Steps { get; } = Require.Positive(Steps);

    /// <summary>Each cycle is so many times as long as the one before; finite, 1 or above.</summary>
    public double LengthFactor { get; } = Require.AtLeast(1, LengthFactor);

    /// <summary>Each peak is so many times as high as the one before; finite, above 0.</summary>
    public double HeightFactor { get; } = Require.Positive(HeightFactor);

    /// <summary>The lowest rate, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        var cycle = Cycle.Of(t, Steps, LengthFactor);
        double peak = HeightFactor == 1 ? Peak : Peak * Math.Pow(HeightFactor, cycle.Index);
        return Between.Cosine(peak, Floor, t - cycle.Start, cycle.Length);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(
            HeightFactor == 1 ? Tex.Number(Peak) : @$"{Tex.Number(Peak)} \cdot {Tex.Base(HeightFactor)}^i", Floor, @"\cos^2\!\left(\frac{\pi}{2} \cdot x\right)")
        + @$", \quad x = {Cycle.Formula(t, Steps, LengthFactor)}";

    /// <inheritdoc/>
    public override Tail LongRun() =>
        HeightFactor == 1 && Peak == Floor ? Tail.Constant(Peak)
        : HeightFactor <= 1 && Floor > 0 ? Tail.Recurring(HeightFactor < 1 ? Floor : Math.Max(Peak, Floor))
        : CyclicTail.Cycles(Peak, Steps, HeightFactor, LengthFactor);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        double index = Cycle.Of(from, Steps, LengthFactor).Index;
        return Piece.Between(Starts(), from, to, (a, b) =>
        {
            var cycle = Cycle.Of(a + (b - a) / 2, Steps, LengthFactor);
            double peak = Peak * Math.Pow(HeightFactor, cycle.Index);
            var curve = WaveCurve.Between(peak, Floor, cycle.Length).Moved(cycle.Start);
            return new(a, b, curve, new CosineDecay(peak, cycle.Length, Floor), cycle.Start);
        });

        IEnumerable<double> Starts()
        {
            for (double i = index; ; i++)
                yield return Cycle.StartOf(i, Steps, LengthFactor);
        }
    }
}
