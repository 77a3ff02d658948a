namespace Anneal;

/// <summary>The lowest and the highest rate over a range of steps.</summary>
public readonly record struct RateRange(double Lowest, double Highest);
