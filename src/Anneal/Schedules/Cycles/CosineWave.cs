namespace Anneal;

/// <summary>Swings between <paramref name="Peak"/> and <paramref name="Floor"/> along any number of cosine waves.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · cos²(π · Waves · t / Steps)</code>
/// Half a wave is <see cref="CosineDecay"/>; a whole one comes back up. The <c>num_cycles</c> of Transformers' cosine schedule.
/// For waves that jump back to the peak see <see cref="CosineRestarts"/>.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the end; from then on the rate stays what it is there.</param>
/// <param name="Waves">Whole waves in <paramref name="Steps"/> updates; finite, above 0.</param>
/// <param name="Floor">The lowest rate, finite, 0 or above.</param>
public sealed record CosineWave(double Peak, double Steps, double Waves, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Whole waves until the end; finite, above 0.</summary>
    public double Waves { get; } = Require.Positive(Waves);

    /// <summary>The lowest rate, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Wave(Peak, Floor, Waves * (t / Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Floor, @$"\cos^2\!\left({Tex.Number(Waves)}\,\pi \cdot {Tex.Fraction(t, Steps)}\right)");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to)
    {
        double half = Steps / (2 * Waves);
        return Piece.Between(Piece.Multiples(half, from, to), from, to, (a, b) =>
        {
            double index = Math.Floor((a + (b - a) / 2) / half);
            var curve = index % 2 == 0 ? WaveCurve.Between(Peak, Floor, half) : WaveCurve.Between(Floor, Peak, half);
            return new(a, b, curve.Moved(index * half), this);
        });
    }
}
