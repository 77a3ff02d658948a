namespace Anneal;

/// <summary>Up and down along a sine wave, for ever; the waves may shrink.</summary>
/// <remarks>
/// <code>η(t) = Low + (High − Low) · sin²(π · t / Period) · HeightFactor^i</code>
/// in cycle i = 0, 1, …: the smooth counterpart of <see cref="TriangularCycles"/>.
/// </remarks>
/// <param name="Low">Rate at step 0 and between the waves, finite, 0 or above.</param>
/// <param name="High">Rate at the first crest, finite, 0 or above.</param>
/// <param name="Period">Updates from low to low; finite, above 0.</param>
/// <param name="HeightFactor">Each wave is so many times as high as the one before; finite, above 0.</param>
public sealed record SineCycles(double Low, double High, double Period, double HeightFactor = 1) : Schedule
{
    /// <summary>Rate between the waves, finite, 0 or above.</summary>
    public double Low { get; } = Require.NotNegative(Low);

    /// <summary>Rate at the first crest, finite, 0 or above.</summary>
    public double High { get; } = Require.NotNegative(High);

    /// <summary>Updates from low to low; finite, above 0.</summary>
    public double Period { get; } = Require.Positive(Period);

    /// <summary>Each wave is so many times as high as the one before; finite, above 0.</summary>
    public double HeightFactor { get; } = Require.Positive(HeightFactor);

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        double cycle = Counting.Quotient(t, Period);
        double high = HeightFactor == 1 ? High : Low + (High - Low) * Math.Pow(HeightFactor, cycle);
        return Between.Wave(Low, high, Math.Max(0, t - cycle * Period) / Period);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(High, Low, @$"\sin^2\!\left(\pi x\right){(HeightFactor == 1 ? "" : @$" \cdot {Tex.Base(HeightFactor)}^i")}")
        + @$", \quad x = {Cycle.Formula(t, Period, 1)}";

    /// <inheritdoc/>
    public override Tail LongRun() => CyclicTail.LongRun(Low, High, Math.Pow(HeightFactor, 1 / Period), Period);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        double half = Period / 2;
        return Piece.Between(Piece.Multiples(half, from, to), from, to, (a, b) =>
        {
            double middle = a + (b - a) / 2;
            var cycle = Cycle.Of(middle, Period, 1);
            double crest = Low + (High - Low) * Math.Pow(HeightFactor, cycle.Index);
            var curve = middle - cycle.Start < half
                ? WaveCurve.Between(Low, crest, half).Moved(cycle.Start)
                : WaveCurve.Between(crest, Low, half).Moved(cycle.Start + half);
            return new(a, b, curve, this, cycle.Start);
        });
    }
}
