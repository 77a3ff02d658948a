using static System.FormattableString;

namespace Anneal.Theory;

/// <summary>Whether a sum over all steps has a value.</summary>
public enum SeriesBehavior
{
    /// <summary>The partial sums approach a number.</summary>
    Converges,

    /// <summary>The partial sums grow without limit.</summary>
    Diverges,

    /// <summary>Cannot be decided from what the schedule tells about itself.</summary>
    Unknown,
}

/// <summary>The two conditions under which SGD was first shown to converge: far enough in all, quietly enough in the end.</summary>
/// <remarks>
/// <code>Σ η(t) = ∞   and   Σ η(t)² &lt; ∞</code>
/// Decided from the tail of the schedule, never from partial sums: with η ≈ t^−p (ln t)^−q the first holds if p &lt; 1, or p = 1 and q ≤ 1,
/// the second if p &gt; ½, or p = ½ and q &gt; ½. The conditions suffice for convergence; they are not necessary.
/// Robbins and Monro, <see href="https://doi.org/10.1214/aoms/1177729586">A Stochastic Approximation Method</see> (1951), section 4.
/// </remarks>
/// <param name="Rates">What Σ η(t) does.</param>
/// <param name="RatesReason">Why, in a sentence.</param>
/// <param name="Squares">What Σ η(t)² does.</param>
/// <param name="SquaresReason">Why, in a sentence.</param>
public sealed record RobbinsMonro(SeriesBehavior Rates, string RatesReason, SeriesBehavior Squares, string SquaresReason)
{
    /// <summary>Whether both conditions hold; null where one cannot be decided and the other does not fail.</summary>
    public bool? Holds =>
        Rates == SeriesBehavior.Converges || Squares == SeriesBehavior.Diverges ? false
        : Rates == SeriesBehavior.Unknown || Squares == SeriesBehavior.Unknown ? null
        : true;

    /// <summary>The conditions for a schedule that is played for ever.</summary>
    public static RobbinsMonro Of(Schedule schedule) => Of(schedule.LongRun());

    /// <summary>The conditions for a rate with this tail.</summary>
    public static RobbinsMonro Of(Tail tail)
    {
        var (rates, ratesReason) = Series(tail, 1, "Σ η");
        var (squares, squaresReason) = Series(tail, 2, "Σ η²");
        return new(rates, ratesReason, squares, squaresReason);
    }

    static (SeriesBehavior, string) Series(Tail tail, int exponent, string sum) => tail switch
    {
        SmoothTail smooth => Explain(smooth, exponent, sum, "the rate"),
        RecurringTail { Envelope: var envelope } => Explain(envelope, exponent, sum, "the rate swings and keeps coming back to an envelope that"),
        UnknownTail unknown => (SeriesBehavior.Unknown, $"Whether {sum} converges cannot be decided: {unknown.Reason}."),
        _ => (SeriesBehavior.Unknown, $"Whether {sum} converges cannot be decided: the tail {tail} is not one of those known."),
    };

    static (SeriesBehavior, string) Explain(SmoothTail tail, int exponent, string sum, string who)
    {
        double p = exponent * tail.Power, q = exponent * tail.LogPower;
        var (end, why) = tail switch
        {
            { Coefficient: 0 } => (SeriesBehavior.Converges, "is exactly 0 from some step on, so only finitely many terms count"),
            { Ratio: < 1 } => (SeriesBehavior.Converges, "falls geometrically, and a geometric series has a sum"),
            { Ratio: > 1 } => (SeriesBehavior.Diverges, "grows geometrically"),
            { Power: 0, LogPower: 0 } => (SeriesBehavior.Diverges, "stays at a level above 0, so every step adds at least a fixed amount"),
            _ when p < 1 => (SeriesBehavior.Diverges, Invariant($"behaves like {Powers(tail)}: its exponent {Times(exponent, "p")} = {p:0.####} is below 1")),
            _ when p > 1 => (SeriesBehavior.Converges, Invariant($"behaves like {Powers(tail)}: its exponent {Times(exponent, "p")} = {p:0.####} is above 1")),
            _ when q <= 1 => (SeriesBehavior.Diverges,
                Invariant($"behaves like {Powers(tail)}: {Times(exponent, "p")} = 1 is the border, and there {Times(exponent, "q")} = {q:0.####} is not above 1")),
            _ => (SeriesBehavior.Converges,
                Invariant($"behaves like {Powers(tail)}: {Times(exponent, "p")} = 1 is the border, and there {Times(exponent, "q")} = {q:0.####} is above 1")),
        };
        return (end, $"{sum} {(end == SeriesBehavior.Converges ? "converges" : "diverges")}: {who} {why}.");
    }

    static string Times(int exponent, string letter) => exponent == 1 ? letter : $"{exponent}{letter}";

    static string Powers(SmoothTail tail) =>
        tail.LogPower == 0 ? Invariant($"t^{-tail.Power:0.####}")
        : Invariant($"t^{-tail.Power:0.####} · (ln t)^{-tail.LogPower:0.####}");
}
