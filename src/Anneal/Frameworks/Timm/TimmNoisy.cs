using System.Globalization;

namespace Anneal.Frameworks;

/// <summary>A schedule with timm's noise, number for number: drawn by PyTorch's generator, seeded with the seed plus the step.</summary>
/// <remarks>
/// <code>η(t) = Whole(t) · (1 + z),   |z| &lt; Limit,   from step From to before step Until</code>
/// For noise of our own, which can be drawn anywhere, see <see cref="Noisy"/>.
/// </remarks>
/// <param name="Whole">What the noise is put on.</param>
/// <param name="From">The first step with noise.</param>
/// <param name="Until">The first step without it again; null for noise to the end.</param>
/// <param name="Limit">The noise stays below this fraction of the rate; 1e-4 or above.</param>
/// <param name="Seed">The step is added to it.</param>
/// <param name="Spread">How the noise is spread within the limit.</param>
public sealed record TimmNoisy(Schedule Whole, double From = 0, double? Until = null, double Limit = 0.67, double Seed = 42, Noise Spread = Noise.Normal) : Schedule
{
    /// <summary>Numbers are drawn until one is within the limit, so a smaller limit would take too long.</summary>
    public const double MinLimit = 1e-4;

    /// <summary>What the noise is put on.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>The first step with noise.</summary>
    public double From { get; } = Require.Finite(From);

    /// <summary>The first step without it again; null for noise to the end.</summary>
    public double? Until { get; } = Until is { } until ? Require.Finite(until, nameof(Until)) : null;

    /// <summary>The noise stays below this fraction of the rate; 1e-4 or above.</summary>
    public double Limit { get; } = Require.AtLeast(MinLimit, Limit);

    /// <summary>The step is added to it: a whole number from 0 to 2³¹.</summary>
    public double Seed { get; } = Require.AtMost(int.MaxValue, "2³¹ − 1", Math.Floor(Require.NotNegative(Seed)), nameof(Seed));

    /// <summary>How the noise is spread within the limit.</summary>
    public Noise Spread { get; } = Require.Known(Spread);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        double rate = Whole.At(t);
        return t >= From && !(t >= Until) ? rate + rate * Draw(Math.Floor(t)) : rate;
    }

    /// <remarks>Noise as large as the rate may turn it negative, and of sums with negative terms the rules know nothing.</remarks>
    public override Tail LongRun() => Whole.LongRun() switch
    {
        var tail when Until is not null || tail == Tail.Zero => tail,
        _ when Limit > 1 => Tail.Unknown($"noise of up to {Limit.ToString(CultureInfo.InvariantCulture)} times the rate makes some rates negative"),
        var tail => Tail.Recurring(tail),
    };

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        double first = Math.Clamp(From, from, to), last = Math.Clamp(Until ?? to, first, to);
        return [.. Whole.Pieces(from, first), .. Noise(first, last), .. Whole.Pieces(last, to)];

        IEnumerable<Piece> Noise(double first, double last)
        {
            for (double t = Math.Floor(first); t < last; t++)
                foreach (var piece in Piece.Moved(Whole, Math.Max(first, t), Math.Min(last, t + 1), factor: 1 + Draw(t)))
                    yield return piece;
        }
    }

    double Draw(double step)
    {
        var generator = new TorchGenerator((uint)(Seed + step), stackalloc uint[TorchGenerator.Size]);
        if (Spread == Noise.Uniform)
            return 2 * (generator.Uniform() - 0.5) * Limit;
        while (true)
        {
            double z = generator.Normal();
            if (Math.Abs(z) < Limit)
                return z;
        }
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Group(Whole.FormulaAt(t))} \cdot \left(1 + z_{{\lfloor {Tex.Bare(t)} \rfloor}}\right)";
}
