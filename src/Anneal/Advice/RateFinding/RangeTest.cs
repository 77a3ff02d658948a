namespace Anneal.Advice;

/// <summary>How rates rise in a range test.</summary>
/// <param name="From">The first rate, above 0.</param>
/// <param name="To">The last, above the first.</param>
/// <param name="Steps">Updates, 20 or more.</param>
/// <param name="Linear">Along a line, and not by a fixed factor.</param>
/// <param name="Smoothing">Width of the smoothing as a share of the test: the standard deviation of its weights, above 0 and at most 0.25.</param>
/// <param name="StableSteps">Updates of a short run at a fixed rate, 20 or more.</param>
public sealed record RangeTest(double From = 1e-6, double To = 10, int Steps = 200, bool Linear = false, double Smoothing = 0.04, int StableSteps = 100)
{
    /// <summary>The first rate.</summary>
    public double From { get; } = Require.Positive(From);

    /// <summary>The last rate.</summary>
    public double To { get; } = Require.Positive(To) > From ? To : throw new ArgumentOutOfRangeException(nameof(To), To, $"To must be above From ({From}).");

    /// <summary>Updates.</summary>
    public int Steps { get; } = Require.Count(20, 1_000_000, Steps);

    /// <summary>Width of the smoothing as a share of the test.</summary>
    public double Smoothing { get; } = Smoothing is > 0 and <= 0.25 ? Smoothing : throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "Smoothing must be above 0 and at most 0.25.");

    /// <summary>Updates of a short run at a fixed rate.</summary>
    public int StableSteps { get; } = Require.Count(20, 1_000_000, StableSteps);

    /// <summary>The most runs that one seed takes: the test, the short runs each at twice the rate before, and the bisection of a factor of 2 down to <see cref="RateFinder.Nearness"/>.</summary>
    internal int MostRuns => 2 + (int)Math.Ceiling(Math.Log2(To / From)) + (int)Math.Ceiling(Math.Log2(Math.Log(2) / Math.Log(RateFinder.Nearness)));

    /// <summary>The rates of the test.</summary>
    public Segment Schedule => Linear ? new Warmup(To, Steps - 1, From) : new ExponentialWarmup(To, Steps - 1, From);
}
