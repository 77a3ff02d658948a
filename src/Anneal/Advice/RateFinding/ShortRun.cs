namespace Anneal.Advice;

/// <summary>A short run at a fixed rate.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="End">The mean loss of its last fifth; infinite where a loss was no number.</param>
/// <param name="Error">Its standard error, from the scatter of the losses.</param>
public sealed record ShortRun(double Rate, double End, double Error);
