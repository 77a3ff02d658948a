namespace Anneal.Advice;

/// <summary>Runs a model along a schedule from its starting point, and writes down the loss of every update: what a range test is made of.</summary>
/// <param name="schedule">The rates.</param>
/// <param name="steps">How many updates.</param>
/// <param name="cancel">Ends the run between two updates.</param>
/// <returns>The record. The run begins from the same weights, memory and place in the data at every call; what it changes is a copy.</returns>
public delegate Trace RangeRun(Schedule schedule, long steps, CancellationToken cancel);
