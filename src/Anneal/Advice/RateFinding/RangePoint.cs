namespace Anneal.Advice;

/// <summary>One rate of a range test.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Loss">The loss after the update with it; infinite where it was no number.</param>
/// <param name="Smoothed">The smoothed loss; NaN past divergence.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Slope">Its change per factor of e in the rate.</param>
/// <param name="SlopeError">The standard error of that.</param>
public sealed record RangePoint(double Rate, double Loss, double Smoothed, double Error, double Slope, double SlopeError);
