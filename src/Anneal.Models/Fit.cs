namespace Anneal.Models;

/// <summary>What a training run came to.</summary>
/// <param name="Weights">The weights to evaluate and keep: the last ones, or the average where the rule takes one.</param>
/// <param name="Trace">What was recorded: the loss of the batch, and, as metric, the loss on all samples.</param>
/// <param name="Loss">The loss on all samples at <paramref name="Weights"/>.</param>
public sealed record Fit(double[] Weights, Trace Trace, double Loss);
