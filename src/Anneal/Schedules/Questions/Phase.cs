namespace Anneal;

/// <summary>One part of a composed schedule.</summary>
/// <param name="From">Where it begins in the range that was asked for.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Trend">Which way the rate runs in it.</param>
/// <param name="RateAtStart">The rate just after <paramref name="From"/>.</param>
/// <param name="RateAtEnd">The rate just before <paramref name="To"/>.</param>
/// <param name="Source">The simple schedule that plays; a held rate is a <see cref="Constant"/>.</param>
/// <param name="Start">Where the step 0 of <paramref name="Source"/>, or of the cycle of it that plays, lies; behind the phase if it is played backwards.</param>
public sealed record Phase(double From, double To, Trend Trend, double RateAtStart, double RateAtEnd, Schedule Source, double Start);
