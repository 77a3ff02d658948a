namespace Anneal.Combinators;

/// <summary>A schedule with a random part, drawn anew for every update and the same in every run.</summary>
/// <remarks>
/// <code>η(t) = Whole(t) · (1 + z),   |z| ≤ Limit,   z drawn from Seed and ⌊t⌋ alone</code>
/// The noise of timm's schedulers (<c>lr_noise</c>), from another generator: Steele et al.,
/// <see href="https://doi.org/10.1145/2660193.2660195">SplitMix</see> (2014), which can be asked for any step at once.
/// </remarks>
/// <param name="Whole">What the noise is put on.</param>
/// <param name="Limit">The noise stays within this fraction of the rate; above 0, at most 1.</param>
/// <param name="Seed">Another seed, another noise.</param>
/// <param name="Spread">How the noise is spread within the limit.</param>
public sealed record Noisy(Schedule Whole, double Limit, int Seed = 42, Noise Spread = Noise.Normal) : Schedule
{
    /// <summary>What the noise is put on.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>The noise stays within this fraction of the rate; above 0, at most 1.</summary>
    public double Limit { get; } = Require.Fraction(Require.Positive(Limit), nameof(Limit));

    /// <summary>How the noise is spread within the limit.</summary>
    public Noise Spread { get; } = Require.Known(Spread);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.RateAt(t) * (1 + Draw(Math.Floor(t)));

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Recurring(Whole.LongRun());

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        for (double t = Math.Floor(from); t < to; t++)
            foreach (var piece in Piece.Moved(Whole, Math.Max(from, t), Math.Min(to, t + 1), factor: 1 + Draw(t)))
                yield return piece;
    }

    double Draw(double step)
    {
        var random = new SplitMix(Seed, step);
        if (Spread == Noise.Uniform)
            return (2 * random.Next() - 1) * Limit;
        while (true)
        {
            // Any number within the limit, kept as often as the normal density there is high: at most 1 in 6 is drawn again.
            double z = (2 * random.Next() - 1) * Limit;
            if (random.Next() < Math.Exp(-z * z / 2))
                return z;
        }
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Group(Whole.FormulaAt(t))} \cdot \left(1 + z_{{\lfloor {Tex.Bare(t)} \rfloor}}\right)";

    struct SplitMix(int seed, double step)
    {
        // + 0.0: step −0, which JavaScript and JSON have, is step 0.
        ulong state = Mix((ulong)seed) ^ BitConverter.DoubleToUInt64Bits(step + 0.0);

        /// <summary>From 0 to below 1, in steps of 2⁻⁵³.</summary>
        public double Next() => (Mix(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

        static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
