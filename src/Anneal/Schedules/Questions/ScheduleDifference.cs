namespace Anneal;

/// <summary>How two schedules differ over the updates of a run.</summary>
/// <param name="Step">The update at which they differ most; the first one where they never do.</param>
/// <param name="First">The rate of the first schedule there.</param>
/// <param name="Second">The rate of the second schedule there.</param>
/// <param name="FirstStep">The first update found at which they differ; null where none was found.</param>
/// <param name="SearchedTo">The update up to which they were compared: the last one, unless there are too many pieces.</param>
/// <param name="IsProven">
/// Whether no update up to <paramref name="SearchedTo"/> can differ by more than this (to a millionth): so it is where both are known by closed forms. Otherwise some
/// stretches were only sampled.
/// </param>
public sealed record ScheduleDifference(double Step, double First, double Second, double? FirstStep, double SearchedTo, bool IsProven)
{
    /// <summary>Differences below this fraction of the larger rate are rounding.</summary>
    public const double Rounding = 1e-12;

    /// <summary>Second − First.</summary>
    public double By => Second - First;

    /// <summary>|Second − First| as a fraction of the larger rate; 0 where both are 0.</summary>
    public double Relative => Share(First, Second);

    /// <summary>Compares two schedules at every update from <paramref name="from"/> to <paramref name="to"/>, however many there are.</summary>
    /// <remarks>
    /// Both are cut into stretches on which both are smooth. On a stretch where both run one way, the difference lies between the differences of their
    /// ends, crosswise; the stretch with the widest bound is halved until no bound exceeds the largest difference found.
    /// </remarks>
    /// <param name="a">One schedule.</param>
    /// <param name="b">The other.</param>
    /// <param name="from">The first update, 0 or above.</param>
    /// <param name="to">The last update.</param>
    /// <param name="tolerance">What counts as a difference, as a fraction of the larger rate.</param>
    public static ScheduleDifference Between(Schedule a, Schedule b, double from, double to, double tolerance = Rounding)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Require.Range(from, to);
        (from, to) = (Math.Ceiling(from), Math.Floor(to));
        // Schedules are values: what is equal gives equal rates, at any length and however many pieces there are.
        return a.Equals(b) ? new(from, a.At(from), b.At(from), null, to, IsProven: true)
            : new DifferenceSearch(a, b, from, to, Require.NotNegative(tolerance)).Run();
    }

    internal static double Share(double a, double b) => a == b ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b));
}
