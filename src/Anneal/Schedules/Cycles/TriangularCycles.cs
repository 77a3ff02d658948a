namespace Anneal;

/// <summary>Up and down along straight lines, for ever; the triangles may shrink.</summary>
/// <remarks>
/// <code>η(t) = Low + (High − Low) · triangle · HeightFactor^i · StepFactor^t</code>
/// in cycle i = 0, 1, …, where the triangle rises from 0 to 1 over UpSteps and falls back over DownSteps.
/// Smith, <see href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates</see> (2017): "triangular" has both factors 1,
/// "triangular2" HeightFactor ½, "exp_range" StepFactor a little below 1.
/// </remarks>
/// <param name="Low">Rate at step 0 and between the triangles, finite, 0 or above.</param>
/// <param name="High">Rate at the first tip, finite, 0 or above.</param>
/// <param name="UpSteps">Updates on the way up; finite, above 0.</param>
/// <param name="DownSteps">Updates on the way down; finite, above 0.</param>
/// <param name="HeightFactor">Each triangle is so many times as high as the one before; finite, above 0.</param>
/// <param name="StepFactor">The height is multiplied by this at every update; finite, above 0.</param>
public sealed record TriangularCycles(
    double Low, double High, double UpSteps, double DownSteps, double HeightFactor = 1, double StepFactor = 1) : Schedule
{
    /// <summary>Rate between the triangles, finite, 0 or above.</summary>
    public double Low { get; } = Require.NotNegative(Low);

    /// <summary>Rate at the first tip, finite, 0 or above.</summary>
    public double High { get; } = Require.NotNegative(High);

    /// <summary>Updates on the way up; finite, above 0.</summary>
    public double UpSteps { get; } = Require.Positive(UpSteps);

    /// <summary>Updates on the way down; finite, above 0.</summary>
    public double DownSteps { get; } = Require.Positive(DownSteps);

    /// <summary>Each triangle is so many times as high as the one before; finite, above 0.</summary>
    public double HeightFactor { get; } = Require.Positive(HeightFactor);

    /// <summary>The height is multiplied by this at every update; finite, above 0.</summary>
    public double StepFactor { get; } = Require.Positive(StepFactor);

    /// <summary>Momentum that moves against this rate: <paramref name="high"/> where the rate is low, <paramref name="low"/> at the tips.</summary>
    public TriangularCycles Momentum(double low, double high) => new(Low: high, High: low, UpSteps, DownSteps, HeightFactor, StepFactor);

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        double length = UpSteps + DownSteps, cycle = Counting.Quotient(t, length), since = Math.Max(0, t - cycle * length);
        double triangle = since < UpSteps ? since / UpSteps : Math.Max(0, (length - since) / DownSteps);
        return Between.Weighted(High, Low, triangle == 0 ? 0 : triangle * Height(cycle, t));
    }

    double Height(double cycle, double t)
    {
        double height = (HeightFactor == 1 ? 1 : Math.Pow(HeightFactor, cycle)) * (StepFactor == 1 ? 1 : Math.Pow(StepFactor, t));
        // One power may be too small for a double where the other is too large, and their product neither.
        return double.IsNaN(height) ? Math.Exp(cycle * Math.Log(HeightFactor) + t * Math.Log(StepFactor)) : height;
    }

    /// <inheritdoc/>
    protected override string Formula(string t)
    {
        string shrink = (HeightFactor == 1 ? "" : @$" \cdot {Tex.Base(HeightFactor)}^i") + (StepFactor == 1 ? "" : @$" \cdot {Tex.Base(StepFactor)}^{{{Tex.Bare(t)}}}");
        double length = UpSteps + DownSteps;
        string period = Tex.Number(length);
        return Tex.Weighted(High, Low, @$"\min\!\left(\frac{{{period} x}}{{{Tex.Number(UpSteps)}}}, \frac{{{period} (1 - x)}}{{{Tex.Number(DownSteps)}}}\right){shrink}")
            + @$", \quad x = {Cycle.Formula(t, length, 1)}";
    }

    /// <inheritdoc/>
    public override Tail LongRun() => CyclicTail.LongRun(Low, High, Math.Pow(HeightFactor, 1 / (UpSteps + DownSteps)) * StepFactor, UpSteps + DownSteps);

    /// <remarks>A factor per step turns the sides of the triangle over at the distance 1/|ln StepFactor| from its foot.</remarks>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        double length = UpSteps + DownSteps, turn = -1 / Math.Log(StepFactor);
        return Piece.Between(Piece.Multiples(length, from, to).SelectMany(Turns), from, to, (a, b) =>
        {
            double middle = a + (b - a) / 2;
            var cycle = Cycle.Of(middle, length, 1);
            if (StepFactor != 1)
                return new(a, b, new NumericCurve(Rate, Rate(a) <= Rate(Math.BitDecrement(b)) ? Trend.Rising : Trend.Falling), this, cycle.Start);
            double tip = Low + (High - Low) * Math.Pow(HeightFactor, cycle.Index);
            var curve = middle - cycle.Start < UpSteps
                ? LineCurve.Between(Low, tip, UpSteps).Moved(cycle.Start)
                : LineCurve.Between(tip, Low, DownSteps).Moved(cycle.Start + UpSteps);
            return new(a, b, curve, this, cycle.Start);
        });

        IEnumerable<double> Turns(double start)
        {
            yield return start;
            if (turn > 0 && turn < UpSteps)
                yield return start + turn;
            yield return start + UpSteps;
            if (turn < 0 && -turn < DownSteps)
                yield return start + length + turn;
        }
    }
}
