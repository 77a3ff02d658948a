namespace Anneal.Lessons;

/// <summary>"What is the rate at step t?" for a cosine decay: the numbers an exercise, its hints and its solution are made of.</summary>
/// <param name="Peak">Rate at step 0.</param>
/// <param name="Floor">Rate at the end, at most <paramref name="Peak"/>.</param>
/// <param name="Steps">Total number of steps T.</param>
/// <param name="At">Updates already made, t, from 0 to <paramref name="Steps"/>.</param>
public sealed record CosineQuestion(double Peak, double Floor, double Steps, double At)
{
    /// <summary>Updates already made, from 0 to <see cref="Steps"/>.</summary>
    public double At { get; } = At >= 0 && At <= Steps ? At
        : throw new ArgumentOutOfRangeException(nameof(At), At, $"At must be from 0 to Steps = {Steps}.");

    /// <summary>Rate at the end, at most <see cref="Peak"/>.</summary>
    public double Floor { get; } = Floor <= Peak ? Floor
        : throw new ArgumentOutOfRangeException(nameof(Floor), Floor, $"Floor must be at most Peak = {Peak}.");

    /// <summary>The schedule asked about.</summary>
    public CosineDecay Schedule => new(Peak, Steps, Floor);

    /// <summary>The right answer.</summary>
    public double Rate => Schedule.At(At);

    /// <summary>cos(π·t/T), exact where the angle is a multiple of a right angle.</summary>
    public double Cosine => double.CosPi(At / Steps);

    /// <summary>The share of the way from floor to peak: (1 + cos(π·t/T)) / 2.</summary>
    public double Scale
    {
        get
        {
            double c = double.CosPi(At / (2 * Steps));
            return c * c;
        }
    }

    /// <summary>The question in one line.</summary>
    public override string ToString() =>
        $"Cosine decay from {Digits.Plain(Peak)} to {Digits.Plain(Floor)} over {Digits.Plain(Steps)} steps: what is the rate at t = {Digits.Plain(At)}?";

    /// <summary>The substitution line by line.</summary>
    public CosineSolution Solution => new(this);

    /// <summary>The question as one part of an exercise, with every known wrong answer.</summary>
    /// <param name="decimals">Decimal places asked for; answers within half a unit of the last one are right.</param>
    public Part ToPart(int decimals)
    {
        double tolerance = 0.5 * Math.Pow(10, -decimals);
        // The margin lets through an answer rounded exactly half-way, where the subtraction itself rounds.
        return new($"η at t = {Digits.Plain(At)}", Rate, tolerance * (1 + 1e-9), [.. CosineMistakes.Of(this, decimals)]);
    }

    /// <summary>Questions whose angles have a well-known cosine: t/T is one of 1/6, 1/4, 1/3, 1/2, 2/3, 3/4, 5/6.</summary>
    /// <remarks>Peak, floor, length and step are drawn in this order by <see cref="SeededRandom"/>, for each question anew.</remarks>
    /// <param name="seed">The same seed gives the same questions everywhere.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<CosineQuestion> Generate(int seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var draws = new SeededRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => Next(draws))];
    }

    static CosineQuestion Next(SeededRandom draws)
    {
        double peak = draws.OneOf(0.1, 0.05, 0.02, 0.01, 0.004, 0.003, 0.002, 0.001);
        double floor = draws.OneOf(0, peak / 10, peak / 20, peak / 100);
        double steps = draws.OneOf<double>(1_200, 2_400, 6_000, 12_000, 24_000, 60_000);
        double twelfths = draws.OneOf<double>(2, 3, 4, 6, 8, 9, 10);
        return new(peak, floor, steps, steps * twelfths / 12);
    }
}
